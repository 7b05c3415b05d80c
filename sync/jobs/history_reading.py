"""Reads one slice of a calendar's past over the network, and plans what it becomes. Writes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sync.app import App
from sync.domain.calendar.history import (
    FIRST_YEAR,
    MOST_YEARS,
    PastPlan,
    is_reasonable_beginning,
    plan_past,
    replaced_by,
)
from sync.domain.calendar.matching import ClientEvidence
from sync.domain.calendar.past_places import as_planned, as_they_were, moved_series, on_record
from sync.domain.calendar.planning import Rules
from sync.domain.calendar.returning import by_series
from sync.domain.calendar.series_places import series_of
from sync.domain.calendar.series_shift import Masters, SeriesMaster
from sync.domain.calendar.values import Snapshot, Window
from sync.domain.calendar.window import reading_window
from sync.errors import Refused
from sync.jobs.compare import rules_for
from sync.jobs.relinks import read_masters
from sync.jobs.visit import Visit
from sync.jobs.wishes import zone_of
from sync.store.history import events_ended_in
from sync.store.known_sessions import known_by_event, known_of_series
from sync.store.records import Records
from sync.store.series import remembered_masters


@dataclass(frozen=True, slots=True)
class PastReading:
    """One slice as the calendar has it, and what is to be made of it.

    `elsewhere` are the ids of events whose meeting another calendar of hers has brought already,
    `time_zone` is the calendar's.
    """

    span: Window
    until: datetime
    plan: PastPlan
    events_read: int
    elsewhere: frozenset[str]
    time_zone: str


def beginning_of(app: App, records: Records, practitioner_id: str, since: date, now: datetime) -> datetime:
    """When the day from which the past is wanted begins where she is, in UTC; else `Refused`."""
    zone = ZoneInfo(zone_of(app, records, practitioner_id))
    if not is_reasonable_beginning(since, now.astimezone(zone).date()):
        raise Refused(
            "The past cannot be read from that day on.",
            f"Give a day before today, at most {MOST_YEARS} years back and not before {FIRST_YEAR}.",
        )
    return datetime.combine(since, time(), zone).astimezone(now.tzinfo)


def window_begins(app: App, zone: str, now: datetime) -> datetime:
    """Where the running window begins: from there on pulls keep the calendar."""
    return reading_window(now, zone, app.settings.sync.past_days, app.settings.sync.future_days).starts_at


def read_past(
    visit: Visit,
    span: Window,
    until: datetime,
    more: Iterable[ClientEvidence] = (),
    amend: Callable[[Rules], Rules] = lambda rules: rules,
) -> PastReading:
    """Read one slice over the network, and plan; nothing is written.

    `more` are clients beyond those that are known; `amend` may change the rules of reading.
    """
    link_id = visit.calendar.id
    snapshot = _snapshot(visit, span)
    with visit.app.reading() as records:
        known = known_by_event(records, link_id, [event.event_id for event in snapshot.events])
        ended = events_ended_in(records, link_id, span.starts_at, span.ends_at) - snapshot.present
        lost = known_by_event(records, link_id, ended).values()
        fresh = [event for event in snapshot.events if event.event_id not in known]
        series = {one for event in fresh if (one := event.recurring_event_id)}
        before = remembered_masters(records, link_id, series)
        ever = known_of_series(records, link_id, before)
    mine = [one for one in ever if not one.is_alias]
    moved = moved_series([*fresh, *mine], lost, before, snapshot.time_zone)
    mine = [one for one in mine if one.recurring_event_id in moved]
    after = {one.recurring_event_id: one for one in read_masters(visit, moved)}
    before |= as_they_were(ever, before, after, snapshot.time_zone)
    told = on_record(mine, Masters(after, before, snapshot.time_zone))
    with visit.app.reading() as records:
        rules = amend(rules_for(visit, records, fresh, snapshot.time_zone, more))
        rules = replace(rules, series_hours=by_series(ever))
        replaced = replaced_by(one for one in lost if series_of(one) not in told.series)
        # Within the reading, because the rules look up what was ignored when they are asked.
        plan = plan_past(snapshot.events, {*known, *told.event_ids}, replaced, (span, until), rules)
    return PastReading(
        span, until, plan, len(snapshot.events), frozenset(rules.meeting_clients), snapshot.time_zone
    )


def new_masters(visit: Visit, reading: PastReading) -> list[SeriesMaster]:
    """Read the masters of series that are new to us, over the network: what moves later is told by them."""
    events = [create.appointment.event for create in reading.plan.creates]
    series = {one for event in events if (one := event.recurring_event_id)}
    with visit.app.reading() as records:
        unknown = sorted(series - remembered_masters(records, visit.calendar.id, series).keys())
    return as_planned(read_masters(visit, unknown), events, reading.time_zone)


def _snapshot(visit: Visit, span: Window) -> Snapshot:
    """The slice; one that is empty is looked at twice, for nothing of it is known that could be missed."""
    snapshot = visit.source.snapshot(visit.calendar.calendar_id, span)
    return snapshot if snapshot.events else visit.source.snapshot(visit.calendar.calendar_id, span)
