"""Shows what an import of the past made, or would make: in words and tables, or as JSON without titles."""

import textwrap
from typing import Any
from zoneinfo import ZoneInfo

import click

from sync.commands.showing import show_table, show_text
from sync.domain.attendance.states import CANCELLED, HELD, NO_SHOW, SCHEDULED
from sync.domain.briefing.display import one_line
from sync.domain.phrasing import counted
from sync.jobs.history_report import HistoryReport

_STATUSES = {HELD: "held", CANCELLED: "cancelled", NO_SHOW: "no_show", SCHEDULED: "unconfirmed"}
"""The statuses as they are stored, and as they are shown of hours that are over."""

_HEADINGS = ["Year", "Held", "Cancelled", "No-show", "Not certain"]
TITLES = 10
LONGEST = 50


def show_past(report: HistoryReport, link: str, *, rehearsed: bool) -> None:
    """Print a report; titles are shown here and nowhere else. `link` is the start of the connection's id."""
    zone = ZoneInfo(report.time_zone)
    if rehearsed:
        click.echo("A rehearsal: nothing was written. It would be:")
    since, until = (moment.astimezone(zone) for moment in (report.since, report.read_to))
    show_text(
        f"{counted(report.events_read, 'event')} read, from {since:%a %d %b %Y} to {until:%a %d %b %Y}; "
        f"{report.known} {'has its' if report.known == 1 else 'have their'} session already."
    )
    if report.sessions:
        show_table(_HEADINGS, _years(report), "")
        show_text(_clients(report))
    else:
        click.echo("No session is new in it.")
    _show_unmatched(report, link, rehearsed=rehearsed)
    if report.busy:
        show_text("Another process reads this calendar just now; the worker goes on with it.", err=True)


def _years(report: HistoryReport) -> list[list[str]]:
    years = sorted({year for year, _ in report.made})
    return [[str(year), *(str(report.made[year, status]) for status in _STATUSES)] for year in years]


def _clients(report: HistoryReport) -> str:
    """How many sessions each client has, by code, the most first."""
    new = report.new_clients
    each = [
        f"{report.codes.get(client, '–')}{' (new)' if client in new else ''} {number}"
        for client, number in report.clients.most_common()
    ]
    made = f"; {len(new)} of them new" if new else ""
    whose = counted(len(report.clients), "client")
    return f"{counted(report.sessions, 'session')} of {whose}{made}: {', '.join(each)}"


def _show_unmatched(report: HistoryReport, link: str, *, rehearsed: bool) -> None:
    if not report.uncertain + report.unmatched:
        return
    show_text(
        f"{counted(report.uncertain, 'hour')} {'was' if report.uncertain == 1 else 'were'} not certain "
        f"and {report.unmatched} named nobody known; "
        "nothing is kept of them."
    )
    if report.titles:
        click.echo("Their most frequent titles, shown here only:")
    for title, number in report.titles.most_common(TITLES):
        click.echo(f"{number:>6}  {textwrap.shorten(one_line(title), LONGEST, placeholder=' …')}")
    first = rehearsed and not link
    show_text(
        "If clients are among them, add them (`practice-sync clients add`, `clients alias`; "
        "`practice-sync clients suggest` proposes some)" + (" first." if first else ", then run:")
    )
    if not first:
        click.echo(f"  practice-sync connections history {link} --again")


def past_json(report: HistoryReport, *, rehearsed: bool) -> dict[str, Any]:
    """Counts alone; what is uncertain has no title here, for JSON is there to be kept."""
    years = sorted({year for year, _ in report.made})
    return {
        "rehearsed": rehearsed,
        "since": report.since,
        "read_to": report.read_to,
        "done": report.done,
        "events_read": report.events_read,
        "created": report.sessions,
        "known": report.known,
        "skipped": report.skipped,
        "uncertain": report.uncertain,
        "unmatched": report.unmatched,
        "new_clients": len(report.new_clients),
        "years": [
            {"year": year} | {shown: report.made[year, status] for status, shown in _STATUSES.items()}
            for year in years
        ],
        "clients": [
            {"code": report.codes.get(client), "sessions": number, "new": client in report.new_clients}
            for client, number in report.clients.most_common()
        ],
    }
