"""A stub for each session in reach: laid once, hidden with its session, never over a word."""

from datetime import timedelta

import pytest

from models import tables
from sync.domain.notes.formats import FORMATS
from sync.jobs.notes import note_history, open_note, write_note
from sync.jobs.stubs import lay_missing_stubs
from sync.store.practitioners import set_practitioner
from tests.jobs.looking import HOUR, TOMORROW, delete, instance, rows, weekly
from tests.practice import ANA, Practice


def note_states(practice: Practice) -> list[str | None]:
    return [session.note_status for session in practice.sessions()]


def test_a_stub_is_laid_once(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    on_each.put("Jo Bloggs", TOMORROW)

    first, second = on_each.once(), on_each.once(full=True)

    assert [1, 0] == [report.counts["stubs"] for report in (first, second)]
    assert 0 == lay_missing_stubs(on_each.app, on_each.clock())
    assert 1 == len(rows(on_each, tables.Note))


def test_only_the_next_fourteen_days_and_the_window_behind_get_stubs(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    now = practice.clock()
    for days in (-20, -13, 13, 14, 15):
        practice.put("Jo Bloggs", now + timedelta(days=days))
    practice.once()

    assert ["stub", "stub", None, None] == note_states(practice)
    practice.clock.forward(days=1)
    practice.once()
    assert ["stub", "stub", "stub", None] == note_states(practice)


@pytest.mark.parametrize("name", ["soap", "dap", "birp"])
def test_a_stub_has_the_practitioners_format(practice: Practice, name: str) -> None:
    with practice.app.writing() as records:
        set_practitioner(records, practice.practitioner_id, {"note_format": name})
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()

    note = open_note(practice.app, practice.the_session().id, practice.clock())

    assert ("stub", 0) == (note.status, note.revision)
    assert [heading.title for heading in FORMATS[name].headings] == [
        line.removeprefix("## ") for line in note.body.splitlines() if line.startswith("## ")
    ]


def test_a_stub_keeps_its_format_when_her_wish_changes(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    before = open_note(practice.app, practice.the_session().id, practice.clock()).body

    with practice.app.writing() as records:
        set_practitioner(records, practice.practitioner_id, {"note_format": "dap"})

    assert before == open_note(practice.app, practice.the_session().id, practice.clock()).body


def test_r35_an_untouched_stub_is_void_with_its_session_and_comes_back_with_it(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    note_id = on_each.the_session().note_id

    delete(on_each, event)
    on_each.once()
    void = on_each.the_session().note_status
    on_each.world.restore(ANA, event)
    on_each.once()

    assert ("void", "stub", note_id) == (
        void,
        on_each.the_session().note_status,
        on_each.the_session().note_id,
    )


def test_r35_a_note_with_words_is_untouched_by_cancelling_and_restoring(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    session_id = on_each.the_session().id
    write_note(on_each.app, session_id, "Prepare: the letter.\r\n", on_each.clock())

    delete(on_each, event)
    on_each.once()
    cancelled = on_each.the_session().note_status
    on_each.world.restore(ANA, event)
    on_each.once()

    assert ("draft", "draft") == (cancelled, on_each.the_session().note_status)
    assert ["Prepare: the letter.\r\n"] == [r.body for r in note_history(on_each.app, session_id)]


def test_a_cancelled_session_gets_no_stub(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    series = weekly(practice, start=TOMORROW + timedelta(days=14), count=1)
    practice.once()
    delete(practice, instance(series, TOMORROW + timedelta(days=14)))
    practice.once()
    practice.clock.forward(days=3)

    practice.once()

    assert [None] == note_states(practice)


def test_a_note_begun_before_the_hour_moves_along_with_it(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    session_id = practice.the_session().id
    write_note(practice.app, session_id, "Prepare the letter.", practice.clock())

    practice.world.move(ANA, event, TOMORROW + HOUR, TOMORROW + 2 * HOUR)
    practice.once()

    session = practice.the_session()
    assert (session_id, TOMORROW + HOUR, "scheduled", "draft") == (
        session.id,
        session.starts_at,
        session.status,
        session.note_status,
    )
