"""Rehearses a pass: everything happens as it would, and at the end nothing of it has happened."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from sync.app import App
from sync.jobs.reports import PassReport
from sync.ports import Letter


@dataclass(slots=True)
class _Nowhere:
    """A mailer that takes letters and delivers none."""

    over_network: bool
    letters: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter, handing_over: Callable[[], None]) -> None:
        handing_over()
        self.letters.append(letter)

    def check(self, permission: str = "") -> None:
        """There is nothing that could be wrong."""

    def identity(self, permission: str = "") -> str:  # noqa: ARG002 - a local matter needs none
        """Nobody signs in."""
        return ""

    def close(self) -> None:
        """There is nothing to give back."""


def rehearse(
    app: App, now: datetime, work: Callable[[App, datetime], PassReport]
) -> tuple[PassReport, list[Letter]]:
    """What `work` would do at `now`, and the letters it would send; writes and sends nothing.

    Everything is written into a rehearsal of the database, of which nothing stays.
    """
    nowhere = _Nowhere(app.mailer.over_network)
    with app.db.rehearsal() as db:
        report = work(replace(app, db=db, clock=lambda: now, mailer=nowhere), now)
    return report, nowhere.letters
