"""Follows edits of whole series, which give every hour another event id: the session keeps its note (C4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sync.domain.calendar.absence import CONFIRM_LIMIT
from sync.domain.calendar.changes import DUPLICATE_OF_HELD, Change, Create
from sync.domain.calendar.doubles import doubles_of_held
from sync.domain.calendar.matching import Match
from sync.domain.calendar.planning import Rules, whose
from sync.domain.calendar.reading import read_event
from sync.domain.calendar.relinking import Relink, SeriesMaster, relink
from sync.domain.calendar.series_ids import series_root
from sync.domain.calendar.series_shift import Masters
from sync.domain.calendar.values import Appointment, Event, KnownSession, Snapshot
from sync.errors import CalendarGone, SignInNeeded, SyncError
from sync.jobs.compare import rules_for
from sync.jobs.visit import Visit
from sync.store.known_sessions import known_by_event
from sync.store.series import remembered_masters


@dataclass(frozen=True, slots=True)
class Relinked:
    """Which sessions have other events now, and the masters that were read to find out.

    `undecided` are events, gone and new, of series whose masters could not be read now: until they can
    be, nothing is done about them, for a guess that a better answer comes too late for cannot be undone.
    `doubles` are the ids of events that may be a second time what was held already (R41).
    """

    relinks: tuple[Relink, ...] = ()
    masters: tuple[SeriesMaster, ...] = ()
    undecided: frozenset[str] = frozenset()
    doubles: frozenset[str] = frozenset()

    @property
    def dealt_with(self) -> frozenset[str]:
        """The events that are not to be compared with the records otherwise."""
        paired = ((pair.known.event_id, pair.appointment.event.event_id) for pair in self.relinks)
        return self.undecided.union(*paired)

    def flagged(self, changes: Sequence[Change]) -> list[Change]:
        """`changes`, where the new session of a possible double waits for a word."""
        return [
            replace(change, flag=DUPLICATE_OF_HELD)
            if isinstance(change, Create) and change.appointment.event.event_id in self.doubles
            else change
            for change in changes
        ]


def follow_series(visit: Visit, snapshot: Snapshot, missing: Mapping[str, KnownSession]) -> Relinked:
    """Pair the sessions whose events are gone with the events that came in their place.

    A session counts as orphaned when the snapshot lacks its event, or shows it as cancelled.
    """
    cancelled = {event.event_id for event in snapshot.events if event.status == "cancelled"}
    if not missing and not cancelled:
        return Relinked()
    with visit.app.reading() as records:
        known = known_by_event(records, visit.calendar.id, [e.event_id for e in snapshot.events])
        orphans = _orphans(missing, (known[event_id] for event_id in cancelled if event_id in known))
        newcomers = _newcomers(snapshot, known, orphans)
        orphans, newcomers = _related(orphans, newcomers)
        if not orphans:
            return Relinked()
        series = _series_of(orphans, newcomers)
        remembered = remembered_masters(records, visit.calendar.id, series)
        rules = rules_for(visit, records, [n.event for n in newcomers], snapshot.time_zone)
    newcomers = [rules.marked(one) for one in newcomers]
    masters = read_masters(visit, series)
    now_masters = {master.recurring_event_id: master for master in masters}
    unread = {series_root(one) for one in series if one not in now_masters}
    undecided = [s.event_id for s in orphans if _root(s) in unread]
    undecided += [a.event.event_id for a in newcomers if _root(a.event) in unread]
    orphans = [session for session in orphans if _root(session) not in unread]
    pairs = relink(orphans, newcomers, now_masters, remembered, lambda a: _owner(a, rules), visit.now)
    # A guess moves no copy: what it may be a copy of is found by its own meeting (R75).
    pairs = tuple(pair for pair in pairs if not (pair.guess and pair.known.is_elsewhere))
    around = Masters(now_masters, remembered, rules.calendar_zone)
    doubles = doubles_of_held(orphans, newcomers, pairs, around, visit.now)
    return Relinked(pairs, masters, frozenset(undecided), doubles)


def read_masters(visit: Visit, series_ids: Sequence[str]) -> tuple[SeriesMaster, ...]:
    """The masters as they are now; one that is gone or not ours to see has no start (R47).

    A passing fault ends the asking: what is not known then is asked for another time.
    """
    found: list[SeriesMaster] = []
    for series_id in series_ids[:CONFIRM_LIMIT]:
        try:
            event = visit.source.event(visit.calendar.calendar_id, series_id)
        except (SignInNeeded, CalendarGone):
            raise
        except SyncError:
            break
        found.append(_master(series_id, event))
    return tuple(found)


def _master(series_id: str, event: Event | None) -> SeriesMaster:
    if event is None or event.status == "cancelled":
        return SeriesMaster(series_id, None, None)
    return SeriesMaster(series_id, event.starts_at, event.time_zone, event.recurrence)


def _orphans(missing: Mapping[str, KnownSession], cancelled: Iterable[KnownSession]) -> list[KnownSession]:
    return [
        session
        for session in (*missing.values(), *cancelled)
        if session.status != "cancelled" and not session.is_alias
    ]


def _newcomers(
    snapshot: Snapshot, known: Mapping[str, KnownSession], orphans: Sequence[KnownSession]
) -> list[Appointment]:
    """Events without a session; also one that an orphan had before, for an edit can be taken back."""
    orphaned = {session.session_id for session in orphans}
    readings = (
        read_event(event, snapshot.time_zone)
        for event in snapshot.events
        if event.event_id not in known
        or (known[event.event_id].is_alias and known[event.event_id].session_id in orphaned)
    )
    return [reading for reading in readings if isinstance(reading, Appointment)]


def _related(
    orphans: list[KnownSession], newcomers: list[Appointment]
) -> tuple[list[KnownSession], list[Appointment]]:
    """Those on both sides that share a root: most of what goes and comes has nothing to do with another."""
    left = {_root(session) for session in orphans}
    right = {_root(appointment.event) for appointment in newcomers}
    shared = left & right
    return (
        [s for s in orphans if _root(s) in shared],
        [a for a in newcomers if _root(a.event) in shared],
    )


def _root(held: KnownSession | Event) -> str:
    return series_root(held.recurring_event_id or held.event_id)


def _series_of(orphans: Sequence[KnownSession], newcomers: Sequence[Appointment]) -> list[str]:
    ids = [s.recurring_event_id for s in orphans] + [a.event.recurring_event_id for a in newcomers]
    return list(dict.fromkeys(series_id for series_id in ids if series_id))


def _owner(appointment: Appointment, rules: Rules) -> str | None:
    answer = whose(appointment, rules)
    return answer.client_id if isinstance(answer, Match) else None
