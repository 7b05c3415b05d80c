"""Asks 1,000 linked calendars whether anything is new, each answer 80 ms away: how long, how much memory."""

import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from bench.figures import Figure, Pair
from bench.ground import NOW, READING, Served
from sync.adapters.google_credentials import StoredCredentials
from sync.app import open_app
from sync.jobs.pull import FINGERPRINT, pull_all
from sync.sandbox.faults import Fault
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World
from sync.settings import load_settings
from sync.setup import set_up
from sync.store.links import LinkWish, SignIn, keep_account, keep_link, note_reading
from sync.store.practitioners import add_practitioner

CALENDARS = 1000
LATENCY_SECONDS = 0.08
LIMIT_SECONDS, LIMIT_MB = 30.0, 300.0


def figures(runs: int) -> list[Figure]:
    """A first round of a fresh process, which needs an access token for each account; a later one; memory."""
    first, later, memory = [], [], []
    with _served() as grounds, tempfile.TemporaryDirectory(prefix="practice-sync-bench-") as folder:
        home = _linked(Path(folder), grounds)
        for _ in range(min(runs, 3)):
            command = [sys.executable, "-m", "bench.many", str(home)]
            asked = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            print(f"CPU seconds of first and later round: {asked['cpu']}", file=sys.stderr)
            first.append(Pair(asked["seconds"][0], LIMIT_SECONDS))
            later.append(Pair(asked["seconds"][1], LIMIT_SECONDS))
            memory.append(Pair(asked["megabytes"], LIMIT_MB))
    name = f"{CALENDARS} calendars asked, {LATENCY_SECONDS * 1000:.0f} ms away"
    return [
        Figure(f"{name}, first round of a process, s / 30 s", first, 1.0),
        Figure(f"{name}, later round, s / 30 s", later, 1.0),
        Figure(f"{name}, MB / 300 MB", memory, 1.0),
    ]


def _address(number: int) -> str:
    return f"p{number}@practice.example"


def _serve(told: Connection) -> None:
    world = World(lambda: NOW)
    for number in range(CALENDARS):
        world.add_calendar(_address(number), time_zone="Europe/London", owner=_address(number))
    names = ("access_token", "refresh_token", "token_uri", "client_id", "client_secret")
    with Sandbox(world) as sandbox:
        granted = [
            sandbox.grant(_address(number), ["openid", "email", READING]) for number in range(CALENDARS)
        ]
        told.send([Served(sandbox.api_root, *(each[name] for name in names)) for each in granted])
        told.recv()  # until everything is linked
        for operation in ("events.list", "token"):
            sandbox.faults.add(Fault("slow", times=None, operation=operation, seconds=LATENCY_SECONDS))
        told.send("slow from now on")
        told.recv()  # until the other side is done


@contextmanager
def _served() -> Iterator[tuple[list[Served], Connection]]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    yield ours.recv(), ours
    ours.send("done")
    process.join(10)


def _linked(folder: Path, served: tuple[list[Served], Connection]) -> Path:
    """A home in which every calendar was read a minute ago."""
    grounds, told = served
    home = folder / "home"
    home.mkdir()
    (home / "settings.toml").write_text(
        f'[key]\nplace = "file"\nfile = "{folder}/keys/key"\n[google]\napi_root = "{grounds[0].api_root}"\n'
    )
    set_up(home, NOW)
    app = open_app(load_settings(home, {"PRACTICE_SYNC_PRACTICE__TIME_ZONE": "Europe/London"}), lambda: NOW)
    linked = []
    with app.writing() as records:
        for number, ground in enumerate(grounds):
            who = _address(number)
            stored = StoredCredentials(
                ground.client_id,
                ground.client_secret,
                ground.refresh_token,
                ground.token_uri,
                (READING,),
                str(number),
                who,
                NOW.isoformat(),
            ).to_json()
            person = add_practitioner(records, f"Person {number}", who, NOW)
            account = keep_account(records, person.id, SignIn("google", str(number), who, stored), NOW)
            linked.append((keep_link(records, account, person.id, LinkWish(who), NOW), who, account, stored))
    tokens = [app.open_source(app.settings, each[3]).ring(each[1], None).sync_token for each in linked]
    with app.writing() as records:
        for (link_id, *_), token in zip(linked, tokens, strict=True):
            read = ("Europe/London", "owner")
            note_reading(
                records, link_id, NOW, sync_token=token, token_fingerprint=FINGERPRINT, snapshot=read
            )
    app.close()
    told.send("linked")
    told.recv()
    return home


def _ask(home: Path) -> None:
    """In a process of its own: two rounds, and what they took."""
    settings = load_settings(home, {"PRACTICE_SYNC_PRACTICE__TIME_ZONE": "Europe/London"})
    app = open_app(settings, lambda: NOW)
    seconds, cpu = [], []
    for round_number in (1, 2):
        began, worked = time.perf_counter(), time.process_time()
        report = pull_all(app, NOW + timedelta(minutes=round_number))
        seconds.append(time.perf_counter() - began)
        cpu.append(time.process_time() - worked)
        assert [(each.status, each.full) for each in report.calendars] == [("fine", False)] * CALENDARS, (
            report
        )
    status = Path(f"/proc/{os.getpid()}/status").read_text()
    [peak] = [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")]
    app.close()
    print(json.dumps({"seconds": seconds, "cpu": cpu, "megabytes": peak}))


if __name__ == "__main__":
    _ask(Path(sys.argv[1]))
