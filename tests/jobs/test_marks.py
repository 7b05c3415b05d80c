"""What a person says became of a session goes before what the calendar shows."""

import pytest

from sync.errors import Refused
from sync.jobs.marks import Cancelling, mark_session
from sync.store.attendance import session_states
from tests.jobs.looking import HOUR, TOMORROW, delete, fates, ledger, move
from tests.practice import Practice


def session_tomorrow(practice: Practice) -> str:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    return practice.the_session().id


@pytest.mark.parametrize("said", ["held", "no_show"])
def test_how_it_went_can_be_said_from_the_start_on(practice: Practice, said: str) -> None:
    session_id = session_tomorrow(practice)

    with pytest.raises(Refused):
        mark_session(practice.app, session_id, said, TOMORROW - HOUR)
    before = practice.the_session().status
    mark_session(practice.app, session_id, said, TOMORROW)

    assert ("scheduled", said) == (before, practice.the_session().status)
    assert ["created", "marked"] == ledger(practice)


def test_a_session_that_is_marked_as_cancelled_is_not_restored_or_flagged_by_its_event(
    on_each: Practice,
) -> None:
    session_id = session_tomorrow(on_each)
    mark_session(on_each.app, session_id, "cancelled", on_each.clock(), how=Cancelling("client"))

    on_each.once(full=True)
    on_each.clock.set(TOMORROW + 2 * HOUR)
    on_each.once(full=True)

    session = on_each.the_session()
    assert ("cancelled", "client", (), "void", ["withdrawn"]) == (
        session.status,
        session.cancelled_by,
        session.flags,
        session.note_status,
        fates(on_each),
    )


@pytest.mark.parametrize(("hours", "notice", "late"), [(30, 30.0, False), (24, 24.0, False), (3, 3.0, True)])
def test_the_notice_of_a_cancellation_is_counted_from_when_it_is_said(
    practice: Practice, hours: int, notice: float, late: bool
) -> None:
    session_id = session_tomorrow(practice)

    mark_session(practice.app, session_id, "cancelled", TOMORROW - hours * HOUR, how=Cancelling("client"))

    session = practice.the_session()
    assert (notice, late) == (session.notice_hours, session.late)


def test_a_cancellation_said_afterwards_has_no_notice(practice: Practice) -> None:
    session_id = session_tomorrow(practice)

    mark_session(practice.app, session_id, "cancelled", TOMORROW + HOUR, how=Cancelling("client"))

    session = practice.the_session()
    assert (None, False) == (session.notice_hours, session.late)


@pytest.mark.parametrize(("hours", "late"), [(0, True), (3, True), (24, False), (40, False)])
def test_the_notice_of_a_cancellation_can_be_said_afterwards(
    on_each: Practice, hours: float, late: bool
) -> None:
    session_id = session_tomorrow(on_each)

    mark_session(on_each.app, session_id, "cancelled", TOMORROW + 2 * HOUR, how=Cancelling("client", hours))

    session = on_each.the_session()
    assert (hours, late) == (session.notice_hours, session.late)
    with on_each.app.reading() as records:
        [state] = session_states(records, 24)[session.participants[0].id]
    assert (TOMORROW - hours * HOUR, late) == (state.cancelled_at, state.late)


def test_a_notice_that_would_be_still_to_come_is_refused(practice: Practice) -> None:
    session_id = session_tomorrow(practice)

    with pytest.raises(Refused):
        mark_session(practice.app, session_id, "cancelled", TOMORROW - 30 * HOUR, how=Cancelling("client", 3))

    assert "scheduled" == practice.the_session().status


def test_who_cancelled_can_be_said_afterwards_and_the_notice_stays_known(practice: Practice) -> None:
    session_id = session_tomorrow(practice)
    mark_session(practice.app, session_id, "cancelled", TOMORROW - 3 * HOUR)

    mark_session(practice.app, session_id, "cancelled", TOMORROW + HOUR, how=Cancelling("client"))

    session = practice.the_session()
    assert ("client", 3.0, True) == (session.cancelled_by, session.notice_hours, session.late)


def test_what_was_marked_can_be_taken_back_with_its_stub_and_briefing(practice: Practice) -> None:
    session_id = session_tomorrow(practice)
    mark_session(practice.app, session_id, "cancelled", practice.clock(), how=Cancelling("client"))

    mark_session(practice.app, session_id, "scheduled", practice.clock())

    session = practice.the_session()
    assert ("scheduled", None, None, "stub", ["pending"]) == (
        session.status,
        session.cancelled_by,
        session.notice_hours,
        session.note_status,
        fates(practice),
    )


def test_marking_settles_the_flags_and_they_are_not_raised_again(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    practice.clock.set(TOMORROW + 2 * HOUR)
    delete(practice, event)
    practice.once()
    flagged = practice.the_session().flags

    mark_session(practice.app, practice.the_session().id, "no_show", practice.clock())
    practice.once(full=True)

    assert (("calendar-missing-after-session",), (), "no_show") == (
        flagged,
        practice.the_session().flags,
        practice.the_session().status,
    )


def test_a_marked_session_that_gets_a_new_time_takes_place_again(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    mark_session(
        practice.app, practice.the_session().id, "cancelled", practice.clock(), how=Cancelling("client")
    )

    move(practice, event, TOMORROW + HOUR)
    practice.once()

    assert ("scheduled", TOMORROW + HOUR) == (practice.the_session().status, practice.the_session().starts_at)
