"""Edits of whole series: every hour gets another event id, and every session keeps its note (C4)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sync.domain.session_record import SessionRecord
from sync.jobs.notes import note_history, write_note
from sync.sandbox.faults import Fault
from tests.jobs.looking import HOUR, LENGTH, delete, fates, instance
from tests.practice import ANA, Practice

FIRST = datetime(2026, 6, 2, 13, tzinfo=UTC)  # a Tuesday, 14:00 in London; the first two hours are over
WEEK = timedelta(days=7)


def times(start: datetime) -> dict[str, Any]:
    """The change that dragging to `start` makes."""
    return {
        "start": {"dateTime": start.isoformat(), "timeZone": "Europe/London"},
        "end": {"dateTime": (start + LENGTH).isoformat(), "timeZone": "Europe/London"},
    }


def series(practice: Practice, count: int = 8) -> str:
    """A weekly series that is known, with a note of preparation on every hour ahead; its id."""
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", FIRST, recurrence=[f"RRULE:FREQ=WEEKLY;COUNT={count}"])
    practice.once()
    for session in ahead(practice):
        write_note(practice.app, session.id, f"Prepared for {session.starts_at:%d %B}.", practice.clock())
    practice.clock.forward(minutes=1)
    practice.once()  # learns what the master looks like
    practice.clock.forward(minutes=1)
    return event


def ahead(practice: Practice) -> list[SessionRecord]:
    return [s for s in practice.sessions(status="scheduled") if s.starts_at > practice.clock()]


def prepared(practice: Practice) -> dict[str, str]:
    """The text of each session's note, by session id."""
    return {
        s.id: note_history(practice.app, s.id)[-1].body
        for s in practice.sessions()
        if s.note_status == "draft"
    }


@pytest.mark.parametrize("shift", [timedelta(days=4), timedelta(hours=2), timedelta(days=-1, hours=1)])
def test_r41_when_all_events_move_each_session_moves_by_the_same_and_keeps_its_note(
    practice: Practice, shift: timedelta
) -> None:
    event = series(practice)
    before = {session.id: session.starts_at for session in ahead(practice)}
    notes = prepared(practice)
    practice.world.edit_all(ANA, event, times(FIRST + shift))

    report = practice.once()

    after = {session.id: session.starts_at for session in ahead(practice)}
    moved = {session_id: start + shift for session_id, start in before.items()}
    assert moved == {session_id: after[session_id] for session_id in moved}
    assert notes == prepared(practice)
    assert 0 == report.counts["cancelled"]


def test_r41_past_hours_keep_their_times_when_all_events_move(practice: Practice) -> None:
    event = series(practice)
    over = {s.id: s.starts_at for s in practice.sessions(status="held")}
    practice.world.edit_all(ANA, event, times(FIRST + 2 * HOUR))

    practice.once()

    assert {FIRST, FIRST + WEEK} == set(over.values()) & {FIRST, FIRST + WEEK}
    assert over == {s.id: s.starts_at for s in practice.sessions(status="held")}


@pytest.mark.parametrize("shift", [timedelta(days=1, hours=1), timedelta(hours=-3)])
def test_r40_this_and_following_with_a_new_time_moves_the_rest_with_their_notes(
    practice: Practice, shift: timedelta
) -> None:
    event = series(practice)
    before = {session.id: session.starts_at for session in ahead(practice)}
    notes = prepared(practice)
    split_at = FIRST + 4 * WEEK
    practice.world.split(ANA, instance(event, split_at), times(split_at + shift))

    report = practice.once()

    after = {session.id: session.starts_at for session in ahead(practice)}
    expected = {sid: start + shift if start >= split_at else start for sid, start in before.items()}
    assert expected == after
    assert notes == prepared(practice)
    assert (0, 0) == (report.counts["created"], report.counts["cancelled"])


def test_r41_a_series_whose_master_cannot_be_asked_for_now_waits_for_the_next_reading(
    practice: Practice,
) -> None:
    event = series(practice)
    before = {session.id: session.starts_at for session in ahead(practice)}
    notes = prepared(practice)
    shift = timedelta(days=4)  # the nearest hour would be that of the week before
    practice.world.edit_all(ANA, event, times(FIRST + shift))
    practice.faults.add(Fault("html", operation="events.get", times=None))
    practice.once()
    undecided = {session.id: session.starts_at for session in ahead(practice)}

    practice.faults.clear()
    practice.clock.forward(minutes=1)
    practice.once()

    after = {session.id: session.starts_at for session in ahead(practice)}
    assert before == undecided
    assert {session_id: start + shift for session_id, start in before.items()} == {
        session_id: after[session_id] for session_id in before
    }
    assert notes == prepared(practice)


def test_r41_a_series_that_was_in_the_bin_before_it_was_learned_is_followed_once_it_is_back(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    start = FIRST + 2 * WEEK
    event = practice.put("Jo Bloggs", start, recurrence=["RRULE:FREQ=WEEKLY;COUNT=4"])
    practice.once()  # the first reading leaves the master to the second
    delete(practice, event)
    practice.clock.forward(minutes=1)
    practice.once()
    practice.world.restore(ANA, event)
    practice.clock.forward(minutes=1)
    practice.once()
    before = {session.id: session.starts_at for session in ahead(practice)}

    practice.world.edit_all(ANA, event, times(start + timedelta(days=4)))
    practice.clock.forward(minutes=1)
    practice.once()

    after = {session.id: session.starts_at for session in ahead(practice)}
    assert {session_id: at + timedelta(days=4) for session_id, at in before.items()} == after


def test_r41_a_new_series_that_is_moved_at_once_is_followed_exactly(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.once()
    start = FIRST + 2 * WEEK
    event = practice.put("Jo Bloggs", start, recurrence=["RRULE:FREQ=WEEKLY;COUNT=4"])
    practice.clock.forward(minutes=1)
    practice.once()
    before = {session.id: session.starts_at for session in ahead(practice)}

    practice.world.edit_all(ANA, event, times(start + timedelta(days=4)))
    practice.clock.forward(minutes=1)
    practice.once()

    after = {session.id: session.starts_at for session in ahead(practice)}
    assert {session_id: at + timedelta(days=4) for session_id, at in before.items()} == after
    assert {()} == {session.flags for session in ahead(practice)}


def test_r39_this_and_following_without_a_new_time_changes_no_session(practice: Practice) -> None:
    event = series(practice)
    before = {session.id: session.starts_at for session in ahead(practice)}
    practice.world.split(ANA, instance(event, FIRST + 4 * WEEK), {"location": "Room 2"})

    report = practice.once()

    assert before == {session.id: session.starts_at for session in ahead(practice)}
    assert (0, 0, 0) == tuple(report.counts[kind] for kind in ("created", "moved", "cancelled"))


def test_r45_r46_a_single_hour_that_becomes_a_series_and_back_keeps_its_note(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    start = FIRST + 2 * WEEK
    event = practice.put("Jo Bloggs", start)
    practice.once()
    session = practice.the_session()
    write_note(practice.app, session.id, "Prepared.", practice.clock())

    practice.world.patch(ANA, event, {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]})
    practice.clock.forward(minutes=1)
    practice.once()
    as_series = {s.id: s.starts_at for s in ahead(practice)}
    practice.world.patch(ANA, event, {"recurrence": None})
    practice.clock.forward(minutes=1)
    practice.once()

    assert start == as_series[session.id]
    assert {start, start + WEEK, start + 2 * WEEK} == set(as_series.values())
    assert {session.id: start} == {s.id: s.starts_at for s in ahead(practice)}
    assert {session.id: "Prepared."} == prepared(practice)


def test_an_edit_that_is_taken_back_finds_its_sessions_again(practice: Practice) -> None:
    event = series(practice)
    before = {session.id: session.starts_at for session in ahead(practice)}
    for start in (FIRST + 2 * HOUR, FIRST):
        practice.world.edit_all(ANA, event, times(start))
        practice.clock.forward(minutes=1)
        practice.once()

    assert before == {session.id: session.starts_at for session in ahead(practice)}


def test_a_followed_session_is_told_in_its_ledger_and_briefed_for_the_new_time(practice: Practice) -> None:
    event = series(practice, count=3)
    [session] = ahead(practice)
    practice.world.edit_all(ANA, event, times(FIRST + 2 * HOUR))

    practice.once()

    [after] = ahead(practice)
    assert [(session.starts_at, session.starts_at + 2 * HOUR)] == [
        (move.from_starts_at, move.to_starts_at) for move in after.moves
    ]
    assert ["withdrawn", "pending"] == fates(practice)


def test_r27_a_series_that_is_deleted_is_no_edit(practice: Practice) -> None:
    event = series(practice)
    delete(practice, event)

    practice.once()

    assert [] == ahead(practice)


def test_hours_of_another_client_in_the_same_slot_are_not_taken_over(practice: Practice) -> None:
    event = series(practice)
    kim = practice.client("Kim Mori")
    practice.once()
    delete(practice, event)
    practice.put("Kim Mori", FIRST + 2 * WEEK, recurrence=["RRULE:FREQ=WEEKLY;COUNT=3"])

    practice.once()

    assert {kim.id} == {session.client_id for session in ahead(practice)}
