"""Shows what a pass did, in words or as JSON."""

import sys

import click

from sync.commands.showing import local, show_json
from sync.jobs.reports import PassReport

_WORDS = (
    ("created", "new session(s)"),
    ("moved", "moved"),
    ("cancelled", "cancelled"),
    ("restored", "restored"),
    ("unmatched", "new in the inbox"),
    ("stubs", "note stub(s) laid"),
    ("briefings_sent", "briefing(s) sent"),
    ("briefings_failed", "briefing(s) not delivered"),
)


def show_report(report: PassReport, *, as_json: bool, time_zone: str, rehearsed: bool) -> None:
    """Print a report; a rehearsal says that nothing was written or sent."""
    if as_json:
        show_json(report.as_json())
        return
    if rehearsed:
        click.echo("A rehearsal: nothing was written or sent. It would be:")
    click.echo(_read(report))
    for name, words in _WORDS:
        if report.counts[name]:
            click.echo(f"{report.counts[name]:>5} {words}")
    for calendar in report.calendars:
        if calendar.status == "busy":
            click.echo("A calendar is being read by another process just now.", err=True)
        elif calendar.trouble:
            last = local(calendar.synced_at, time_zone)
            click.echo(
                f"A calendar could not be read ({last} was the last time): {calendar.trouble}.", err=True
            )
            click.echo(f"  {calendar.advice}", err=True)
        elif calendar.status == "suspect":
            click.echo("Many appointments are missing at once, so nothing was cancelled.", err=True)
            click.echo("  If that is right, run `practice-sync pull --accept-empty`.", err=True)
    if not report.calendars:
        click.echo("No calendar is linked yet.", err=True)
        click.echo("  Run `practice-sync connect google --client-secrets FILE`.", err=True)


def _read(report: PassReport) -> str:
    read, skipped = report.counts["events_read"], report.counts["skipped"]
    if not read:
        return "Nothing new in the calendar."
    return f"{read} events read" + (f", {skipped} of them not about a client." if skipped else ".")


def end_with(report: PassReport) -> None:
    """End with exit code 1 when something needs a person."""
    if report.failed:
        sys.exit(1)
