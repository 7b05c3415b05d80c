"""Shows what a pass did, in words or as JSON."""

import sys
from datetime import datetime

import click

from sync.app import App
from sync.commands.showing import local, show_json, show_text
from sync.domain.calendar.absence import SECOND_LOOK
from sync.domain.calendar.links import LinkState
from sync.domain.phrasing import counted
from sync.errors import LINK_ONE
from sync.jobs.reports import PassReport
from sync.store.clients import clients
from sync.store.flags import count_waiting
from sync.store.links import links
from sync.store.missing import missing_ahead

_WORDS = (
    ("created", "new session", "new sessions"),
    ("moved", "moved", "moved"),
    ("cancelled", "cancelled", "cancelled"),
    ("restored", "restored", "restored"),
    ("unmatched", "new in the inbox", "new in the inbox"),
    ("stubs", "note stub laid", "note stubs laid"),
    ("briefings_sent", "briefing sent", "briefings sent"),
    ("briefings_failed", "briefing not delivered", "briefings not delivered"),
)
"""What is counted, as it is said of one and of more."""


MANY_STRANGERS = 20
FEW_CLIENTS = 5
"""With fewer clients than that, and so many events of nobody's, names are probably still to be added."""


def noted_what_waits(app: App, report: PassReport, now: datetime) -> PassReport:
    """The report of a pass with what waits after it: questions, and hours that are looked for once more."""
    with app.reading() as records:
        report.flags, report.missing = count_waiting(records), len(missing_ahead(records, now))
    return report


def show_report(app: App, report: PassReport, *, as_json: bool, rehearsed: bool) -> None:
    """Print a report; a rehearsal says that nothing was written or sent."""
    if as_json:
        show_json(report.as_json())
        return
    if rehearsed:
        click.echo("A rehearsal: nothing was written or sent. It would be:")
    click.echo(_read(report))
    for name, one, more in _WORDS:
        if report.counts[name]:
            click.echo(f"{report.counts[name]:>5} {one if report.counts[name] == 1 else more}")
    _tell_what_waits(report)
    _tell_calendars(app, report)
    if not report.calendars:
        _tell_nothing_is_read(app)
    _hint_at_strangers(app, report)


def _hint_at_strangers(app: App, report: PassReport) -> None:
    if report.counts["skipped"] >= MANY_STRANGERS and _knows_few(app):
        show_text("Few clients are known yet. To see who comes back: practice-sync clients suggest")


def _tell_what_waits(report: PassReport) -> None:
    """Say what is looked for once more, and what waits for an answer."""
    if report.missing:
        show_text(
            f"{report.missing} missing; looked for again in {SECOND_LOOK.seconds // 60} minutes "
            f"before {'it is' if report.missing == 1 else 'they are'} cancelled",
            "      ",
        )
    if report.flags:
        waits = "waits" if report.flags == 1 else "wait"
        show_text(f"{report.flags} {waits} for your word: practice-sync sessions flags")


def _tell_calendars(app: App, report: PassReport) -> None:
    """Say of each calendar what was in the way."""
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


def _tell_nothing_is_read(app: App) -> None:
    """Say why no calendar was read: none is linked, or all are paused; and what ends that."""
    with app.reading() as records:
        paused = [each.id[:8] for each in links(records) if each.state is LinkState.PAUSED]
    if not paused:
        click.echo("No calendar is linked yet.", err=True)
        show_text(LINK_ONE, "  ", err=True)
        return
    all_of_them = "The calendar is" if len(paused) == 1 else f"All {len(paused)} calendars are"
    click.echo(f"{all_of_them} paused, so nothing was read.", err=True)
    for each in paused:
        click.echo(f"  To go on: practice-sync connections resume {each}", err=True)


def _knows_few(app: App) -> bool:
    with app.reading() as records:
        return len(clients(records)) < FEW_CLIENTS


def _read(report: PassReport) -> str:
    read, skipped = report.counts["events_read"], report.counts["skipped"]
    if not read:
        return "Nothing new in the calendar."
    return counted(read, "event") + " read" + (f", {skipped} of them not about a client." if skipped else ".")


def end_with(report: PassReport) -> None:
    """End with exit code 1 when something needs a person."""
    if report.failed:
        sys.exit(1)
