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

    def check(self) -> None:
        """There is nothing that could be wrong."""


def rehearse(
    app: App, now: datetime, work: Callable[[App, datetime], PassReport]
) -> tuple[PassReport, list[Letter]]:
    """What `work` would do at `now`, and the letters it would send; writes and sends nothing.

    Everything is written and then undone in one transaction, so a worker that writes meanwhile waits.
    """
    nowhere = _Nowhere(app.mailer.over_network)
    rehearsing = replace(app, clock=lambda: now, mailer=nowhere)
    with app.db.rehearsal():
        report = work(rehearsing, now)
    return report, nowhere.letters
