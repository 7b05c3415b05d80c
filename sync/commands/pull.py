"""`pull`: read the calendars once."""

from datetime import datetime

import click

from sync.app import App
from sync.commands.opening import opened_app
from sync.commands.reporting import end_with, noted_what_waits, show_report
from sync.jobs.pull import pull_all
from sync.jobs.rehearsal import rehearse
from sync.jobs.reports import PassReport
from sync.jobs.visit import PullWish


@click.command()
@click.option("--full", is_flag=True, help="Read the whole window, whether or not anything changed.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--accept-empty", is_flag=True, help="Many appointments are missing, and that is right so.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def pull(full: bool, dry_run: bool, accept_empty: bool, as_json: bool) -> None:
    """Read the calendars once."""
    wish = PullWish(full, accept_empty)

    def read(app: App, now: datetime) -> PassReport:
        return noted_what_waits(app, pull_all(app, now, wish), now)

    with opened_app() as app:
        report = rehearse(app, app.now(), read)[0] if dry_run else read(app, app.now())
        show_report(app, report, as_json=as_json, rehearsed=dry_run)
    end_with(report)
