"""What an import of the past made, or would make: counts, and titles for her eyes alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sync.domain.calendar.changes import Create
from sync.domain.calendar.history import PastPlan
from sync.domain.calendar.matching import NewClient
from sync.domain.calendar.words import words

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

    def count(self, plan: PastPlan, events_read: int, owners: Owners) -> None:
        """Add what one slice brought."""
        self.events_read += events_read
        self.known += plan.known
        self.skipped += plan.skipped
        self.uncertain += len(plan.uncertain)
        self.unmatched += len(plan.unmatched)
        self.titles.update(title for title in (*plan.uncertain, *plan.unmatched) if title.strip())
        self.new_clients.update(owners.values())
        zone = ZoneInfo(self.time_zone)
        for create in plan.creates:
            year = create.appointment.starts_at.astimezone(zone).year
            self.made[year, create.past.status if create.past else ""] += 1
            self.clients[owner_of(create, owners)] += 1


def owner_of(create: Create, owners: Owners) -> str:
    """The id of the client whose session this is."""
    return owners[words(create.owner.name)] if isinstance(create.owner, NewClient) else create.owner
