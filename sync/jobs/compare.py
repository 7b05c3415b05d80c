"""Compares events of one calendar with the records: reads what is known, and plans. Writes nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from sync.domain.calendar.colors import color_marks
from sync.domain.calendar.mark_words import mark_phrases
from sync.domain.calendar.matching import ClientEvidence, Directory
from sync.domain.calendar.planning import Plan, Rules, is_unchanged, plan_changes
from sync.domain.calendar.returning import SeriesHours, by_series
from sync.domain.calendar.title_marks import MarkReader
from sync.domain.calendar.values import Event, KnownSession, Snapshot, Window
from sync.jobs.visit import Visit
from sync.store.clients import evidence
from sync.store.copies import meeting_clients
from sync.store.inbox import event_indexes, ignored
from sync.store.known_sessions import (
    known_by_event,
    known_from,
    known_of_series,
    series_clients,
    with_details,
)
from sync.store.practitioners import practitioner
from sync.store.records import Records

RECENT = timedelta(days=90)
"""How far back the hours of a series tell whose it is now."""


def compare_snapshot(
    visit: Visit,
    records: Records,
    snapshot: Snapshot,
    more: Sequence[Event],
    settled: Collection[str] = (),
) -> Plan:
    """Plan the changes that a complete `snapshot`, and `more` events asked for singly, call for.

    Events in `settled`, by id, have been dealt with otherwise.
    """
    # An hour that came back into the window is in both; what was asked for singly is the later answer.
    events = {event.event_id: event for event in (*snapshot.events, *more) if event.event_id not in settled}
    known = known_by_event(records, visit.calendar.id, events)
    return _plan(visit, records, events.values(), known, snapshot.time_zone)


def compare_events(visit: Visit, records: Records, events: Sequence[Event]) -> Plan:
    """Plan the changes that some events, asked for singly, call for."""
    if not events:
        return Plan()
    known = known_by_event(records, visit.calendar.id, [event.event_id for event in events])
    return _plan(visit, records, events, known, visit.calendar.time_zone)


def _plan(
    visit: Visit,
    records: Records,
    events: Iterable[Event],
    known: Mapping[str, KnownSession],
    zone: str | None,
) -> Plan:
    """Plan for those of `events` that are not, to the letter, what they were when last read."""
    fresh = [event for event in events if not is_unchanged(event, known.get(event.event_id))]
    if not fresh:
        return Plan()
    opened = with_details(records, (known[e.event_id] for e in fresh if e.event_id in known))
    met = [event for event in fresh if event.event_id not in known]
    rules = replace(rules_for(visit, records, fresh, zone), series_hours=_series_hours(visit, records, met))
    return plan_changes(fresh, {**known, **opened}, rules)


def _series_hours(visit: Visit, records: Records, met: Iterable[Event]) -> SeriesHours:
    """What is known of the series of new events that have begun; of others it need not be read."""
    begun = (one for one in met if one.starts_at is not None and one.starts_at <= visit.now)
    series = {one.recurring_event_id for one in begun if one.recurring_event_id}
    return by_series(known_of_series(records, visit.calendar.id, series))


def rules_for(
    visit: Visit,
    records: Records,
    fresh: Iterable[Event],
    zone: str | None,
    more: Iterable[ClientEvidence] = (),
) -> Rules:
    """How events of this calendar are to be read, and whose they may be: a known client's, or of `more`."""
    calendar, settings = visit.calendar, visit.app.settings
    words = settings.matching
    hashes = ignored(records, calendar.id)
    series = {event.recurring_event_id for event in fresh if event.recurring_event_id}
    return Rules(
        now=visit.now,
        calendar_zone=zone or settings.practice.time_zone,
        directory=Directory.of((*evidence(records, calendar.practitioner_id), *more)),
        series_clients=series_clients(records, calendar.id, series, visit.now - RECENT),
        meeting_clients=meeting_clients(records, calendar.id, calendar.practitioner_id, fresh),
        dedicated=calendar.dedicated,
        title_pattern=calendar.title_pattern,
        marks=_mark_reader(words.languages, words.cancelled_words, words.no_show_words),
        colors=color_marks(practitioner(records, calendar.practitioner_id).color_meanings),
        client_decline_cancels=settings.attendance.client_decline == "cancel",
        is_ignored=lambda event: (
            bool(hashes) and not hashes.isdisjoint(event_indexes(records, calendar.id, event))
        ),
    )


@lru_cache(maxsize=4)
def _mark_reader(
    languages: tuple[str, ...], cancelled: tuple[str, ...], no_show: tuple[str, ...]
) -> MarkReader:
    return MarkReader(mark_phrases(languages, cancelled, no_show))


def tracked_outside(
    visit: Visit, records: Records, named: Collection[str], window: Window
) -> dict[str, KnownSession]:
    """The sessions ahead beyond the window, by event, whose event or series is among those `named`."""
    if not named:
        return {}
    beyond = known_from(records, visit.calendar.id, window.ends_at)
    return {
        event_id: session
        for event_id, session in beyond.items()
        if event_id in named or session.recurring_event_id in named
    }
