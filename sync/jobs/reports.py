"""What the jobs report: counts and states, never a word of anybody's."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

COUNTS = (
    "events_read",
    "created",
    "moved",
    "cancelled",
    "restored",
    "skipped",
    "unmatched",
    "stubs",
    "briefings_sent",
    "briefings_failed",
)


@dataclass(frozen=True, slots=True)
class CalendarReport:
    """How one calendar's reading went. `status` is the link's state, or `busy`, or `failed`.

    `full` says whether the whole window was read; `synced_at` is when it was last known as it is.
    """

    id: str
    status: str
    synced_at: datetime | None
    full: bool
    trouble: str | None = None
    advice: str | None = None


@dataclass(slots=True)
class PassReport:
    """What one pass did. Counts that are not there are nought.

    `flags` and `missing` say how it stands after it: how many questions about sessions wait for an answer,
    and how many hours ahead a reading lacked that are looked for once more.
    """

    counts: Counter[str] = field(default_factory=Counter)
    calendars: list[CalendarReport] = field(default_factory=list)
    flags: int = 0
    missing: int = 0

    def add(self, other: "PassReport") -> None:
        """Take up what another part of the pass did."""
        self.counts.update(other.counts)
        self.calendars += other.calendars

    def as_json(self) -> dict[str, Any]:
        """The report as `once --json` and `pull --json` print it."""
        calendars = [asdict(calendar) for calendar in self.calendars]
        standing = {"flags": self.flags, "missing": self.missing}
        return {name: self.counts[name] for name in COUNTS} | standing | {"calendars": calendars}

    @property
    def failed(self) -> bool:
        """Whether anything needs a person's attention."""
        return self.counts["briefings_failed"] > 0 or any(c.trouble for c in self.calendars)
