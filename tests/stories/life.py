"""The life of a practice, day by day: ticks at the moments that matter, edits and outages between them."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from models import tables
from sync.jobs.notes import write_note
from sync.sandbox.faults import Fault
from tests.practice import Practice
from tests.stories.post import ACCEPTED, Post
from tests.stories.truth import Hour

LEAD = timedelta(minutes=60)
SETTLING = timedelta(minutes=31)
"""After an outage the next snapshot is at most this far away."""

MARGIN = timedelta(minutes=15)
"""No edit touches an hour that begins sooner: a letter that has to be sent again must have the time to."""

NOTE = (
    "## Subjective\r\nSlept badly \u2013 \u201cagain\u201d.\t\u00a0\U0001f319 {text}\n\n"
    "  Panic: {score}/10\n#sleep\n"
)


@dataclass(frozen=True)
class Outage:
    """A stretch in which the calendar does not answer as it should."""

    starts_at: datetime
    ends_at: datetime
    faults: tuple[Fault, ...]


@dataclass
class Life:
    """A practice, the truth about its appointments, and what is still to happen, by the clock."""

    practice: Practice
    post: Post
    random: Random
    zone: ZoneInfo
    begins_at: datetime
    days: int
    outages: tuple[Outage, ...] = ()
    edits_a_day: tuple[int, ...] = (1, 2, 2)
    """How many edits a day may bring, each number as likely as the next."""
    hours: list[Hour] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    """Events that are nobody's session."""
    ways_to_write: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    """How each client's appointments are typed: client id and event."""
    taken: set[datetime] = field(default_factory=set)
    _late_edit: "Edit" = lambda _life: None
    _coming: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    @property
    def now(self) -> datetime:
        return self.practice.clock.now

    @property
    def ends_at(self) -> datetime:
        return self.begins_at + timedelta(days=self.days)

    def plan(self, at: datetime, what: Callable[[], None]) -> None:
        """Let `what` happen at `at`."""
        if self.now <= at <= self.ends_at:
            heapq.heappush(self._coming, (at, next(self._order), what))

    def run(self, one_edit: "Edit", late_edit: "Edit") -> None:
        """Live until the end; `one_edit` changes the calendar somewhere, `late_edit` an hour just ahead."""
        self._late_edit = late_edit
        self._plan_days(one_edit)
        for outage in self.outages:
            self._plan_outage(outage)
        while self._coming:
            at, _, what = heapq.heappop(self._coming)
            self.practice.clock.set(at)
            what()
        self.practice.clock.set(self.ends_at)
        self.tick()

    def _plan_days(self, one_edit: "Edit") -> None:
        for day in range(self.days):
            self.plan(self.local(day, time(7, 30)), self.tick)
            self.plan(self.local(day, time(20, 30)), self.write_notes)
            for _ in range(self.random.choice(self.edits_a_day)):
                minute = self.random.randrange(8 * 60, 19 * 60)
                at = self.local(day, time(minute // 60, minute % 60, self.random.randrange(1, 60)))
                self.plan(at, lambda: self.edit(one_edit))

    def edit(self, one: "Edit") -> None:
        """One edit, and a pass right after it."""
        one(self)
        self.tick()

    def _plan_outage(self, outage: Outage) -> None:
        def begin() -> None:
            for fault in outage.faults:
                self.practice.faults.add(fault)
            self.tick()

        def end() -> None:
            self.practice.faults.clear()
            self.tick()

        self.plan(outage.starts_at, begin)
        self.plan(outage.starts_at + (outage.ends_at - outage.starts_at) / 2, self.tick)
        self.plan(outage.ends_at, end)
        self.plan(outage.ends_at + SETTLING, self.tick)

    def local(self, day: int, wall: time) -> datetime:
        """The moment, in UTC, when clocks show `wall` on the story's day `day` (0 is the first)."""
        date = (self.begins_at.astimezone(self.zone) + timedelta(days=day)).date()
        return datetime.combine(date, wall, self.zone).astimezone(self.begins_at.tzinfo)

    # What the clock brings.

    def tick(self) -> None:
        """One pass of the service, and what must hold after every single one."""
        tried = len(self.post.attempts)
        report = self.practice.once()
        assert "failed" not in {calendar.status for calendar in report.calendars}
        if self.outage() is None:
            self._note_entered()
        for attempt in self.post.attempts[tried:]:
            if attempt.outcome != ACCEPTED:
                for minutes in (1.2, 6):  # the waits for another try, at their longest
                    self.plan(self.now + timedelta(minutes=minutes), self.tick)
        assert set() == self.cancelled_sessions() - {hour.event_id for hour in self.hours if hour.lost}

    def _note_entered(self) -> None:
        """Which hours the service can see by now: those before the local midnight 61 days ahead (R21)."""
        reach = self._midnight(61)
        for hour in self.hours:
            if not hour.entered and not hour.lost and hour.starts_at < reach:
                hour.entered = True

    @property
    def seen_from(self) -> datetime:
        """How far back the service looks: to the local midnight 15 days ago (R21)."""
        return self._midnight(-15)

    def _midnight(self, days_ahead: int) -> datetime:
        return self.local((self.now - self.begins_at).days + days_ahead, time())

    def cancelled_sessions(self) -> set[str]:
        """The event ids of all sessions that are recorded as cancelled."""
        with self.practice.app.reading() as records:
            query = (
                select(tables.EventLink.event_id)
                .join(tables.Session, col(tables.Session.id) == col(tables.EventLink.session_id))
                .where(col(tables.Session.status) == "cancelled")
            )
            return set(records.db.exec(query))

    def session_of(self, hour: Hour) -> str:
        """The id of the hour's session."""
        with self.practice.app.reading() as records:
            event = tables.EventLink
            return records.db.exec(select(event.session_id).where(col(event.event_id) == hour.event_id)).one()

    def write_notes(self) -> None:
        """In the evening: notes of most of the day's sessions, some twice, and of some to come."""
        self.tick()
        day = timedelta(days=1)
        for hour in self.hours:
            if not hour.entered or hour.lost:
                continue
            if self.now - day < hour.ends_at <= self.now and self.random.random() < 0.6:
                for _ in range(self.random.choice((1, 1, 2))):
                    self._write(hour, hour.after)
            elif self.now < hour.starts_at < self.now + 2 * day and self.random.random() < 0.1:
                self._write(hour, hour.before)

    def _write(self, hour: Hour, texts: list[str]) -> None:
        text = NOTE.format(text=f"{hour.event_id} {len(hour.texts)}", score=self.random.randrange(11))
        write_note(self.practice.app, self.session_of(hour), text, self.now)
        texts.append(text)

    # Time and room for edits.

    def outage(self) -> Outage | None:
        """The outage that lasts now."""
        return next((one for one in self.outages if one.starts_at <= self.now < one.ends_at), None)

    @property
    def seen_at(self) -> datetime:
        """By when the service must have seen what is typed now."""
        outage = self.outage()
        return self.now if outage is None else outage.ends_at + SETTLING

    @property
    def is_calm(self) -> bool:
        """Whether everything that was typed so far has been seen."""
        return not any(one.starts_at <= self.now < one.ends_at + SETTLING for one in self.outages)

    @property
    def free_from(self) -> datetime:
        """Hours that begin after this may be edited."""
        return self.seen_at + MARGIN

    def slot(self, first_day: int = 1, last_day: int = 20) -> datetime:
        """A free start within working hours, so many days from today."""
        today = (self.now.astimezone(self.zone).date() - self.begins_at.astimezone(self.zone).date()).days
        while True:
            minutes = 8 * 60 + 10 * self.random.randrange(66)
            wall = time(minutes // 60, minutes % 60)
            start = self.local(today + self.random.randint(first_day, last_day), wall)
            if start > self.free_from and start not in self.taken:
                self.taken.add(start)
                return start

    def slot_soon(self) -> datetime | None:
        """A free start inside the lead time; None when the calendar cannot be read now."""
        start = self.now.replace(second=0) + timedelta(minutes=self.random.randint(20, 55))
        if not self.is_calm or start in self.taken:
            return None
        self.taken.add(start)
        return start

    def expect(self, hour: Hour) -> None:
        """Tick when the hour's briefing is due and when it begins; now and then something comes between."""
        start = hour.starts_at
        if self.random.random() < 1 / 6:
            late = start - timedelta(minutes=self.random.randint(16, 58), seconds=20)
            self.plan(late, lambda: self.edit(self._late_edit))
        self.plan(start - LEAD, lambda: self._tick_if(hour, start))
        self.plan(start, lambda: self._tick_if(hour, start))

    def _tick_if(self, hour: Hour, start: datetime) -> None:
        if hour.starts_at == start and not hour.lost:
            self.tick()


Edit = Callable[[Life], None]
"""Something that somebody does to the calendar."""
