"""What became of a session, seen from a moment: its status and how it counts."""

from datetime import datetime, timedelta

SCHEDULED = "scheduled"
UNCONFIRMED = "unconfirmed"
HELD = "held"
NO_SHOW = "no_show"
CANCELLED = "cancelled"

STATUSES = (SCHEDULED, HELD, CANCELLED, NO_SHOW, UNCONFIRMED)
TAKES_PLACE = (SCHEDULED, UNCONFIRMED, HELD)
"""The states that count in the numbering of a client's sessions, see `is_counted`."""

ASSUMED_AFTER = timedelta(days=14)


def status_at(stored: str, ends_at: datetime, now: datetime) -> str:
    """The status at `now`: what is still `scheduled` when its end has passed is `unconfirmed`."""
    return UNCONFIRMED if stored == SCHEDULED and ends_at <= now else stored


def is_counted(stored: str, *, is_history: bool = False) -> bool:
    """Whether it is one of the client's numbered sessions: it takes place, or did for all we know.

    Of an hour of the past that is not certain nobody knows, so it is no session until somebody says so.
    """
    return stored in TAKES_PLACE and not (is_history and stored == SCHEDULED)


def is_assumed(stored: str, ends_at: datetime, now: datetime, *, is_history: bool = False) -> bool:
    """Whether it counts as kept only because nobody said otherwise for fourteen days.

    What was over before its calendar was connected (`is_history`) nobody was asked about: not assumed.
    """
    return stored == SCHEDULED and ends_at + ASSUMED_AFTER <= now and not is_history
