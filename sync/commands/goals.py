"""`goals`: what a client works towards, and by what it is followed."""

from datetime import date
from typing import Any

import click

from sync.app import App
from sync.commands.list_first import ListsUnlessTold
from sync.commands.meaning import Day, day_in, the_client
from sync.commands.opening import opened_app
from sync.commands.showing import show_json, show_table, show_text
from sync.domain.people import Client
from sync.domain.phrasing import listed
from sync.domain.progress.goals import Goal, GoalState
from sync.jobs.goals import GoalWish, change, close, set_goal
from sync.jobs.wishes import zone_of
from sync.store.clients import clients
from sync.store.goals import goals_by_client

_STATES = {GoalState.OPEN: "open", GoalState.MET: "met", GoalState.SET_ASIDE: "set aside"}


@click.group(cls=ListsUnlessTold)
def goals() -> None:
    """What a client works towards. Without a command: list it, of CLIENT or of all.

    GOAL is its number in the list, or its first words.
    """


@goals.command("list")
@click.argument("client", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_(client: str | None, as_json: bool) -> None:
    """List the goals of CLIENT (a code, name or id), or of everybody; closed ones too."""
    with opened_app() as app, app.reading() as records:
        people = clients(records) if client is None else [the_client(records, client)]
        found = goals_by_client(records, people[0].id if client is not None else None)
    kept = [
        (person, number, goal) for person in people for number, goal in enumerate(found.get(person.id, ()), 1)
    ]
    if as_json:
        show_json([_row(*each) for each in kept])
        return
    show_table(
        ["Client", "No.", "Goal", "Since", "State", "Followed by"],
        [
            [
                person.code,
                str(number),
                goal.text,
                f"{goal.since:%a %d %b %Y}",
                _STATES[goal.state],
                listed((*goal.markers, *goal.interventions)),
            ]
            for person, number, goal in kept
        ],
        "No goal is kept yet. To add one: practice-sync goals add CLIENT TEXT",
    )


@goals.command()
@click.argument("client")
@click.argument("text")
@click.option("--since", type=Day(), help="Since when; today unless said.")
@click.option("--marker", "markers", multiple=True, metavar="NAME", help="A marker that points to it.")
@click.option("--intervention", "interventions", multiple=True, metavar="NAME", help="What is done for it.")
def add(
    client: str, text: str, since: str | date | None, markers: tuple[str, ...], interventions: tuple[str, ...]
) -> None:
    """Keep TEXT, in one line, as a goal of CLIENT's."""
    with opened_app() as app:
        person, day = _whose(app, client, since)
        made = set_goal(app, person.id, GoalWish(text, day, markers, interventions), app.now())
    _show_one("Kept", person, made)


@goals.command()
@click.argument("client")
@click.argument("goal")
@click.option("--text", help="Word it anew.")
@click.option("--since", type=Day(), help="Since when.")
@click.option("--marker", "markers", multiple=True, metavar="NAME", help="A marker that points to it.")
@click.option("--intervention", "interventions", multiple=True, metavar="NAME", help="What is done for it.")
@click.option("--without", multiple=True, metavar="NAME", help="A marker or intervention that does no more.")
@click.option("--open", "is_reopened", is_flag=True, help="Take it up again.")
def edit(
    client: str,
    goal: str,
    text: str | None,
    since: str | date | None,
    markers: tuple[str, ...],
    interventions: tuple[str, ...],
    without: tuple[str, ...],
    is_reopened: bool,
) -> None:
    """Say something else of CLIENT's GOAL. What you leave out stays as it is."""
    with opened_app() as app:
        person, day = _whose(app, client, since)
        wish = GoalWish(text, day, markers, interventions, without, is_reopened)
        made = change(app, person.id, goal, wish, app.now())
    _show_one("Changed", person, made)


@goals.command()
@click.argument("client")
@click.argument("goal")
@click.option("--met", "is_met", is_flag=True, help="It was reached; without this it is set aside.")
@click.option("--on", "day", type=Day(), help="Since when; today unless said.")
def retire(client: str, goal: str, is_met: bool, day: str | date | None) -> None:
    """Work towards CLIENT's GOAL no more. It stays in the record; `goals edit --open` takes it up again."""
    with opened_app() as app:
        person, on = _whose(app, client, day)
        state = GoalState.MET if is_met else GoalState.SET_ASIDE
        made = close(app, person.id, goal, state, on, app.now())
    _show_one(_STATES[state].capitalize(), person, made)


def _whose(app: App, said: str, day: str | date | None) -> tuple[Client, date | None]:
    """The client, and the day that was said in her therapist's zone."""
    with app.reading() as records:
        person = the_client(records, said)
        return person, day_in(app, day, zone_of(app, records, person.practitioner_id))


def _show_one(done: str, person: Client, goal: Goal) -> None:
    followed = listed((*goal.markers, *goal.interventions))
    show_text(f"{done} for {person.code}: {goal.text}{f' (followed by {followed})' if followed else ''}.")


def _row(person: Client, number: int, goal: Goal) -> dict[str, Any]:
    return {
        "id": goal.id,
        "client_id": person.id,
        "client_code": person.code,
        "number": number,
        "text": goal.text,
        "since": goal.since.isoformat(),
        "state": goal.state,
        "closed_on": None if goal.closed_on is None else goal.closed_on.isoformat(),
        "markers": list(goal.markers),
        "interventions": list(goal.interventions),
    }
