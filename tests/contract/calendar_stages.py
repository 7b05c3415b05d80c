"""Where the calendar source's contract is played: the fake, Google's client over the sandbox, and a
published calendar over HTTPS."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, Protocol

from sync.adapters.google_calendar import RETRIES, GoogleCalendar
from sync.adapters.google_credentials import StoredCredentials
from sync.adapters.google_sign_in import SCOPES
from sync.domain.calendar.values import Attendee, Event
from sync.errors import CalendarUnreachable
from sync.ports import CalendarSource
from sync.sandbox.faults import Fault, Faults
from sync.sandbox.in_process import InProcessHttp
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World
from tests.adapters.ics.https import https_host
from tests.adapters.ics.publisher import Publisher
from tests.fakes.calendar import FakeSource

CALENDAR, OTHER = "hours@practice.example", "private@practice.example"
GRANTED_AT = "2026-06-10T08:00:00Z"


def clock() -> datetime:
    return datetime(2026, 6, 10, 8, tzinfo=UTC)


class Stage(Protocol):
    """A calendar that two people share: one types into it, the other reads it through `source`."""

    @property
    def source(self) -> CalendarSource: ...
    @property
    def access_role(self) -> str: ...
    def put(
        self, event_id: str, starts_at: datetime, ends_at: datetime, title: str = "", guest: str = ""
    ) -> None: ...
    def put_day(self, event_id: str, day: date, next_day: date) -> None: ...
    def move(self, event_id: str, starts_at: datetime, ends_at: datetime) -> None: ...
    def delete(self, event_id: str) -> None: ...
    def restore(self, event_id: str) -> None: ...
    def expire_tokens(self) -> None: ...
    def remove_calendar(self) -> None: ...
    def cut_off(self) -> None: ...  # for one question


class FakeStage:
    """The fake in memory."""

    access_role = "owner"

    def __init__(self) -> None:
        self.source = self._fake = FakeSource(CALENDAR, OTHER)
        self._typed: dict[str, Event] = {}

    def put(
        self, event_id: str, starts_at: datetime, ends_at: datetime, title: str = "", guest: str = ""
    ) -> None:
        guests = (Attendee(guest, "needsAction"),) if guest else ()
        hour = Event(event_id, starts_at=starts_at, ends_at=ends_at, title=title, attendees=guests, etag="v1")
        self._put(hour)

    def put_day(self, event_id: str, day: date, next_day: date) -> None:
        self._put(Event(event_id, starts_on=day))

    def move(self, event_id: str, starts_at: datetime, ends_at: datetime) -> None:
        self._put(Event(event_id, starts_at=starts_at, ends_at=ends_at))

    def delete(self, event_id: str) -> None:
        self._fake.delete(CALENDAR, event_id)

    def restore(self, event_id: str) -> None:
        self._fake.put(CALENDAR, self._typed[event_id])

    def expire_tokens(self) -> None:
        self._fake.expire_tokens(CALENDAR)

    def remove_calendar(self) -> None:
        self._fake.remove_calendar(CALENDAR)

    def cut_off(self) -> None:
        self._fake.fail_with(CalendarUnreachable("Google could not answer (503)"))

    def _put(self, event: Event) -> None:
        self._typed[event.event_id] = event
        self._fake.put(CALENDAR, event)


class SandboxStage:
    """Google's client library, and a world on this machine behind it."""

    access_role = "owner"

    def __init__(self, world: World, faults: Faults, source: GoogleCalendar) -> None:
        self.source, self.world, self.faults = source, world, faults

    def put(
        self, event_id: str, starts_at: datetime, ends_at: datetime, title: str = "", guest: str = ""
    ) -> None:
        event: dict[str, Any] = {"id": event_id, **_times(starts_at, ends_at), "summary": title}
        if guest:
            event["attendees"] = [{"email": guest}]
        self.world.insert(CALENDAR, event)

    def put_day(self, event_id: str, day: date, next_day: date) -> None:
        days = {"start": {"date": day.isoformat()}, "end": {"date": next_day.isoformat()}}
        self.world.insert(CALENDAR, {"id": event_id, **days})

    def move(self, event_id: str, starts_at: datetime, ends_at: datetime) -> None:
        self.world.move(CALENDAR, event_id, starts_at, ends_at)

    def delete(self, event_id: str) -> None:
        self.world.delete(CALENDAR, event_id)

    def restore(self, event_id: str) -> None:
        self.world.restore(CALENDAR, event_id)

    def expire_tokens(self) -> None:
        self.world.expire_tokens(CALENDAR)

    def remove_calendar(self) -> None:
        self.world.remove_calendar(CALENDAR)

    def cut_off(self) -> None:
        self.faults.add(Fault("status", status=503, times=1 + RETRIES))


def new_world() -> World:
    world = World(clock)
    for calendar_id in (CALENDAR, OTHER):
        world.add_calendar(calendar_id, time_zone="Europe/Berlin", owner=CALENDAR)
    return world


@contextmanager
def fake_stage() -> Iterator[Stage]:
    yield FakeStage()


@contextmanager
def in_process_stage() -> Iterator[Stage]:
    world = new_world()
    http = InProcessHttp(world)
    granted = http.sign_in.grant(CALENDAR, SCOPES)
    secrets = (http.sign_in.client_id, http.sign_in.client_secret, granted["refresh_token"])
    stored = StoredCredentials(*secrets, "https://oauth2.example/token", SCOPES, "1", CALENDAR, GRANTED_AT)
    yield SandboxStage(world, http.faults, GoogleCalendar(stored, http_factory=lambda: http))


@contextmanager
def http_stage() -> Iterator[Stage]:
    world = new_world()
    with Sandbox(world) as sandbox:
        source = GoogleCalendar(stored_by(sandbox), api_root=sandbox.api_root)
        yield SandboxStage(world, sandbox.faults, source)
        source.close()


def stored_by(sandbox: Sandbox, account: str = CALENDAR) -> StoredCredentials:
    """What a sign-in at this sandbox would leave behind."""
    granted = sandbox.grant(account, list(SCOPES))
    names = ("client_id", "client_secret", "refresh_token", "token_uri")
    return StoredCredentials(
        **{name: granted[name] for name in names},
        scopes=SCOPES,
        sub=granted["sub"],
        email=account,
        granted_at=GRANTED_AT,
    )


class PublishedStage:
    """A published calendar, fetched over HTTPS: each calendar has an address of its own.

    By nature such a calendar is only read (`reader`), its file has no trace of what was deleted, and a
    sync token is over when the calendar gets another address.
    """

    access_role = "reader"

    def __init__(self, publisher: Publisher) -> None:
        self.publisher = publisher
        self.source = publisher.source()

    def put(
        self, event_id: str, starts_at: datetime, ends_at: datetime, title: str = "", guest: str = ""
    ) -> None:
        self.publisher.put(CALENDAR, event_id, starts_at, ends_at, title, guest)

    def put_day(self, event_id: str, day: date, next_day: date) -> None:
        self.publisher.put_day(CALENDAR, event_id, day, next_day)

    def move(self, event_id: str, starts_at: datetime, ends_at: datetime) -> None:
        self.publisher.put(CALENDAR, event_id, starts_at, ends_at)

    def delete(self, event_id: str) -> None:
        self.publisher.delete(CALENDAR, event_id)

    def restore(self, event_id: str) -> None:
        self.publisher.restore(CALENDAR, event_id)

    def expire_tokens(self) -> None:
        self.publisher.new_addresses()
        self.source = self.publisher.source()

    def remove_calendar(self) -> None:
        self.publisher.remove(CALENDAR)

    def cut_off(self) -> None:
        self.publisher.break_off()


@contextmanager
def published_stage() -> Iterator[Stage]:
    with https_host() as host:
        yield PublishedStage(Publisher(host, CALENDAR, OTHER))


def _times(starts_at: datetime, ends_at: datetime) -> dict[str, dict[str, str]]:
    return {"start": {"dateTime": starts_at.isoformat()}, "end": {"dateTime": ends_at.isoformat()}}


STAGES = {
    "fake": fake_stage,
    "client in process": in_process_stage,
    "client over HTTP": http_stage,
    "published calendar": published_stage,
}
