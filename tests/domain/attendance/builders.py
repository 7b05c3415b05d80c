"""Builds an invented client's sessions: one letter each for what became of them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sync.domain.attendance.agreement import Agreement
from sync.domain.attendance.fates import SessionState
from sync.domain.attendance.view import View, view_of

ZONE = ZoneInfo("Europe/London")
FIRST = date(2026, 1, 6)
"""A Tuesday."""

LENGTH = timedelta(minutes=50)

LETTERS: dict[str, dict[str, Any]] = {
    "k": {"status": "held"},
    "n": {"status": "no_show"},
    "l": {"status": "cancelled", "cancelled_by": "client", "late": True},
    "e": {"status": "cancelled", "cancelled_by": "client"},
    "p": {"status": "cancelled", "cancelled_by": "practitioner"},
    "u": {"status": "cancelled", "cancelled_by": "unknown"},
    "s": {"status": "scheduled"},
    "?": {"status": "scheduled", "is_history": True},
}


def at(day: date, hour: int = 10) -> datetime:
    """The hour on the wall in London, in UTC."""
    return datetime.combine(day, time(hour), ZONE).astimezone(UTC)


def state(day: date, letter: str = "k", hour: int = 10, **more: Any) -> SessionState:
    """A session of that day, put into the calendar sixty days before."""
    start = at(day, hour)
    usual = {"created_at": start - timedelta(days=60), **LETTERS[letter], **more}
    return SessionState(f"{day}-{hour}", start, start + LENGTH, **usual)


def weekly(letters: str, first: date = FIRST, every: int = 7) -> list[SessionState]:
    """A session every seven days, one for each letter; a dot is a week without one."""
    return [
        state(first + timedelta(days=every * number), letter)
        for number, letter in enumerate(letters)
        if letter != "."
    ]


def seen(states: list[SessionState], today: date, agreement: Agreement | None = None, **more: Any) -> View:
    """The view in the evening of a day."""
    return view_of(states, agreement or Agreement(), ZONE, at(today, 22), **more)


def week(number: int, first: date = FIRST) -> date:
    """The day of the session of week `number`, from nought."""
    return first + timedelta(weeks=number)
