"""What became of each of a client's appointments: every one is in exactly one class."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sync.domain.attendance.states import CANCELLED, HELD, NO_SHOW, is_assumed

RESCHEDULE = timedelta(days=7)
"""Moved by no more than this it is the same appointment at another time, and never counted twice."""

BOOKED_BEFORE = timedelta(days=1)
"""How long before the old appointment is cancelled the new one may have been put in."""


class Fate(StrEnum):
    """The classes, as docs/attendance.md explains them.

    `not_known`: an hour from before its calendar was connected, of which nobody knows.
    """

    KEPT = "kept"
    NO_SHOW = "no_show"
    LATE_CANCEL = "late_cancel"
    EARLY_CANCEL = "early_cancel"
    RESCHEDULED = "rescheduled"
    BY_PRACTITIONER = "cancelled_by_practitioner"
    UNKNOWN = "cancelled_by_unknown"
    UNCONFIRMED = "unconfirmed"
    NOT_KNOWN = "not_known"
    AHEAD = "ahead"


MISSED = frozenset({Fate.NO_SHOW, Fate.LATE_CANCEL})
COUNTED = frozenset({Fate.KEPT, Fate.NO_SHOW, Fate.LATE_CANCEL, Fate.EARLY_CANCEL})
"""What an attendance rate speaks of."""


class SessionState(NamedTuple):
    """A session as it is stored. Moments are aware and UTC; no double of another session.

    `cancelled_at` is when it was cancelled, as far as that is known; `moved` whether it was moved by a week
    at the most before its start, `moved_late` whether with less notice than the limit.
    """

    session_id: str
    starts_at: datetime
    ends_at: datetime
    status: str
    created_at: datetime
    cancelled_by: str | None = None
    late: bool = False
    is_history: bool = False
    cancelled_at: datetime | None = None
    moved: bool = False
    moved_late: bool = False


@dataclass(frozen=True, slots=True)
class AppointmentFate:
    """What became of one appointment; `day` is the practitioner's.

    `assumed`: kept for all we know, because nobody said otherwise. `late_change`: moved, or given up for
    another, with little notice. `is_history`: it was over before its calendar was connected.
    """

    session_id: str
    starts_at: datetime
    ends_at: datetime
    day: date
    fate: Fate
    created_at: datetime
    assumed: bool = False
    moved: bool = False
    late_change: bool = False
    is_history: bool = False

    @property
    def kept(self) -> bool:
        """Whether it took place."""
        return self.fate is Fate.KEPT

    @property
    def missed(self) -> bool:
        """Whether it is a no-show or a late cancellation."""
        return self.fate in MISSED


def fates_of(states: Iterable[SessionState], zone: ZoneInfo, now: datetime) -> tuple[AppointmentFate, ...]:
    """What became of a client's sessions as of `now`, by start; `zone` is the practitioner's."""
    ordered = sorted(states, key=lambda state: (state.starts_at, state.session_id))
    replaced = replaced_by_others(ordered, zone)
    return tuple(_fate(state, zone, now, replaced=state.session_id in replaced) for state in ordered)


def _fate(state: SessionState, zone: ZoneInfo, now: datetime, *, replaced: bool) -> AppointmentFate:
    return AppointmentFate(
        state.session_id,
        state.starts_at,
        state.ends_at,
        state.starts_at.astimezone(zone).date(),
        Fate.RESCHEDULED if replaced else _class_of(state, now),
        state.created_at,
        assumed=is_assumed(state.status, state.ends_at, now, is_history=state.is_history),
        moved=state.moved,
        late_change=state.moved_late or (replaced and state.late),
        is_history=state.is_history,
    )


def _class_of(state: SessionState, now: datetime) -> Fate:
    if state.status == CANCELLED:
        return _cancelled(state)
    if state.status in (HELD, NO_SHOW):
        return Fate.KEPT if state.status == HELD else Fate.NO_SHOW
    if state.ends_at > now:
        return Fate.AHEAD
    if state.is_history:
        return Fate.NOT_KNOWN
    return Fate.KEPT if is_assumed(state.status, state.ends_at, now) else Fate.UNCONFIRMED


def _cancelled(state: SessionState) -> Fate:
    if state.cancelled_by == "practitioner":
        return Fate.BY_PRACTITIONER
    if state.cancelled_by != "client":
        return Fate.UNKNOWN
    return Fate.LATE_CANCEL if state.late else Fate.EARLY_CANCEL


def replaced_by_others(ordered: Sequence[SessionState], zone: ZoneInfo) -> dict[str, str]:
    """Which cancelled session has which other one in its place: each takes the place of one at the most.

    The other lies within a week and was put in after the cancellation, or on the day before it. What stands
    there anyway, an hour that the client has every week, is no new appointment.
    """
    given_up = [at for at, old in enumerate(ordered) if old.status == CANCELLED and old.cancelled_at]
    taken: set[str] = set()
    found: dict[str, str] = {}
    for at in given_up:
        old = ordered[at]
        put_in = [new for new in _near(ordered, at) if _was_put_in_for(new, old)]
        near = [new for new in put_in if new.session_id not in taken and not _stands(new, at, ordered, zone)]
        if near:
            new = min(near, key=lambda one: (abs(one.starts_at - old.starts_at), one.session_id))
            taken.add(new.session_id)
            found[old.session_id] = new.session_id
    return found


def _near(ordered: Sequence[SessionState], at: int) -> Iterator[SessionState]:
    """The sessions within a week of that at `at`, both ways (an hour more: the clocks may have changed)."""
    start, reach = ordered[at].starts_at, RESCHEDULE + timedelta(hours=1)
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(ordered) and abs(ordered[other].starts_at - start) <= reach:
            yield ordered[other]
            other += step


def _was_put_in_for(new: SessionState, old: SessionState) -> bool:
    if old.cancelled_at is None or new.created_at <= old.created_at:
        return False
    return new.created_at >= old.cancelled_at - BOOKED_BEFORE


def _stands(new: SessionState, at: int, ordered: Sequence[SessionState], zone: ZoneInfo) -> bool:
    """Whether the hour is the client's every week: another stands a week from it, at the same hour.

    A week exactly from the old one it is that where another mirrors it; further away it is too far.
    """
    here, there = _wall(new, zone), _wall(ordered[at], zone)
    if abs(here - there) > RESCHEDULE:
        return True
    others = {_wall(one, zone) for one in _near(ordered, at)}
    if abs(here - there) == RESCHEDULE:
        return there - (here - there) in others
    around = {_wall(one, zone) for one in _near(ordered, ordered.index(new))} - {there}
    return bool({here - RESCHEDULE, here + RESCHEDULE} & around)


def _wall(state: SessionState, zone: ZoneInfo) -> datetime:
    """Its start as the clock on the wall shows it."""
    return state.starts_at.astimezone(zone).replace(tzinfo=None)
