"""The worker, as a process of its own: it does the rounds, and stops cleanly when told to."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Door, in_hours

SCRIPT = Path(sys.executable).with_name("practice-sync")


def until(holds: Callable[[], bool], seconds: float = 30) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if holds():
            return True
        time.sleep(0.1)
    return False


def test_the_worker_reads_mails_and_stops_cleanly_on_sigterm(door: Door) -> None:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(0.5))
    new = door.home / "mail" / "new"
    log = door.home.parent / "worker.log"

    with log.open("wb") as written:
        worker = subprocess.Popen([SCRIPT, "work"], stderr=written)
    try:
        delivered = until(lambda: new.is_dir() and len(list(new.iterdir())) == 1)
        worker.send_signal(signal.SIGTERM)
        ended = worker.wait(20)
    finally:
        worker.kill()

    said = log.read_text()
    assert delivered, said
    assert 0 == ended
    assert said.rstrip().endswith("stopped")
    assert "Bloggs" not in said
    assert "practice.example" not in said
    assert "0 briefings" not in said


def test_a_worker_that_cannot_start_says_why_and_ends(door: Door) -> None:
    ended = subprocess.run([SCRIPT, "work"], capture_output=True, timeout=30, check=False)

    assert 1 == ended.returncode
    assert b"practice-sync init" in ended.stderr
    assert b"Traceback" not in ended.stderr
