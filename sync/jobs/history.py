"""Imports the past of a calendar, slice by slice: each is read whole, then kept with how far that reaches."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import Enum

from sync.app import App
from sync.domain.calendar.changes import Create, Join
from sync.domain.calendar.history import (
    next_slice,
)
from sync.domain.calendar.links import CalendarLink
from sync.domain.calendar.series_shift import SeriesMaster
from sync.errors import CalendarNotProved, Refused
from sync.jobs.calendar_lease import leased_calendar
from sync.jobs.history_reading import PastReading, beginning_of, new_masters, read_past, window_begins
from sync.jobs.history_report import HistoryReport, Telling
from sync.jobs.pull import pull_calendar
from sync.jobs.reports import PassReport
from sync.jobs.visit import PullWish, Visit
from sync.jobs.wishes import applying_for, zone_of
from sync.store.clients import clients
from sync.store.copies import with_copies
from sync.store.creations import Applying, create_sessions
from sync.store.follows import join
from sync.store.history import note_history, unread_histories, want_history
from sync.store.leases import Lease, still_held
from sync.store.links import account, link
from sync.store.records import Records
from sync.store.runs import failed_since, note_run
from sync.store.series import keep_masters

log = logging.getLogger(__name__)

PATIENCE = 60
"""How often a calendar that another process reads just now is asked for again."""

SHARE = timedelta(seconds=20)
"""How much of a pass may go into the past; the present comes first."""

SECOND_TRY = timedelta(hours=1)
"""How long the past of a calendar is left alone in the background after it could not be read."""


class _Step(Enum):
    READ = 1
    BUSY = 2
    DONE = 3


def ask_for_history(
    app: App, link_id: str, since: date | None, now: datetime, *, again: bool = False
) -> None:
    """Have the past read from this day on, by `import_history` or in the background.

    Without a day what was wanted before goes on, or is read `again`. Raises `Refused`.
    """
    with app.writing() as records:
        calendar = link(records, link_id)
        _require_read(calendar)
        begins_at = calendar.history_since
        if since is not None:
            begins_at = beginning_of(app, records, calendar.practitioner_id, since, now)
        if begins_at is None:
            raise Refused(
                "Nobody has said yet from when on the past of this calendar is wanted.",
                "Say it with `--since`, for instance `--since 2021-01-01`.",
            )
        want_history(records, link_id, begins_at, again=again)


def _require_read(calendar: CalendarLink) -> None:
    if not calendar.is_read:
        raise Refused(
            "This calendar is paused or removed.",
            f"If it is paused: `practice-sync connections resume {calendar.id[:8]}`.",
        )


def import_history(
    app: App,
    link_id: str,
    tell: Telling = lambda _report: None,
    wait: Callable[[], None] = lambda: None,
) -> HistoryReport:
    """Read what is wanted of a calendar's past to its end, and make the sessions that it holds.

    Broken off anywhere it goes on from the last slice that was kept. `wait` passes some time while another
    process reads the calendar. Raises a `SyncError` when the calendar cannot be read, and `Refused` for
    one that is paused or whose past nobody wants. Of a calendar that another account reads than before
    nothing is taken in until it has shown something that is known (R86).
    """
    _prove(app, link_id)
    report = _new_report(app, link_id)
    waited = 0
    while True:
        step = _read_slice(app, link_id, app.now(), report)
        if step is _Step.DONE:
            break
        if step is _Step.READ:
            waited = 0
            tell(report)
        elif waited == PATIENCE:
            report.busy = True
            break
        else:
            waited += 1
            wait()
    with app.reading() as records:
        report.codes = {person.id: person.code for person in clients(records) if person.id in report.clients}
    return report


def _prove(app: App, link_id: str) -> None:
    """Where another account than before reads the calendar, the present says whether it is the same (R86)."""
    with app.reading() as records:
        calendar = link(records, link_id)
    if calendar.is_read and not calendar.is_proved:
        pull_calendar(app, link_id, app.now(), PullWish(), PassReport())


def go_on_with_histories(app: App, now: datetime, stopping: Callable[[], bool] = lambda: False) -> None:
    """Read one more slice of every past that is wanted and not read yet, as long as there is time."""
    with app.reading() as records:
        waiting = [
            link_id
            for link_id in unread_histories(records)
            if not failed_since(records, _run_name(link_id), now - SECOND_TRY)
        ]
    for link_id in waiting:
        if stopping() or app.now() - now >= SHARE:
            break
        try:
            _read_slice(app, link_id, app.now(), _new_report(app, link_id))
        except Exception as fault:
            # The one broad net of this job: the past of one calendar must not hold up anything else.
            log.warning("the past of calendar %s could not be read: %s", link_id, type(fault).__name__)
            with app.writing() as records:
                note_run(records, _run_name(link_id), now, app.now(), "failed", {})


def _run_name(link_id: str) -> str:
    return f"history {link_id}"


def _new_report(app: App, link_id: str) -> HistoryReport:
    with app.reading() as records:
        calendar = link(records, link_id)
        zone = zone_of(app, records, calendar.practitioner_id)
    if calendar.history_since is None:
        raise Refused("Nobody wants the past of this calendar.", "Say from when on: `--since 2021-01-01`.")
    until = window_begins(app, zone, app.now())
    return HistoryReport(zone, calendar.history_since, calendar.history_reached or until, until)


def _read_slice(app: App, link_id: str, now: datetime, report: HistoryReport) -> _Step:
    """Read and keep the next slice, and count it in `report`; the calendar is held no longer than that."""
    with leased_calendar(app, link_id, now) as lease:
        if lease is None:
            return _Step.BUSY
        with app.reading() as records:
            calendar = link(records, link_id)
            permission = account(records, calendar.account_id)
        _require_read(calendar)
        if not calendar.is_proved:
            raise CalendarNotProved("this account has shown nothing yet of what is known of the calendar")
        reached = calendar.history_reached
        if reached is None:
            report.done = True
            return _Step.DONE
        report.until = max(window_begins(app, report.time_zone, now), reached)
        span = next_slice(reached, report.until)
        if span is None:
            _keep_end(app, calendar, lease, reached, now)
            return _Step.READ
        visit = Visit(app, calendar, app.source(permission.id, permission.credentials), now)
        reading = read_past(visit, span, report.until)
        return _keep(visit, lease, reading, new_masters(visit, reading), report)


def _keep_end(app: App, calendar: CalendarLink, lease: Lease, reached: datetime, now: datetime) -> None:
    with app.writing() as records:
        if still_held(records, lease):
            note_history(records, calendar, reached, done_at=now)


def _keep(
    visit: Visit, lease: Lease, reading: PastReading, masters: Sequence[SeriesMaster], report: HistoryReport
) -> _Step:
    """Write the sessions and how far they reach, together or not at all."""
    app, calendar, now = visit.app, visit.calendar, visit.now
    done = reading.span.ends_at >= reading.until
    with app.writing() as records:
        if not still_held(records, lease):
            return _Step.BUSY
        if not note_history(records, calendar, reading.span.ends_at, done_at=now if done else None):
            return _Step.BUSY
        made, owners = _make(records, reading.plan.creates, applying_for(app, records, calendar, now))
        keep_masters(records, calendar.id, masters, now)
        counts = {"read": reading.events_read, "created": len(made)}
        note_run(records, _run_name(calendar.id), now, app.now(), "fine", counts)
    report.read_to = reading.span.ends_at
    report.count(reading, made, owners)
    return _Step.READ


def _make(
    records: Records, creates: Sequence[Create], applying: Applying
) -> tuple[list[Create], dict[tuple[str, ...], str]]:
    """Write the sessions, but for hours that another calendar of hers has brought: they get this copy (R75).

    What was recorded stays where it is read from, and no flag is raised.
    """
    changes = with_copies(records, creates, applying)
    made = [change for change in changes if isinstance(change, Create)]
    owners = create_sessions(records, made, applying)
    for change in changes:
        if isinstance(change, Join):
            join(records, replace(change, leads=False), applying)
    return made, owners
