"""One meeting that was held for two records is one session once they are one client's, and can be parted."""

from datetime import timedelta
from typing import Any

import pytest

from sync.domain.people import Client
from sync.domain.session_record import SessionRecord
from sync.errors import Refused
from sync.jobs.flags import settle
from sync.jobs.marks import mark_session
from sync.jobs.merges import merge, undo
from sync.jobs.notes import note_history, write_note
from sync.store.known_sessions import flagged
from tests.jobs.looking import HOUR, LENGTH, TOMORROW, delete, fates, move
from tests.jobs.test_copies import ROOMS, copy_of, read, with_rooms
from tests.practice import ANA, Practice


@pytest.fixture
def rooms(on_each: Practice) -> str:
    return with_rooms(on_each)


def two_of_one(practice: Practice, rooms: str) -> tuple[Client, Client, str]:
    """One hour in two calendars, under two names of one client: both records, and the event's id."""
    jo, marsh = practice.client("Jo Bloggs"), practice.client("Joan Marsh")
    event = practice.put("Jo Bloggs", TOMORROW)
    copy_of(practice, event, summary="Joan Marsh")
    read(practice, practice.link_id, rooms)
    assert 2 == len(practice.sessions(status="scheduled"))
    return marsh, jo, event


def standing(practice: Practice) -> list[SessionRecord]:
    return practice.sessions(status="scheduled")


def seen(practice: Practice) -> list[Any]:
    """What is recorded of every session, but for moments of writing."""
    return [
        (s.id, s.client_id, s.event_id, s.starts_at, s.status, s.note_status, s.flags, s.briefing)
        for s in practice.sessions()
    ]


def of(practice: Practice, client: Client) -> SessionRecord:
    [session] = [s for s in practice.sessions() if s.client_id == client.id]
    return session


def join(practice: Practice, gone: Client, kept: Client) -> None:
    merge(practice.app, gone.id, kept.id, practice.clock())


def part(practice: Practice, gone: Client) -> None:
    undo(practice.app, gone.code, practice.clock())


def move_copy(practice: Practice, event: str, start: Any) -> None:
    practice.world.move(ROOMS, event, start, start + LENGTH)


def test_r75_after_a_merge_one_meeting_is_one_session_with_one_briefing(
    on_each: Practice, rooms: str
) -> None:
    gone, kept, _ = two_of_one(on_each, rooms)
    on_each.once()

    join(on_each, gone, kept)
    assert ["pending", "withdrawn"] == sorted(fates(on_each))
    read(on_each, on_each.link_id, rooms, on_each.link_id)
    on_each.clock.set(TOMORROW - HOUR / 2)
    on_each.once()

    [session] = standing(on_each)
    assert (kept.id, ANA) == (session.client_id, session.calendar_id)
    assert 1 == len(on_each.inbox.letters)
    assert ["stub", "void"] == sorted(str(s.note_status) for s in on_each.sessions())


@pytest.mark.parametrize("whose", ["gone", "kept"])
def test_r35_the_session_with_the_written_note_goes_on(on_each: Practice, rooms: str, whose: str) -> None:
    gone, kept, _ = two_of_one(on_each, rooms)
    session = of(on_each, gone if whose == "gone" else kept)
    write_note(on_each.app, session.id, "Prepared.\n", on_each.clock())

    join(on_each, gone, kept)
    read(on_each, rooms, on_each.link_id)

    assert [session.id] == [s.id for s in standing(on_each)]
    assert "Prepared.\n" == note_history(on_each.app, session.id)[-1].body


def test_r35_where_both_have_a_note_both_stay_and_wait_for_a_word(on_each: Practice, rooms: str) -> None:
    gone, kept, _ = two_of_one(on_each, rooms)
    for session in on_each.sessions():
        write_note(on_each.app, session.id, f"{session.client_name}.\n", on_each.clock())
    before = seen(on_each)

    join(on_each, gone, kept)

    [asked] = [s for s in standing(on_each) if s.flags]
    assert (2, ("one-hour-two-notes",)) == (len(standing(on_each)), asked.flags)
    part(on_each, gone)
    assert before == seen(on_each)

    join(on_each, gone, kept)
    [asked] = [s for s in standing(on_each) if s.flags]
    settle(on_each.app, asked.id, "one-hour-two-notes", "duplicate", on_each.clock())
    read(on_each, on_each.link_id, rooms)
    assert 1 == len(standing(on_each))
    assert 2 == sum(bool(note_history(on_each.app, s.id)) for s in on_each.sessions())


@pytest.mark.parametrize("reread", [False, True])
def test_an_undone_merge_restores_both_sessions(on_each: Practice, rooms: str, reread: bool) -> None:
    gone, kept, _ = two_of_one(on_each, rooms)
    before = seen(on_each)
    join(on_each, gone, kept)
    if reread:
        read(on_each, rooms, on_each.link_id)

    part(on_each, gone)
    at_once = seen(on_each)
    read(on_each, on_each.link_id, rooms)

    assert before == at_once == seen(on_each)


@pytest.mark.parametrize("calendar", [ANA, ROOMS])
def test_after_an_undone_merge_each_follows_its_own_calendar(
    on_each: Practice, rooms: str, calendar: str
) -> None:
    gone, kept, event = two_of_one(on_each, rooms)
    join(on_each, gone, kept)
    on_each.world.delete(calendar, event)
    read(on_each, on_each.link_id, rooms)
    assert 1 == len(standing(on_each))  # the other copy stands

    part(on_each, gone)
    on_each.clock.forward(minutes=15)
    read(on_each, on_each.link_id, rooms)
    (move if calendar == ROOMS else move_copy)(on_each, event, TOMORROW + HOUR)
    read(on_each, on_each.link_id, rooms)

    [session] = standing(on_each)
    assert (kept.id if calendar == ROOMS else gone.id, TOMORROW + HOUR) == (
        session.client_id,
        session.starts_at,
    )


def test_a_series_moved_while_its_records_were_one_is_two_again_when_they_are_parted(
    on_each: Practice, rooms: str
) -> None:
    jo, marsh = on_each.client("Jo Bloggs"), on_each.client("Joan Marsh")
    weekly: dict[str, Any] = {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]}
    event = on_each.put("Jo Bloggs", TOMORROW, **weekly)
    copy_of(on_each, event, summary="Joan Marsh", **weekly)
    for _ in range(2):
        read(on_each, on_each.link_id, rooms)
    join(on_each, marsh, jo)
    read(on_each, on_each.link_id, rooms)
    assert 3 == len(standing(on_each))
    later = TOMORROW + HOUR
    for calendar in (ANA, ROOMS):
        on_each.world.move(calendar, event, later, later + LENGTH)
        read(on_each, on_each.link_id, rooms)
    assert [later + n * timedelta(days=7) for n in range(3)] == [s.starts_at for s in standing(on_each)]

    part(on_each, marsh)
    on_each.clock.forward(minutes=15)
    read(on_each, on_each.link_id, rooms)

    for client in (jo, marsh):
        starts = [s.starts_at for s in standing(on_each) if s.client_id == client.id]
        assert [later + n * timedelta(days=7) for n in range(3)] == starts


def test_what_was_said_of_one_session_holds_for_the_meeting(on_each: Practice, rooms: str) -> None:
    gone, kept, _ = two_of_one(on_each, rooms)
    on_each.clock.set(TOMORROW + 2 * HOUR)
    hers = of(on_each, gone)
    mark_session(on_each.app, hers.id, "no_show", on_each.clock())

    join(on_each, gone, kept)

    assert [(hers.id, "no_show")] == [(s.id, s.status) for s in on_each.sessions() if s.status != "cancelled"]


def test_what_began_and_what_is_to_come_stay_two(on_each: Practice, rooms: str) -> None:
    gone, kept, event = two_of_one(on_each, rooms)
    on_each.clock.set(TOMORROW + HOUR / 2)
    move_copy(on_each, event, TOMORROW + 5 * HOUR)
    on_each.clock.set(TOMORROW - HOUR)
    read(on_each, on_each.link_id, rooms)
    on_each.clock.set(TOMORROW + HOUR)

    join(on_each, gone, kept)

    assert [] == on_each.sessions(status="cancelled")


def test_one_calendar_that_shows_a_uid_twice_tells_nothing_apart(on_each: Practice, rooms: str) -> None:
    jo, marsh = on_each.client("Jo Bloggs"), on_each.client("Joan Marsh")
    event = on_each.put("Jo Bloggs", TOMORROW, iCalUID="shared@tool.example")
    on_each.put("Jo Bloggs", TOMORROW + HOUR, iCalUID="shared@tool.example")
    copy_of(on_each, event, summary="Joan Marsh", iCalUID="shared@tool.example")
    read(on_each, on_each.link_id, rooms)

    join(on_each, marsh, jo)

    assert 3 == len(standing(on_each))


def test_a_deleted_meeting_is_cancelled_once_no_copy_stands(on_each: Practice, rooms: str) -> None:
    gone, kept, event = two_of_one(on_each, rooms)
    join(on_each, gone, kept)

    delete(on_each, event)
    read(on_each, on_each.link_id, rooms)
    after_one = len(standing(on_each))
    on_each.world.delete(ROOMS, event)
    read(on_each, rooms)

    assert (1, 0) == (after_one, len(standing(on_each)))


def test_one_event_that_names_two_records_is_the_clients_once_they_are_one(on_each: Practice) -> None:
    jo, marsh = on_each.client("Jo Bloggs"), on_each.client("Joan Marsh")
    on_each.put("Jo Bloggs / Joan Marsh", TOMORROW)
    on_each.once()
    assert [] == on_each.sessions()

    join(on_each, marsh, jo)
    on_each.once()

    assert [jo.id] == [s.client_id for s in on_each.sessions()]


def test_a_flag_of_the_double_waits_again_when_the_merge_is_undone(on_each: Practice, rooms: str) -> None:
    gone, kept, event = two_of_one(on_each, rooms)
    hers = of(on_each, gone)
    on_each.world.patch(ROOMS, event, {"summary": "Jo Bloggs"})
    read(on_each, rooms)
    assert ("title-names-another-client",) == of(on_each, gone).flags

    join(on_each, gone, kept)
    with on_each.app.reading() as records:
        assert set() == flagged(records, "title-names-another-client", [hers.id])
    part(on_each, gone)

    assert ("title-names-another-client",) == of(on_each, gone).flags


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("first", [0, 1])
def test_merges_into_one_record_can_be_undone_in_any_order(
    on_each: Practice, rooms: str, first: int, written: bool
) -> None:
    marsh, jo, _ = two_of_one(on_each, rooms)
    cat = on_each.client("Cat Orr")
    for session in on_each.sessions() if written else ():
        write_note(on_each.app, session.id, f"{session.client_name}.\n", on_each.clock())
    before = seen(on_each)
    gone = (jo, marsh)
    for each in gone:
        join(on_each, each, cat)
    assert (2 if written else 1) == len(standing(on_each))

    part(on_each, gone[first])
    assert {gone[first].id, cat.id} == {s.client_id for s in standing(on_each)}
    assert [()] * 2 == [s.flags for s in standing(on_each)]
    on_each.clock.forward(minutes=15)
    read(on_each, on_each.link_id, rooms)
    assert 2 == len(standing(on_each))
    part(on_each, gone[1 - first])
    read(on_each, on_each.link_id, rooms)

    assert before == seen(on_each)


def test_after_merges_undone_in_another_order_each_follows_its_own_calendar(
    on_each: Practice, rooms: str
) -> None:
    marsh, jo, event = two_of_one(on_each, rooms)
    cat = on_each.client("Cat Orr")
    join(on_each, jo, cat)
    join(on_each, marsh, cat)
    part(on_each, jo)

    delete(on_each, event)
    on_each.clock.forward(minutes=15)
    read(on_each, on_each.link_id, rooms)

    assert [cat.id] == [s.client_id for s in standing(on_each)]


LODGE = "lodge@practice.example"


@pytest.mark.parametrize("first", [0, 1, 2])
def test_of_three_records_of_one_meeting_each_can_be_parted_first(
    on_each: Practice, rooms: str, first: int
) -> None:
    lodge = with_rooms(on_each, LODGE)
    gone = [on_each.client(name) for name in ("Jo Bloggs", "Joan Marsh", "Jane Mills")]
    cat = on_each.client("Cat Orr")
    event = on_each.put(gone[0].name, TOMORROW)
    for calendar, person in zip((ROOMS, LODGE), gone[1:], strict=True):
        copy_of(on_each, event, calendar=calendar, summary=person.name)
    read(on_each, on_each.link_id, rooms, lodge)
    join(on_each, gone[0], cat)
    join(on_each, gone[1], cat)
    # The note makes that one go on: the one that went on before becomes a double in its turn.
    write_note(on_each.app, of(on_each, gone[2]).id, "Prepared.\n", on_each.clock())
    join(on_each, gone[2], cat)
    assert 1 == len(standing(on_each))

    order = gone[first:] + gone[:first]
    for left, person in zip((2, 3, 3), order, strict=True):
        part(on_each, person)
        on_each.clock.forward(minutes=15)
        read(on_each, on_each.link_id, rooms, lodge)
        assert left == len(standing(on_each))

    assert {(ANA, gone[0].id), (ROOMS, gone[1].id), (LODGE, gone[2].id)} == {
        (session.calendar_id, session.client_id) for session in standing(on_each)
    }


@pytest.mark.parametrize("status", ["scheduled", "cancelled"])
def test_a_double_of_a_merge_is_not_marked_for_itself(on_each: Practice, rooms: str, status: str) -> None:
    gone, kept, _ = two_of_one(on_each, rooms)
    join(on_each, gone, kept)
    [double] = [session for session in on_each.sessions() if session.status == "cancelled"]
    before = seen(on_each), fates(on_each)

    with pytest.raises(Refused, match="double of another"):
        mark_session(on_each.app, double.id, status, on_each.clock())

    assert before == (seen(on_each), fates(on_each))
    part(on_each, gone)
    mark_session(on_each.app, double.id, status, on_each.clock())
