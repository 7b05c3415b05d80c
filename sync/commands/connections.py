"""`connections`: the linked calendars and how reading them goes; pause, resume, relink, remove."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click

from sync.app import App
from sync.commands.history import history
from sync.commands.meaning import require_title_pattern, the_connection
from sync.commands.opening import opened_app
from sync.commands.showing import at_terminal, show_json, show_table, show_text
from sync.domain.briefing.moments import LocalTime, local_time
from sync.domain.briefing.permission import COMMAND, REMEDY, ending_words
from sync.domain.briefing.telling import untold_words
from sync.domain.calendar.grants import probable_end
from sync.domain.calendar.links import CalendarLink, LinkState, shown_state, stale_after
from sync.errors import LINK_ONE, Refused
from sync.jobs import connections as jobs
from sync.jobs.disconnect import PermissionFate, Removal
from sync.jobs.disconnect import remove as disconnect
from sync.store.links import Account, account, links
from sync.store.outbox import undelivered_notices
from sync.store.practitioners import practitioners

_WORDS = {
    LinkState.FINE: "fine",
    LinkState.UNREACHABLE: "not reached",
    LinkState.SIGN_IN: "sign in again",
    LinkState.UNAVAILABLE: "not there any more",
    LinkState.SUSPECT: "much is missing",
    LinkState.PAUSED: "paused",
    LinkState.REMOVED: "removed",
    LinkState.STALE: "not read lately",
}
_BY_HAND = "https://myaccount.google.com/connections"
_SHOWN = 24  # letters of a calendar's id; with the other columns that fits 80
_ALL = click.option("--all", "with_removed", is_flag=True, help="The removed ones too.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@dataclass(frozen=True, slots=True)
class _Connection:
    """One connection with whose it is and through which account."""

    calendar: CalendarLink
    practitioner: str
    account: Account


@click.group(invoke_without_command=True)
@_ALL
@_JSON
@click.pass_context
def connections(context: click.Context, with_removed: bool, as_json: bool) -> None:
    """The linked calendars, and how reading them goes. Without a command: list them."""
    if context.invoked_subcommand is None:
        _list(with_removed, as_json)


connections.add_command(history)


@connections.command("list", short_help="List the linked calendars.")
@_ALL
@_JSON
def list_(with_removed: bool, as_json: bool) -> None:
    """List the linked calendars; in JSON `age` is the minutes since the last reading."""
    _list(with_removed, as_json)


@connections.command(short_help="Leave a calendar alone for a while.")
@click.argument("connection")
def pause(connection: str) -> None:
    """Leave the calendar CONNECTION (an id, or its beginning) alone for a while."""
    with opened_app() as app:
        with app.reading() as records:
            calendar = the_connection(records, connection)
        if calendar.state is not LinkState.PAUSED:
            jobs.pause(app, calendar.id, app.now())
    click.echo(f"Paused. To go on: practice-sync connections resume {calendar.id[:8]}")


@connections.command()
@click.argument("connection")
def resume(connection: str) -> None:
    """Read the calendar CONNECTION again."""
    with opened_app() as app:
        with app.reading() as records:
            calendar = the_connection(records, connection)
        if calendar.state is not LinkState.PAUSED:
            raise Refused("This calendar is not paused.", "See `practice-sync connections`.")
        jobs.resume(app, calendar.id, app.now())
    click.echo("Read again from now on. Next: practice-sync once")


@connections.command()
@click.argument("connection")
@click.option("--dedicated/--mixed", default=None, help="Clients' sessions only, or other things too.")
@click.option("--title-pattern", help="Where the name stands in a title: 'Session: {client}'.")
def relink(connection: str, dedicated: bool | None, title_pattern: str | None) -> None:
    """Change how the titles of the calendar CONNECTION are read. Known sessions stay whose they are."""
    if dedicated is None and title_pattern is None:
        raise Refused("Nothing to change was named.", "See `practice-sync connections relink --help`.")
    with opened_app() as app:
        with app.reading() as records:
            calendar = the_connection(records, connection)
        is_dedicated = calendar.dedicated if dedicated is None else dedicated
        require_title_pattern(title_pattern, is_dedicated)
        jobs.read_otherwise(app, calendar.id, dedicated=is_dedicated, title_pattern=title_pattern)
    click.echo("Changed. Next: practice-sync once")


@connections.command()
@click.argument("connection")
@click.option("--yes", is_flag=True, help="Do it without asking, as a script must.")
def remove(connection: str, yes: bool) -> None:
    """End the connection CONNECTION. Sessions and notes stay; Google is told that we no longer read."""
    with opened_app() as app:
        with app.reading() as records:
            calendar = the_connection(records, connection)
        if not yes and not _agreed_to_remove(calendar):
            click.echo("Nothing was changed.")
            return
        removal = disconnect(app, calendar.id, app.now())
    click.echo("Removed. Its sessions and notes stay, and connecting it again takes them up.")
    click.echo(_told(removal), err=removal.permission is PermissionFate.NOT_GIVEN_BACK)


def _agreed_to_remove(calendar: CalendarLink) -> bool:
    """Say what removing does, and ask; where nobody can answer, `Refused`."""
    does = "This ends reading the calendar and withdraws its briefings; sessions and notes stay."
    if not at_terminal():
        remedy = f"If you mean it: `practice-sync connections remove {calendar.id[:8]} --yes`."
        raise Refused(does, remedy)
    show_text(does)
    return click.confirm("Remove it?", default=False)


def _told(removal: Removal) -> str:
    match removal.permission:
        case PermissionFate.NEEDED:
            return "The permission stays: another calendar is read through this account."
        case PermissionFate.SENDS:
            return (
                "It is forgotten here, but stays at Google: mail is sent from the same account, and Google\n"
                "takes back all at once. To end that too: practice-sync connect gmail --remove"
            )
        case PermissionFate.GIVEN_BACK:
            return "The permission was given back to Google and forgotten here."
        case PermissionFate.NOT_GIVEN_BACK:
            return (
                "The permission is forgotten here, but Google was not told "
                f"({removal.trouble}).\n  End it there by hand: {_BY_HAND}"
            )
        case PermissionFate.FORGOTTEN:
            return "What opened it is forgotten here."


def _list(with_removed: bool, as_json: bool) -> None:
    with opened_app() as app, app.reading() as records:
        people = {person.id: person.email for person in practitioners(records)}
        linked = [
            _Connection(each, people[each.practitioner_id], account(records, each.account_id))
            for each in links(records)
            if with_removed or not each.is_removed
        ]
        now = app.now()
        untold = undelivered_notices(records, now)
    if as_json:
        show_json([_row(each, app, now) for each in linked])
        return
    several = len(people) > 1
    if not linked:
        show_text(f"None yet. {LINK_ONE}")
        return
    show_table(
        ["Id", "Calendar", *(["Practitioner"] if several else []), "State", "Last read"],
        [
            [
                each.calendar.id[:8],
                _shown(each),
                *([each.practitioner] if several else []),
                _state(each.calendar, app, now),
                _age(each.calendar.last_read_at, now),
            ]
            for each in linked
        ],
        "",
    )
    for each in linked:
        for kept in _how_kept(each.calendar):
            click.echo()
            show_text(kept, f"{each.calendar.id[:8]} ")
        if each.calendar.trouble:
            _tell_trouble(each.calendar, local_time(app.settings.practice.time_zone, now))
    for ends_at in dict.fromkeys(_ends_at(each, now) for each in linked):
        if ends_at is not None:
            words = ending_words(ends_at, local_time(app.settings.practice.time_zone, now))
            click.echo()
            show_text(words)
            show_text(f"{REMEDY}: {COMMAND}")
    if untold:
        click.echo()
        show_text(untold_words(untold))
        click.echo("To see what is wrong with mail: practice-sync doctor")


def _state(calendar: CalendarLink, app: App, now: datetime) -> str:
    """How reading goes, in words."""
    words = _WORDS[shown_state(calendar, now, stale_after(app.settings.sync.snapshot_minutes))]
    return words + (f"; past read to {calendar.history_reached:%Y-%m-%d}" if calendar.history_reached else "")


def _how_kept(calendar: CalendarLink) -> list[str]:
    """What was said of a calendar that is not for everything."""
    kept = ["holds clients' hours only: what is not known is asked about."] if calendar.dedicated else []
    return kept + ([f"titles read as “{calendar.title_pattern}”."] if calendar.title_pattern else [])


def _tell_trouble(calendar: CalendarLink, time: LocalTime) -> None:
    """What is wrong with a calendar since when; below the table, whose lines would grow too long."""
    click.echo(f"\n{calendar.id[:8]} since {time.moment(calendar.state_since)}:")
    show_text(f"{calendar.trouble}.", "  ")


def _ends_at(connection: _Connection, now: datetime) -> datetime | None:
    return probable_end(connection.account.grant, now)


def _shown(connection: _Connection) -> str:
    """What a calendar may be known by: a file by its name, without its folders."""
    if connection.account.is_published and connection.account.credentials:
        # What reads an address loads the network's libraries, and only a published calendar needs them.
        from sync.adapters.ics_address import FilePlace, read_place  # noqa: PLC0415
        from sync.adapters.ics_calendar import IcsCredentials  # noqa: PLC0415

        place = read_place(IcsCredentials.from_json(connection.account.credentials).place)
        if isinstance(place, FilePlace):
            return _shortened(place.path.name)
    return _shortened(connection.calendar.calendar_id)


def _shortened(calendar_id: str) -> str:
    """Enough of an id to know the calendar by: both ends."""
    if len(calendar_id) <= _SHOWN:
        return calendar_id
    return f"{calendar_id[: _SHOWN - 10]}…{calendar_id[-9:]}"


def _minutes(read_at: datetime, now: datetime) -> int:
    return max(int((now - read_at).total_seconds()) // 60, 0)


def _age(read_at: datetime | None, now: datetime) -> str:
    if read_at is None:
        return "never"
    minutes = _minutes(read_at, now)
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 2880 else f"{minutes // 1440} days ago"


def _row(connection: _Connection, app: App, now: datetime) -> dict[str, Any]:
    calendar, read_at = connection.calendar, connection.calendar.last_read_at
    return {
        "id": calendar.id,
        "kind": connection.account.kind,
        "calendar": _shown(connection),
        "calendar_id": calendar.calendar_id,
        "practitioner": connection.practitioner,
        "dedicated": calendar.dedicated,
        "title_pattern": calendar.title_pattern,
        "state": shown_state(calendar, now, stale_after(app.settings.sync.snapshot_minutes)).value,
        "state_since": calendar.state_since,
        "paused": calendar.state is LinkState.PAUSED,
        "trouble": calendar.trouble,
        "granted_at": connection.account.grant.granted_at,
        "probably_ends_at": _ends_at(connection, now),
        "synced_at": read_at,
        "age": None if read_at is None else _minutes(read_at, now),
        "time_zone": calendar.time_zone,
        "history": {
            "since": calendar.history_since,
            "read_to": calendar.history_read_to,
            "done_at": calendar.history_done_at,
        },
    }
