"""What signing a note means: the hash that holds it, whether it came late, how long it may be reopened."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta


def signature_of(texts: Sequence[str], signed_by: str, signed_at: datetime) -> str:
    """SHA-256 over what was signed, by whom (an id) and when (aware), in hexadecimal digits.

    A short text can be guessed from its bare hash, so this is kept sealed only.
    """
    signed = [signed_by, signed_at.astimezone(UTC).isoformat(), *texts]
    return hashlib.sha256(json.dumps(signed).encode()).hexdigest()


def is_late_entry(ended_at: datetime, signed_at: datetime, limit_hours: int) -> bool:
    """Whether a note was signed more than `limit_hours` after the end of its session."""
    return signed_at - ended_at > timedelta(hours=limit_hours)


def may_reopen_until(first_signed_at: datetime, grace_hours: int) -> datetime:
    """Until when a signed note may be reopened: signing it again makes the time no longer."""
    return first_signed_at + timedelta(hours=grace_hours)
