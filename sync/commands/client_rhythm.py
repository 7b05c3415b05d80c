"""`clients cadence`, `pause`, `end`, `reopen`: how often a client comes, and whether the work goes on."""

from datetime import date, timedelta

import click

from sync.app import App
from sync.commands.meaning import Day, day_in, the_client
from sync.commands.opening import opened_app
from sync.commands.showing import show_text
from sync.domain.attendance.agreement import ENDING_WORDS, Agreement, Ending, EndingType
from sync.domain.briefing.moments import LocalTime, local_time
from sync.domain.people import ENDED, Client
from sync.domain.phrasing import counted
from sync.jobs.agreements import PauseWish, agree_cadence, end_work, go_on, plan_pause
from sync.jobs.wishes import zone_of

PAUSED = "paused"


@click.command()
@click.argument("client")
@click.argument("days", type=click.IntRange(1, 365))
@click.option("--from", "first", type=Day(), help="The first day it holds for; today unless it is the first.")
def cadence(client: str, days: int, first: str | date | None) -> None:
    """Note that CLIENT comes every DAYS days, as agreed. What was agreed before holds for the time before."""
    with opened_app() as app:
        person, time = _person(app, client)
        changed = agree_cadence(app, person.id, days, _day(app, first, time), app.now())
    words = f"{person.code} comes every {counted(days, 'day')}"
    click.echo(f"{words}{'' if changed else ' already'}.")


@click.command()
@click.argument("client")
@click.option("--from", "first", type=Day(), help="Its first day; today unless said.")
@click.option("--to", "last", type=Day(), help="Its last day; without one it is open until `clients reopen`.")
@click.option("--reason", default="", help="Why, for your eyes alone.")
def pause(client: str, first: str | date | None, last: str | date | None, reason: str) -> None:
    """Plan a pause of the work with CLIENT. What stands in the calendar is still hers."""
    with opened_app() as app:
        person, time = _person(app, client)
        wish = PauseWish(_day(app, first, time), _day(app, last, time), reason)
        planned = plan_pause(app, person.id, wish, app.now())
    span = f"from {time.date(planned.from_on)}"
    if planned.until_on is not None:
        span += f" to {time.date(planned.until_on - timedelta(days=1))}"
    else:
        span += f" until `practice-sync clients reopen {person.code}`"
    show_text(f"{person.code} pauses {span}. Days of a pause make no gap.")


@click.command()
@click.argument("client")
@click.option("--type", "kind", type=click.Choice([str(each) for each in EndingType]), help="How it ended.")
@click.option("--on", "day", type=Day(), help="The day it ended; today unless said.")
@click.option("--goals", type=click.Choice(["met", "open"]), help="What you judge of the goals.")
def end(client: str, kind: str | None, day: str | date | None, goals: str | None) -> None:
    """Note that work with CLIENT has ended. What stands in the calendar is still hers."""
    with opened_app() as app:
        person, time = _person(app, client)
        wish = Ending(
            _day(app, day, time) or time.today, EndingType(kind or EndingType.UNKNOWN), _judged(goals)
        )
        changed = end_work(app, person.id, wish, app.now())
    how = "" if kind is None else f": {ENDING_WORDS[wish.kind]}"
    words = f"{person.code} is ended {'now' if changed else 'already'}"
    show_text(f"{words}, on {time.date(wish.ended_on)}{how}.")
    if kind is None:
        show_text(f"How it ended is not noted; `--type` says it: {', '.join(map(str, EndingType))}.")


@click.command()
@click.argument("client")
def reopen(client: str) -> None:
    """Note that work with CLIENT goes on: no end and no pause holds from today."""
    with opened_app() as app:
        person, _ = _person(app, client)
        changed = go_on(app, person.id, app.now())
    click.echo(f"{person.code} is active{' now' if changed else ' already'}.")


def status_on(person: Client, agreement: Agreement, today: date) -> str:
    """How work with a client stands: `active`, `paused`, `ended`."""
    return PAUSED if person.status != ENDED and agreement.is_paused(today) else person.status


def _day(app: App, said: str | date | None, time: LocalTime) -> date | None:
    return day_in(app, said, time.zone.key)


def _judged(goals: str | None) -> bool | None:
    return None if goals is None else goals == "met"


def _person(app: App, said: str) -> tuple[Client, LocalTime]:
    """Whom it is said of, and her therapist's wall."""
    with app.reading() as records:
        person = the_client(records, said)
        return person, local_time(zone_of(app, records, person.practitioner_id), app.now())
