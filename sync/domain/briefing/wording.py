"""Turns words and dates of notes into lines: cleaned, without names, short enough, with their day."""

from dataclasses import dataclass
from datetime import datetime

from sync.domain.briefing.display import block, one_line, shorten
from sync.domain.briefing.moments import LocalTime
from sync.domain.briefing.privacy import Mask
from sync.domain.briefing.values import Line
from sync.domain.progress.evidence import Evidence

MORE_IN_NOTE = "more in the note"


@dataclass(frozen=True, slots=True)
class Wording:
    """How this practitioner reads this client: the wall clock, and what stands in for names."""

    time: LocalTime
    mask: Mask

    def phrase(self, text: str) -> str:
        """`text` on one line, safe to show."""
        return self.mask.over(one_line(text))

    def passage(self, text: str) -> str:
        """`text` with its lines, safe to show."""
        return self.mask.over(block(text))

    def quote(self, text: str, evidence: Evidence, dated: str, limit: int, key: str = "") -> Line:
        """Someone's words of a note, cut at `limit` characters: only after names were replaced."""
        shown, cut = shorten(self.passage(text), limit)
        return Line(shown, (evidence,), dated, MORE_IN_NOTE if cut else "", key)

    def dated(self, at: datetime, signed: bool) -> str:
        """The day of a note, and that it is not signed where it is not."""
        return self.time.day(at) if signed else f"{self.time.day(at)}, unsigned"
