"""How much notice a cancellation gave, as far as it can be known."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """Hours between the word and the start; None when it cannot be told on which side of the limit."""

    hours: float | None
    late: bool


def notice_given(
    starts_at: datetime,
    happened_at: datetime | None,
    previous_reading: datetime | None,
    seen_at: datetime,
    limit_hours: float,
) -> Notice:
    """The notice of a cancellation of `starts_at`, in hours, and whether it is less than the limit.

    The calendar's own word (`happened_at`) is exact. Without it the change lies between two
    readings: where both lie on one side of the limit the later one is taken, else "late" is not
    claimed and the hours stay unknown.
    """
    if happened_at is not None and happened_at <= seen_at:
        hours = _hours(starts_at, happened_at)
        return Notice(hours, hours < limit_hours)
    at_least = _hours(starts_at, seen_at)
    if at_least >= limit_hours:
        return Notice(at_least, late=False)
    if previous_reading is not None and _hours(starts_at, previous_reading) < limit_hours:
        return Notice(at_least, late=True)
    return Notice(None, late=False)


def notice_said(hours: float, limit_hours: float) -> Notice:
    """The notice that a person says a cancellation gave: her word is taken as it is."""
    return Notice(float(hours), hours < limit_hours)


def _hours(later: datetime, earlier: datetime) -> float:
    return round((later - earlier).total_seconds() / 3600, 2)
