"""The manager's report is made without opening a note, a reading or a name."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import event

from sync.adapters.report_pages import ReportPages
from sync.commands.attendance_csv import csv_of
from sync.commands.attendance_words import report_json
from sync.domain.attendance.agreement import Pause
from sync.domain.attendance.page import compose_page
from sync.domain.attendance.report import Report
from sync.domain.briefing.moments import local_time
from sync.jobs.attendance import ReportWish, attendance_report
from sync.jobs.notes import write_note
from sync.store.agreements import add_pause
from tests.practice import WEDNESDAY, Practice

CANARY = "CANARYwords"


@contextmanager
def statements(practice: Practice) -> Iterator[list[str]]:
    """Every statement that the database is given meanwhile."""
    heard: list[str] = []

    def hear(*told: object) -> None:
        heard.append(str(told[2]))

    event.listen(practice.app.db.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(practice.app.db.engine, "before_cursor_execute", hear)


def with_a_note(practice: Practice) -> None:
    jo = practice.client("Jo Canarybird", "Canarybird")
    practice.put("Jo Canarybird", WEDNESDAY - timedelta(days=1), description=CANARY, location=CANARY)
    practice.once()
    body = f"## Plan\n{CANARY}\nPanic: 7/10\nThemes: #{CANARY}\nRisk: {CANARY}\n"
    write_note(practice.app, practice.the_session().id, body, practice.clock())
    with practice.app.writing() as records:
        add_pause(records, jo.id, Pause(practice.clock().date(), None, CANARY), practice.clock())


def all_of_it(practice: Practice, report: Report) -> str:
    page = compose_page(report, local_time("Europe/London", practice.clock()))
    return f"{ReportPages().attendance_html(page)}{page}{csv_of(report)}{report_json(report)}"


def test_no_note_and_no_name_is_even_asked_for(on_each: Practice) -> None:
    with_a_note(on_each)

    with statements(on_each) as heard:
        report = attendance_report(on_each.app, ReportWish(), on_each.clock())

    asked = " ".join(" ".join(heard).lower().split())
    tables = set(re.findall(r"(?:from|join) (\w+)", asked))
    agreed = {"client_cadence", "client_pause", "client_ending"}
    assert {"client", "practitioner", "session", "ledger_entry", *agreed} == tables
    assert "client.name" not in asked
    assert "details_sealed" not in asked
    assert [("JC", 1)] == [(c.code, c.tally.kept) for c in report.sections[0].clients]


def test_no_word_of_anybody_is_in_it(practice: Practice) -> None:
    with_a_note(practice)

    told = all_of_it(practice, attendance_report(practice.app, ReportWish(), practice.clock()))
    assert "JC" in told
    for word in (CANARY, "Canarybird", "Panic", "Jo "):
        assert word not in told


def test_names_stand_in_it_only_where_the_settings_say_so(practice: Practice) -> None:
    with_a_note(practice)
    wanted = practice.app.settings.attendance.model_copy(update={"show_names": True})
    practice.app.settings = practice.app.settings.model_copy(update={"attendance": wanted})

    told = all_of_it(practice, attendance_report(practice.app, ReportWish(), practice.clock()))
    assert "JC (Jo Canarybird)" in told
    assert CANARY not in told


def test_a_cell_is_never_a_formula(practice: Practice) -> None:
    with_a_note(practice)
    report = attendance_report(practice.app, ReportWish(), practice.clock())
    for name in ("=HYPERLINK()", "\uff1dHYPERLINK()", "+1", "-1", "@x", "\tx"):
        [section] = report.sections
        hostile = replace(report, sections=(replace(section, practitioner=name),))

        rows = csv_of(hostile).splitlines()
        assert all(not row.lstrip('"').startswith(("=", "+", "-", "@", "\t")) for row in rows)
        assert rows[1].lstrip('"').startswith(f"'{name}")
