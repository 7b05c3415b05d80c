"""Two who write one note at once: both texts are kept, and it is said that there are two."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from sync.errors import Refused
from sync.jobs.notes import Saved, note_history, open_note, write_note
from sync.jobs.signing import sign_note
from tests.jobs.looking import HOUR, TOMORROW
from tests.practice import Practice

LATER = TOMORROW + HOUR


def begun(practice: Practice) -> str:
    """The session of tomorrow with one saved text."""
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    session_id = practice.the_session().id
    write_note(practice.app, session_id, "First.", practice.clock(), 0)
    return session_id


def test_of_two_saved_at_once_both_are_kept_and_one_is_told(on_each: Practice) -> None:
    session_id, ready = begun(on_each), Barrier(2)

    def save(text: str) -> Saved:
        ready.wait(timeout=20)
        return write_note(on_each.app, session_id, text, LATER, 1)

    with ThreadPoolExecutor(2) as pool:
        saved = list(pool.map(save, ["By the page.", "By the editor."]))

    assert [(2, ()), (3, (2,))] == sorted((one.revision, one.beside) for one in saved)
    kept = note_history(on_each.app, session_id)
    assert {"First.", "By the page.", "By the editor."} == {revision.body for revision in kept}
    assert [(), (), (2,)] == [revision.beside for revision in kept]
    assert (2,) == open_note(on_each.app, session_id, LATER).beside


def test_the_later_text_is_the_latest_and_what_was_saved_meanwhile_is_named_until_the_next(
    practice: Practice,
) -> None:
    session_id = begun(practice)
    for text in ("Second.", "Third."):
        write_note(practice.app, session_id, text, LATER)

    late = write_note(practice.app, session_id, "From the first.", LATER, 1)

    opened = open_note(practice.app, session_id, LATER)
    assert ((2, 3), "From the first.", (2, 3)) == (late.beside, opened.body, opened.beside)
    write_note(practice.app, session_id, "All of it.", LATER, late.revision)
    assert () == open_note(practice.app, session_id, LATER).beside
    assert (2, 3) == note_history(practice.app, session_id)[3].beside


def test_written_from_the_latest_or_from_nobody_knows_what_nothing_is_said(practice: Practice) -> None:
    session_id = begun(practice)

    assert () == write_note(practice.app, session_id, "Second.", LATER, 1).beside
    assert () == write_note(practice.app, session_id, "Third.", LATER).beside


def test_a_stub_that_two_begin_keeps_both(practice: Practice) -> None:
    session_id = begun(practice)

    assert (1,) == write_note(practice.app, session_id, "Another first.", LATER, 0).beside


def test_a_revision_that_is_not_there_is_refused(practice: Practice) -> None:
    session_id = begun(practice)

    with pytest.raises(Refused, match="no revision 7"):
        write_note(practice.app, session_id, "Second.", LATER, 7)

    assert 1 == len(note_history(practice.app, session_id))


def test_who_signs_while_another_writes_has_the_last_word_and_the_other_is_refused(
    on_each: Practice,
) -> None:
    session_id, ready = begun(on_each), Barrier(2)

    def sign() -> object:
        ready.wait(timeout=20)
        return sign_note(on_each.app, session_id, LATER)

    def save() -> object:
        ready.wait(timeout=20)
        try:
            return write_note(on_each.app, session_id, "Second.", LATER, 1)
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(2) as pool:
        _, said = (each.result() for each in (pool.submit(sign), pool.submit(save)))

    opened = open_note(on_each.app, session_id, LATER)
    assert opened.life.signed is not None
    assert ("signed", True) == (opened.status, opened.life.signed.intact)
    assert ("First." if isinstance(said, Refused) else "Second.") == opened.body
