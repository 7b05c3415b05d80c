"""Where a statement comes from: the session whose note says it."""

from dataclasses import dataclass
from datetime import datetime

from sync.domain.notes.values import WrittenNote


@dataclass(frozen=True, slots=True)
class Evidence:
    """One session (UTC start) whose note bears a statement out."""

    session_id: str
    starts_at: datetime


def evidence_of(note: WrittenNote) -> Evidence:
    """`note` as evidence."""
    return Evidence(note.session_id, note.starts_at)
