"""The attendance report as a table for a spreadsheet, in which no cell is taken for a formula."""

import csv
import io
from datetime import date

from sync.domain.attendance.fates import Fate
from sync.domain.attendance.report import ClientSeen, Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), in full width too."""

COLUMNS = (
    *("practitioner", "client", "standing", "from", "to"),
    *(str(fate) for fate in Fate if fate is not Fate.AHEAD),
    *("assumed", "moved", "late_changes", "last_kept", "next_booked", "days_since_last_kept"),
    *("every_days", "every_days_agreed", "flags"),
)


def csv_of(report: Report) -> str:
    """One row for each client; days as `2026-06-16`, lines end as RFC 4180 has it."""
    names = any(client.name for section in report.sections for client in section.clients)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*COLUMNS, "name") if names else COLUMNS)
    for section in report.sections:
        for client in section.clients:
            row = [section.practitioner, client.code, *_told(client, report)]
            writer.writerow([as_text(cell) for cell in ([*row, client.name] if names else row)])
    return text.getvalue()


def as_text(cell: object) -> object:
    """A cell that a spreadsheet shows as it stands: what looks like a formula has an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _told(client: ClientSeen, report: Report) -> list[object]:
    view, tally = client.view, client.tally
    spacing, kept = view.rhythm.spacing, view.rhythm.kept
    return [
        str(view.standing),
        _iso(report.days.first),
        _iso(report.days.last),
        *(getattr(tally, str(fate)) for fate in Fate if fate is not Fate.AHEAD),
        tally.assumed,
        tally.moved,
        tally.late_changes,
        _iso(kept[-1].day) if kept else "",
        _iso(view.next_booked.day) if view.next_booked else "",
        "" if view.rhythm.open_days is None else view.rhythm.open_days,
        "" if spacing is None else spacing.days,
        "" if spacing is None else "yes" if spacing.said else "no",
        " ".join(flag.name for flag in client.flags),
    ]


def _iso(day: date) -> str:
    return day.isoformat()
