"""`demo`: the whole trip on this machine alone, with invented people."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import click

from sync.app import system_clock
from sync.demo.days import EARLIEST_WEEK
from sync.demo.home import make_home, own_surroundings
from sync.demo.performance import play_demo
from sync.demo.telling import printable, tell


@click.command()
@click.option(
    "--home", "folder", type=click.Path(path_type=Path), help="An empty folder to keep the sample in."
)
@click.option("--no-serve", is_flag=True, help="Only run, and say where things are.")
def demo(folder: Path | None, no_serve: bool) -> None:  # noqa: ARG001  # it serves nothing either way
    """See the whole trip on this machine alone, with invented people.

    A sample practice in a folder of its own, its calendar over real HTTP, records, notes, and briefings
    delivered into a local mail folder. Nothing of yours is read or changed.
    """
    begun = time.monotonic()
    with own_surroundings() as set_aside:
        home = make_home(folder)
        try:
            with _progress() as advance, _stopping_between_weeks() as pause:
                outcome = play_demo(home, system_clock(), lambda: _each(advance, pause))
        except KeyboardInterrupt:
            _say(f"Stopped. What there is of the sample lies in {home.folder}", err=True)
            raise click.exceptions.Exit(130) from None
    for line in tell(outcome, time.monotonic() - begun, set_aside):
        _say(line)


@contextmanager
def _stopping_between_weeks() -> Iterator[Callable[[], None]]:
    """Let Ctrl-C wait, for a moment at most, until it is called: then no transaction is open."""
    asked = Event()
    before = signal.signal(signal.SIGINT, lambda *_: asked.set())

    def pause() -> None:
        if asked.is_set():
            raise KeyboardInterrupt

    try:
        yield pause
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress() -> Iterator[Callable[[], None]]:
    """A bar on standard error while the weeks go by; nothing where that is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415  # most commands need no progress
    from rich.progress import BarColumn, Progress  # noqa: PLC0415

    look = ("{task.description}", BarColumn())
    with Progress(*look, console=Console(stderr=True), transient=True) as bar:
        weeks = bar.add_task("Ten months are going by", total=EARLIEST_WEEK)
        yield lambda: bar.advance(weeks)


def _each(*calls: Callable[[], None]) -> None:
    for call in calls:
        call()


def _say(line: str, *, err: bool = False) -> None:
    stream = sys.stderr if err else sys.stdout
    click.echo(printable(line, stream.encoding or "utf-8"), err=err)
