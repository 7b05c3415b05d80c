"""Bounds what the process that reads a calendar may use, where the system can (not on Windows)."""

import importlib
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import Any

CPU_SECONDS = 10
MEMORY = 512 * 2**20


class TooLong(Exception):
    """A piece of work took more than its time."""


def bound_process() -> None:
    """Ten seconds of the processor and 512 MiB more than now; no file is written."""
    if find_spec("resource") is None:
        return
    resource = importlib.import_module("resource")  # Windows has none
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with (
        suppress(OSError),
        open("/proc/self/statm", encoding="ascii") as statm,
    ):  # Linux; others do not keep it
        most = int(statm.read().split()[0]) * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `TooLong` after so much time of the processor."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _too_long(_signal: int, _frame: Any) -> None:
    raise TooLong("it takes too long to read")
