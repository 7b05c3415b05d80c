"""A signed note stays as it was signed; it can be opened again for a while, and added to for ever."""

from datetime import timedelta

import pytest

from models import tables
from sync.domain.briefing.privacy import Privacy
from sync.errors import Refused
from sync.jobs.brief import briefing_for
from sync.jobs.merges import merge, undo
from sync.jobs.notes import OpenNote, note_history, open_note, write_note
from sync.jobs.signing import amend_note, reopen_note, sign_note
from tests.jobs.looking import HOUR, TOMORROW, rows
from tests.practice import WEDNESDAY, Practice

OVER = TOMORROW + HOUR
"""Shortly after the session of tomorrow."""


def written(practice: Practice, body: str = "She came.") -> str:
    """The session of tomorrow, over, with this note."""
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    practice.clock.set(OVER)
    session_id = practice.the_session().id
    write_note(practice.app, session_id, body, OVER)
    return session_id


def signed(practice: Practice) -> str:
    session_id = written(practice)
    sign_note(practice.app, session_id, OVER)
    return session_id


def shown(practice: Practice, session_id: str) -> OpenNote:
    return open_note(practice.app, session_id, practice.clock())


def stored(practice: Practice) -> list[dict[str, object]]:
    kinds = (tables.Note, tables.NoteRevision, tables.NoteSigning, tables.NoteAddendum)
    return [row.model_dump() for kind in kinds for row in rows(practice, kind)]


def test_a_signed_note_says_by_whom_and_when_and_is_what_was_signed(on_each: Practice) -> None:
    session_id = signed(on_each)

    seen = shown(on_each, session_id)
    assert seen.life.signed is not None
    assert ("signed", "signed") == (seen.status, on_each.the_session().note_status)
    assert ("Ana Okafor", OVER, 1, True) == (
        seen.life.signed.signed_by,
        seen.life.signed.signed_at,
        seen.life.signed.revision,
        seen.life.signed.intact,
    )
    assert not seen.late_entry


def test_nothing_that_is_written_changes_a_signed_note(on_each: Practice) -> None:
    session_id = signed(on_each)
    before = stored(on_each)

    with pytest.raises(Refused, match="does not change"):
        write_note(on_each.app, session_id, "Another.", OVER)
    with pytest.raises(Refused, match="signed already"):
        sign_note(on_each.app, session_id, OVER)

    assert before == stored(on_each)


def test_what_was_changed_behind_the_programs_back_is_told(on_each: Practice) -> None:
    session_id = written(on_each)
    write_note(on_each.app, session_id, "She came, and wept.", OVER)
    sign_note(on_each.app, session_id, OVER)

    with on_each.app.writing() as records:  # an earlier text of the note itself put in the latest one's place
        note = records.db.get_one(tables.Note, rows(on_each, tables.Note)[0].id)
        note.revision = 1
        records.db.add(note)
    signing = shown(on_each, session_id).life.signed

    assert signing is not None
    assert not signing.intact


def test_a_signing_that_was_dated_back_is_told(on_each: Practice) -> None:
    session_id = signed(on_each)

    with on_each.app.writing() as records:
        row = records.db.get_one(tables.NoteSigning, rows(on_each, tables.NoteSigning)[0].id)
        row.signed_at = OVER - timedelta(days=1)
        records.db.add(row)
    signing = shown(on_each, session_id).life.signed

    assert signing is not None
    assert not signing.intact


def test_signing_says_that_the_session_was_held(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    session_id = practice.the_session().id
    write_note(practice.app, session_id, "Prepare the letter.", WEDNESDAY)
    with pytest.raises(Refused, match="has not begun"):
        sign_note(practice.app, session_id, WEDNESDAY)

    sign_note(practice.app, session_id, OVER)

    assert "held" == practice.the_session().status


def test_what_is_not_written_cannot_be_signed_and_what_is_not_signed_cannot_be_added_to(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    session_id = practice.the_session().id

    with pytest.raises(Refused, match="not written"):
        sign_note(practice.app, session_id, OVER)
    write_note(practice.app, session_id, "She came.", OVER)
    with pytest.raises(Refused, match="not signed"):
        amend_note(practice.app, session_id, "forgotten", "More.", OVER)
    with pytest.raises(Refused, match="not signed"):
        reopen_note(practice.app, session_id, "a slip", OVER)


def test_a_note_signed_late_is_marked_by_the_setting(practice: Practice) -> None:
    session_id = written(practice)
    ended = practice.the_session().ends_at

    assert sign_note(practice.app, session_id, ended + timedelta(hours=73)).late_entry

    assert shown(practice, session_id).late_entry


def test_a_note_opened_again_is_a_draft_and_its_signing_stays_known(on_each: Practice) -> None:
    session_id = signed(on_each)

    reopen_note(on_each.app, session_id, "a wrong name", OVER + HOUR)
    write_note(on_each.app, session_id, "She came, with Kim.", OVER + HOUR)
    sign_note(on_each.app, session_id, OVER + 2 * HOUR)

    first, second = shown(on_each, session_id).life.signings
    assert (1, OVER + HOUR, "a wrong name", True) == (
        first.revision,
        first.reopened_at,
        first.reason,
        first.intact,
    )
    assert (2, None, True) == (second.revision, second.reopened_at, second.intact)
    assert ["She came.", "She came, with Kim."] == [one.body for one in note_history(on_each.app, session_id)]


def test_a_clock_that_was_set_back_changes_no_signing_that_was(on_each: Practice) -> None:
    session_id = signed(on_each)
    reopen_note(on_each.app, session_id, "a slip", OVER + HOUR)
    sign_note(on_each.app, session_id, OVER - HOUR / 4)

    life = shown(on_each, session_id).life
    assert ["a slip", None] == [one.reason for one in life.signings]
    assert [True, True] == [one.intact for one in life.signings]
    assert life.signed == life.signings[-1]


def test_the_grace_period_counts_from_the_first_signing(practice: Practice) -> None:
    session_id = signed(practice)
    reopen_note(practice.app, session_id, "a slip", OVER + 23 * HOUR)
    sign_note(practice.app, session_id, OVER + 24 * HOUR)

    with pytest.raises(Refused, match="is over") as refused:
        reopen_note(practice.app, session_id, "again", OVER + 25 * HOUR)

    assert "amend" in refused.value.advice


def test_addenda_are_added_and_never_replace(on_each: Practice) -> None:
    session_id = signed(on_each)

    amend_note(on_each.app, session_id, "forgotten", "Risk: passive thoughts\n", OVER + 30 * HOUR)
    amend_note(on_each.app, session_id, "a correction", "It was Kim who rang.", OVER + 31 * HOUR)

    seen = shown(on_each, session_id)
    assert ("She came.", "signed") == (seen.body, seen.status)
    assert [
        (1, "Ana Okafor", OVER + 30 * HOUR, "forgotten", "Risk: passive thoughts\n", True),
        (2, "Ana Okafor", OVER + 31 * HOUR, "a correction", "It was Kim who rang.", True),
    ] == [(a.number, a.written_by, a.written_at, a.reason, a.text, a.intact) for a in seen.life.addenda]
    with pytest.raises(Refused, match="has an addendum"):
        reopen_note(on_each.app, session_id, "a slip", OVER + HOUR)


@pytest.mark.parametrize(("reason", "text"), [(" ", "More."), ("forgotten", " \n")])
def test_an_addendum_needs_words_and_a_reason(practice: Practice, reason: str, text: str) -> None:
    session_id = signed(practice)
    before = stored(practice)

    with pytest.raises(Refused):
        amend_note(practice.app, session_id, reason, text, OVER)

    assert before == stored(practice)


def test_the_next_briefing_says_what_an_addendum_added_and_when(practice: Practice) -> None:
    session_id = signed(practice)
    amend_note(practice.app, session_id, "forgotten", "Risk: passive thoughts\n", OVER + 30 * HOUR)
    practice.put("Jo Bloggs", TOMORROW + timedelta(days=3))
    practice.clock.set(OVER + 31 * HOUR)
    practice.once()
    ahead = practice.sessions()[-1].id

    with practice.app.reading() as records:
        safety = briefing_for(practice.app, records, ahead, practice.clock(), Privacy.FULL).safety

    assert "passive thoughts" == safety.latest.text
    assert "added to on 12 June" in safety.latest.dated


def test_signings_and_addenda_go_with_a_merge_and_come_back(on_each: Practice) -> None:
    session_id = signed(on_each)
    reopen_note(on_each.app, session_id, "a slip", OVER)
    sign_note(on_each.app, session_id, OVER + HOUR)
    amend_note(on_each.app, session_id, "forgotten", "More.", OVER + HOUR)
    gone = on_each.the_session().client_id
    kept = on_each.client("Jo Marsh").id
    before = shown(on_each, session_id).life

    merge(on_each.app, gone, kept, on_each.clock())
    assert (kept, before) == (on_each.the_session().client_id, shown(on_each, session_id).life)
    undo(on_each.app, gone, on_each.clock())

    assert (gone, before) == (on_each.the_session().client_id, shown(on_each, session_id).life)
    assert all(signing.intact for signing in before.signings)


def test_signing_that_breaks_half_way_leaves_nothing(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id = written(practice)
    with practice.app.writing() as records:
        session = records.db.get_one(tables.Session, session_id)
        session.status = "scheduled"
        records.db.add(session)
    before = stored(practice)

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sync.jobs.signing.settle", broken)
    with pytest.raises(KeyboardInterrupt):
        sign_note(practice.app, session_id, OVER)

    assert before == stored(practice)
