"""What the demo did: counts, and the places where people can look."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sync.demo.home import SampleHome


@dataclass(frozen=True, slots=True)
class Delivered:
    """One of tomorrow's briefings: whose, when the session is, and when it was sent. Moments are UTC."""

    code: str
    starts_at: datetime
    sent_at: datetime
    moved: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The briefing that is shown whole: whose, its plain text, and the file with the mail as it looks."""

    code: str
    text: str
    page: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that is told at the end. `events` are distinct ones, deleted ones among them."""

    home: SampleHome
    maildir: Path
    now: datetime
    first_seen_at: datetime
    clients: int
    couples: int
    events: int
    sessions: int
    waiting: int
    passes: int
    stubs: int
    notes: int
    moved: int
    cancelled: int
    delivered: tuple[Delivered, ...]
    shown: Shown

    @property
    def without_trace(self) -> int:
        """How many events are nobody's session: nothing of them was kept."""
        return self.events - self.sessions - self.waiting
