"""What really was agreed in a story: each appointment's times, kept without any of the code under test."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class Standing:
    """A stretch of time in which an hour was agreed for `starts_at`; `until` is None while it still is.

    Because a calendar cannot be read during an outage, each edge has two moments: when it was
    typed, and by when the service must have seen it.
    """

    starts_at: datetime
    since: datetime
    since_seen: datetime
    until: datetime | None = None
    until_seen: datetime | None = None
    cancelled: bool = False

    def due(self, lead: timedelta, now: datetime, *, at_the_latest: bool) -> datetime | None:
        """When a briefing was due; None when it was at no moment of this stretch until `now`.

        `at_the_latest` by what the service must have known, else by what it may have known.
        """
        since, until = (self.since_seen, self.until) if at_the_latest else (self.since, self.until_seen)
        due = max(self.starts_at - lead, since)
        return due if due <= now and due < min(self.starts_at, until or self.starts_at) else None


@dataclass
class Hour:
    """One appointment: its event, whose it is, and everything it was agreed for."""

    event_id: str
    client_id: str
    starts_at: datetime
    minutes: int
    series: str | None = None
    lost: str | None = None
    """How it was taken away (`deleted`, `declined`, `all_day`, `free`, `series`); None while it is agreed."""
    over_when_typed: bool = False
    entered: bool = False
    """Whether it was once agreed and within the service's reach: only then is there a session."""
    client_declined: bool = False
    meddled: bool = False
    """Whether somebody tidied the calendar after its start."""
    standings: list[Standing] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def texts(self) -> list[str]:
        """Every text written about it, oldest first."""
        return self.before + self.after

    def agree(self, at: datetime, seen: datetime) -> None:
        """It is agreed from `at` on for its present start."""
        self.lost = None
        self.standings.append(Standing(self.starts_at, at, seen))

    def move(self, starts_at: datetime, at: datetime, seen: datetime) -> None:
        """It is agreed for another start."""
        self._end(at, seen, cancelled=False)
        self.starts_at = starts_at
        self.agree(at, seen)

    def cancel(self, how: str, at: datetime, seen: datetime) -> None:
        """It does not take place."""
        self.lost = how
        self._end(at, seen, cancelled=True)

    def _end(self, at: datetime, seen: datetime, *, cancelled: bool) -> None:
        last = self.standings[-1]
        last.until, last.until_seen, last.cancelled = at, seen, cancelled

    def status(self, now: datetime) -> str:
        """What the record must say at `now`."""
        if self.lost:
            return "cancelled"
        if self.after or self.over_when_typed:
            return "held"
        return "unconfirmed" if self.ends_at <= now else "scheduled"
