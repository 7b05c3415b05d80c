"""`connect`: link a calendar."""

import webbrowser
from datetime import datetime, timedelta
from pathlib import Path

import click

from sync.commands.meaning import the_practitioner
from sync.commands.opening import opened_app
from sync.domain.calendar.title_pattern import is_title_pattern
from sync.domain.calendar.values import Window
from sync.errors import CalendarGone, Refused
from sync.jobs.connections import connect as keep
from sync.ports import CalendarSource
from sync.store.links import LinkWish, SignIn


@click.group()
def connect() -> None:
    """Link a calendar."""


@connect.command()
@click.option(
    "--client-secrets",
    "client_file",
    type=click.Path(path_type=Path),
    required=True,
    help="The file of your Google desktop client (JSON).",
)
@click.option("--practitioner", help="Whose calendar: an address; needed when several work here.")
@click.option("--calendar", "calendars", multiple=True, help="A calendar's id (repeatable); else your own.")
@click.option("--dedicated", is_flag=True, help="The calendar holds clients' sessions only.")
@click.option("--title-pattern", help="Where the name stands in a title: 'Session: {client}'.")
@click.option("--no-browser", is_flag=True, help="Only print the address to open.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port for the answer; 0 picks one.")
def google(
    client_file: Path,
    practitioner: str | None,
    calendars: tuple[str, ...],
    dedicated: bool,
    title_pattern: str | None,
    no_browser: bool,
    port: int,
) -> None:
    """Sign in to Google and link calendars. Done again, it takes up what was linked before."""
    # The client library takes 0.3 s to load, and only this command signs in.
    from sync.adapters.google_sign_in import sign_in  # noqa: PLC0415

    if title_pattern is not None and not (dedicated and is_title_pattern(title_pattern)):
        raise Refused(
            "A title pattern needs `--dedicated` and the place of the name in it.",
            "Write it as --dedicated --title-pattern 'Session: {client}'.",
        )
    with opened_app() as app:
        with app.reading() as records:
            person = the_practitioner(records, practitioner)
        google = app.settings.google
        stored = sign_in(
            client_file,
            auth_uri=google.auth_uri,
            token_uri=google.token_uri,
            open_browser=(lambda _address: False) if no_browser else webbrowser.open,
            say=lambda words: click.echo(words, err=True),
            port=port,
        )
        permission = SignIn("google", stored.sub, stored.email, stored.to_json())
        wanted = calendars or (stored.email,)
        source = app.source("being connected", permission.credentials)
        for calendar_id in wanted:
            _require_readable(source, calendar_id, app.now())
        wishes = [LinkWish(calendar_id, dedicated, title_pattern) for calendar_id in wanted]
        keep(app, person, permission, wishes, app.now())
    click.echo(f"Linked {len(wanted)} calendar{'s' if len(wanted) > 1 else ''}. Next: practice-sync once")


def _require_readable(source: CalendarSource, calendar_id: str, now: datetime) -> None:
    """Look into the calendar before it is linked: a mistyped id is found now, not at night."""
    try:
        source.snapshot(calendar_id, Window(now, now + timedelta(minutes=1)))
    except CalendarGone as gone:
        raise Refused(
            "One of these calendars cannot be found with this account.",
            "Check its id in Google Calendar under Settings, Integrate calendar.",
        ) from gone
