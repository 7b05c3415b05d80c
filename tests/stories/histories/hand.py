"""The hand that edits a calendar at random, and knows what became of every event id by its edits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sync.sandbox.entries import Entry
from sync.sandbox.moments import instant, timed
from sync.sandbox.world import World
from tests.practice import ANA

CLIENTS = ("Jo Bloggs", "Ines Ferreira", "Wen Li")
DAY = timedelta(days=1)
LENGTH = timedelta(minutes=50)
NEAR = timedelta(minutes=45)
"""Nothing is edited that begins sooner: a round of edits and readings takes 25 minutes."""

HORIZON = 55 * DAY
"""Within the reading window, wherever its edges lie."""

Resource = Mapping[str, Any]


@dataclass(frozen=True)
class Agreed:
    """An event that is a client's hour, as the calendar has it. Moments are UTC."""

    event_id: str
    client: str
    starts_at: datetime
    ends_at: datetime
    series: str | None


@dataclass
class Followed:
    """An hour whose event id is followed through every edit; None once nobody can say which it is."""

    event_id: str | None


@dataclass
class Hand:
    """Edits the one calendar of `world`, and keeps the ids of whatever is `followed` up to date.

    Every start lies on a full or half hour of the wall clock, so that no hour begins within a round.
    """

    world: World
    random: Random
    zone: ZoneInfo
    minute: int = 3
    followed: list[Followed] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What was done, for whoever has to find out what went wrong."""
    soon: list[Callable[["Hand"], bool]] = field(default_factory=list)
    """Edits that are to come next."""
    _undo: list[tuple[str, Followed, Resource | None]] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.world.clock()

    def agreed(self, after: datetime, before: datetime) -> list[Agreed]:
        """Every client's hour that begins in (after, before], by start."""
        listed = self.world.truth(ANA, after, before + timedelta(minutes=1))
        hours = [found for item in listed if (found := _agreed(item, self.zone)) is not None]
        return [one for one in hours if after < one.starts_at <= before]

    def editable(self) -> list[Agreed]:
        """The hours that may be edited now."""
        return self.agreed(self.now + NEAR, self.now + 40 * DAY)

    def series(self) -> list[str]:
        """The series that have an hour ahead, and none that begins too soon."""
        soon = {one.series for one in self.agreed(self.now, self.now + NEAR)}
        return sorted({one.series for one in self.editable() if one.series} - soon)

    def some(self, of: Sequence[Agreed]) -> Agreed | None:
        return self.random.choice(of) if of else None

    def entry(self, event_id: str) -> Entry:
        place = self.world.calendars[ANA].find(event_id)
        assert place is not None
        return place.entry

    def slot(self, first_day: int = 1, last_day: int = 25) -> datetime:
        """A start on some day from today, on a full or half hour, at which nothing stands yet."""
        today = self.now.astimezone(self.zone).date()
        while True:
            day = today + timedelta(days=self.random.randint(first_day, last_day))
            wall = datetime(day.year, day.month, day.day, self.random.randint(7, 20), tzinfo=self.zone)
            start = wall.astimezone(self.now.tzinfo) + self.random.choice((0, 30)) * timedelta(minutes=1)
            if start > self.now + NEAR and not self.agreed(start - LENGTH, start + LENGTH):
                return start

    def times(self, start: datetime, zone: ZoneInfo | None = None) -> dict[str, Any]:
        """Start and end as the calendar writes them."""
        label = (zone or self.zone).key
        return {
            "start": timed(start, self.zone, label),
            "end": timed(start + LENGTH, self.zone, label),
        }

    def follow(self, event_id: str) -> Followed:
        """From now on the id of this hour is kept up to date."""
        self.followed.append(Followed(event_id))
        return self.followed[-1]

    def renamed(self, ids: Mapping[str, str | None]) -> None:
        """Note what event ids became."""
        for one in self.followed:
            if one.event_id is not None:
                one.event_id = ids.get(one.event_id, one.event_id)

    def undoable(self, event_id: str, changes: Resource | None) -> None:
        """Note how to bring an hour back; None stands for taking it from the bin."""
        self._undo.append((event_id, self.follow(event_id), changes))

    def last_undoable(self) -> tuple[str, Resource | None] | None:
        """What was taken away last and has the same event id still."""
        while self._undo:
            event_id, followed, changes = self._undo.pop()
            place = self.world.calendars[ANA].find(event_id)
            in_the_bin = place is not None and place.suffix is not None and place.entry.is_cancelled
            if place is not None and followed.event_id == event_id and not in_the_bin:
                return event_id, changes
        return None


def _agreed(item: Resource, zone: ZoneInfo) -> Agreed | None:
    title = str(item.get("summary", ""))
    client = next((name for name in CLIENTS if title.startswith(name)), None)
    declined = any(
        one.get("self") and one["responseStatus"] == "declined" for one in item.get("attendees", ())
    )
    if client is None or "date" in item["start"] or item.get("transparency") == "transparent" or declined:
        return None
    start, end = instant(item["start"], zone), instant(item["end"], zone)
    assert start is not None
    assert end is not None
    return Agreed(item["id"], client, start, end, item.get("recurringEventId"))
