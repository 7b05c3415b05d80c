"""Notes for tests: written texts placed on numbered days."""

from datetime import UTC, datetime, timedelta

from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import WrittenNote

FIRST_SESSION = datetime(2026, 1, 6, 15, 0, tzinfo=UTC)


def day(number: int) -> datetime:
    """The start of the session `number` days after the first."""
    return FIRST_SESSION + timedelta(days=number)


def note(number: int, body: str, *, signed: bool = True) -> WrittenNote:
    """A note written of the session on day `number`."""
    return WrittenNote(f"s{number}", day(number), signed, read_note(body))
