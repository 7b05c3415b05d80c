"""Finds the moments that a wall clock shows, also on the days on which the clocks change."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_STRETCH = re.compile(r"\s*(\S+?)\s*[-–]\s*(\S+?)\s*")


def read_hour(text: str) -> time | None:
    """`07:00` or `7:00`; None for anything else."""
    found = _HOUR.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])) if found else None


def read_stretch(text: str) -> tuple[time, time] | None:
    """`21:00-06:30`; None for anything else, and for a stretch without length."""
    found = _STRETCH.fullmatch(text)
    if found is None:
        return None
    begins, ends = read_hour(found[1]), read_hour(found[2])
    return None if begins is None or ends is None or begins == ends else (begins, ends)


def moment_on(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """When the wall clock shows `hour` on `day`, in UTC.

    As calendars have it (RFC 5545 §3.3.5): an hour that is skipped is as late as if the clocks had not
    been changed yet, and of an hour that is there twice it is the first.
    """
    return datetime.combine(day, hour, zone).astimezone(UTC)


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When a day of her calendar begins, and when the next one does, in UTC."""
    return moment_on(day, time(), zone), moment_on(day + timedelta(days=1), time(), zone)


def day_key(day: date) -> datetime:
    """A moment that stands for `day` in whatever zone: its noon in UTC. `day_key(day).date()` is the day."""
    return datetime.combine(day, time(12), UTC)
