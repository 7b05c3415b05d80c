"""The ground that pulls are measured on: a sandbox in a process of its own, with many appointments."""

import multiprocessing
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from google.oauth2.credentials import Credentials

from sync.adapters.google_calendar import GoogleCalendar
from sync.app import App, open_app
from sync.ports import CalendarSource
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World
from sync.settings import load_settings
from sync.setup import set_up
from sync.store.clients import add_client
from sync.store.links import LinkWish, SignIn, keep_account, keep_link
from sync.store.practitioners import add_practitioner

ANA = "ana@practice.example"
NOW = datetime(2026, 6, 10, 8, tzinfo=UTC)
CLIENTS = 200
FIRST_NAMES = ("Ada", "Bo", "Cleo", "Dag", "Edda", "Finn", "Gita", "Hugo", "Ines", "Jori")


def client_name(number: int) -> str:
    """The invented name of client `number`."""
    return f"{FIRST_NAMES[number % 10]} Nr{number:03}son"


@dataclass(frozen=True)
class Served:
    """Where the sandbox answers, and what opens it."""

    api_root: str
    access_token: str
    refresh_token: str
    token_uri: str
    client_id: str
    client_secret: str


def _serve(events: int, told: Connection) -> None:
    world = World(lambda: NOW)
    world.add_calendar(ANA, time_zone="Europe/London", owner=ANA)
    begin = NOW - timedelta(days=14)
    for number in range(events):
        start = begin + timedelta(minutes=number * (74 * 24 * 60) // events)
        world.insert(
            ANA,
            {
                "summary": f"{client_name(number % CLIENTS)}",
                "start": {"dateTime": start.isoformat(), "timeZone": "Europe/London"},
                "end": {"dateTime": (start + timedelta(minutes=50)).isoformat(), "timeZone": "Europe/London"},
                "hangoutLink": f"https://meet.example/{number:08}",
            },
        )
    with Sandbox(world) as sandbox:
        granted = sandbox.grant(ANA, ["openid", "email", READING])
        names = ("access_token", "refresh_token", "token_uri", "client_id", "client_secret")
        told.send(Served(sandbox.api_root, *(granted[name] for name in names)))
        told.recv()  # until the other side is done


READING = "https://www.googleapis.com/auth/calendar.events.readonly"


@contextmanager
def served(events: int) -> Iterator[Served]:
    """A sandbox with `events` appointments in the window around `NOW`."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(events, theirs), daemon=True)
    process.start()
    yield ours.recv()
    ours.send("done")
    process.join(10)


def source(ground: Served) -> GoogleCalendar:
    """Google's client library over the sandbox's HTTP."""
    credentials = Credentials(token=ground.access_token)  # type: ignore[no-untyped-call] # typed in part only
    return GoogleCalendar(credentials, ground.api_root)


@contextmanager
def practice(ground: Served) -> Iterator[tuple[App, str]]:
    """A practice whose calendar is the served one; see `practice_over`."""
    with practice_over(lambda: source(ground)) as opened:
        yield opened


@contextmanager
def practice_over(open_source: Callable[[], CalendarSource]) -> Iterator[tuple[App, str]]:
    """A fresh home whose records know every client and no session; the app and the calendar link's id."""
    with tempfile.TemporaryDirectory(prefix="practice-sync-bench-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        key = Path(folder) / "keys" / "key"
        (home / "settings.toml").write_text(f'[key]\nplace = "file"\nfile = "{key}"\n')
        set_up(home, NOW)
        settings = load_settings(home, {"PRACTICE_SYNC_PRACTICE__TIME_ZONE": "Europe/London"})
        app = open_app(settings, lambda: NOW, open_source=lambda _settings, _credentials: open_source())
        with app.writing() as records:
            person = add_practitioner(records, "Ana Okafor", ANA, NOW)
            for number in range(CLIENTS):
                add_client(records, person.id, client_name(number), NOW, code=f"C{number}")
            account = keep_account(records, person.id, SignIn("google", "1", ANA, "{}"), NOW)
            link = keep_link(records, account, person.id, LinkWish(ANA), NOW)
        yield app, link
        app.close()
