"""When a therapist is reminded of notes that wait: gently, by the age of the oldest, and not for ever."""

from collections.abc import Sequence
from datetime import datetime, timedelta

AGES = (timedelta(days=3), timedelta(days=7), timedelta(days=14))
"""How long after its end a session is told of for the first, the second and the last time."""

APART = timedelta(days=3)
"""The least time between two reminders, whatever there is to say."""


def reminder_due(ended: Sequence[datetime], told: Sequence[datetime], now: datetime) -> datetime | None:
    """The moment that a reminder at `now` stands for; None when it is not time for one.

    `ended` is when each session without a note ended, `told` when each reminder so far was put out. A
    reminder tells of every session that waits, so each has been told of as often as there were reminders
    since its end; after three times no more is said of it. The oldest of the others sets the pace.
    """
    if told and now - max(told) < APART:
        return None
    waiting = [(at, times) for at in sorted(ended) if (times := _times_told(at, told)) < len(AGES)]
    if not waiting:
        return None
    oldest, times = waiting[0]
    due = oldest + AGES[times]
    return due if due <= now else None


def is_told_of(ended_at: datetime, told: Sequence[datetime]) -> bool:
    """Whether the last of the reminders `told` is to speak of a session that ended then."""
    return _times_told(ended_at, told) <= len(AGES)


def _times_told(ended_at: datetime, told: Sequence[datetime]) -> int:
    return sum(1 for at in told if at >= ended_at)
