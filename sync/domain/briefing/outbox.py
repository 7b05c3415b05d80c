"""The fates of a mail, and when one that was not accepted is tried again."""

from datetime import datetime, timedelta
from enum import StrEnum


class MessageKind(StrEnum):
    """What a mail is for."""

    BRIEFING = "briefing"
    WITHDRAWAL = "withdrawal"
    ALERT = "alert"
    MENDED = "mended"
    CONFIRM = "confirm"
    TEST = "test"


class MessageStatus(StrEnum):
    """Where a mail is on its way; `claimed` and `handing_over` are seen from outside as pending."""

    PENDING = "pending"
    CLAIMED = "claimed"
    HANDING_OVER = "handing_over"
    SENT = "sent"
    FAILED = "failed"
    DOUBTFUL = "doubtful"
    WITHDRAWN = "withdrawn"
    SKIPPED = "skipped"


ON_ITS_WAY = (MessageStatus.CLAIMED, MessageStatus.HANDING_OVER)


def shown_status(status: str) -> str:
    """The status as others may rely on it."""
    return MessageStatus.PENDING.value if status in ON_ITS_WAY else str(status)


CODE_VALID = timedelta(hours=1)
"""How long a code that proves an address is good."""

_RETRY_MINUTES = (1, 5, 15, 30, 60)


def next_attempt(attempts: int, now: datetime) -> datetime:
    """When to try again after `attempts` tries: 1, 5, 15, 30, then every 60 minutes."""
    at = min(max(attempts, 1), len(_RETRY_MINUTES)) - 1
    return now + timedelta(minutes=_RETRY_MINUTES[at])
