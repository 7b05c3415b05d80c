"""`once`: one whole pass, or its rehearsal at another moment."""

from datetime import datetime

import click

from sync.commands.meaning import Moment, moment_in
from sync.commands.opening import opened_app
from sync.commands.reporting import end_with, show_report
from sync.jobs.once import run_once
from sync.jobs.rehearsal import rehearse


@click.command()
@click.option("--now", "moment", type=Moment(), help="Rehearse at this moment; nothing is written or sent.")
@click.option("--commit", is_flag=True, help="With --now: do it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def once(moment: datetime | None, commit: bool, as_json: bool) -> None:
    """One whole pass: pull, stubs, due briefings. Made for cron."""
    with opened_app() as app:
        now = app.now() if moment is None else moment_in(app, moment)
        rehearsed = moment is not None and not commit
        if rehearsed:
            report, _ = rehearse(app, now, run_once)
        else:
            report = run_once(app, now)
        show_report(app, report, as_json=as_json, rehearsed=rehearsed)
    end_with(report)
