"""What an import of the past made, or would make: counts, and titles for her eyes alone."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sync.domain.calendar.changes import Create
from sync.domain.calendar.matching import NewClient
from sync.domain.calendar.words import words
from sync.jobs.history_reading import PastReading

Owners = Mapping[tuple[str, ...], str]
"""The ids of clients that clear new names stand for, by their folded words."""


@dataclass(slots=True)
class HistoryReport:
    """What was read of one calendar's past. Years are hers, in `time_zone`.

    `made` counts sessions by (year, status as stored), `clients` by the client's id, whose code is in
    `codes`. `uncertain` hours point to somebody but not for certain, `unmatched` ones to nobody.
    `titles` are those of both; they are shown where she asked for them, and neither kept nor logged.
    `busy`: another process reads this calendar, and this one gave up waiting.
    """

    time_zone: str
    since: datetime
    read_to: datetime
    until: datetime
    done: bool = False
    busy: bool = False
    events_read: int = 0
    known: int = 0
    skipped: int = 0
    uncertain: int = 0
    unmatched: int = 0
    made: Counter[tuple[int, str]] = field(default_factory=Counter)
    clients: Counter[str] = field(default_factory=Counter)
    codes: dict[str, str] = field(default_factory=dict)
    new_clients: set[str] = field(default_factory=set)
    titles: Counter[str] = field(default_factory=Counter, repr=False)

    @property
    def sessions(self) -> int:
        """How many sessions were made."""
        return self.made.total()

    def count(self, reading: PastReading, made: Sequence[Create], owners: Owners) -> None:
        """Add what one slice brought, of which `made` are new sessions."""
        plan = reading.plan
        self.events_read += reading.events_read
        self.known += plan.known + len(plan.creates) - len(made)
        self.skipped += plan.skipped
        self.uncertain += len(plan.uncertain)
        self.unmatched += len(plan.unmatched)
        self.titles.update(title for title in (*plan.uncertain, *plan.unmatched) if title.strip())
        self.new_clients.update(owners.values())
        zone = ZoneInfo(self.time_zone)
        for create in made:
            year = create.appointment.starts_at.astimezone(zone).year
            self.made[year, create.past.status if create.past else ""] += 1
            self.clients[owner_of(create, owners)] += 1


Telling = Callable[[HistoryReport], None]
"""Is told after each slice how far the import has come."""


def owner_of(create: Create, owners: Owners) -> str:
    """The id of the client whose session this is."""
    return owners[words(create.owner.name)] if isinstance(create.owner, NewClient) else create.owner
