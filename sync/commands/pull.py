"""`pull`: read the calendars once."""

import click

from sync.commands.opening import opened_app
from sync.commands.reporting import end_with, show_report
from sync.jobs.pull import pull_all
from sync.jobs.rehearsal import rehearse
from sync.jobs.visit import PullWish


@click.command()
@click.option("--full", is_flag=True, help="Read the whole window, whether or not anything changed.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--accept-empty", is_flag=True, help="Many appointments are missing, and that is right so.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def pull(full: bool, dry_run: bool, accept_empty: bool, as_json: bool) -> None:
    """Read the calendars once."""
    wish = PullWish(full, accept_empty)
    with opened_app() as app:
        if dry_run:
            report, _ = rehearse(app, app.now(), lambda a, now: pull_all(a, now, wish))
        else:
            report = pull_all(app, app.now(), wish)
        show_report(app, report, as_json=as_json, rehearsed=dry_run)
    end_with(report)
