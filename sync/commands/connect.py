"""`connect`: link a calendar."""

import webbrowser
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import click

from sync.app import App
from sync.commands.meaning import require_title_pattern, the_practitioner
from sync.commands.opening import opened_app
from sync.domain.calendar.values import Window
from sync.domain.people import Practitioner
from sync.errors import CalendarGone, Refused
from sync.jobs.connections import calendars_of, latest_permission
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
    help="The file of your Google desktop client (JSON); needed the first time.",
)
@click.option("--practitioner", help="Whose calendar: an address; needed when several work here.")
@click.option("--calendar", "calendars", multiple=True, help="A calendar's id (repeatable); else your own.")
@click.option(
    "--dedicated/--mixed", default=None, help="It holds clients' sessions only, or other things too."
)
@click.option("--title-pattern", help="Where the name stands in a title: 'Session: {client}'.")
@click.option("--no-browser", is_flag=True, help="Only print the address to open.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port for the answer; 0 picks one.")
def google(
    client_file: Path | None,
    practitioner: str | None,
    calendars: tuple[str, ...],
    dedicated: bool | None,
    title_pattern: str | None,
    no_browser: bool,
    port: int,
) -> None:
    """Sign in to Google and link calendars. Done again, it takes up what was linked before."""
    require_title_pattern(title_pattern, dedicated)
    with opened_app() as app:
        with app.reading() as records:
            person = the_practitioner(records, practitioner)
        open_browser = (lambda _address: False) if no_browser else webbrowser.open
        permission = _sign_in(app, person, client_file, open_browser, port)
        named = tuple(permission.email if each == "primary" else each for each in calendars)
        wanted = named or calendars_of(app, person, permission) or (permission.email,)
        source = app.source("being connected", permission.credentials)
        for calendar_id in wanted:
            _require_readable(source, calendar_id, app.now())
        wishes = [LinkWish(calendar_id, dedicated, title_pattern) for calendar_id in wanted]
        keep(app, person, permission, wishes, app.now())
    click.echo(f"Linked {len(wanted)} calendar{'s' if len(wanted) > 1 else ''}. Next: practice-sync once")


def _sign_in(
    app: App, person: Practitioner, client_file: Path | None, open_browser: Callable[[str], bool], port: int
) -> SignIn:
    """A fresh permission, by the client file or by the client that was used the last time."""
    # The client library takes 0.3 s to load, and only this command signs in.
    from sync.adapters.google_client_file import DesktopClient, read_client_file  # noqa: PLC0415
    from sync.adapters.google_credentials import StoredCredentials  # noqa: PLC0415
    from sync.adapters.google_sign_in import sign_in  # noqa: PLC0415

    named = app.settings.google.named_endpoints
    if client_file is not None:
        client = read_client_file(client_file, named.get("auth_uri"), named.get("token_uri"))
    else:
        before = latest_permission(app, person)
        if before is None:
            raise Refused(
                "There is no Google client yet to sign in with.",
                "Give its file: `practice-sync connect google --client-secrets FILE`.",
            )
        known = StoredCredentials.from_json(before)
        uri = named.get("token_uri", known.token_uri)
        client = DesktopClient(known.client_id, known.client_secret, app.settings.google.auth_uri, uri)
    stored = sign_in(
        client, open_browser=open_browser, say=lambda words: click.echo(words, err=True), port=port
    )
    return SignIn("google", stored.sub, stored.email, stored.to_json())


def _require_readable(source: CalendarSource, calendar_id: str, now: datetime) -> None:
    """Look into the calendar before it is linked: a mistyped id is found now, not at night."""
    try:
        source.snapshot(calendar_id, Window(now, now + timedelta(minutes=1)))
    except CalendarGone as gone:
        raise Refused(
            "One of these calendars cannot be found with this account.",
            "Check its id in Google Calendar under Settings, Integrate calendar.",
        ) from gone
