"""What the demo did: counts, and the places where people can look."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sync.demo.home import SampleHome


@dataclass(frozen=True, slots=True)
class Delivered:
    """One of tomorrow's briefings: whose, when the session is, and when it was sent. Moments are UTC."""

    code: str
    session_id: str
    starts_at: datetime
    sent_at: datetime
    moved: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The briefing that is shown whole: whose, its plain text, and the file with the mail as it looks.

    `last_note_of` is the session whose note it speaks from.
    """

    code: str
    text: str
    page: Path
    last_note_of: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there was of everything. `events` are distinct ones, those deleted meanwhile among them."""

    clients: int
    passes: int
    events: int
    sessions: int
    waiting: int
    moved: int
    cancelled: int
    notes: int
    stubs: int

    @property
    def without_trace(self) -> int:
        """How many events are nobody's session: nothing of them was kept."""
        return self.events - self.sessions - self.waiting


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that is told at the end. Moments are aware and UTC."""

    home: SampleHome
    maildir: Path
    first_session_at: datetime
    counts: Counts
    delivered: tuple[Delivered, ...]
    shown: Shown
