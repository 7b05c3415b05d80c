"""How long 500 briefings due at 08:00 take to a local mail server, on one connection, and how much memory.

A hundred practitioners have five sessions at 09:00 each, every client a year of notes. The mail server
(aiosmtpd) runs in a process of its own; reading each event again is answered at once, within this one.
"""

import multiprocessing
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from google.auth.credentials import AnonymousCredentials

from bench.figures import Figure, Pair
from bench.ground import NOW, client_name
from sync.adapters.google_calendar import GoogleCalendar
from sync.adapters.google_connections import GoogleConnections
from sync.app import App, open_app
from sync.jobs.notes import write_note
from sync.jobs.outbox import send_due
from sync.jobs.pull import pull_all
from sync.jobs.reports import PassReport
from sync.ports import CalendarSource, Letter, Mailer
from sync.sandbox.in_process import InProcessHttp
from sync.sandbox.world import World
from sync.settings import load_settings
from sync.setup import set_up
from sync.store.clients import add_client
from sync.store.links import LinkWish, SignIn, keep_account, keep_link
from sync.store.practitioners import add_practitioner
from sync.store.sessions import SessionFilter, session_records

PEOPLE, EACH = 100, 5
NOTES = 3
LIMIT_SECONDS = 60.0
LIMIT_GROWTH_MB = 20.0
NOTE = """## Data
Anxiety: {rating}/10
She said: "It was easier to say no this week."
## Plan
Try the breathing exercise each evening.
"""


class _Box:
    """Counts the mails, and the connections that they came over."""

    def __init__(self) -> None:
        self.mails = 0
        self.connections: set[int] = set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - its name and call there
        self.mails += 1
        self.connections.add(cast(tuple[str, int], session.peer)[1])
        return "250 kept"


class _AnyPort(Controller):
    """A controller that takes whatever port is free."""

    def _trigger_server(self) -> None:
        self.port = cast(Any, self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # untyped there


def _serve(told: Connection) -> None:
    box = _Box()
    controller = _AnyPort(box, hostname="127.0.0.1", port=0)
    controller.start()
    told.send(controller.port)
    told.recv()  # until the other side is done
    told.send((box.mails, len(box.connections)))
    controller.stop()


def figures(runs: int) -> list[Figure]:
    """The seconds, the connections that they took, and how much memory grew from the first hundred on."""
    measured = [_measure() for _ in range(runs)]
    return [
        Figure("500 briefings by SMTP / 60 s", [Pair(each[0], LIMIT_SECONDS) for each in measured], 1.0),
        Figure("connections for them / 1", [Pair(each[1], 1.0) for each in measured], 1.0),
        Figure(
            "memory that grew meanwhile / 20 MB", [Pair(each[2], LIMIT_GROWTH_MB) for each in measured], 1.0
        ),
    ]


def _measure() -> tuple[float, float, float]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    with _practice(ours.recv()) as app:
        due = NOW + timedelta(days=1)
        app.clock = lambda: due
        watched = app.mailer = _Watched(app.mailer)
        began = time.perf_counter()
        report = PassReport()
        send_due(app, due, report.counts)
        seconds = time.perf_counter() - began
    ours.send("done")
    mails, connections = ours.recv()
    server.join(10)
    if (report.counts["briefings_sent"], mails) != (PEOPLE * EACH, PEOPLE * EACH):
        raise AssertionError(f"{mails} mails arrived")
    return seconds, float(connections), max(watched.resident[1:]) - watched.resident[0]


class _Watched:
    """A mailer that notes the resident memory at every hundredth letter."""

    over_network = False

    def __init__(self, mailer: Mailer) -> None:
        self._mailer = mailer
        self._count = 0
        self.resident: list[float] = []

    def send(self, letter: Letter, handing_over: Callable[[], None]) -> str | None:
        self._count += 1
        if self._count % 100 == 0:
            self.resident.append(_resident_mb())
        return self._mailer.send(letter, handing_over)

    def check(self, permission: str = "") -> None:
        self._mailer.check(permission)

    def identity(self, permission: str = "") -> str:
        return self._mailer.identity(permission)

    def close(self) -> None:
        self._mailer.close()


def _resident_mb() -> float:
    status = Path("/proc/self/status").read_text()
    [kilobytes] = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
    return int(kilobytes) / 1024


@contextmanager
def _practice(port: int) -> Iterator[App]:
    """Sessions at 09:00 tomorrow, and weekly ones before, of which the last have notes."""
    world = World(lambda: NOW)
    with tempfile.TemporaryDirectory(prefix="practice-sync-bench-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        (home / "settings.toml").write_text(
            f'[key]\nplace = "file"\nfile = "{folder}/keys/key"\n[mail]\ntransport = "smtp"\n'
            f'smtp_host = "127.0.0.1"\nsmtp_port = {port}\nsmtp_security = "none"\n'
        )
        set_up(home, NOW)
        settings = load_settings(home, {"PRACTICE_SYNC_PRACTICE__TIME_ZONE": "UTC"})
        # As in the program, all accounts share what takes a megabyte.
        shared = GoogleConnections(None, lambda: InProcessHttp(world))
        app = open_app(settings, lambda: NOW, open_source=lambda _settings, _kept: _source(shared))
        for number in range(PEOPLE):
            _person(app, world, f"p{number}@practice.example")
        pull_all(app, NOW)
        _write_notes(app)
        yield app
        app.close()


def _source(connections: GoogleConnections) -> CalendarSource:
    credentials = AnonymousCredentials()  # type: ignore[no-untyped-call] # typed in part only
    return GoogleCalendar(credentials, connections=connections)


def _person(app: App, world: World, address: str) -> None:
    world.add_calendar(address, time_zone="UTC", owner=address)
    with app.writing() as records:
        person = add_practitioner(records, "N. N.", address, NOW)
        account = keep_account(records, person.id, SignIn("google", address, address, address), NOW)
        keep_link(records, account, person.id, LinkWish(address), NOW)
        for number in range(EACH):
            add_client(records, person.id, client_name(number), NOW, code=f"{address[:-17]}C{number}")
    tomorrow = NOW + timedelta(days=1, hours=1)
    for number in range(EACH):
        for days in (0, -3, -6, -9):
            start = tomorrow + timedelta(days=days)
            world.insert(
                address,
                {
                    "summary": client_name(number),
                    "start": {"dateTime": start.isoformat()},
                    "end": {"dateTime": (start + timedelta(minutes=50)).isoformat()},
                },
            )


def _write_notes(app: App) -> None:
    with app.reading() as records:
        past = [each for each in session_records(records, SessionFilter(), NOW) if each.starts_at < NOW]
    for number, session in enumerate(past):
        write_note(app, session.id, NOTE.format(rating=3 + number % 5), NOW)
