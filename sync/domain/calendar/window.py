"""Which span of a calendar one reading covers."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sync.domain.calendar.values import Window

PADDING = timedelta(days=1)
"""Read beyond both edges, so that an hour at local midnight is neither lost nor swept (R21)."""


def reading_window(now: datetime, time_zone: str, past_days: int, future_days: int) -> Window:
    """From local midnight `past_days` ago to local midnight `future_days` ahead, a day more each side."""
    zone = ZoneInfo(time_zone)
    today = now.astimezone(zone).date()
    first = datetime.combine(today - timedelta(days=past_days) - PADDING, time(), zone)
    last = datetime.combine(today + timedelta(days=future_days) + PADDING, time(), zone)
    return Window(first.astimezone(now.tzinfo), last.astimezone(now.tzinfo))


def local_day(now: datetime, time_zone: str) -> str:
    """The day at `now` where the practice is, as `2026-06-16`."""
    return now.astimezone(ZoneInfo(time_zone)).date().isoformat()
