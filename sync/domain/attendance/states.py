"""What became of a session, seen from a moment: its status and how it counts."""

from datetime import datetime, timedelta

SCHEDULED = "scheduled"
UNCONFIRMED = "unconfirmed"
HELD = "held"
NO_SHOW = "no_show"
CANCELLED = "cancelled"

STATUSES = (SCHEDULED, HELD, CANCELLED, NO_SHOW, UNCONFIRMED)
TAKES_PLACE = (SCHEDULED, UNCONFIRMED, HELD)
"""The states that count in the numbering of a client's sessions."""

ASSUMED_AFTER = timedelta(days=14)


def status_at(stored: str, ends_at: datetime, now: datetime) -> str:
    """The status at `now`: what is still `scheduled` when its end has passed is `unconfirmed`."""
    return UNCONFIRMED if stored == SCHEDULED and ends_at <= now else stored


def is_kept(stored: str, ends_at: datetime, now: datetime) -> bool:
    """Whether it counts as kept: said so, or nothing said for fourteen days (then "assumed")."""
    return stored == HELD or is_assumed(stored, ends_at, now)


def is_assumed(stored: str, ends_at: datetime, now: datetime) -> bool:
    """Whether it counts as kept only because nobody said otherwise for fourteen days."""
    return stored == SCHEDULED and ends_at + ASSUMED_AFTER <= now


def is_missed(stored: str, cancelled_by: str | None, late: bool) -> bool:
    """Whether it counts as missed: a no-show, or a client's late cancellation."""
    return stored == NO_SHOW or (stored == CANCELLED and cancelled_by == "client" and late)
