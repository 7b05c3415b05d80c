"""What became of sessions is read from their rows and the ledger alone."""

from datetime import timedelta

from sync.domain.attendance.fates import Fate, fates_of
from sync.domain.calendar.values import CancelReason
from sync.jobs.attendance import attendance_of
from sync.jobs.marks import Cancelling, mark_session
from sync.store.attendance import client_codes_of, session_states
from sync.store.sessions import session_row
from tests.domain.attendance.builders import ZONE
from tests.practice import ANA, WEDNESDAY, Practice

TOMORROW = WEDNESDAY + timedelta(days=1)


def test_moves_and_cancellations_are_read_from_the_ledger(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    other = practice.put("Jo Bloggs", TOMORROW + timedelta(days=9))
    practice.once()
    practice.clock.forward(hours=1)
    later = TOMORROW + timedelta(days=1)
    practice.world.patch(
        ANA,
        event,
        {
            "start": {"dateTime": later.isoformat(), "timeZone": "Europe/London"},
            "end": {"dateTime": (later + timedelta(minutes=50)).isoformat(), "timeZone": "Europe/London"},
        },
    )
    practice.world.delete(ANA, other)
    practice.once()

    with practice.app.reading() as records:
        found = session_states(records, 24)
        assert found == session_states(records, 24, client_id=jo.id)
        assert found == session_states(records, 24, practitioner_id=practice.practitioner_id)
        assert {} == session_states(records, 24, client_id="nobody")
        assert [("JB", jo.id)] == [(one.code, one.id) for one in client_codes_of(records)]
    moved, gone = found[jo.id]
    assert (True, True, None) == (moved.moved, moved.moved_late, moved.cancelled_at)
    assert ("cancelled", practice.clock()) == (gone.status, gone.cancelled_at)
    with practice.app.reading() as records:
        [moved, _] = session_states(records, 12)[jo.id]
    assert (True, False) == (moved.moved, moved.moved_late)


def test_given_up_for_another_hour_it_is_a_reschedule(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    practice.clock.forward(hours=1)
    practice.world.delete(ANA, event)
    practice.put("Jo Bloggs", TOMORROW + timedelta(days=2))
    practice.once()
    with practice.app.reading() as records:
        states = session_states(records, 24)[jo.id]

    assert [Fate.RESCHEDULED, Fate.AHEAD] == [fate.fate for fate in fates_of(states, ZONE, practice.clock())]


def test_by_her_own_word_it_was_cancelled_at_its_start_at_the_latest(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", WEDNESDAY - timedelta(days=1))
    practice.once()
    mark_session(
        practice.app, practice.the_session().id, "cancelled", practice.clock(), how=Cancelling("client")
    )
    with practice.app.reading() as records:
        [state] = session_states(records, 24)[jo.id]

    assert (WEDNESDAY - timedelta(days=1), "client") == (state.cancelled_at, state.cancelled_by)


def test_the_double_of_another_session_is_none(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    with practice.app.writing() as records:
        row = session_row(records, practice.the_session().id)
        row.status, row.cancel_reason = "cancelled", CancelReason.DUPLICATE
        records.db.add(row)

    with practice.app.reading() as records:
        assert {} == session_states(records, 24, client_id=jo.id)


def test_before_a_session_only_what_began_before_it_counts(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    for days in (2, 1):
        practice.put("Jo Bloggs", WEDNESDAY - timedelta(days=days))
    practice.once()
    with practice.app.reading() as records:
        view = attendance_of(
            practice.app, records, jo, practice.clock(), before=WEDNESDAY - timedelta(days=1)
        )

    assert [WEDNESDAY - timedelta(days=2)] == [fate.starts_at for fate in view.fates]
