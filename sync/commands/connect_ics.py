"""`connect ics`: link a published calendar, by its secret address or a file."""

import sys
from datetime import date, datetime, timedelta

import click

from sync.commands.history import (
    dry_run_option,
    import_past,
    preview_past,
    require_since,
    since_option,
)
from sync.commands.meaning import require_title_pattern, the_connection, the_practitioner
from sync.commands.opening import opened_app
from sync.domain.calendar.links import PUBLISHED
from sync.domain.calendar.values import Window
from sync.errors import CalendarGone, CalendarUnreachable, Refused, SignInNeeded
from sync.jobs.connections import connect as keep
from sync.jobs.connections import replace_address
from sync.ports import CalendarSource
from sync.store.links import LinkWish, SignIn


@click.command()
@click.argument("url_or_file")
@click.option("--practitioner", help="Whose calendar: an address; needed when several work here.")
@click.option(
    "--dedicated/--mixed", default=None, help="It holds clients' sessions only, or other things too."
)
@click.option("--title-pattern", help="Where the name stands in a title: 'Session: {client}'.")
@since_option
@dry_run_option
@click.option("--replaces", help="The connection (an id, or its beginning) that has a new address now.")
def ics(
    url_or_file: str,
    practitioner: str | None,
    dedicated: bool | None,
    title_pattern: str | None,
    since: date | None,
    dry_run: bool,
    replaces: str | None,
) -> None:
    """Link a calendar by its secret address in iCal format, or a file; with `-` the address is asked for.

    Done again, it takes up what was linked before.
    """
    # What reads an address loads the network's libraries, and only this command needs them.
    from sync.adapters.ics_address import FilePlace, calendar_id_of, read_place  # noqa: PLC0415
    from sync.adapters.ics_calendar import IcsCredentials  # noqa: PLC0415

    require_title_pattern(title_pattern, dedicated)
    if replaces and since:
        raise click.UsageError("--replaces goes on with what is known; --since is for a new connection")
    place = read_place(_asked() if url_or_file == "-" else url_or_file)
    with opened_app() as app:
        with app.reading() as records:
            person = the_practitioner(records, practitioner)
            old = the_connection(records, replaces) if replaces else None
        require_since(app, person, since, dry_run=dry_run)
        credentials = IcsCredentials(place.secret, (person.email,)).to_json()
        calendar_id = calendar_id_of(place)
        advice = _FILE_ADVICE if isinstance(place, FilePlace) else _ADDRESS_ADVICE
        _require_readable(app.source("being connected", credentials), calendar_id, app.now(), advice)
        sign_in = SignIn(PUBLISHED, place.secret, place.name, credentials)
        wish = LinkWish(calendar_id, dedicated, title_pattern)
        if since is not None and dry_run:
            preview_past(app, person, sign_in, [wish], since)
            return
        linked: list[str] = []
        if old is None:
            linked = keep(app, person, sign_in, [wish], app.now())
        else:
            replace_address(app, old, sign_in, wish, app.now())
        click.echo(f"Linked the calendar of {place.name}. Next: practice-sync once")
        if since is not None:
            import_past(app, linked, since)


def _asked() -> str:
    """The address, typed unseen or from standard input: so it stands in no history of the shell."""
    if sys.stdin.isatty():
        return str(click.prompt("Secret address", hide_input=True))
    return sys.stdin.readline()


def _require_readable(source: CalendarSource, calendar_id: str, now: datetime, advice: str) -> None:
    """Look into the calendar before it is linked: a mistyped address is found now, not at night."""
    try:
        source.snapshot(calendar_id, Window(now, now + timedelta(minutes=1)))
    except (CalendarGone, SignInNeeded) as refused:
        raise Refused("There is no calendar to be read there.", advice) from refused
    except CalendarUnreachable as trouble:
        if trouble.advice != CalendarUnreachable.advice:
            raise
        raise Refused(f"There is no calendar to be read there: {trouble}.", advice) from trouble


_ADDRESS_ADVICE = (
    "Copy the calendar's secret address in iCal format afresh, to its last letter; "
    "if it is right, check the network."
)
_FILE_ADVICE = (
    "See that the file is where you said, that it is the calendar's own (it ends in .ics), "
    "and that it may be read."
)
