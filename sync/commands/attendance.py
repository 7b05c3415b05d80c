"""`attendance`: the continuity report for whoever looks after it, of codes, counts, dates and flags."""

from datetime import date
from pathlib import Path

import click

from sync.adapters.report_pages import ReportPages
from sync.app import App
from sync.commands.attendance_csv import csv_of
from sync.commands.attendance_words import report_json
from sync.commands.meaning import Day, day_in, the_practitioner
from sync.commands.opening import opened_app
from sync.commands.private_file import write_private
from sync.commands.showing import show_facts, show_json, show_table, show_text
from sync.domain.attendance.page import AttendancePage, SectionWords, compose_page
from sync.domain.attendance.report import Report
from sync.domain.briefing.moments import LocalTime, local_time
from sync.errors import Refused
from sync.jobs.attendance import ReportWish, attendance_report

STANDARD_OUTPUT = "-"


@click.command()
@click.option("--from", "first", type=Day(), help="The first day; 90 days until the last one unless said.")
@click.option("--to", "last", type=Day(), help="The last day; today unless said.")
@click.option("--practitioner", metavar="EMAIL", help="Of one practitioner only.")
@click.option("--csv", "csv_file", metavar="FILE", help="Write a table for a spreadsheet; - prints it.")
@click.option("--html", "html_file", metavar="FILE", help="Write a page to read or print.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def attendance(
    first: str | date | None,
    last: str | date | None,
    practitioner: str | None,
    csv_file: str | None,
    html_file: str | None,
    as_json: bool,
) -> None:
    """Report attendance continuity: codes, counts, dates and flags, never a word about anybody's sessions."""
    with opened_app() as app:
        time = local_time(app.settings.practice.time_zone, app.now())
        report = attendance_report(app, _wish(app, first, last, practitioner), app.now())
    if as_json:
        show_json(report_json(report))
    elif csv_file is not None or html_file is not None:
        _write(report, time, csv_file, html_file)
    else:
        _show(compose_page(report, time))


def _wish(
    app: App, first: str | date | None, last: str | date | None, practitioner: str | None
) -> ReportWish:
    zone = app.settings.practice.time_zone
    wish = ReportWish(day_in(app, first, zone), day_in(app, last, zone))
    if wish.first is not None and wish.first > (wish.last or local_time(zone, app.now()).today):
        raise Refused("The first day lies behind the last one.", "Give `--from` an earlier day.")
    if practitioner is None:
        return wish
    with app.reading() as records:
        return ReportWish(wish.first, wish.last, the_practitioner(records, practitioner).id)


def _write(report: Report, time: LocalTime, csv_file: str | None, html_file: str | None) -> None:
    if csv_file == STANDARD_OUTPUT:
        click.echo(csv_of(report), nl=False)
    elif csv_file is not None:
        _save(Path(csv_file), csv_of(report), "--csv")
    if html_file is not None:
        _save(Path(html_file), ReportPages().attendance_html(compose_page(report, time)), "--html")


def _save(file: Path, text: str, option: str) -> None:
    """For this user's eyes alone: who comes to whom is nobody else's affair."""
    write_private(file, text, option)
    show_text(f"Written to {file}.", err=True)


def _show(page: AttendancePage) -> None:
    show_text(f"{page.title}, {page.span}. {page.seen_on}.")
    for section in page.sections:
        _show_section(section)
    click.echo()
    show_text("What the words mean: docs/attendance.md. Made of times and states alone.")


def _show_section(section: SectionWords) -> None:
    click.echo()
    click.echo(section.practitioner)
    show_facts(dict(section.facts))
    for flag in section.flags:
        show_text(f"{flag.words} ({flag.name}, {flag.grade})", f"! {flag.who}  ")
    if section.clients:
        click.echo()
        show_table(
            ["Client", "Standing", "Kept", "Missed", "Canc.", "Last", "Next", "Flags"],
            [
                [c.who, c.standing, c.in_short, c.missed, c.cancelled, c.last, c.next, c.flags]
                for c in section.clients
            ],
            "",
        )
    if section.remark:
        show_text(section.remark)
