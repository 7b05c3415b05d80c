"""Says which hours of a series that was moved are on record already, by their places in it (R41)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sync.domain.calendar.reading import known_zone
from sync.domain.calendar.recurrence import count_of, step_of, until_of
from sync.domain.calendar.series_ids import original_start_at, split_instance_id
from sync.domain.calendar.series_places import Place, places_of, series_of
from sync.domain.calendar.series_shift import Masters, SeriesMaster, wall
from sync.domain.calendar.values import Event, KnownSession


@dataclass(frozen=True, slots=True)
class OnRecord:
    """The `series` of which it can be told, and the ids by which sessions of theirs would be found now."""

    series: frozenset[str] = frozenset()
    event_ids: frozenset[str] = frozenset()


def is_planned(held: Event | KnownSession, master: SeriesMaster | None, zone: str) -> bool | None:
    """Whether the series, as this master has it, plans this hour; None where that cannot be worked out.

    `zone` is that of a master which names none.
    """
    step = step_of(master.recurrence) if master else None
    if master is None or master.starts_at is None or step is None:
        return None
    own = ZoneInfo(known_zone(master.time_zone, zone))
    planned = _planned_start(held, own)
    if planned is None:
        return None
    place, off = divmod(wall(planned, own) - wall(master.starts_at, own), step)
    count, end = count_of(master.recurrence), until_of(master.recurrence, own)
    return not off and place >= 0 and (count is None or place < count) and (end is None or planned <= end)


def moved_series(
    hours: Iterable[Event | KnownSession],
    lost: Iterable[KnownSession],
    before: Mapping[str, SeriesMaster],
    zone: str,
) -> list[str]:
    """The series that do not stand as before: they have an hour that was not planned, or lack one."""
    told = [(one.recurring_event_id or "", one) for one in hours]
    found = {series for series, one in told if is_planned(one, before.get(series), zone) is False}
    found.update(one.recurring_event_id or "" for one in lost)
    return sorted(found & before.keys())


def on_record(known: Collection[KnownSession], masters: Masters) -> OnRecord:
    """Find for every session of moved series under which id its hour stands now.

    An id that a session has already stays its own; where a session's place is another's by that, the
    other's hour stands where *its* place is, and so on: no hour is counted twice, and none is left out.
    """
    by_series: dict[str, list[KnownSession]] = {}
    for one in known:
        by_series.setdefault(series_of(one), []).append(one)
    places = places_of(known, masters)
    found: dict[str, set[str]] = {}
    for series_id, mine in by_series.items():
        ids = _ids_now(series_id, {one.event_id: one for one in mine}, places, masters)
        if ids is not None:
            found[series_id] = ids
    return OnRecord(frozenset(found), frozenset().union(*found.values()))


def _ids_now(
    series_id: str, mine: Mapping[str, KnownSession], places: Mapping[str, Place], masters: Masters
) -> set[str] | None:
    """None where some hour fits neither master, or where nobody can say what became of it."""
    was = _planned(mine, masters.before.get(series_id), masters.fallback_zone)
    is_now = _planned(mine, masters.now.get(series_id), masters.fallback_zone)
    ids: set[str] = set()
    for event_id in mine:
        if is_now[event_id]:
            continue
        followed, at = {event_id}, event_id
        while True:
            if not was[at] or at not in places:
                return None
            after = next((one for one in places[at].event_ids if one in mine and was[one]), None)
            if after is None or after in followed:
                break
            followed.add(after)
            at = after
        there = replace(mine[at], event_id=places[at].event_ids[0], original_start=None)
        if not is_planned(there, masters.now[series_id], masters.fallback_zone):
            return None  # the series ends sooner now: what followed may be another's
        ids.update(places[at].event_ids)
    return ids


def _planned(
    mine: Mapping[str, KnownSession], master: SeriesMaster | None, zone: str
) -> dict[str, bool | None]:
    return {event_id: is_planned(one, master, zone) for event_id, one in mine.items()}


def as_they_were(
    ever: Collection[KnownSession],
    before: Mapping[str, SeriesMaster],
    now: Mapping[str, SeriesMaster],
    zone: str,
) -> dict[str, SeriesMaster]:
    """The masters as they planned the hours of the past, where a reading of the present has followed since.

    It left to the hours that it followed the ids they had: from these to the new ones the series has moved.
    Left out is what was not followed, and where more than one move would explain the hours of the past.
    """
    found: dict[str, SeriesMaster] = {}
    for series_id, master in now.items():
        if master.starts_at is None or before.get(series_id) != master:
            continue
        mine = [one for one in ever if one.recurring_event_id == series_id]
        old = [o for o in mine if not o.is_alias and is_planned(o, master, zone) is False]
        were = [replace(master, starts_at=start) for start in _starts_before(mine, master, zone)]
        fitting = [one for one in were if all(is_planned(each, one, zone) for each in old)]
        if old and len(fitting) == 1:
            found[series_id] = fitting[0]
    return found


def _starts_before(mine: Collection[KnownSession], master: SeriesMaster, zone: str) -> set[datetime]:
    """Where the series began before each of the moves that sessions of it were followed through."""
    own = ZoneInfo(known_zone(master.time_zone, zone))
    current = {one.session_id: one for one in mine if not one.is_alias and is_planned(one, master, zone)}
    found: set[datetime] = set()
    for alias in mine:
        new = current.get(alias.session_id) if alias.is_alias else None
        moments = [_planned_start(one, own) for one in (alias, new) if one is not None]
        if len(moments) == 2 and moments[0] and moments[1] and master.starts_at:
            by = wall(moments[1], own) - wall(moments[0], own)
            found.add((wall(master.starts_at, own) - by).replace(tzinfo=own).astimezone(UTC))
    return found


def _planned_start(held: Event | KnownSession, zone: ZoneInfo) -> datetime | None:
    return original_start_at(held.original_start or split_instance_id(held.event_id)[1], zone)


def as_planned(
    masters: Iterable[SeriesMaster], hours: Iterable[Event | KnownSession], zone: str
) -> list[SeriesMaster]:
    """Those masters that plan these hours of theirs: no edit came between the two readings."""
    of: dict[str | None, list[Event | KnownSession]] = {}
    for one in hours:
        of.setdefault(one.recurring_event_id, []).append(one)
    return [
        master
        for master in masters
        if all(is_planned(one, master, zone) for one in of.get(master.recurring_event_id, ()))
    ]
