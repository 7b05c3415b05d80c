"""Shows what a pass did, in words or as JSON."""

import sys

import click

from sync.app import App
from sync.commands.showing import local, show_json, show_text
from sync.errors import LINK_ONE
from sync.jobs.reports import PassReport
from sync.store.clients import clients

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


MANY_STRANGERS = 20
FEW_CLIENTS = 5
"""With fewer clients than that, and so many events of nobody's, names are probably still to be added."""


def show_report(app: App, report: PassReport, *, as_json: bool, rehearsed: bool) -> None:
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
            last = local(calendar.synced_at, app.settings.practice.time_zone)
            said = f"A calendar could not be read ({last} was the last time): {calendar.trouble}."
            show_text(said, err=True)
            if calendar.advice:
                show_text(calendar.advice, "  ", err=True)
        elif calendar.status == "suspect":
            click.echo("Many appointments are missing at once, so nothing was cancelled.", err=True)
            click.echo("  If that is right, run `practice-sync pull --accept-empty`.", err=True)
    if not report.calendars:
        click.echo("No calendar is linked yet.", err=True)
        show_text(LINK_ONE, "  ", err=True)
    if report.counts["skipped"] >= MANY_STRANGERS and _knows_few(app):
        show_text("Few clients are known yet. To see who comes back: practice-sync clients suggest")


def _knows_few(app: App) -> bool:
    with app.reading() as records:
        return len(clients(records)) < FEW_CLIENTS


def _read(report: PassReport) -> str:
    read, skipped = report.counts["events_read"], report.counts["skipped"]
    if not read:
        return "Nothing new in the calendar."
    return f"{read} events read" + (f", {skipped} of them not about a client." if skipped else ".")


def end_with(report: PassReport) -> None:
    """End with exit code 1 when something needs a person."""
    if report.failed:
        sys.exit(1)
