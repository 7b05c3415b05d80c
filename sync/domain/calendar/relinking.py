"""Finds the sessions of a series again after an edit gave every instance another event id (R40-R46)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median_low
from zoneinfo import ZoneInfo

from sync.domain.calendar.series_ids import series_root
from sync.domain.calendar.series_places import later_legs, series_of
from sync.domain.calendar.series_shift import Masters, SeriesMaster, Shift, planned_at
from sync.domain.calendar.values import Appointment, KnownSession

__all__ = ["Owners", "Relink", "SeriesMaster", "relink"]

SAME_INTERVAL = timedelta(hours=2)
"""How far two median gaps may differ and still be one rhythm: a clock change may lie between (C4)."""


@dataclass(frozen=True, slots=True)
class Relink:
    """A session and the event that it belongs to now.

    `guess` says that they were paired by nearness, not by the series' own shift. A session that has
    begun keeps its time: for it the event is only an alias.
    """

    known: KnownSession
    appointment: Appointment
    guess: bool


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose the hours are. `owner_of` names the client that a newcomer is certainly for.

    A guess needs that, an exact pair needs only that it is nobody else. Of the sessions `alone`, by id, it
    was said of the hour itself whose they are, so that an exact pair needs no more.
    """

    owner_of: Callable[[Appointment], str | None]
    alone: Collection[str] = frozenset()


def relink(
    orphans: Sequence[KnownSession],
    newcomers: Sequence[Appointment],
    now_masters: Mapping[str, SeriesMaster],
    remembered: Mapping[str, SeriesMaster],
    owners: Owners,
    now: datetime,
) -> tuple[Relink, ...]:
    """Pair sessions whose events are gone with new events of the same series, one to one (C4).

    `now_masters` and `remembered` hold masters by recurring event id, as just read and as read before;
    either may lack any. No pair crosses `now` or leaves its series, nor makes one client's hour another's.
    The order of what comes in makes no difference.
    """
    pairs: list[Relink] = []
    roots = {series_root(series_of(one)) for one in orphans}
    for root in roots & {series_root(master_of(one)) for one in newcomers}:
        lost = [one for one in orphans if series_root(series_of(one)) == root]
        gained = [one for one in newcomers if series_root(master_of(one)) == root]
        group = _Group(
            sorted(lost, key=lambda one: (one.starts_at, one.event_id)),
            sorted(gained, key=lambda one: (one.starts_at, one.event.event_id)),
            {one.event.event_id: owners.owner_of(one) for one in gained},
            now,
            owners.alone,
        )
        _relink_group(group, Masters(now_masters, remembered, group.orphans[0].time_zone))
        pairs.extend(group.pairs)
    return tuple(sorted(pairs, key=lambda pair: (pair.known.starts_at, pair.known.event_id)))


def master_of(appointment: Appointment) -> str:
    """The series that an appointment is one of; a single event is its own."""
    return appointment.event.recurring_event_id or appointment.event.event_id


@dataclass(slots=True)
class _Group:
    """What the series of one root lost and gained, in order, and what of it has been paired so far."""

    orphans: list[KnownSession]
    newcomers: list[Appointment]
    owners: Mapping[str, str | None]
    now: datetime
    alone: Collection[str]
    pairs: list[Relink] = field(default_factory=list)

    def lost(self, master_id: str | None = None) -> list[KnownSession]:
        """The orphans of this master that have no pair yet."""
        taken = {pair.known.event_id for pair in self.pairs}
        free = (one for one in self.orphans if one.event_id not in taken)
        return [one for one in free if master_id in (None, series_of(one))]

    def gained(self, master_id: str | None = None) -> list[Appointment]:
        """The newcomers of this master that have no pair yet."""
        taken = {pair.appointment.event.event_id for pair in self.pairs}
        free = (one for one in self.newcomers if one.event.event_id not in taken)
        return [one for one in free if master_id in (None, master_of(one))]

    def old_masters(self) -> list[str]:
        """Later halves first: the series that one came from must not claim its instances."""
        return sorted({series_of(one) for one in self.lost()}, reverse=True)

    def allows(self, known: KnownSession, appointment: Appointment, *, guess: bool) -> bool:
        """Past goes with past, future with future, and never one client with another.

        Whose an hour that stands alone is was said of itself: what its series, or the title that it
        shares with it, says of the newcomer is no word against that.
        """
        owner = self.owners[appointment.event.event_id]
        if known.session_id in self.alone and not guess:
            owner = known.client_id
        same_side = (known.starts_at <= self.now) == (appointment.starts_at <= self.now)
        return same_side and (owner == known.client_id or (owner is None and not guess))


def _relink_group(group: _Group, masters: Masters) -> None:
    """From the most certain to the least; what one step has paired no later one touches."""
    _follow_repeated(group, masters)
    _follow_unrepeated(group)
    settled: set[tuple[str, str]] = set()
    for old_id in group.old_masters():
        settled |= _follow_master(group, masters, old_id)
    for old_id in group.old_masters():
        settled |= _follow_splits(group, masters, old_id)
    _guess(group, masters, settled)


def _follow_repeated(group: _Group, masters: Masters) -> None:
    """A single event that repeats now: its first instance is what it was, even if it was moved too (R45)."""
    for known in group.lost():
        first = masters.start_of(known.event_id) or known.starts_at
        guess = first != known.starts_at
        for appointment in group.gained(known.event_id):
            planned = planned_at(appointment, ZoneInfo("UTC"))
            if planned == first and group.allows(known, appointment, guess=guess):
                group.pairs.append(Relink(known, appointment, guess=guess))
                break


def _follow_unrepeated(group: _Group) -> None:
    """A series that is a single event now, under the master's id: its nearest session goes on (R46)."""
    for appointment in group.gained():
        near = [
            (abs(known.starts_at - appointment.starts_at), known.starts_at, known.event_id, known)
            for known in group.lost(appointment.event.event_id)
            if group.allows(known, appointment, guess=known.starts_at != appointment.starts_at)
        ]
        if near:
            distance, _, _, nearest = min(near, key=lambda item: item[:3])
            group.pairs.append(Relink(nearest, appointment, guess=bool(distance)))


def _follow_master(group: _Group, masters: Masters, master_id: str) -> set[tuple[str, str]]:
    """All events moved: by as much as their master did (R41)."""
    shift = masters.shift_of(master_id)
    if shift is None:
        return set()
    return _pair_exactly(group, masters, group.lost(master_id), master_id, shift)


def _follow_splits(group: _Group, masters: Masters, old_id: str) -> set[tuple[str, str]]:
    """This and following moved: each new half goes on from where the one before it ends (R40)."""
    settled = set()
    for leg in later_legs(masters, old_id, lambda: group.lost(old_id)):
        settled |= _pair_exactly(group, masters, leg.rest, leg.master_id, leg.shift)
    return settled


def _pair_exactly(
    group: _Group, masters: Masters, lost: Sequence[KnownSession], new_id: str, shift: Shift
) -> set[tuple[str, str]]:
    """Pair each orphan with the newcomer planned for when it is planned now.

    Gives the two masters if any was paired: then the shift is right, and between them nothing is guessed.
    """
    gained = group.gained(new_id)
    if not lost or not gained or not _same_interval(masters, lost, gained, shift):
        return set()
    planned = {planned_at(one, shift.new_zone): one for one in gained}
    settled = set()
    for known in lost:
        moved = shift.moved(known)
        appointment = None if moved is None else planned.get(moved)
        if appointment is not None and group.allows(known, appointment, guess=False):
            del planned[moved]
            group.pairs.append(Relink(known, appointment, guess=False))
            settled.add((series_of(known), new_id))
    return settled


def _same_interval(
    masters: Masters, lost: Sequence[KnownSession], gained: Sequence[Appointment], shift: Shift
) -> bool:
    """By the rules if both can be read, since what is seen has holes where instances were deleted."""
    before, after = masters.rhythms(series_of(lost[0]), master_of(gained[0]))
    if before is not None and after is not None:
        return before == after
    old = _median_gap(map(shift.moved, lost))
    new = _median_gap(planned_at(one, shift.new_zone) for one in gained)
    return old is None or new is None or abs(old - new) <= SAME_INTERVAL


def _guess(group: _Group, masters: Masters, settled: set[tuple[str, str]]) -> None:
    """The nearest start within half of the series' interval, where no shift says better."""
    lost = {one.event_id: one for one in group.lost()}
    gained = {one.event.event_id: one for one in group.gained()}
    near = [
        (abs(known.starts_at - appointment.starts_at), known.starts_at, old, new)
        for old, known in lost.items()
        for new, appointment in gained.items()
        if (series_of(known), master_of(appointment)) not in settled
        and group.allows(known, appointment, guess=True)
    ]
    for distance, _, old, new in sorted(near):
        if old in lost and new in gained and distance < _reach(group, masters, lost[old], gained[new]):
            group.pairs.append(Relink(lost.pop(old), gained.pop(new), guess=True))


def _reach(group: _Group, masters: Masters, known: KnownSession, appointment: Appointment) -> timedelta:
    """Half of the series' interval: by its rule, else by what is seen of it; nothing if neither says."""
    new_id = master_of(appointment)
    before, after = masters.rhythms(series_of(known), new_id)
    rhythm = after or before
    siblings = (one.starts_at for one in group.newcomers if master_of(one) == new_id)
    interval = rhythm.gap if rhythm else _median_gap(siblings)
    return (interval or timedelta(0)) / 2


def _median_gap(starts: Iterable[datetime | None]) -> timedelta | None:
    known = sorted({start for start in starts if start is not None})
    gaps = [later - earlier for earlier, later in pairwise(known)]
    return median_low(gaps) if gaps else None
