"""`connect`: link a calendar."""

from datetime import date
from pathlib import Path

import click

from sync.commands.connect_gmail import gmail
from sync.commands.connect_ics import ics
from sync.commands.google_calendars import delegated_calendars, find_calendars, list_calendars
from sync.commands.history import (
    dry_run_option,
    import_past,
    preview_past,
    require_since,
    since_option,
)
from sync.commands.meaning import require_title_pattern, the_practitioner
from sync.commands.opening import opened_app
from sync.commands.showing import at_terminal, show_text
from sync.commands.signing_in import SignInWay
from sync.domain.phrasing import counted
from sync.jobs.connections import AccountChange, change_of_account, has_calendars
from sync.jobs.connections import connect as keep
from sync.store.links import LinkWish


@click.group()
def connect() -> None:
    """Link a calendar, or allow mail to be sent."""


connect.add_command(ics)
connect.add_command(gmail)


@connect.command()
@click.option(
    "--client-secrets",
    "client_file",
    type=click.Path(path_type=Path),
    help="The file of your Google desktop client (JSON); needed the first time.",
)
@click.option("--practitioner", help="Whose calendar: an address; needed when several work here.")
@click.option("--calendar", "calendars", multiple=True, help="A calendar's id (repeatable); else your own.")
@click.option("--pick/--no-pick", default=None, help="Choose from a list; the first time, on a terminal.")
@click.option("--list", "list_only", is_flag=True, help="Only list the account's calendars.")
@click.option("--json", "as_json", is_flag=True, help="With --list: print one JSON document.")
@click.option(
    "--dedicated/--mixed", default=None, help="It holds clients' sessions only, or other things too."
)
@click.option("--title-pattern", help="Where the name stands in a title: 'Session: {client}'.")
@since_option
@dry_run_option
@click.option(
    "--service-account",
    "key_file",
    type=click.Path(path_type=Path),
    help="For Google Workspace: the key (JSON) of a service account with domain-wide delegation.",
)
@click.option("--subject", help="With --service-account: the address of the person it reads for.")
@click.option("--no-browser", is_flag=True, help="Only print the address to open.")
@click.option("--paste", is_flag=True, help="Paste the answer's address by hand; no port is opened.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port for the answer; 0 picks one.")
def google(
    client_file: Path | None,
    practitioner: str | None,
    calendars: tuple[str, ...],
    pick: bool | None,
    list_only: bool,
    as_json: bool,
    dedicated: bool | None,
    title_pattern: str | None,
    since: date | None,
    dry_run: bool,
    key_file: Path | None,
    subject: str | None,
    no_browser: bool,
    paste: bool,
    port: int,
) -> None:
    """Sign in to Google and link calendars. Done again, it takes up what was linked before."""
    require_title_pattern(title_pattern, dedicated)
    if as_json and not list_only:
        raise click.UsageError("--json goes with --list")
    if calendars and (pick or list_only):
        raise click.UsageError("--calendar names what --pick and --list are there to find out")
    if (key_file is None) != (subject is None):
        raise click.UsageError("--service-account and --subject go together")
    if paste and (pick or no_browser):
        raise click.UsageError("--paste opens no browser, and its input has no place for a choice")
    if key_file is not None and (client_file or pick or list_only):
        raise click.UsageError("a service account has no list to pick from and needs no client file")
    with opened_app() as app:
        with app.reading() as records:
            person = the_practitioner(records, practitioner)
        require_since(app, person, since, dry_run=dry_run)
        way = SignInWay(person, client_file, no_browser, paste, port)
        if list_only:
            list_calendars(app, way, as_json)
            return
        if key_file is not None and subject is not None:
            found = delegated_calendars(app, person, key_file, subject, calendars)
        else:
            if pick is None:
                pick = not (calendars or paste) and at_terminal() and not has_calendars(app, person)
            found = find_calendars(app, way, calendars, pick=pick)
        wishes = [LinkWish(each, dedicated, title_pattern) for each in found.calendar_ids]
        if since is not None and dry_run:
            preview_past(app, person, found.permission, wishes, since)
            return
        change = change_of_account(app, person, found.permission, found.calendar_ids)
        linked = keep(app, person, found.permission, wishes, app.now())
        _tell_change(change)
        click.echo(f"Linked {counted(len(linked), 'calendar')}. Next: practice-sync once")
        if since is not None:
            import_past(app, linked, since)


def _tell_change(change: AccountChange) -> None:
    """Say what another account than before means for what was linked."""
    if change.taken_over:
        show_text(
            f"Read through another account before: {change.taken_over}. The sessions are taken up. Should "
            "this account show none of their appointments, nothing is cancelled, and you are told.",
            err=True,
        )
    if change.left:
        waits = f", and ask you to sign in with it: {change.waiting}" if change.waiting else ""
        show_text(
            f"Linked through another account, and left as they are: {change.left}{waits}. "
            "Their sessions stay; nothing is cancelled.",
            err=True,
        )
