"""Says when the events of one UID take place: singles, series and what differs for some instances (R49).

A series is expanded on the wall clock of its own zone, all its dates brought there first, and only then
become moments: so an hour keeps its place across a change of the clock, and EXDATE, RDATE and UNTIL mean
the same in whatever zone a producer writes them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from icalendar import Event as Component
from icalendar.prop import vRecur
from recurring_ical_events import CalendarQuery  # type: ignore[import-untyped]  # it ships no types

from sync.adapters.ics_component import Part, Time, Unreadable, all_of, checked_time, event_of
from sync.adapters.ics_ids import instance_id, master_id, original_text
from sync.adapters.ics_zones import on_the_wall
from sync.domain.calendar.values import Event, Window

MOST_INSTANCES = 1000
MOST_COUNT = 5000
MOST_TIMES_A_DAY = 10
_EVERY = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Expanded:
    """What one UID holds: its master if it repeats, and its hours, ids as keys.

    Single events and what differs for an instance are there wherever they lie; all others only
    within the window that was asked for.
    """

    masters: Mapping[str, Event]
    events: Mapping[str, Event]


def expand(parts: Sequence[Part], window: Window, owners: Iterable[str]) -> Expanded:
    """Read the VEVENTs of one UID. Raises `Unreadable` where its rule must not or cannot be followed."""
    owners = tuple(owners)
    whole = [part for part in parts if part.original is None]
    master = max(whole, key=lambda part: (_repeats(part.component), _rank(part)), default=None)
    differing = [part for part in parts if part.original is not None]
    if master is None:
        return Expanded({}, dict(_differing(_by_original(differing, None), owners)))
    if not (differing or _repeats(master.component)):
        return Expanded({}, dict(_singles(_standing(whole, _rank(master)), owners)))
    series = _Series(master)
    exceptions = {
        original: part
        for original, part in _by_original(differing, series).items()
        if original not in series.excluded
    }
    events = dict(_regular(series, exceptions, window, owners))
    if len(events) > MOST_INSTANCES:
        raise Unreadable("it takes place too often")
    singles = [replace(part, original=part.start) for part in whole if not _repeats(part.component)]
    events |= _differing(_by_original(_standing(singles, _rank(master)), series), owners)
    events |= _differing(exceptions, owners)
    own = master_id(master.uid)
    return Expanded({own: event_of(master, own, owners, recurrence=_rule_lines(master.component))}, events)


def _rank(part: Part) -> tuple[int, datetime, datetime, bytes]:
    return part.rank


def _standing(parts: Iterable[Part], rank: tuple[int, datetime, datetime, bytes]) -> list[Part]:
    """Those that nothing tells to be older: a newer one replaces an older one (RFC 5545, 3.8.7.4)."""
    return [part for part in parts if _rank(part)[:-1] >= rank[:-1]]


def _singles(parts: Iterable[Part], owners: Iterable[str]) -> Iterator[tuple[str, Event]]:
    """Single events of one UID: those whose times do not touch are hours of their own, and none is lost.

    The first in time has the id that it would have alone. Of two at one time the higher rank holds.
    """
    kept: list[Part] = []
    for part in sorted(parts, key=_rank, reverse=True):
        if not any(_touch(part, other) for other in kept):
            kept.append(part)
    kept.sort(key=lambda part: original_text(part.start))
    for at, part in enumerate(kept):
        one = instance_id(part.uid, original_text(part.start)) if at else master_id(part.uid)
        yield one, event_of(part, one, owners)


def _touch(one: Part, other: Part) -> bool:
    """Whether two events overlap or begin together; a day and an hour do if the hour is on that day."""
    if not (isinstance(one.start, datetime) and isinstance(other.start, datetime)):
        first, last = sorted((one, other), key=lambda part: _day(part.start))
        return _day(last.start) < max(_day(first.start + first.length), _day(first.start) + _DAY)
    later = one.start.astimezone(UTC) - other.start.astimezone(UTC)
    return later == timedelta(0) or -one.length < later < other.length


def _repeats(component: Component) -> bool:
    return any(name in component for name in ("RRULE", "RDATE", "EXRULE"))


def _rule_lines(component: Component) -> tuple[str, ...]:
    return tuple(f"RRULE:{rule.to_ical().decode()}" for rule in all_of(component, "RRULE"))


class _Series:
    """A master on the wall clock of its own zone: naive times, or mere days."""

    def __init__(self, master: Part) -> None:
        self.master = master
        start = master.start
        self.zone: tzinfo = (start.tzinfo or UTC) if isinstance(start, datetime) else UTC
        self.start = self.wall(start)
        self.extra = dict(self._times("RDATE"))
        self.left_out = [wall for wall, _ in self._times("EXDATE")]
        self.excluded = {self.original(wall) for wall in self.left_out}

    def wall(self, moment: Time) -> Time:
        """The time on the series' own clock; for a mere day in a timed series the series' hour that day."""
        if not isinstance(self.master.start, datetime):
            return moment.date() if isinstance(moment, datetime) else moment
        if not isinstance(moment, datetime):
            return datetime.combine(moment, on_the_wall(self.master.start, self.zone).time())
        return on_the_wall(moment, self.zone)

    def moment(self, wall: Time) -> Time:
        """The moment of a time on the series' own clock."""
        return wall.replace(tzinfo=self.zone) if isinstance(wall, datetime) else wall

    def original(self, wall: Time) -> str:
        """How the instance of this time is called."""
        return original_text(self.moment(wall))

    def between(self, first: Time, last: Time) -> Iterator[tuple[Time, timedelta]]:
        """The planned times that touch the span, with their lengths."""
        for hour in CalendarQuery(self._plain()).between(first, last):
            start = hour["DTSTART"].dt
            yield start, self.extra.get(start) or self.master.length

    def _plain(self) -> Component:
        plain = Component()
        plain.add("UID", "series")
        plain.add("DTSTART", self.start)
        plain.add("DTEND", self.start + self.master.length)
        for rule in all_of(self.master.component, "RRULE"):
            plain.add("RRULE", self._checked_rule(rule))
        if self.extra:
            plain.add("RDATE", list(self.extra))
        if self.left_out:
            plain.add("EXDATE", self.left_out)
        return plain

    def _checked_rule(self, rule: vRecur) -> vRecur:
        """The rule, its end on the wall clock. Raises `Unreadable` for one that could go on and on."""
        if "EXRULE" in self.master.component:
            raise Unreadable("it repeats by a rule that is no longer in use")
        if str(_one(rule, "FREQ")).upper() not in _EVERY:
            raise Unreadable("it repeats more often than daily, or in a way that is not known")
        times_a_day = 1
        for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            times_a_day *= max(len(rule.get(name, ())), 1)
        interval, count = _one(rule, "INTERVAL"), _one(rule, "COUNT")
        if (
            times_a_day > MOST_TIMES_A_DAY
            or not _is_within(interval, 10_000)
            or not _is_within(count, MOST_COUNT)
        ):
            raise Unreadable("it repeats too often")
        plain = vRecur({name: values for name, values in rule.items() if name != "UNTIL"})
        if (until := _one(rule, "UNTIL")) is not None:
            plain["UNTIL"] = [self._last(until)]
        return plain

    def _last(self, until: object) -> Time:
        """A mere day is over at its end, and a time without a zone is the series' own."""
        last = checked_time(until, self.zone)
        if isinstance(self.start, datetime) and not isinstance(last, datetime):
            return datetime.combine(last, time(23, 59, 59))
        return self.wall(last)

    def _times(self, name: str) -> Iterator[tuple[Time, timedelta | None]]:
        """The single dates of RDATE or EXDATE on the wall clock; a period has its own length."""
        for values in all_of(self.master.component, name):
            for value in values.dts:
                moment, length = value.dt, None
                if isinstance(moment, tuple):
                    moment, end = moment
                    length = end if isinstance(end, timedelta) else end - moment
                yield self.wall(checked_time(moment, self.zone)), length


def _one(rule: Mapping[str, Any], name: str) -> Any:
    values = rule.get(name)
    return (values[0] if values else None) if isinstance(values, list) else values


def _is_within(number: object, most: int) -> bool:
    return number is None or (isinstance(number, int) and 1 <= number <= most)


def _by_original(differing: Iterable[Part], series: _Series | None) -> dict[str, Part]:
    """What differs, by the instance that it is about; where two speak of one, the newer (R12)."""
    found: dict[str, Part] = {}
    for part in differing:
        planned = part.original or part.start
        original = series.original(series.wall(planned)) if series else original_text(planned)
        if original not in found or found[original].rank <= part.rank:
            found[original] = part
    return found


def _differing(exceptions: Mapping[str, Part], owners: Iterable[str]) -> Iterator[tuple[str, Event]]:
    for original, part in exceptions.items():
        one = instance_id(part.uid, original)
        series: dict[str, Any] = {"recurring_event_id": master_id(part.uid), "original_start": original}
        if part.defect is not None:
            yield one, Event(one, ical_uid=part.uid, defect=part.defect, **series)
        else:
            yield one, event_of(part, one, owners, **series)


def _regular(
    series: _Series, exceptions: Mapping[str, Part], window: Window, owners: Iterable[str]
) -> Iterator[tuple[str, Event]]:
    """The instances as they are planned, or as "this and all following" says, within `window`."""
    from_then_on = sorted(
        ((original, part) for original, part in exceptions.items() if part.this_and_future),
        key=lambda each: each[0],
    )
    shifts = [_shift(series, part) for _, part in from_then_on]
    reach = max((abs(shift) for shift in shifts), default=timedelta(0)) + series.master.length + _DAY
    first, last = (series.wall(edge) for edge in (window.starts_at - reach, window.ends_at + reach))
    for wall, planned_length in series.between(first, last):
        original = series.original(wall)
        part, start, length = series.master, wall, planned_length
        for (since, later), shift in zip(from_then_on, shifts, strict=True):
            if original > since:
                part, start, length = later, wall + shift, later.length
        one = instance_id(part.uid, original)
        yield one, _at(part, one, series.moment(start), length, original, owners)


def _shift(series: _Series, part: Part) -> timedelta:
    start, planned = series.wall(part.start), series.wall(part.original or part.start)
    if isinstance(start, datetime) and isinstance(planned, datetime):
        return start - planned
    return _day(start) - _day(planned)


def _day(moment: Time) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _at(part: Part, one: str, moment: Time, length: timedelta, original: str, owners: Iterable[str]) -> Event:
    """One instance: all is the part's own but the time."""
    series = {"recurring_event_id": master_id(part.uid), "original_start": original}
    if not isinstance(moment, datetime):
        return event_of(part, one, owners, starts_on=moment, **series)
    starts_at = moment.astimezone(UTC)
    ends_at = None if part.end is None else starts_at + length
    return event_of(part, one, owners, starts_at=starts_at, ends_at=ends_at, **series)
