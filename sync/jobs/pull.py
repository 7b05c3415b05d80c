"""Reads the calendars: the doorbell first, a snapshot when it rang or is due, then one transaction."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.app import App
from sync.domain.calendar.absence import CONFIRM_LIMIT, absent_sessions
from sync.domain.calendar.changes import MISSING_AFTER, Ask, Change, Create, Follow, Restore
from sync.domain.calendar.links import LinkState
from sync.domain.calendar.pacing import in_turn, is_due
from sync.domain.calendar.planning import Plan
from sync.domain.calendar.relinking import SeriesMaster
from sync.domain.calendar.values import Doorbell, Event, Snapshot, Window
from sync.domain.calendar.window import local_day, reading_window
from sync.errors import (
    CalendarNotProved,
    CalendarUnreachable,
    DatabaseError,
    PracticeError,
    SyncError,
    SyncTokenExpired,
)
from sync.jobs.absences import Settled, changes_of, settle_absences
from sync.jobs.calendar_lease import leased_calendar
from sync.jobs.compare import compare_events, compare_snapshot, tracked_outside
from sync.jobs.link_states import note_fault, note_fine, note_suspect, note_trouble
from sync.jobs.meaning import heed_settings, is_minted_with, minted_with
from sync.jobs.relinks import Lost, follow_series, read_masters
from sync.jobs.reports import CalendarReport, PassReport
from sync.jobs.side_by_side import PATIENCE_SECONDS, Crew, side_by_side
from sync.jobs.visit import PullWish, Visit
from sync.jobs.wishes import applying_for, zone_of
from sync.store.carries import offer_carries
from sync.store.changes import apply_changes
from sync.store.copies import copies_in
from sync.store.inbox import keep_only
from sync.store.known_sessions import etags_in, flagged, known_by_event
from sync.store.leases import Lease, give_back, still_held
from sync.store.links import account, link, note_reading, standings, want_snapshot
from sync.store.missing import note_missing
from sync.store.records import Records
from sync.store.runs import note_run
from sync.store.series import keep_masters, remembered_masters, unknown_of, unknown_series

log = logging.getLogger(__name__)

FINGERPRINT = "events.list singleEvents=false v1"
"""What a sync token was minted with (R5, R6); another wording makes every calendar start afresh."""


FIRST = Doorbell("", ())
"""What stands in for a doorbell at the first visit: there is no token yet."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """All that the network said, before anything is written."""

    doorbell: Doorbell
    snapshot: Snapshot
    changes: tuple[Change, ...]
    settled: Settled
    skipped: int
    masters: tuple[SeriesMaster, ...]
    unanswered: bool
    """Whether some questions are left for the next reading."""


def pull_all(
    app: App,
    now: datetime,
    wish: PullWish | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> PassReport:
    """Read every connected calendar that is not paused; one's trouble never holds up another.

    Several are read side by side, the one first that was not read for longest; the report has them in
    the order in which they were connected. Before each one `stopping` is asked whether to leave the
    rest for another time.
    """
    wish = wish or PullWish()
    interval = timedelta(seconds=app.settings.sync.doorbell_seconds)
    with app.reading() as records:
        connected = standings(records)
    wanted = [each for each in connected if not wish.only_due or is_due(each, now, interval)]
    size = app.settings.sync.concurrency if app.db.serves_threads else 1
    read, given_up = side_by_side(
        [each.link_id for each in in_turn(wanted)],
        lambda link_id: _pulled(app, link_id, now, wish),
        Crew(size, stopping, app.hang_up),
    )
    read |= {link_id: _without_end(app, link_id, now) for link_id in given_up}
    report = PassReport()
    for each in connected:
        if each.link_id in read:
            report.add(read[each.link_id])
    return report


def _pulled(app: App, link_id: str, now: datetime, wish: PullWish) -> PassReport:
    report = PassReport()
    try:
        pull_calendar(app, link_id, now, wish, report)
    except Exception as fault:
        # The one broad net of this job: what one calendar holds must not hold up the next one.
        report.calendars.append(_failed(app, link_id, now, fault))
    return report


def _without_end(app: App, link_id: str, now: datetime) -> PassReport:
    """The report of a reading that did not come to an end; should it do so later, its lease is over."""
    with app.reading() as records:
        calendar = link(records, link_id)
    trouble = CalendarUnreachable(
        f"its answers came so slowly that reading it was given up after {PATIENCE_SECONDS / 60:.0f} minutes, "
        "and nothing was changed",
        "Nothing to do if it passes: it is read again by itself, and it holds up no other calendar. "
        "If it lasts, check the network, then start `practice-sync work` again.",
    )
    return PassReport(calendars=[note_trouble(app, calendar, now, trouble)])


def _failed(app: App, link_id: str, now: datetime, fault: Exception) -> CalendarReport:
    """The report of a reading that broke off; nothing of it was kept. Only our own words are repeated."""
    kind = type(fault).__name__
    log.error("calendar link %s could not be read: %s", link_id, kind)
    what, advice = f"a fault of this program: {kind}", None
    if isinstance(fault, PracticeError):
        what, advice = str(fault), fault.advice
    if not isinstance(fault, DatabaseError):
        note_fault(app, link_id, now, what)
    return CalendarReport(link_id, "failed", None, full=False, trouble=what, advice=advice)


def pull_calendar(app: App, link_id: str, now: datetime, wish: PullWish, report: PassReport) -> None:
    """Read one calendar and bring the records in line with it; adds to `report`.

    A `SyncError` is noted with the calendar, reported and told to the practitioner, never raised.
    """
    with leased_calendar(app, link_id, now) as lease:
        with app.reading() as records:
            calendar = link(records, link_id)
            permission = account(records, calendar.account_id)
        if lease is None:
            report.calendars.append(CalendarReport(link_id, "busy", calendar.last_read_at, full=False))
            return
        if not calendar.is_read:  # a person was quicker
            report.calendars.append(
                CalendarReport(link_id, calendar.state, calendar.last_read_at, full=False)
            )
            return
        try:
            source = app.source(permission.id, permission.credentials)
            visit = Visit(app, heed_settings(app, calendar), source, now, wish)
            report.calendars.append(_pull(visit, lease, report.counts))
        except SyncError as trouble:
            report.calendars.append(note_trouble(app, calendar, now, trouble))


def _pull(visit: Visit, lease: Lease, counts: Counter[str]) -> CalendarReport:
    calendar, now = visit.calendar, visit.now
    if visit.wish.only_due and _was_just_read(visit):
        return CalendarReport(calendar.id, calendar.state, calendar.last_read_at, full=False)
    doorbell, rang = _ring(visit)
    counts["events_read"] += len(doorbell.event_ids)
    wanted = visit.wish.full or visit.wish.accept_empty
    if not (rang or wanted or _snapshot_is_due(visit)):
        _keep_token(visit, lease, doorbell)
        return CalendarReport(calendar.id, LinkState.FINE, now, full=False)
    reading = _read_window(visit, doorbell)
    counts["events_read"] += len(reading.snapshot.present)
    counts["skipped"] += reading.skipped
    return _keep(visit, lease, reading, counts)


def _was_just_read(visit: Visit) -> bool:
    """Whether the calendar was read so lately that its host would be asked too often."""
    last = visit.calendar.last_read_at
    return last is not None and timedelta(0) <= visit.now - last < visit.source.ask_every


def _ring(visit: Visit) -> tuple[Doorbell, bool]:
    """Ask what changed; whether anything did. Without a good token the whole is asked for, once (R7)."""
    source, calendar = visit.source, visit.calendar
    if calendar.sync_token is not None and is_minted_with(calendar, FINGERPRINT):
        try:
            doorbell = source.ring(calendar.calendar_id, calendar.sync_token)
            return doorbell, bool(doorbell.event_ids)
        except SyncTokenExpired:
            pass  # nothing is wiped: the snapshot is compared with what we have (R9)
    if calendar.last_snapshot_at is None:
        return FIRST, True  # a first token takes a walk through the whole history: records come first
    return source.ring(calendar.calendar_id, None), True


def _snapshot_is_due(visit: Visit) -> bool:
    last = visit.calendar.last_snapshot_at
    every = timedelta(minutes=visit.app.settings.sync.snapshot_minutes)
    if last is None or visit.now - last >= every:
        return True
    with visit.app.reading() as records:
        zone = zone_of(visit.app, records, visit.calendar.practitioner_id)
    return local_day(last, zone) != local_day(visit.now, zone)  # the window has moved on (R17)


def _read_window(visit: Visit, doorbell: Doorbell) -> _Reading:
    """Everything that needs the network; no transaction is open meanwhile."""
    app, calendar, sync = visit.app, visit.calendar, visit.app.settings.sync
    with app.reading() as records:
        zone = zone_of(app, records, calendar.practitioner_id)
        window = reading_window(visit.now, zone, sync.past_days, sync.future_days)
        copies = copies_in(records, calendar.id, calendar.practitioner_id, window)
        to_learn = unknown_series(records, calendar.id, visit.now, CONFIRM_LIMIT)
        to_learn += unknown_of(records, calendar.id, copies.values())
    snapshot, missed = _snapshot(visit, window)
    learned = read_masters(visit, to_learn)
    with app.reading() as records:
        missing = known_by_event(records, calendar.id, missed)
        edited = {one.recurring_event_id for one in missing.values() if one.recurring_event_id}
        outside = tracked_outside(visit, records, edited.union(doorbell.event_ids), window)
    asked = {event_id: visit.source.event(calendar.calendar_id, event_id) for event_id in outside}
    proves = visit.source.absence_is_proof  # else it is missed when it slides into the window
    far = [event or _gone(event_id) for event_id, event in asked.items() if event or proves]
    beyond = [
        outside[event_id] for event_id, event in asked.items() if event is None or event.status == "cancelled"
    ]
    parted = {event_id: copies[event_id] for event_id in copies.keys() - snapshot.present}
    followed = follow_series(visit, snapshot, Lost({**missing, **parted}, beyond, doorbell.event_ids))
    dealt_with = followed.dealt_with
    with app.reading() as records:
        plan = compare_snapshot(visit, records, snapshot, far, dealt_with)
        missing_noted = flagged(records, MISSING_AFTER, {known.session_id for known in missing.values()})
    lost = [session for event_id, session in missing.items() if event_id not in dealt_with]
    absent = absent_sessions(snapshot, lost, missing_noted)
    settled = settle_absences(visit, absent, window, followed.unsure)
    if settled.gone or None in asked.values():
        visit.prove_calendar()
    with app.reading() as records:
        answered = compare_events(visit, records, settled.alive)
    follows = (Follow(pair.known, pair.appointment, pair.guess) for pair in followed.relinks)
    changes = (*follows, *followed.flagged(plan.changes), *answered.changes, *changes_of(settled, visit.now))
    masters = (*learned, *followed.masters, *read_masters(visit, _new_series(visit, plan)))
    unanswered = settled.unanswered or bool(followed.undecided)
    return _Reading(doorbell, snapshot, changes, settled, plan.skipped, masters, unanswered)


def _new_series(visit: Visit, plan: Plan) -> list[str]:
    """The series of hours that are new, or back from the bin, and of which nothing is known.

    They are learned at once, for the next edit may come before a next reading.
    """
    new = (change.appointment.event for change in plan.changes if isinstance(change, Create | Restore))
    series = dict.fromkeys(event.recurring_event_id for event in new if event.recurring_event_id)
    with visit.app.reading() as records:
        known = remembered_masters(records, visit.calendar.id, series)
    return [one for one in series if one not in known or known[one].starts_at is None]


def _snapshot(visit: Visit, window: Window) -> tuple[Snapshot, set[str]]:
    """The window, and which events of our sessions it lacks.

    Under another access role than before an equal etag says nothing, so all is read.
    """
    calendar = visit.calendar
    etags: dict[str, str] = {}

    def known() -> Mapping[str, str]:
        with visit.app.reading() as records:
            etags.update(etags_in(records, calendar.id, window))
        return etags

    snapshot = visit.source.snapshot(calendar.calendar_id, window, known)
    if snapshot.unchanged and snapshot.access_role != calendar.access_role:
        snapshot = visit.source.snapshot(calendar.calendar_id, window)
    missed = etags.keys() - snapshot.present
    if not calendar.is_proved and missed and missed == etags.keys() and not visit.wish.accept_empty:
        raise CalendarNotProved(f"this account shows none of the {len(missed)} appointments known of it")
    return snapshot, missed


def _gone(event_id: str) -> Event:
    """What a 404 or 410 for an event that we know says."""
    return Event(event_id, status="cancelled")


def _keep_token(visit: Visit, lease: Lease, doorbell: Doorbell) -> None:
    with visit.app.writing() as records:
        if still_held(records, lease):
            _note_reading(visit, records, doorbell, None)
            note_fine(visit.app, records, visit.calendar, visit.now)
            give_back(records, lease)  # in the same transaction: each one waits for the disk


def _note_reading(visit: Visit, records: Records, doorbell: Doorbell, snapshot: Snapshot | None) -> None:
    note_reading(
        records,
        visit.calendar.id,
        visit.now,
        sync_token=doorbell.sync_token or None,
        token_fingerprint=minted_with(visit.app, FINGERPRINT),
        snapshot=None if snapshot is None else (snapshot.time_zone, snapshot.access_role),
    )


def _keep(visit: Visit, lease: Lease, reading: _Reading, counts: Counter[str]) -> CalendarReport:
    """Write the changes and the token that announced them, together or not at all (R1)."""
    app, calendar, now = visit.app, visit.calendar, visit.now
    with app.writing() as records:
        if not still_held(records, lease):
            return CalendarReport(calendar.id, "busy", calendar.last_read_at, full=False)
        done = apply_changes(records, reading.changes, applying_for(app, records, calendar, now))
        if done["created"] or done["cancelled"]:
            offer_carries(records, calendar.practitioner_id, now)
        asked = {c.appointment.event.event_id for c in reading.changes if isinstance(c, Ask)}
        keep_only(records, calendar.id, asked)
        keep_masters(records, calendar.id, reading.masters, now)
        _note_reading(visit, records, reading.doorbell, reading.snapshot)
        if not visit.source.absence_is_proof:
            note_missing(records, calendar.id, [known.event_id for known in reading.settled.doubtful], now)
        if reading.unanswered:
            want_snapshot(records, calendar.id)
        if reading.settled.suspect:
            state = note_suspect(app, records, calendar, now, reading.settled.suspect)
        else:
            state = note_fine(app, records, calendar, now)
        note_run(records, "pull", now, app.now(), state, {**done, "read": len(reading.snapshot.present)})
    counts.update(done)
    return CalendarReport(calendar.id, state, now, full=True)
