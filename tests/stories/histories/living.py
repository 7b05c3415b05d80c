"""A history: rounds of random edits and readings; once with all that can go wrong, once without."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, cast

import httplib2
from google.auth.credentials import AnonymousCredentials
from sqlmodel import col, select

from models import tables
from sync.adapters.google_calendar import GoogleCalendar
from sync.app import App, open_app
from sync.domain.session_record import SessionRecord
from sync.jobs.notes import note_history
from sync.jobs.reports import PassReport
from sync.ports import CalendarSource
from sync.sandbox.faults import Fault
from sync.sandbox.in_process import InProcessHttp
from sync.store.links import link
from tests.practice import ANA, Practice
from tests.stories.histories.doom import Doom, Killed
from tests.stories.histories.edits import edit
from tests.stories.histories.hand import CLIENTS, DAY, Hand
from tests.stories.histories.truth import Truth

MINUTE = timedelta(minutes=1)
PLACES = (
    ("Europe/London", datetime(2026, 3, 16, 9, 3, tzinfo=UTC)),  # clocks change on 29 March
    ("America/New_York", datetime(2026, 10, 20, 15, 3, tzinfo=UTC)),  # on 1 November
    ("Australia/Lord_Howe", datetime(2026, 3, 24, 22, 33, tzinfo=UTC)),  # on 5 April, by half an hour
    ("Asia/Kolkata", datetime(2026, 6, 10, 6, 33, tzinfo=UTC)),  # never
    ("Pacific/Auckland", datetime(2026, 9, 14, 21, 3, tzinfo=UTC)),  # on 27 September
)

WHOLE: tuple[Fault, ...] = (
    Fault("status", status=503, times=3),
    Fault("status", status=503, times=1),
    Fault("status", status=500, reason="internalError", times=9, operation="events.list"),
    Fault("status", status=429, reason="rateLimitExceeded", times=3, operation="events.list"),
    Fault("status", status=403, reason="quotaExceeded", operation="events.list"),
    Fault("status", status=403, reason="insufficientPermissions"),
    Fault("status", status=404, reason="notFound", operation="events.list"),
    Fault("status", status=410, reason="fullSyncRequired", operation="events.list"),
    Fault("status", status=410, reason="fullSyncRequired", times=9, operation="events.list"),
    Fault("html", operation="events.list"),
    Fault("cut_json", operation="events.list"),
    Fault("disconnect", times=3, operation="events.list"),
    Fault("no_kind"),
    Fault("lost_page"),
    Fault("lost_page", times=9),
    Fault("doubled_page"),
    Fault("doubled_page", times=2),
    Fault("blank_page"),
    Fault("reordered", times=9),
)
"""With these a reading is true and complete, or it fails: in the end not a trace of them may be found."""

PARTIAL: tuple[Fault, ...] = (
    Fault("status", status=503, times=4, operation="events.get"),
    Fault("status", status=503, times=20, operation="events.get"),
    Fault("html", operation="events.get"),
    Fault("cut_json", times=9, operation="events.get"),
    Fault("empty_complete"),
)
"""With these a reading may be kept that lacks something; it is made good by a later one."""


@dataclass(frozen=True)
class Kept:
    """What is recorded of one session in the end."""

    client: str
    starts_at: datetime
    ends_at: datetime
    status: str
    client_declined: bool
    event_id: str
    texts: tuple[str, ...]
    flags: tuple[str, ...]
    aliases: tuple[str, ...]

    def in_short(self) -> tuple[Any, ...] | None:
        """What must be equal even where some readings lacked something; None if that is nothing.

        Of a cancelled hour this is what was written about it: it may be that it was never seen, or not
        where it was last.
        """
        if self.status == "cancelled":
            return (self.client, self.texts) if self.texts else None
        return (self.client, self.texts, self.starts_at, self.ends_at, self.status, self.event_id)


@dataclass(frozen=True)
class Outcome:
    """What is recorded in the end, and at which moments the calendar was read completely."""

    sessions: tuple[Kept, ...]
    read_at: tuple[datetime, ...]
    told: tuple[str, ...]

    def in_short(self) -> Counter[tuple[Any, ...]]:
        """What must be equal even where some readings lacked something."""
        return Counter(short for one in self.sessions if (short := one.in_short()) is not None)


def in_process(practice: Practice, doom: Doom) -> CalendarSource:
    """Google's own client library over the sandbox, without sockets."""

    def http() -> httplib2.Http:
        over = InProcessHttp(practice.world, practice.faults, practice.requests, account=ANA)
        return cast(httplib2.Http, over)

    credentials = AnonymousCredentials()  # type: ignore[no-untyped-call] # typed in part only
    return GoogleCalendar(credentials, None, doom.over(http))


@dataclass
class History:
    """One history in one practice. With `trouble`, what goes wrong; else it is read at `only_at` alone."""

    practice: Practice
    hand: Hand
    trouble: Random | None
    faults: tuple[Fault, ...] = WHOLE
    only_at: tuple[datetime, ...] = ()
    source_of: Callable[[Practice, Doom], CalendarSource] = in_process
    doom: Doom = field(default_factory=Doom)
    read_at: list[datetime] = field(default_factory=list)

    def live(self, rounds: int) -> Outcome:
        """Live through so many rounds of edits; in between nothing is edited, and time goes by."""
        truth = Truth(self.practice, self.hand)
        if self.trouble is not None:
            self.restart()  # from here on the app may end at any moment
        for name in CLIENTS:
            self.practice.client(name)
        for _ in range(3):
            edit(self.hand)
        for _ in range(rounds):
            for _ in range(self.hand.random.choice((1, 1, 2, 3))):
                edit(self.hand)
                self.practice.clock.forward(minutes=1)
                self._read()
            self._settle()
            if self.trouble is not None:
                truth.check()
            truth.write()
            self._let_time_go_by(truth)
        self._read_calmly()
        if self.trouble is not None:
            truth.check()
            self._check_letters()
        return Outcome(tuple(self._recorded()), tuple(self.read_at), tuple(self.hand.told))

    def _let_time_go_by(self, truth: Truth) -> None:
        """To the third minute of some hour; with a look when the next hour is near."""
        hours = self.hand.random.choice((1, 2, 5, 24, 30, 70, 150))
        until = self.hand.now.replace(minute=self.hand.minute) + timedelta(hours=hours)
        truth.let_begin(until)
        near = [one.starts_at for one in self.hand.agreed(self.hand.now, until)]
        if near and min(near) - 50 * MINUTE > self.hand.now:
            self.practice.clock.set(min(near) - 50 * MINUTE)
            self.practice.once()
        self.practice.clock.set(until)

    def _settle(self) -> None:
        """Everything works again, and 22 minutes later there is nothing left to find out."""
        self.practice.faults.clear()
        self.practice.clock.forward(minutes=11)
        settled = self._state(self.practice.once(full=True)) == "fine"
        self.practice.clock.forward(minutes=11)
        if not settled:
            self._read_calmly()

    def _read_calmly(self) -> None:
        assert "fine" == self._state(self.practice.once(full=True))

    def _state(self, report: PassReport) -> str:
        [calendar] = report.calendars
        return calendar.status

    def _read(self) -> None:
        if self.trouble is not None:
            self._read_in_trouble(self.trouble)
        elif self.hand.now in self.only_at:
            self.practice.once()

    def _read_in_trouble(self, random: Random) -> None:
        """One reading, with faults on the way; perhaps the process ends in it, and another goes on."""
        if random.random() < 0.7:
            for fault in random.sample(self.faults, random.choice((1, 1, 2))):
                self.practice.faults.add(replace(fault, after=random.choice((0, 0, 0, 1, 2, 3, 5))))
        end = random.random()
        if end < 0.1:
            self.doom.requests = random.randrange(6)
        elif end < 0.25:
            self.doom.commits = random.randrange(6)
        before = self._cancelled()
        try:
            self.practice.once()
        except Killed:
            self.doom.dead = True
        if self.doom.dead or random.random() < 0.1:
            self.restart()
        if self._was_read():
            self.read_at.append(self.hand.now)
        self.doom.requests = self.doom.commits = None
        self.practice.faults.clear()
        agreed = self.hand.agreed(self.hand.now, self.hand.now + 200 * DAY)
        assert set() == (self._cancelled() - before) & {one.event_id for one in agreed}

    def _cancelled(self) -> set[str]:
        """The events of the sessions that are recorded as cancelled."""
        event, session = tables.EventLink, tables.Session
        query = (
            select(event.event_id)
            .join(session, col(session.id) == col(event.session_id))
            .where(col(session.status) == "cancelled", col(event.role) == "current")
        )
        with self.practice.app.reading() as records:
            return set(records.db.exec(query))

    def _was_read(self) -> bool:
        """Whether what was read now is kept."""
        with self.practice.app.reading() as records:
            return link(records, self.practice.link_id).last_read_at == self.hand.now

    def restart(self) -> None:
        """Another process over the same database and calendar."""
        self.practice.app.close()
        self.doom = Doom()
        self.practice.app = app_under(self.practice, self.doom, self.source_of)

    def _recorded(self) -> Iterator[Kept]:
        with self.practice.app.reading() as records:
            links = list(records.db.exec(select(tables.EventLink).order_by(col(tables.EventLink.event_id))))
        found = [
            Kept(
                one.client_name,
                one.starts_at,
                one.ends_at,
                one.status,
                one.client_declined,
                one.event_id,
                self._texts(one),
                tuple(sorted(one.flags)),
                tuple(link.event_id for link in links if link.session_id == one.id and link.role == "alias"),
            )
            for one in self.practice.sessions()
        ]
        yield from sorted(found, key=lambda kept: (kept.starts_at, kept.event_id))

    def _texts(self, session: SessionRecord) -> tuple[str, ...]:
        if session.note_status in (None, "stub", "void"):
            return ()
        return tuple(revision.body for revision in note_history(self.practice.app, session.id))

    def _check_letters(self) -> None:
        """One briefing for one session and start; a second copy of it only where the first was in doubt."""
        with self.practice.app.reading() as records:
            mail = tables.Message
            rows = list(records.db.exec(select(mail).where(col(mail.kind) == "briefing")))
        assert {1} >= set(Counter((row.about_id, row.about_at) for row in rows).values())
        copies = Counter(letter.message_id for letter in self.practice.inbox.letters)
        assert {1, 2} >= set(copies.values())


def app_under(practice: Practice, doom: Doom, source_of: Callable[[Practice, Doom], CalendarSource]) -> App:
    """The practice's app as a process that may end at any moment."""
    app = open_app(
        practice.app.settings,
        practice.clock,
        open_source=lambda _s, _c: source_of(practice, doom),
        mailer=practice.inbox,
    )
    doom.upon(app)
    return app
