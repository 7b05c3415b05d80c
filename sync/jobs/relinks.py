"""Follows edits of whole series, which give every hour another event id: the session keeps its note (C4)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sync.domain.calendar.absence import CONFIRM_LIMIT
from sync.domain.calendar.changes import DUPLICATE_OF_HELD, Change, Create
from sync.domain.calendar.doubles import doubles_of_held
from sync.domain.calendar.matching import Match
from sync.domain.calendar.planning import Rules, whose
from sync.domain.calendar.reading import read_event
from sync.domain.calendar.relinking import Owners, Relink, SeriesMaster, master_of, relink
from sync.domain.calendar.series_ids import is_half, series_root
from sync.domain.calendar.series_places import Place, places_of
from sync.domain.calendar.series_shift import Masters, planned_at
from sync.domain.calendar.values import Appointment, Event, KnownSession, Snapshot
from sync.errors import CalendarGone, SignInNeeded, SyncError
from sync.jobs.compare import rules_for
from sync.jobs.visit import Visit
from sync.store.assigning import standing_alone
from sync.store.known_sessions import known_by_event
from sync.store.series import remembered_masters


@dataclass(frozen=True, slots=True)
class Lost:
    """What a reading lacks: events `missing` from the window, and those `beyond` it that do not answer.

    `named` is what the doorbell named.
    """

    missing: Mapping[str, KnownSession]
    beyond: Sequence[KnownSession] = ()
    named: Sequence[str] = ()

    def may_be_far(self, now: datetime) -> set[str]:
        """The roots of series whose hours ahead may stand beyond the window now."""
        ahead = (one for one in self.missing.values() if one.starts_at > now)
        return {_root(one) for one in (*ahead, *self.beyond) if one.recurring_event_id is not None}


@dataclass(frozen=True, slots=True)
class Relinked:
    """Which sessions have other events now, and the masters that were read to find out.

    `undecided` are events, gone and new, of series whose masters could not be read now: until they can
    be, nothing is done about them, for a guess that a better answer comes too late for cannot be undone.
    `unsure` are events gone of such series of which nothing new was seen: nobody can say where they stand.
    `doubles` are the ids of events that may be a second time what was held already (R41). `waiting` are
    events beyond the window of which nothing can be said: their sessions stay as they are.
    """

    relinks: tuple[Relink, ...] = ()
    masters: tuple[SeriesMaster, ...] = ()
    undecided: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    doubles: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()

    @property
    def dealt_with(self) -> frozenset[str]:
        """The events that are not to be compared with the records otherwise."""
        paired = ((pair.known.event_id, pair.appointment.event.event_id) for pair in self.relinks)
        return self.undecided.union(self.waiting, *paired)

    def flagged(self, changes: Sequence[Change]) -> list[Change]:
        """`changes`, where the new session of a possible double waits for a word."""
        return [
            replace(change, flag=DUPLICATE_OF_HELD)
            if isinstance(change, Create) and change.appointment.event.event_id in self.doubles
            else change
            for change in changes
        ]


def follow_series(visit: Visit, snapshot: Snapshot, lost: Lost) -> Relinked:
    """Pair the sessions whose events are gone with the events that came in their place.

    A session counts as orphaned when the snapshot lacks its event, or shows it as cancelled. What ought to
    stand beyond the snapshot now is asked for by the id that it has there.
    """
    cancelled = {event.event_id for event in snapshot.events if event.status == "cancelled"}
    if not (lost.missing or lost.beyond or cancelled):
        return Relinked()
    with visit.app.reading() as records:
        known = known_by_event(records, visit.calendar.id, [e.event_id for e in snapshot.events])
        listed = [known[event_id] for event_id in cancelled if event_id in known]
        orphans = _orphans(*lost.missing.values(), *listed, *lost.beyond)
        newcomers = _newcomers(snapshot.events, snapshot.time_zone, known, orphans)
        orphans, newcomers = _related(orphans, newcomers, lost.may_be_far(visit.now))
        if not orphans:
            return Relinked()
        series = _series_of(orphans, newcomers, lost.named)
        remembered = remembered_masters(records, visit.calendar.id, series)
    masters = {master.recurring_event_id: master for master in read_masters(visit, series)}
    around = Masters(masters, remembered, snapshot.time_zone)
    unread = {series_root(one) for one in series if one not in masters}
    places = places_of(orphans, around)
    sought = seek(visit, _displaced(orphans, newcomers, places, visit.now))
    unread |= {series_root(one.master_id) for one in sought.unanswered}
    come = {_root(a.event) for a in newcomers}.union(map(_root, lost.beyond))
    undecided = [s.event_id for s in orphans if _root(s) in unread & come]
    undecided += [a.event.event_id for a in newcomers if _root(a.event) in unread]
    unsure = frozenset(s.event_id for s in orphans if _root(s) in unread - come)
    orphans = [session for session in orphans if _root(session) not in unread]
    with visit.app.reading() as records:
        known |= known_by_event(records, visit.calendar.id, [e.event_id for e in sought.found])
        newcomers += _newcomers(sought.found, snapshot.time_zone, known, orphans)
        rules = rules_for(visit, records, [n.event for n in newcomers], snapshot.time_zone)
        alone = standing_alone(records, [one.session_id for one in orphans])
    owners = Owners(lambda appointment: _owner(appointment, rules), alone)
    newcomers = [rules.marked(one) for one in newcomers]
    waiting = _unclear(orphans, lost.beyond, places, around)
    paired = [one for one in orphans if one.event_id not in waiting]
    pairs = relink(paired, newcomers, masters, remembered, owners, visit.now)
    # A guess moves no copy: what it may be a copy of is found by its own meeting (R75).
    pairs = tuple(pair for pair in pairs if not (pair.guess and pair.known.is_elsewhere))
    doubles = doubles_of_held(paired, newcomers, pairs, around, visit.now)
    kept = tuple(one for one in masters.values() if series_root(one.recurring_event_id) not in unread)
    return Relinked(pairs, kept, frozenset(undecided), unsure, doubles, waiting)


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


@dataclass(frozen=True, slots=True)
class Sought:
    """What was asked for singly: the events `found`, and the places that gave no answer now."""

    found: tuple[Event, ...] = ()
    unanswered: tuple[Place, ...] = ()


def seek(visit: Visit, places: Sequence[Place]) -> Sought:
    """Ask for the hour of each place by the ids that it may have; one that is not there is not found.

    A passing fault ends the asking.
    """
    found: list[Event] = []
    for at, place in enumerate(places[:CONFIRM_LIMIT]):
        try:
            event = _event_at(visit, place)
        except (SignInNeeded, CalendarGone):
            raise
        except SyncError:
            return Sought(tuple(found), tuple(places[at:]))
        if event is not None:
            found.append(event)
    return Sought(tuple(found), tuple(places[CONFIRM_LIMIT:]))


def _event_at(visit: Visit, place: Place) -> Event | None:
    """Two halves of a series can have instances of the same id: only its own master's is meant."""
    for event_id in place.event_ids:
        event = visit.source.event(visit.calendar.calendar_id, event_id)
        if event is not None and event.recurring_event_id == place.master_id:
            return event
    return None


def _master(series_id: str, event: Event | None) -> SeriesMaster:
    if event is None or event.status == "cancelled":
        return SeriesMaster(series_id, None, None)
    return SeriesMaster(series_id, event.starts_at, event.time_zone, event.recurrence)


def _displaced(
    orphans: Sequence[KnownSession],
    newcomers: Sequence[Appointment],
    places: Mapping[str, Place],
    now: datetime,
) -> list[Place]:
    """Where hours ahead stand now that no newcomer stands at; those in the past keep their times anyway."""
    taken = {(master_of(one), planned_at(one, ZoneInfo("UTC"))) for one in newcomers}
    return [
        place
        for one in orphans
        if one.starts_at > now and (place := places.get(one.event_id)) is not None
        if (place.master_id, place.planned_at) not in taken and one.event_id not in place.event_ids
    ]


def _unclear(
    orphans: Sequence[KnownSession],
    beyond: Sequence[KnownSession],
    places: Mapping[str, Place],
    around: Masters,
) -> frozenset[str]:
    """The hours beyond the window of which nobody can say where they stand, or that they are gone.

    They wait until they slide into the window. Of a series that is gone, they are too.
    """
    far = {one.event_id for one in beyond}
    return frozenset(
        one.event_id
        for one in orphans
        if one.event_id in far and one.recurring_event_id is not None
        if not around.is_gone(one.recurring_event_id)
        if one.event_id not in places or not places[one.event_id].is_sure
    )


def _orphans(*sessions: KnownSession) -> list[KnownSession]:
    return [session for session in sessions if session.status != "cancelled" and not session.is_alias]


def _newcomers(
    events: Iterable[Event],
    time_zone: str,
    known: Mapping[str, KnownSession],
    orphans: Sequence[KnownSession],
) -> list[Appointment]:
    """Events without a session; also one that an orphan had before, for an edit can be taken back."""
    orphaned = {session.session_id for session in orphans}
    readings = (
        read_event(event, time_zone)
        for event in events
        if event.event_id not in known
        or (known[event.event_id].is_alias and known[event.event_id].session_id in orphaned)
    )
    return [reading for reading in readings if isinstance(reading, Appointment)]


def _related(
    orphans: list[KnownSession], newcomers: list[Appointment], alone: Collection[str]
) -> tuple[list[KnownSession], list[Appointment]]:
    """Those on both sides that share a root: most of what goes and comes has nothing to do with another.

    The roots of `alone` are kept though nothing came.
    """
    left = {_root(session) for session in orphans}
    right = {_root(appointment.event) for appointment in newcomers}
    shared = left & right.union(alone)
    return (
        [s for s in orphans if _root(s) in shared],
        [a for a in newcomers if _root(a.event) in shared],
    )


def _root(held: KnownSession | Event) -> str:
    return series_root(held.recurring_event_id or held.event_id)


def _series_of(
    orphans: Sequence[KnownSession], newcomers: Sequence[Appointment], named: Iterable[str]
) -> list[str]:
    """The series to be read: also later halves that the doorbell named, for their hours may all be far."""
    ids = [s.recurring_event_id for s in orphans] + [a.event.recurring_event_id for a in newcomers]
    roots = {series_root(series_id) for series_id in ids if series_id}
    ids += [one for one in named if is_half(one) and series_root(one) in roots]
    return list(dict.fromkeys(series_id for series_id in ids if series_id))


def _owner(appointment: Appointment, rules: Rules) -> str | None:
    answer = whose(appointment, rules)
    return answer.client_id if isinstance(answer, Match) else None
