"""Reads and writes moments the way Google's calendar writes them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Resource = dict[str, Any]
"""One resource as Google's JSON has it; never changed once it is stored."""


def rfc3339(moment: datetime) -> str:
    """`moment` as Google stamps `updated`: UTC, milliseconds, `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_rfc3339(text: str) -> datetime | None:
    """The UTC moment that a query parameter names; None without an offset or when it cannot be read."""
    try:
        moment = datetime.fromisoformat(text)
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def zone_named(name: object, fallback: ZoneInfo) -> ZoneInfo:
    """The IANA zone of that name, or `fallback` where there is none."""
    if not isinstance(name, str) or not name:
        return fallback
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return fallback


def is_all_day(moment: Mapping[str, Any]) -> bool:
    """Whether a `start` or `end` names a day instead of a time."""
    return "date" in moment and "dateTime" not in moment


def wall_time(moment: Mapping[str, Any] | None, calendar_zone: ZoneInfo) -> datetime | None:
    """What the clock on the wall says in the event's own zone, naive; None when it cannot be read."""
    match moment:
        case {"dateTime": str(text), **rest}:
            return _wall_of(text, zone_named(rest.get("timeZone"), calendar_zone))
        case {"date": str(text)}:
            return _midnight_of(text)
        case _:
            return None


def instant(moment: Mapping[str, Any] | None, calendar_zone: ZoneInfo) -> datetime | None:
    """The UTC moment; a day begins at midnight of the calendar's zone; None when it cannot be read."""
    match moment:
        case {"dateTime": str(text)} if (stated := read_rfc3339(text)) is not None:
            return stated
        case {"dateTime": str(), **rest}:
            zone = zone_named(rest.get("timeZone"), calendar_zone)
        case _:
            zone = calendar_zone
    wall = wall_time(moment, calendar_zone)
    return None if wall is None else utc_of(wall, zone)


def utc_of(wall: datetime, zone: ZoneInfo) -> datetime | None:
    """The UTC moment of a naive wall time: the first of two at a repeated hour, shifted on in a gap."""
    try:
        return wall.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return None


def timed(moment: datetime, zone: ZoneInfo, label: str | None) -> Resource:
    """A `start` or `end` written in `zone` with its offset, labelled with the event's own zone."""
    written = {"dateTime": moment.astimezone(zone).isoformat(timespec="seconds").replace("+00:00", "Z")}
    return written | ({"timeZone": label} if label else {})


def whole_day(day: date) -> Resource:
    """A `start` or `end` of an all-day event."""
    return {"date": day.isoformat()}


def shown(moment: Mapping[str, Any], calendar_zone: ZoneInfo) -> Resource:
    """`moment` as an answer shows it: in the calendar's zone; what cannot be read is passed on as it is."""
    at = instant(moment, calendar_zone)
    if at is None or is_all_day(moment):
        return dict(moment)
    return timed(at, calendar_zone, moment.get("timeZone"))


def suffix_of(original_start: datetime, all_day: bool) -> str:
    """What tells one instance's id from another's: UTC of its first planned start, or its day (R38)."""
    return original_start.strftime("%Y%m%d" if all_day else "%Y%m%dT%H%M%SZ")


def lasts(resource: Resource, calendar_zone: ZoneInfo) -> timedelta:
    """How long an event takes; nothing where its start or end cannot be read, or the end comes first."""
    starts, ends = instant(resource.get("start"), calendar_zone), instant(resource.get("end"), calendar_zone)
    return timedelta(0) if starts is None or ends is None else max(ends - starts, timedelta(0))


def written_like(moment: Resource, wall: datetime, calendar_zone: ZoneInfo) -> Resource:
    """`wall` (naive) written the way `moment` is: a day or a time, in the same zone."""
    if is_all_day(moment):
        return whole_day(wall.date())
    zone = zone_named(moment.get("timeZone"), calendar_zone)
    at = utc_of(wall, zone)
    assert at is not None  # noqa: S101  # shifts of a calendar stay within its years
    return timed(at, calendar_zone, moment.get("timeZone"))


def end_after(start: Resource, length: timedelta, zone: ZoneInfo) -> Resource:
    """The `end` of what starts at `start` and takes `length` on the wall clock."""
    wall = wall_time(start, zone)
    return dict(start) if wall is None else written_like(start, wall + length, zone)


def _wall_of(text: str, zone: ZoneInfo) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo is None else moment.astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _midnight_of(text: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), datetime.min.time())
    except ValueError:
        return None
