"""`once`: one whole pass, or its rehearsal at another moment."""

from datetime import datetime

import click

from sync.app import App
from sync.commands.meaning import Moment, moment_in
from sync.commands.opening import opened_app
from sync.commands.reporting import end_with, noted_what_waits, show_report
from sync.jobs.once import run_once
from sync.jobs.rehearsal import rehearse
from sync.jobs.reports import PassReport


@click.command()
@click.option("--now", "moment", type=Moment(), help="Rehearse at this moment; with --commit do it.")
@click.option("--commit", is_flag=True, help="With --now: write and send as if it were that moment.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def once(moment: datetime | None, commit: bool, as_json: bool) -> None:
    """One whole pass: pull, stubs, due briefings. Made for cron."""
    with opened_app() as app:
        now = app.now() if moment is None else moment_in(app, moment)
        rehearsed = moment is not None and not commit
        report = rehearse(app, now, _pass)[0] if rehearsed else _pass(app, now)
        show_report(app, report, as_json=as_json, rehearsed=rehearsed)
    end_with(report)


def _pass(app: App, now: datetime) -> PassReport:
    return noted_what_waits(app, run_once(app, now), now)
