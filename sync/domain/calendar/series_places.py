"""Says where in its series each hour stands after an edit, so that it can be asked for by its new id."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from sync.domain.calendar.series_ids import instance_id, series_root, split_instance_id
from sync.domain.calendar.series_shift import Masters, SeriesMaster, Shift, after_end
from sync.domain.calendar.values import KnownSession


@dataclass(frozen=True, slots=True)
class Leg:
    """A half of a series, what is left of the old one when it begins, and the shift between them.

    `is_sure` says that the shift holds even where neighbours of `rest` are not among the sessions.
    """

    master_id: str
    rest: Sequence[KnownSession]
    shift: Shift
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where an hour of a series is planned now: of which master, for when (UTC), and its possible ids.

    `is_sure` says that nothing there means that the hour is gone: by its rule the series would have one.
    """

    master_id: str
    planned_at: datetime
    event_ids: tuple[str, ...]
    is_sure: bool


def series_of(known: KnownSession) -> str:
    """The series that a session is one of; a single event is its own."""
    return known.recurring_event_id or known.event_id


def later_legs(masters: Masters, old_id: str, lost: Callable[[], Sequence[KnownSession]]) -> Iterator[Leg]:
    """Each half that the series `old_id` was split into, the earliest first (R40).

    `lost` gives the sessions whose half is not known yet; it is asked anew for each half.
    """
    last_id, last = old_id, masters.shift_of(old_id) or masters.no_shift(old_id)
    for half in _later_halves(masters, old_id):
        rest = after_end(lost(), last, masters.end_of(last_id, last))
        shift = masters.shift_to_half(half, rest[0], last_id, last) if rest else None
        if shift is None:
            continue
        sure = masters.end_of(last_id, last) is not None and masters.has_step(last_id)
        last_id, last = half.recurring_event_id, shift
        yield Leg(last_id, rest, shift, sure)


def _later_halves(masters: Masters, old_id: str) -> list[SeriesMaster]:
    """The masters of this root that begin after `old_id` began, earliest first."""
    old = masters.before.get(old_id) or masters.now.get(old_id)
    began = (old.starts_at if old else None) or datetime.min.replace(tzinfo=UTC)
    root = series_root(old_id)
    halves = [
        (master.starts_at, new_id, master)
        for new_id, master in masters.now.items()
        if new_id != old_id and series_root(new_id) == root
        if master.starts_at is not None and master.starts_at > began
    ]
    return [half for _, _, half in sorted(halves, key=lambda item: item[:2])]


def places_of(sessions: Iterable[KnownSession], masters: Masters) -> Mapping[str, Place]:
    """Where each of these hours of series is planned now, by the event id that it had.

    A single event that repeats now is the first of its own series (R45).

    Left out is what cannot be worked out: the master's start before or now is not known, the rhythm is
    another, or the old plan fits neither (R41).
    """
    by_master: dict[str, list[KnownSession]] = {}
    found: dict[str, Place] = {}
    for known in sessions:
        if known.recurring_event_id is not None:
            by_master.setdefault(known.recurring_event_id, []).append(known)
        elif (first := masters.start_of(known.event_id)) is not None:
            ids = (instance_id(known.event_id, first),)
            found[known.event_id] = Place(known.event_id, first, ids, is_sure=True)
    for old_id, mine in by_master.items():
        shift = masters.shift_of(old_id)
        if shift is not None:
            found |= _placed(masters, Leg(old_id, mine, shift), old_id)
        for leg in later_legs(masters, old_id, partial(list, mine)):
            found |= _placed(masters, leg, old_id)
    return found


def _placed(masters: Masters, leg: Leg, old_id: str) -> dict[str, Place]:
    before, after = masters.rhythms(old_id, leg.master_id)
    if before is None or before != after or not leg.is_sure:
        return {}
    found: dict[str, Place] = {}
    for known in leg.rest:
        planned, fits = leg.shift.moved(known), masters.fits(leg.master_id, leg.shift.moved(known))
        if planned is None or fits is False:
            continue
        bases = dict.fromkeys((split_instance_id(known.event_id)[0], leg.master_id))
        stays = not leg.shift.by and leg.master_id == old_id
        ids = tuple(instance_id(base, planned) for base in bases)
        found[known.event_id] = Place(leg.master_id, planned, ids, fits is True or stays)
    return found
