"""Which sessions wait for a note: those that took place, as far as is known, unwritten or unsigned."""

from datetime import timedelta

import pytest

from models import tables
from sync.jobs.marks import mark_session
from sync.jobs.notes import write_note
from sync.jobs.signing import sign_note
from sync.store.overdue import OverdueNote, overdue_notes
from sync.store.sessions import session_row
from tests.practice import WEDNESDAY, Practice

DAY = timedelta(days=1)


def waiting(practice: Practice, practitioner_id: str | None = None) -> list[OverdueNote]:
    with practice.app.reading() as records:
        return overdue_notes(records, practice.clock(), practitioner_id)


@pytest.fixture
def over(practice: Practice) -> list[str]:
    """Three hours of Jo's, by their start, all over when the clock says Sunday."""
    practice.client("Jo Bloggs")
    for number in (1, 2, 3):
        practice.put("Jo Bloggs", WEDNESDAY + number * DAY)
    practice.once()
    practice.clock.set(WEDNESDAY + 4 * DAY)
    return [session.id for session in practice.sessions()]


def test_the_oldest_comes_first_and_what_is_ahead_not_at_all(practice: Practice, over: list[str]) -> None:
    assert [(one, "stub", "JB") for one in over] == [
        (each.session_id, each.note, each.client_code) for each in waiting(practice)
    ]
    practice.clock.set(WEDNESDAY + DAY + timedelta(minutes=49))
    assert [] == waiting(practice)


def test_a_draft_waits_until_it_is_signed(practice: Practice, over: list[str]) -> None:
    write_note(practice.app, over[0], "She came.", practice.clock())
    write_note(practice.app, over[1], "She came.", practice.clock())
    sign_note(practice.app, over[1], practice.clock())

    assert [(over[0], "draft"), (over[2], "stub")] == [(w.session_id, w.note) for w in waiting(practice)]


def test_no_note_is_expected_of_what_did_not_take_place(practice: Practice, over: list[str]) -> None:
    mark_session(practice.app, over[0], "no_show", practice.clock())
    mark_session(practice.app, over[1], "cancelled", practice.clock())
    mark_session(practice.app, over[2], "held", practice.clock())

    assert [over[2]] == [each.session_id for each in waiting(practice)]


def test_what_was_begun_of_a_no_show_is_still_to_be_signed_and_of_a_cancelled_hour_not(
    practice: Practice, over: list[str]
) -> None:
    for session_id, status in zip(over, ("no_show", "cancelled", "held"), strict=True):
        write_note(practice.app, session_id, "Rang her.", practice.clock())
        mark_session(practice.app, session_id, status, practice.clock())

    assert [(over[0], "draft"), (over[2], "draft")] == [(w.session_id, w.note) for w in waiting(practice)]


def test_each_has_her_own(practice: Practice, over: list[str]) -> None:
    assert over == [each.session_id for each in waiting(practice, practice.practitioner_id)]
    assert [] == waiting(practice, "somebody else")


def test_of_what_was_over_before_its_calendar_was_connected_no_note_is_expected(
    practice: Practice, over: list[str]
) -> None:
    with practice.app.writing() as records:
        session = session_row(records, over[0])
        session.is_history = True
        records.db.add(session)

    assert over[1:] == [each.session_id for each in waiting(practice)]


def test_what_was_to_come_when_its_calendar_was_removed_is_not_waited_for(
    practice: Practice, over: list[str]
) -> None:
    with practice.app.writing() as records:
        row = records.db.get_one(tables.CalendarLink, practice.link_id)
        row.state, row.state_since = "removed", WEDNESDAY + DAY
        records.db.add(row)

    assert over[:1] == [each.session_id for each in waiting(practice)]
