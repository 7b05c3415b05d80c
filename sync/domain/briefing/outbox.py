"""The fates of a mail, and when one that was not accepted is tried again."""

from datetime import timedelta
from enum import StrEnum
from hashlib import sha256


class MessageKind(StrEnum):
    """What a mail is for."""

    BRIEFING = "briefing"
    WITHDRAWAL = "withdrawal"
    ALERT = "alert"
    MENDED = "mended"
    DIGEST = "digest"
    PREVIEW = "preview"
    FOLLOW_UP = "follow_up"
    REPORT = "report"
    REMINDER = "reminder"
    CONFIRM = "confirm"
    TEST = "test"


COUNTED_ON = (MessageKind.BRIEFING, MessageKind.DIGEST, MessageKind.PREVIEW, MessageKind.FOLLOW_UP)
"""What a therapist waits for: where it does not reach her, she is told."""

TOO_LATE = {
    MessageKind.DIGEST: "the last session of its day had begun",
    MessageKind.PREVIEW: "the evening it was for was over",
    MessageKind.FOLLOW_UP: "the day it was for was over",
}
"""Why a mail of the day was of no more use; of every other it is that its session had begun."""


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

STOP = timedelta(hours=1)
"""How long nothing is sent where we were not let in: a password is not tried again and again."""

RETRY_MINUTES = (1, 5, 15, 30, 60)
JITTER = 0.2
"""So that mails that were turned away together do not all come again together."""


def retry_wait(attempts: int, message_id: str) -> timedelta:
    """How long after the try number `attempts` the next is due: 1, 5, 15, 30, then every 60 minutes.

    Each is a fifth shorter or longer at the most, and always the same for the same try of the same mail.
    """
    minutes = RETRY_MINUTES[min(max(attempts, 1), len(RETRY_MINUTES)) - 1]
    chance = int.from_bytes(sha256(f"{attempts} {message_id}".encode()).digest()[:4]) / 2**32
    return timedelta(seconds=round(60 * minutes * (1 + JITTER * (2 * chance - 1))))
