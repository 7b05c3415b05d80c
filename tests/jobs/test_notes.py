"""Writing a note: every saved text is kept, byte for byte, and nothing takes its place."""

from pathlib import Path

import pytest

from models import tables
from sync.errors import Refused
from sync.jobs.notes import note_history, open_note, write_note
from tests.jobs.looking import HOUR, TOMORROW, ledger
from tests.practice import Practice


def session_tomorrow(practice: Practice) -> str:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    return practice.the_session().id


def bodies(practice: Practice, session_id: str) -> list[str]:
    return [revision.body for revision in note_history(practice.app, session_id)]


def test_every_saved_text_is_a_revision_to_the_byte(on_each: Practice) -> None:
    session_id = session_tomorrow(on_each)
    texts = ["First.\n", "  First, and more 🙂\r\n\t\u202eע\u202c\n\n", "first.\n", "First.\n"]

    saved = [write_note(on_each.app, session_id, text, on_each.clock()) for text in texts]

    assert [1, 2, 3, 4] == [one.revision for one in saved]
    assert texts == bodies(on_each, session_id)
    assert texts[-1] == open_note(on_each.app, session_id, on_each.clock()).body


def test_equal_text_makes_no_revision(on_each: Practice) -> None:
    session_id = session_tomorrow(on_each)
    write_note(on_each.app, session_id, "First.", on_each.clock())

    again = write_note(on_each.app, session_id, "First.", on_each.clock())

    assert (False, 1, ["First."]) == (again.new, again.revision, bodies(on_each, session_id))


@pytest.mark.parametrize("empty", ["", "  \n", "## Subjective\n\n## Plan\n"])
def test_a_text_without_words_is_refused(practice: Practice, empty: str) -> None:
    session_id = session_tomorrow(practice)

    with pytest.raises(Refused):
        write_note(practice.app, session_id, empty, practice.clock())

    assert ([], "stub") == (bodies(practice, session_id), practice.the_session().note_status)


def test_the_stub_itself_is_refused(practice: Practice) -> None:
    session_id = session_tomorrow(practice)
    stub = open_note(practice.app, session_id, practice.clock()).body

    with pytest.raises(Refused):
        write_note(practice.app, session_id, stub, practice.clock())


def test_a_note_before_the_start_is_preparation(practice: Practice) -> None:
    session_id = session_tomorrow(practice)

    write_note(practice.app, session_id, "Prepare the letter.", TOMORROW - HOUR)

    assert ("scheduled", "draft") == (practice.the_session().status, practice.the_session().note_status)


def test_a_note_from_the_start_on_says_that_the_session_was_held(practice: Practice) -> None:
    session_id = session_tomorrow(practice)

    write_note(practice.app, session_id, "She came.", TOMORROW)

    assert "held" == practice.the_session().status
    assert ["created", "marked"] == ledger(practice)


@pytest.mark.parametrize("said", ["no_show", "cancelled"])
def test_a_note_does_not_contradict_what_was_said_of_the_session(practice: Practice, said: str) -> None:
    session_id = session_tomorrow(practice)
    with practice.app.writing() as records:
        session = records.db.get_one(tables.Session, session_id)
        session.status = said
        records.db.add(session)

    write_note(practice.app, session_id, "Called her; no answer.", TOMORROW + HOUR)

    assert said == practice.the_session().status


def test_a_session_without_a_stub_gets_its_note_when_it_is_written(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW + 24 * 30 * HOUR)
    practice.once()
    session = practice.the_session()
    assert session.note_id is None

    write_note(practice.app, session.id, "Prepare the review.", practice.clock())

    assert ["Prepare the review."] == bodies(practice, session.id)


def test_no_word_of_a_note_is_readable_in_any_file(practice: Practice, tmp_path: Path) -> None:
    session_id = session_tomorrow(practice)

    write_note(
        practice.app, session_id, "She dreamt of xylophones.\n\nRisk: none of xylophones", practice.clock()
    )

    kept = {path.name: path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file()}
    assert "practice.db" in kept
    assert [] == [name for name, content in kept.items() if b"xylophone" in content or b"Bloggs" in content]
