"""Edits of whole series: every hour gets another event id, and every session keeps its note (C4)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sync.domain.calendar.series_places import Place
from sync.domain.session_record import SessionRecord
from sync.jobs.assigning import assign_session
from sync.jobs.notes import note_history, write_note
from sync.jobs.relinks import seek
from sync.jobs.visit import Visit
from sync.sandbox.faults import Fault
from sync.store.links import link
from tests.jobs.looking import HOUR, LENGTH, delete, fates, instance
from tests.practice import ANA, Practice, source_over

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
    practice.faults.add(Fault("status", status=503, times=9, operation="events.get"))
    practice.once()  # the master cannot be read now
    practice.faults.clear()
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


def test_r41_a_series_that_is_moved_right_after_the_very_first_reading_is_followed_exactly(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    start = FIRST + 2 * WEEK
    event = practice.put("Jo Bloggs", start, recurrence=["RRULE:FREQ=WEEKLY;COUNT=4"])
    practice.once()
    before = {session.id: session.starts_at for session in ahead(practice)}

    practice.world.edit_all(ANA, event, times(start + timedelta(days=6)))
    practice.clock.forward(minutes=1)
    practice.once()

    after = {session.id: session.starts_at for session in ahead(practice)}
    assert {session_id: at + timedelta(days=6) for session_id, at in before.items()} == after
    assert {()} == {session.flags for session in ahead(practice)}


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


def test_r45_a_single_hour_that_repeats_now_and_whose_first_instance_is_gone_is_cancelled(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    start = FIRST + 2 * WEEK
    event = practice.put("Jo Bloggs", start)
    practice.once()
    session = practice.the_session()

    practice.world.patch(ANA, event, {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]})
    practice.world.delete(ANA, instance(event, start))
    practice.clock.forward(minutes=1)
    practice.once()

    assert [start + WEEK, start + 2 * WEEK] == [s.starts_at for s in ahead(practice)]
    assert [session.id] == [s.id for s in practice.sessions(status="cancelled")]


def test_r45_a_single_hour_that_repeats_now_without_its_first_date_is_cancelled(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    start = FIRST + 2 * WEEK
    event = practice.put("Jo Bloggs", start)
    practice.once()

    without = f"EXDATE:{start:%Y%m%dT%H%M%SZ}"
    practice.world.patch(ANA, event, {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3", without]})
    practice.clock.forward(minutes=1)
    practice.once()

    assert [start + WEEK, start + 2 * WEEK] == [s.starts_at for s in ahead(practice)]


def test_r45_a_single_hour_that_repeats_now_is_found_beyond_the_window(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    start, far = FIRST + 2 * WEEK, FIRST + 14 * WEEK
    event = practice.put("Jo Bloggs", start)
    practice.once()
    session = practice.the_session()

    practice.world.patch(ANA, event, {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]})
    practice.world.move(ANA, instance(event, start), far, far + LENGTH)
    practice.clock.forward(minutes=1)
    practice.once()

    assert {session.id: far} == {
        s.id: s.starts_at for s in ahead(practice) if s.starts_at not in (start + WEEK, start + 2 * WEEK)
    }


def test_r45_a_single_hour_that_repeats_now_stays_while_its_first_instance_stands_somewhere(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    start, far = FIRST + 2 * WEEK, FIRST + 14 * WEEK
    event = practice.put("Jo Bloggs", start)
    practice.once()
    session = practice.the_session()

    practice.world.patch(ANA, event, {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"]})
    practice.world.move(ANA, instance(event, start), far, far + LENGTH)
    practice.world.delete(ANA, instance(event, start + WEEK))  # nothing of the series is in the window
    practice.clock.forward(minutes=1)
    practice.once()

    assert [session.id] == [s.id for s in ahead(practice)]


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


# An hour of another client within a series


@pytest.mark.parametrize("how", ["all", "following", "far"])
def test_an_hour_that_was_given_to_another_client_alone_stays_hers_when_its_series_moves(
    practice: Practice, how: str
) -> None:
    event = series(practice)
    kim = practice.client("Kim Mori")
    hers = ahead(practice)[-2]
    assign_session(practice.app, hers.id, kim.id, practice.clock())
    if how == "far":
        practice.world.move(ANA, hers.event_id, FAR, FAR + LENGTH)
    practice.once()
    practice.clock.forward(minutes=1)
    shift = timedelta(days=1, hours=2)
    clients = {s.id: s.client_name for s in ahead(practice)}
    notes = prepared(practice)

    if how == "following":
        practice.world.split(ANA, instance(event, FIRST + 3 * WEEK), times(FIRST + 3 * WEEK + shift))
    else:
        practice.world.edit_all(ANA, event, times(FIRST + shift))
    report = practice.once()

    after = session_of(practice, hers.id)
    assert ("Kim Mori", "scheduled") == (after.client_name, after.status)
    assert (FAR if how == "far" else hers.starts_at + shift) == after.starts_at
    assert clients.items() <= {s.id: s.client_name for s in ahead(practice)}.items()
    assert [hers.id] == [s.id for s in ahead(practice) if s.starts_at == after.starts_at]
    assert notes == prepared(practice)
    assert 0 == report.counts["cancelled"]


# Hours beyond what is read


FAR = FIRST + 15 * WEEK + timedelta(days=1)
"""Far beyond the window, and not where any hour of the series was planned."""


def with_a_far_hour(practice: Practice) -> tuple[str, SessionRecord]:
    """A series whose last hour but one was moved far away and is known there: the series, the session."""
    event = series(practice)
    far = ahead(practice)[-2]
    practice.world.move(ANA, far.event_id or "", FAR, FAR + LENGTH)
    practice.once()
    practice.clock.forward(minutes=1)
    return event, session_of(practice, far.id)


def session_of(practice: Practice, session_id: str) -> SessionRecord:
    [session] = [s for s in practice.sessions() if s.id == session_id]
    return session


def settled(practice: Practice) -> None:
    """Read once more, and once more a quarter of an hour later: there is nothing left to find out."""
    practice.once()
    practice.clock.forward(minutes=15)
    practice.once(full=True)


def still_stands(practice: Practice, far: SessionRecord, notes: dict[str, str]) -> None:
    after = session_of(practice, far.id)
    assert ("scheduled", FAR) == (after.status, after.starts_at)
    assert notes == prepared(practice)
    assert [] == [s.id for s in practice.sessions() if s.starts_at == FAR and s.id != far.id]


@pytest.mark.parametrize("shift", [timedelta(days=4), timedelta(hours=2), timedelta(days=-1, hours=1)])
def test_r41_an_hour_beyond_the_window_stands_when_all_events_move(
    practice: Practice, shift: timedelta
) -> None:
    event, far = with_a_far_hour(practice)
    notes = prepared(practice)

    practice.world.edit_all(ANA, event, times(FIRST + shift))
    settled(practice)

    still_stands(practice, far, notes)
    assert instance(event, FIRST + 6 * WEEK + shift) == session_of(practice, far.id).event_id
    assert () == session_of(practice, far.id).flags


def test_r41_an_hour_beyond_the_window_is_followed_though_no_token_names_its_series(
    practice: Practice,
) -> None:
    event, far = with_a_far_hour(practice)
    practice.world.edit_all(ANA, event, times(FIRST + timedelta(days=4)))
    practice.world.expire_tokens(ANA)

    settled(practice)

    assert instance(event, FIRST + 6 * WEEK + timedelta(days=4)) == session_of(practice, far.id).event_id


def test_r40_an_hour_beyond_the_window_is_of_the_half_that_its_plan_fell_into(practice: Practice) -> None:
    event = series(practice, count=20)
    near = ahead(practice)[-1]
    practice.world.move(ANA, near.event_id or "", FAR, FAR + LENGTH)
    practice.once()
    practice.clock.forward(minutes=1)
    split_at = FIRST + 4 * WEEK

    practice.world.split(ANA, instance(event, split_at), times(split_at + timedelta(days=1)))
    settled(practice)

    [session] = [s for s in practice.sessions() if s.id == near.id]
    planned = near.starts_at + timedelta(days=1)
    assert (planned, instance(event, planned)) == (session.starts_at, session.event_id)


def test_r41_an_hour_that_all_events_take_out_of_the_window_is_moved(practice: Practice) -> None:
    series_id = series(practice, count=20)
    last = ahead(practice)[-1]
    shift = timedelta(days=6, hours=1)
    notes = prepared(practice)

    practice.world.edit_all(ANA, series_id, times(FIRST + shift))
    settled(practice)

    after = session_of(practice, last.id)
    assert ("scheduled", last.starts_at + shift) == (after.status, after.starts_at)
    assert notes[last.id] == prepared(practice)[last.id]


def test_r40_an_hour_of_a_half_that_begins_beyond_the_window_is_followed(practice: Practice) -> None:
    series_id = series(practice, count=20)
    last = ahead(practice)[-1]
    practice.world.edit_all(ANA, series_id, times(FIRST + timedelta(days=6)))
    settled(practice)
    far = session_of(practice, last.id)

    practice.clock.forward(minutes=1)
    practice.world.split(ANA, far.event_id, times(far.starts_at + timedelta(days=2, hours=1)))
    settled(practice)

    after = session_of(practice, last.id)
    assert ("scheduled", far.starts_at + timedelta(days=2, hours=1)) == (after.status, after.starts_at)


@pytest.mark.parametrize("trouble", [0, 1])
def test_r41_a_series_that_leaves_the_window_as_a_whole_is_followed(practice: Practice, trouble: int) -> None:
    series_id = series(practice, count=3)
    [last] = ahead(practice)
    shift = timedelta(days=71, hours=2)
    practice.world.edit_all(ANA, series_id, times(FIRST + shift))
    if trouble:
        practice.faults.add(Fault("html", operation="events.get", times=trouble))

    settled(practice)

    after = session_of(practice, last.id)
    assert ("scheduled", last.starts_at + shift) == (after.status, after.starts_at)


@pytest.mark.parametrize("answered", [1, 2])  # the old id; the master too, and not the new id
def test_r41_an_hour_beyond_the_window_waits_while_not_all_can_be_asked_for(
    practice: Practice, answered: int
) -> None:
    event, far = with_a_far_hour(practice)
    notes = prepared(practice)
    practice.world.edit_all(ANA, event, times(FIRST + timedelta(days=4)))
    practice.faults.add(Fault("html", operation="events.get", times=None, after=answered))
    practice.once()
    waiting = session_of(practice, far.id).status

    practice.faults.clear()
    practice.clock.forward(minutes=1)
    settled(practice)

    assert "scheduled" == waiting
    still_stands(practice, far, notes)
    planned = FIRST + 6 * WEEK + timedelta(days=4)
    assert instance(event, planned) == session_of(practice, far.id).event_id


def test_r41_an_hour_beyond_the_window_is_not_cancelled_by_a_guess(practice: Practice) -> None:
    event, far = with_a_far_hour(practice)
    notes = prepared(practice)

    moved = times(FIRST + timedelta(days=4)) | {"recurrence": ["RRULE:FREQ=WEEKLY;INTERVAL=2"]}
    practice.world.edit_all(ANA, event, moved)
    settled(practice)
    practice.world.patch(ANA, event, {"location": "Room 2"})
    settled(practice)

    still_stands(practice, far, notes)


def test_r40_of_two_halves_with_an_hour_of_one_id_the_one_that_is_meant_is_found(practice: Practice) -> None:
    event = series(practice)
    split_at = FIRST + 4 * WEEK
    half = practice.world.split(ANA, instance(event, split_at), times(split_at - WEEK))
    planned = split_at - WEEK
    ids = (instance(event, planned), instance(half, planned))
    with practice.app.reading() as records:
        calendar = link(records, practice.link_id)
    source = source_over(practice.world, practice.faults, practice.requests)
    visit = Visit(practice.app, calendar, source, practice.clock())

    sought = seek(visit, [Place(half, planned, ids, is_sure=True)])

    assert [instance(half, planned)] == [one.event_id for one in sought.found]


@pytest.mark.parametrize("how", ["series", "following", "hour", "moved hour"])
def test_r16_an_hour_beyond_the_window_that_is_deleted_is_cancelled(practice: Practice, how: str) -> None:
    event, far = with_a_far_hour(practice)
    if how == "series":
        delete(practice, event)
    elif how == "following":
        practice.world.delete_following(ANA, instance(event, FIRST + 5 * WEEK))
    elif how == "hour":
        delete(practice, far.event_id or "")
    else:
        shift = timedelta(days=4)
        practice.world.edit_all(ANA, event, times(FIRST + shift))
        delete(practice, instance(event, FIRST + 6 * WEEK + shift))

    settled(practice)

    assert "cancelled" == session_of(practice, far.id).status
