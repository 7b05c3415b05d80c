"""One whole pass: pull, stubs, what is due. May be run any number of times with any advancing moment."""

from datetime import datetime

from sync.app import App
from sync.jobs.history import go_on_with_histories
from sync.jobs.outbox import send_due
from sync.jobs.pull import pull_all
from sync.jobs.reports import PassReport
from sync.jobs.stubs import lay_missing_stubs
from sync.jobs.visit import PullWish
from sync.store.inbox import drop_old_questions
from sync.store.runs import note_run


def run_once(app: App, now: datetime, wish: PullWish | None = None) -> PassReport:
    """Do all that is to be done at `now` (aware, UTC), and say what was done."""
    report = pull_all(app, now, wish)
    report.counts["stubs"] += lay_missing_stubs(app, now)
    send_due(app, now, report.counts)
    go_on_with_histories(app, now)
    with app.writing() as records:
        drop_old_questions(records, now)
        note_run(records, "pass", now, app.now(), "failed" if report.failed else "fine", report.counts)
    return report
