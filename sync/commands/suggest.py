"""`clients suggest`: who may be a client, by what comes back in the calendar."""

from textwrap import wrap
from typing import Any

import click

from sync.app import App
from sync.commands.meaning import the_practitioner
from sync.commands.opening import opened_app
from sync.commands.showing import short, show_json
from sync.domain.briefing.display import one_line
from sync.domain.calendar.suggestions import LIKELY, Suggestion
from sync.errors import LINK_ONE, Refused
from sync.jobs.suggestions import accept, suggestions
from sync.jobs.wishes import zone_of
from sync.store.links import links

_YES, _NO, _EDIT, _QUIT = "y", "n", "e", "q"


@click.command(short_help="Propose clients from the recurring hours.")
@click.option("--practitioner", help="Whose calendars: an address; needed when several work here.")
@click.option(
    "--months", type=click.IntRange(1, 24), default=3, show_default=True, help="How far to look back."
)
@click.option("--yes", "take_all", is_flag=True, help="Add everybody who is likely a client, without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, and add nobody.")
def suggest(practitioner: str | None, months: int, take_all: bool, as_json: bool) -> None:
    """Propose clients from the recurring hours of the last months, and add those you say yes to."""
    with opened_app() as app:
        with app.reading() as records:
            person = the_practitioner(records, practitioner)
            zone = zone_of(app, records, person.id)
            read = [each for each in links(records) if each.practitioner_id == person.id and each.is_read]
        if not read:
            raise Refused(
                "No calendar is read that clients could be found in.",
                f"See `practice-sync connections` for one that is paused. {LINK_ONE}",
            )
        found = suggestions(app, person.id, months, app.now())
        if as_json:
            show_json([_row(each) for each in found])
            return
        if not found:
            click.echo("Nothing comes back in the calendar that could be a new client.")
            return
        added = 0
        for each in found:
            click.echo(_words(each, zone))
            answer = _answer(each, take_all=take_all)
            if answer == _QUIT:
                break
            added += answer != _NO and _add(app, person.id, each, edit=answer == _EDIT)
    click.echo(f"{added} added. The next reading makes their sessions." if added else "Nobody was added.")
    for calendar in (one for one in read if added and one.history_since):
        click.echo(f"For their past: practice-sync connections history {calendar.id[:8]} --again")


def _row(found: Suggestion) -> dict[str, Any]:
    return {
        "name": found.name,
        "address": found.address,
        "hours": found.hours,
        "every_days": found.every_days,
        "last_at": found.last_at,
        "likelihood": found.likelihood,
    }


def _words(found: Suggestion, zone: str) -> str:
    told = f"{one_line(found.name)}: {found.hours} hours, about every {found.every_days} days, the last on "
    told += short(found.last_at, zone) + (f", invited as {one_line(found.address)}" if found.address else "")
    return "\n".join(wrap(told + f" ({found.likelihood} % likely a client)", 80, subsequent_indent="  "))


def _answer(found: Suggestion, *, take_all: bool) -> str:
    if take_all:
        return _YES if found.likelihood >= LIKELY else _NO
    said: str = click.prompt(
        "  A client? yes, no, edit the name, quit", type=click.Choice([_YES, _NO, _EDIT, _QUIT]), default=_NO
    )
    return said


def _add(app: App, practitioner_id: str, found: Suggestion, *, edit: bool) -> bool:
    """Add her; a name that is refused is told, and the next proposal follows."""
    name = click.prompt("  Her name", default=found.name) if edit else found.name
    try:
        made = accept(app, practitioner_id, found, name, app.now())
    except Refused as refusal:
        click.echo(f"  {refusal} {refusal.advice}", err=True)
        return False
    click.echo(f"  Added with the code {made.code}.")
    return True
