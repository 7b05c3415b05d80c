"""`connections history`, and `--since` of `connect`: the past of a calendar, with a bar while it is read."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

from sync.app import App
from sync.commands.meaning import the_connection
from sync.commands.opening import opened_app
from sync.commands.past_report import past_json, show_past
from sync.commands.showing import show_json, show_text
from sync.domain.calendar.links import CalendarLink, LinkState
from sync.domain.people import Practitioner
from sync.errors import Refused, SyncError
from sync.jobs.history import ask_for_history, import_history
from sync.jobs.history_preview import preview_history
from sync.jobs.history_reading import beginning_of
from sync.jobs.history_report import HistoryReport
from sync.jobs.visit import Visit
from sync.store.links import LinkWish, SignIn, account, link, links_of_calendar


class PastDay(click.ParamType[date]):
    """A day: 2021-01-01."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it, or say what is expected."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail("a day such as 2021-01-01 is expected", param, ctx)


since_option = click.option("--since", type=PastDay(), help="Import the past from this day on: 2021-01-01.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")


@click.command(short_help="Import the past of a calendar.")
@click.argument("connection")
@since_option
@click.option("--again", is_flag=True, help="Read it all again: for what can be matched only now.")
@dry_run_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def history(connection: str, since: date | None, again: bool, dry_run: bool, as_json: bool) -> None:
    """Import the past of the calendar CONNECTION (an id, or its beginning) as sessions that are over.

    They have neither note stubs nor briefings. Broken off, it goes on where it was.
    """
    with opened_app() as app:
        with app.reading() as records:
            calendar = the_connection(records, connection)
        if dry_run:
            report = _preview_linked(app, calendar, since)
        else:
            ask_for_history(app, calendar.id, since, app.now(), again=again)
            if not as_json and _tell_if_read(app, calendar.id):
                return
            report = _import(app, calendar.id)
    if as_json:
        show_json(past_json(report, rehearsed=dry_run))
    else:
        show_past(report, calendar.id[:8], rehearsed=dry_run)


def require_since(app: App, person: Practitioner, since: date | None, *, dry_run: bool) -> None:
    """See before anything is asked for that the past can be read from this day on; else `Refused`."""
    if since is None:
        if dry_run:
            raise click.UsageError("--dry-run goes with --since")
        return
    with app.reading() as records:
        beginning_of(app, records, person.id, since, app.now())


def import_past(app: App, link_ids: list[str], since: date) -> None:
    """Import the past of calendars that have just been linked, and tell what came of it."""
    for link_id in link_ids:  # all are asked for before the first is read: the worker may go on with them
        ask_for_history(app, link_id, since, app.now())
    for link_id in link_ids:
        if not _tell_if_read(app, link_id):
            show_past(_import(app, link_id), link_id[:8], rehearsed=False)


def _tell_if_read(app: App, link_id: str) -> bool:
    """Whether all that is wanted of a past has been read; then it is said what reads it afresh."""
    with app.reading() as records:
        done = link(records, link_id).history_done_at is not None
    if done:
        show_text(f"Read already; `practice-sync connections history {link_id[:8]} --again` reads it afresh.")
    return done


def preview_past(
    app: App, person: Practitioner, permission: SignIn, wishes: list[LinkWish], since: date
) -> None:
    """Tell what linking these calendars would make of their past; nothing is linked."""
    for wish in wishes:
        calendar = _as_wished(app, person, wish)
        source = app.source("being connected", permission.credentials)
        report = _preview(Visit(app, calendar, source, app.now()), since)
        show_past(report, calendar.id[:8], rehearsed=True)


def _as_wished(app: App, person: Practitioner, wish: LinkWish) -> CalendarLink:
    """The calendar as it would be linked; with its sessions, if it is linked already."""
    with app.reading() as records:
        known = [c for c in links_of_calendar(records, wish.calendar_id) if c.practitioner_id == person.id]
    before = known[0] if known else None
    kept = before is not None and wish.dedicated is None
    return CalendarLink(
        id=before.id if before else "",
        account_id="",
        practitioner_id=person.id,
        calendar_id=wish.calendar_id,
        state=LinkState.FINE,
        state_since=app.now(),
        dedicated=before.dedicated if before and kept else bool(wish.dedicated),
        title_pattern=before.title_pattern if before and kept else wish.title_pattern,
    )


def _preview_linked(app: App, calendar: CalendarLink, since: date | None) -> HistoryReport:
    if since is None and calendar.history_since is None:
        raise Refused("Nobody has said yet from when on.", "Say it: `--since 2021-01-01`.")
    with app.reading() as records:
        permission = account(records, calendar.account_id)
    source = app.source(permission.id, permission.credentials)
    return _preview(Visit(app, calendar, source, app.now()), since)


def _preview(visit: Visit, since: date | None) -> HistoryReport:
    begins_at = visit.calendar.history_since or visit.now
    if since is not None:
        with visit.app.reading() as records:
            begins_at = beginning_of(visit.app, records, visit.calendar.practitioner_id, since, visit.now)
    with _bar() as tell:
        return preview_history(visit, begins_at, tell)


def _import(app: App, link_id: str) -> HistoryReport:
    reached: list[HistoryReport] = []

    def go_on() -> str:
        day = f"Read up to {_day(reached[-1])}. " if reached else ""
        return (
            f"{day}It goes on by itself while `practice-sync work` runs,\n"
            f"  or with `practice-sync connections history {link_id[:8]}`."
        )

    try:
        with _bar() as tell:

            def note(report: HistoryReport) -> None:
                reached[:] = [report]
                tell(report)

            return import_history(app, link_id, note, wait=lambda: time.sleep(1))
    except KeyboardInterrupt:
        click.echo(f"Stopped. {go_on()}", err=True)
        sys.exit(1)
    except SyncError:
        click.echo(go_on(), err=True)
        raise


def _day(report: HistoryReport) -> str:
    return f"{report.read_to.astimezone(ZoneInfo(report.time_zone)):%a %d %b %Y}"


@contextmanager
def _bar() -> Iterator[Callable[[HistoryReport], None]]:
    """A bar on standard error while the years go by; nothing where that is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda _report: None
        return
    from rich.console import Console  # noqa: PLC0415  # most commands need no progress
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    look = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*look, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading the past", total=None)

        def tell(report: HistoryReport) -> None:
            bar.update(
                task,
                description=f"{_month(report.read_to)}, {report.sessions} sessions",
                total=(report.until - report.since).days,
                completed=(report.read_to - report.since).days,
            )

        yield tell


def _month(moment: datetime) -> str:
    return f"{moment:%b %Y}"
