"""A practice for the tests: a calendar in the sandbox, an app over it, a clock that is set by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import httplib2
from google.auth.credentials import AnonymousCredentials

from sync.adapters.google_calendar import GoogleCalendar
from sync.app import App, open_app
from sync.domain.people import Client
from sync.domain.session_record import SessionRecord
from sync.jobs.once import run_once
from sync.jobs.reports import PassReport
from sync.jobs.visit import PullWish
from sync.ports import CalendarSource, Letter
from sync.sandbox.faults import Faults
from sync.sandbox.http import Recorded
from sync.sandbox.in_process import InProcessHttp
from sync.sandbox.world import World
from sync.settings import Settings, load_settings
from sync.setup import set_up
from sync.store.clients import ADDRESS, ALIAS, add_alias, add_client
from sync.store.links import LinkWish, SignIn, keep_account, keep_link
from sync.store.practitioners import add_practitioner
from sync.store.sessions import SessionFilter, session_records
from tests.migrated import lay_migrated

ANA = "ana@practice.example"
WEDNESDAY = datetime(2026, 6, 10, 8, 0, tzinfo=UTC)


@dataclass
class HandClock:
    """A clock that stands still until it is set."""

    now: datetime = WEDNESDAY

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: datetime) -> None:
        self.now = now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Inbox:
    """A mailer that keeps what it is given, or fails as it is told to."""

    over_network: bool = False
    letters: list[Letter] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    after_hand_over: list[Exception] = field(default_factory=list)
    rounds: int = 0
    password: str = "secret"

    def check(self, permission: str = "") -> None:
        if self.failures:
            raise self.failures[0]

    def identity(self, permission: str = "") -> str:
        return self.password + permission

    def close(self) -> None:
        self.rounds += 1

    def send(self, letter: Letter, handing_over: Any) -> None:
        if self.failures:
            raise self.failures.pop(0)
        handing_over()
        self.letters.append(letter)
        if self.after_hand_over:
            raise self.after_hand_over.pop(0)


@dataclass
class Practice:
    """One practitioner, Ana, with one calendar in the sandbox, linked."""

    app: App
    world: World
    clock: HandClock
    inbox: Inbox
    faults: Faults
    requests: list[Recorded]
    practitioner_id: str
    link_id: str
    calendar_id: str = ANA
    given_back: list[str] = field(default_factory=list)

    def put(self, title: str, start: datetime, minutes: int = 50, **more: Any) -> str:
        """Type an appointment into the calendar; its event id."""
        event: dict[str, Any] = {
            "summary": title,
            "start": {"dateTime": start.isoformat(), "timeZone": "Europe/London"},
            "end": {
                "dateTime": (start + timedelta(minutes=minutes)).isoformat(),
                "timeZone": "Europe/London",
            },
            **more,
        }
        return self.world.insert(self.calendar_id, event)

    def client(self, name: str, *aliases: str, addresses: tuple[str, ...] = (), **more: Any) -> Client:
        """Add a client."""
        with self.app.writing() as records:
            client = add_client(records, self.practitioner_id, name, self.clock(), **more)
            for alias in aliases:
                add_alias(records, client.id, ALIAS, alias, self.clock())
            for address in addresses:
                add_alias(records, client.id, ADDRESS, address, self.clock())
        return client

    def once(self, **wish: bool) -> PassReport:
        """One pass at the clock's moment."""
        return run_once(self.app, self.clock(), PullWish(**wish))

    def sessions(self, **wanted: Any) -> list[SessionRecord]:
        """The sessions as they are remembered."""
        with self.app.reading() as records:
            return session_records(records, SessionFilter(**wanted), self.clock())

    def the_session(self) -> SessionRecord:
        """The only session there is."""
        [session] = self.sessions()
        return session


def open_practice(
    tmp_path: Path,
    database_url: str,
    *,
    time_zone: str = "Europe/London",
    settings: Mapping[str, str] | None = None,
    clock: HandClock | None = None,
    dedicated: bool = False,
    title_pattern: str | None = None,
) -> Practice:
    """Set up a practice with Ana and her calendar."""
    clock = clock or HandClock()
    made = ready_settings(tmp_path, database_url, {**usual_in(time_zone), **(settings or {})})
    return practice_in(made, World(clock), clock, LinkWish(ANA, dedicated, title_pattern))


def usual_in(time_zone: str) -> dict[str, str]:
    """What is set for every practice of the tests."""
    return {"PRACTICE_SYNC_PRACTICE__TIME_ZONE": time_zone, "PRACTICE_SYNC_SYNC__CONCURRENCY": "1"}


def practice_in(made: Settings, world: World, clock: HandClock, wish: LinkWish) -> Practice:
    """Ana and her calendar in a home that is set up and empty."""
    world.add_calendar(ANA, time_zone=made.practice.time_zone, owner=ANA)
    faults, requests, inbox = Faults(), list[Recorded](), Inbox()
    given_back: list[str] = []
    app = open_app(
        made,
        clock,
        open_source=lambda _s, _c: source_over(world, faults, requests),
        give_back=lambda _s, credentials: given_back.append(credentials),
        mailer=inbox,
    )
    with app.writing() as records:
        ana = add_practitioner(records, "Ana Okafor", ANA, clock())
        account_id = keep_account(records, ana.id, SignIn("google", "1", ANA, "{}"), clock())
        link_id = keep_link(records, account_id, ana.id, wish, clock())
    return Practice(app, world, clock, inbox, faults, requests, ana.id, link_id, given_back=given_back)


def ready_settings(tmp_path: Path, database_url: str, environ: Mapping[str, str]) -> Settings:
    """Found a home in `tmp_path` with an empty, migrated database."""
    home = tmp_path / "home"
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.toml").write_text(
        f'[key]\nplace = "file"\nfile = "{tmp_path / "keys" / "key"}"\n[database]\nurl = "{database_url}"\n'
    )
    lay_migrated(database_url)
    set_up(home, WEDNESDAY)
    return load_settings(home, {"TZ": "UTC", **environ})


def source_over(world: World, faults: Faults, requests: list[Recorded]) -> CalendarSource:
    """Google's own client library over the sandbox, without sockets."""
    credentials = AnonymousCredentials()  # type: ignore[no-untyped-call] # typed in part only

    def http() -> httplib2.Http:
        return cast(httplib2.Http, InProcessHttp(world, faults, requests, account=ANA))

    return GoogleCalendar(credentials, None, http)
