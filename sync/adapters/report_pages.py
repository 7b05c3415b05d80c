"""Renders the pages that are handed to a person: each as a page for a browser, and as plain text."""

from pathlib import Path

from jinja2 import Environment

from sync.adapters.templates import template_environment, tidied
from sync.domain.attendance.page import AttendancePage
from sync.domain.progress.sheet import Sheet

REPORT_TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "report"


class ReportPages:
    """Makes pages of finished values; a word missing in a template is an error of ours, and raised."""

    def __init__(self, root: Path | None = None) -> None:
        self._environment: Environment = template_environment(root or REPORT_TEMPLATES)

    def sheet_html(self, sheet: Sheet) -> str:
        """The sheet for the client's own eyes as one file, which prints on one A4 page."""
        return self._environment.get_template("sheet.html").render(sheet=sheet)

    def sheet_text(self, sheet: Sheet) -> str:
        """The same in lines of at most 74 letters."""
        return tidied(self._environment.get_template("sheet.txt").render(sheet=sheet))

    def attendance_html(self, page: AttendancePage) -> str:
        """The attendance report as one file."""
        return self._environment.get_template("attendance.html").render(page=page)
