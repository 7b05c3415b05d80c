"""One meeting in several calendars of one practitioner is one session, whichever is read first (R33, R75)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import permutations
from random import Random
from typing import Any

import pytest

from sync.domain.calendar.links import LinkState
from sync.jobs.disconnect import remove
from sync.jobs.marks import Cancelling, mark_session
from sync.jobs.notes import note_history, write_note
from sync.jobs.pull import pull_calendar
from sync.jobs.reports import PassReport
from sync.jobs.visit import PullWish
from sync.store.links import LinkWish, SignIn, keep_account, keep_link, set_state
from tests.jobs.looking import (
    HOUR,
    LENGTH,
    NEXT_WEEK,
    TOMORROW,
    delete,
    fates,
    instance,
    ledger,
    move,
    weekly,
)
from tests.jobs.test_cost_of_history import asked
from tests.jobs.test_together import at_once
from tests.practice import ANA, Practice

ROOMS = "rooms@practice.example"


def with_rooms(practice: Practice, calendar: str = ROOMS) -> str:
    """A second calendar of Ana's; the id of its link."""
    practice.world.add_calendar(calendar, time_zone="Europe/London", owner=calendar)
    practice.world.share(calendar, ANA, "owner")
    practice.clock.forward(seconds=1)
    with practice.app.writing() as records:
        account = keep_account(
            records, practice.practitioner_id, SignIn("google", "1", ANA, "{}"), practice.clock()
        )
        return keep_link(records, account, practice.practitioner_id, LinkWish(calendar), practice.clock())


@pytest.fixture
def rooms(on_each: Practice) -> str:
    return with_rooms(on_each)


def copy_of(
    practice: Practice, event: str, start: datetime = TOMORROW, calendar: str = ROOMS, **more: Any
) -> str:
    """Show Ana's event in the second calendar too, where she is invited to it."""
    return practice.world.insert(
        calendar,
        {
            "id": event,
            "summary": "Jo Bloggs",
            "start": {"dateTime": start.isoformat(), "timeZone": "Europe/London"},
            "end": {"dateTime": (start + LENGTH).isoformat(), "timeZone": "Europe/London"},
            "organizer": {"email": ANA},
            **more,
        },
    )


def read(practice: Practice, *link_ids: str) -> None:
    """Read these calendars, in this order, each wholly."""
    for link_id in link_ids:
        pull_calendar(practice.app, link_id, practice.clock(), PullWish(full=True), PassReport())


@pytest.mark.parametrize("first", ["source", "target"])
def test_r33_an_event_moved_to_another_calendar_keeps_its_session_and_note(
    on_each: Practice, rooms: str, first: str
) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    before = on_each.the_session()
    write_note(on_each.app, before.id, "Ask about the exam.", on_each.clock())

    on_each.world.move_to_calendar(ANA, event, ROOMS)
    read(on_each, *([on_each.link_id, rooms] if first == "source" else [rooms, on_each.link_id]))

    after = on_each.the_session()
    assert (before.id, "scheduled", ROOMS, event) == (
        after.id,
        after.status,
        after.calendar_id,
        after.event_id,
    )
    assert ["Ask about the exam."] == [text.body for text in note_history(on_each.app, after.id)]
    assert ["pending"] == fates(on_each)


def test_r33_a_moved_event_is_briefed_once_and_a_later_change_is_followed_there(
    on_each: Practice, rooms: str
) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    on_each.world.move_to_calendar(ANA, event, ROOMS)
    on_each.once()
    on_each.clock.set(TOMORROW - HOUR / 2)
    on_each.once()
    on_each.world.move(ROOMS, event, TOMORROW + HOUR, TOMORROW + 2 * HOUR)
    on_each.once()

    assert TOMORROW + HOUR == on_each.the_session().starts_at
    assert (["sent", "pending"], 1) == (fates(on_each), len(on_each.inbox.letters))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_r33_a_series_moved_to_another_calendar_keeps_its_sessions(
    on_each: Practice, rooms: str, order: tuple[int, int]
) -> None:
    on_each.client("Jo Bloggs")
    series = weekly(on_each, count=8)
    on_each.once()
    before = {session.id: session.starts_at for session in on_each.sessions()}

    on_each.world.move_to_calendar(ANA, series, ROOMS)
    links = (on_each.link_id, rooms)
    read(on_each, *(links[at] for at in order))
    read(on_each, *(links[at] for at in order))

    sessions = on_each.sessions()
    assert before == {session.id: session.starts_at for session in sessions}
    assert {("scheduled", ROOMS)} == {(session.status, session.calendar_id) for session in sessions}


def test_r33_a_move_to_a_calendar_that_is_not_linked_is_a_deletion(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    practice.world.add_calendar(ROOMS, time_zone="Europe/London", owner=ANA)

    practice.world.move_to_calendar(ANA, event, ROOMS)
    practice.once()

    assert "cancelled" == practice.the_session().status


def test_r33_a_move_after_the_hour_is_no_contradiction(on_each: Practice, rooms: str) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    on_each.clock.set(TOMORROW + 2 * HOUR)

    on_each.world.move_to_calendar(ANA, event, ROOMS)
    read(on_each, on_each.link_id, rooms)

    session = on_each.the_session()
    assert ((), ROOMS, TOMORROW) == (session.flags, session.calendar_id, session.starts_at)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_r75_one_meeting_in_two_calendars_is_one_session_of_the_organizers(
    on_each: Practice, rooms: str, order: tuple[int, int]
) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event)

    links = (on_each.link_id, rooms)
    read(on_each, *(links[at] for at in order))

    assert (ANA, event) == (on_each.the_session().calendar_id, on_each.the_session().event_id)
    assert ["pending"] == fates(on_each)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_r75_of_two_copies_one_is_deleted_and_the_session_stays_with_the_other(
    on_each: Practice, rooms: str, order: tuple[int, int]
) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event)
    on_each.once()
    before = on_each.the_session()

    delete(on_each, event)
    links = (on_each.link_id, rooms)
    read(on_each, *(links[at] for at in order))

    after = on_each.the_session()
    assert (before.id, "scheduled", ROOMS) == (after.id, after.status, after.calendar_id)


def test_r33_a_session_whose_copy_stands_is_not_cancelled_in_between(on_each: Practice, rooms: str) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event)
    on_each.once()

    delete(on_each, event)
    read(on_each, on_each.link_id)

    assert ("scheduled", ROOMS) == (on_each.the_session().status, on_each.the_session().calendar_id)
    assert ["created", "relinked"] == ledger(on_each)


@pytest.mark.parametrize("order", list(permutations(["first", "second"])))
def test_r75_when_both_copies_are_deleted_the_session_is_cancelled(
    on_each: Practice, rooms: str, order: tuple[str, str]
) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event)
    on_each.once()

    delete(on_each, event)
    on_each.world.delete(ROOMS, event)
    links = {"first": on_each.link_id, "second": rooms}
    for _ in range(2):
        read(on_each, *(links[name] for name in order))

    assert "cancelled" == on_each.the_session().status


def test_r75_a_copy_that_comes_back_brings_the_session_back(on_each: Practice, rooms: str) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event)
    on_each.once()
    for address in (ANA, ROOMS):
        on_each.world.delete(address, event)
        on_each.once()
    cancelled = on_each.the_session()

    on_each.world.restore(ANA, event)
    on_each.once()

    after = on_each.the_session()
    assert ("cancelled", "scheduled", cancelled.id, ANA) == (
        cancelled.status,
        after.status,
        after.id,
        after.calendar_id,
    )


def test_r75_a_copy_at_another_time_moves_nothing(on_each: Practice, rooms: str) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event)
    on_each.once()

    on_each.world.move(ROOMS, event, TOMORROW + HOUR, TOMORROW + 2 * HOUR)
    on_each.once()

    assert (TOMORROW, []) == (on_each.the_session().starts_at, list(on_each.the_session().moves))


def test_r75_the_leading_event_is_followed_when_it_moves(on_each: Practice, rooms: str) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event)
    on_each.once()

    move(on_each, event, TOMORROW + HOUR)
    on_each.once()

    assert TOMORROW + HOUR == on_each.the_session().starts_at


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_r75_a_series_in_two_calendars_that_moves_as_a_whole_stays_one_session_an_hour(
    on_each: Practice, rooms: str, order: tuple[int, int]
) -> None:
    on_each.client("Jo Bloggs")
    series = weekly(on_each, count=4)
    copy_of(on_each, series, NEXT_WEEK, recurrence=["RRULE:FREQ=WEEKLY;COUNT=4"])
    for _ in range(2):
        on_each.once(full=True)
        on_each.clock.forward(minutes=1)
    before = {session.id: session.starts_at for session in on_each.sessions()}
    times = {
        "start": {"dateTime": (NEXT_WEEK + HOUR).isoformat(), "timeZone": "Europe/London"},
        "end": {"dateTime": (NEXT_WEEK + HOUR + LENGTH).isoformat(), "timeZone": "Europe/London"},
    }

    for address in (ANA, ROOMS):
        on_each.world.edit_all(address, series, times)
    links = (on_each.link_id, rooms)
    read(on_each, *(links[at] for at in order))

    assert {id_: start + HOUR for id_, start in before.items()} == {
        session.id: session.starts_at for session in on_each.sessions()
    }


def test_r75_a_meeting_whose_title_is_hidden_in_the_other_calendar_is_known_by_its_session(
    on_each: Practice, rooms: str
) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event, summary=None)
    on_each.once()

    delete(on_each, event)
    on_each.once()

    assert ("scheduled", ROOMS) == (on_each.the_session().status, on_each.the_session().calendar_id)


def test_r75_a_paused_calendar_gives_the_session_to_the_other(on_each: Practice, rooms: str) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event)
    on_each.once()
    with on_each.app.writing() as records:
        set_state(records, on_each.link_id, LinkState.PAUSED, on_each.clock())

    on_each.world.move(ROOMS, event, TOMORROW + HOUR, TOMORROW + 2 * HOUR)
    on_each.once(full=True)

    assert (ROOMS, TOMORROW + HOUR) == (on_each.the_session().calendar_id, on_each.the_session().starts_at)


def test_r75_a_removed_calendar_gives_the_session_and_its_briefing_to_the_other(
    on_each: Practice, rooms: str
) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event)
    on_each.once()

    remove(on_each.app, on_each.link_id, on_each.clock())
    on_each.clock.set(TOMORROW - timedelta(minutes=90))
    on_each.once(full=True)
    on_each.clock.set(TOMORROW - timedelta(minutes=55))
    on_each.once()

    assert 1 == len(on_each.inbox.letters)


def test_r75_what_is_deleted_right_after_the_other_calendar_was_removed_is_cancelled(
    on_each: Practice, rooms: str
) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event)
    on_each.once()

    remove(on_each.app, on_each.link_id, on_each.clock())
    on_each.world.delete(ROOMS, event)
    on_each.once()

    assert "cancelled" == on_each.the_session().status


def test_r36_one_uid_with_two_clients_is_two_sessions(on_each: Practice, rooms: str) -> None:
    on_each.client("Jo Bloggs")
    on_each.client("Kim Mori")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event, summary="Kim Mori")

    on_each.once()

    assert {"JB", "KM"} == {session.client_code for session in on_each.sessions()}


def test_r36_one_id_with_two_uids_in_her_own_calendars_is_two_sessions(on_each: Practice, rooms: str) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event, TOMORROW + 2 * HOUR, iCalUID="another@google.com")
    on_each.once()

    on_each.world.move(ROOMS, event, TOMORROW + 3 * HOUR, TOMORROW + 4 * HOUR)
    on_each.once()

    assert [TOMORROW, TOMORROW + 3 * HOUR] == [session.starts_at for session in on_each.sessions()]


def test_r75_a_person_who_cancelled_is_not_overruled_by_a_copy(on_each: Practice, rooms: str) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    mark_session(
        on_each.app, on_each.the_session().id, "cancelled", on_each.clock(), how=Cancelling("client")
    )

    copy_of(on_each, event)
    on_each.once()

    assert "cancelled" == on_each.the_session().status


def test_r75_an_hour_of_a_series_that_is_moved_to_another_calendar_alone_keeps_its_session(
    on_each: Practice, rooms: str
) -> None:
    on_each.client("Jo Bloggs")
    series = weekly(on_each, count=3)
    on_each.once()
    copy_of(on_each, series, NEXT_WEEK, recurrence=["RRULE:FREQ=WEEKLY;COUNT=3"])
    on_each.once()

    delete(on_each, instance(series, NEXT_WEEK))
    on_each.once()

    assert [ROOMS, ANA, ANA] == [session.calendar_id for session in on_each.sessions()]


def test_r75_two_calendars_that_are_read_at_the_same_time_make_one_session(
    on_each: Practice, rooms: str
) -> None:
    on_each.client("Jo Bloggs")
    hours = [TOMORROW + number * HOUR for number in range(6)]
    for hour in hours:
        copy_of(on_each, on_each.put("Jo Bloggs", hour), hour)

    at_once(lambda number: read(on_each, on_each.link_id if number % 2 else rooms))

    assert hours == [session.starts_at for session in on_each.sessions()]


def a_life(practice: Practice, rooms: str, event: str, chance: Random) -> None:
    """Some edits of the two copies, with readings of either calendar between them."""
    edits: list[Callable[[str], None]] = [
        lambda address: practice.world.delete(address, event),
        lambda address: practice.world.restore(address, event),
        lambda address: practice.world.move(
            address, event, start := TOMORROW + chance.randrange(4) * HOUR, start + LENGTH
        ),
    ]
    for _ in range(chance.randrange(1, 6)):
        chance.choice(edits)(chance.choice([ANA, ROOMS]))
        practice.clock.forward(minutes=1)
        for link in chance.sample([practice.link_id, rooms], chance.randrange(3)):
            read(practice, link)


@pytest.mark.parametrize("seed", range(25))
def test_r75_the_order_of_readings_makes_no_difference(practice: Practice, seed: int) -> None:
    rooms, chance = with_rooms(practice), Random(seed)
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    copy_of(practice, event)
    practice.once()
    a_life(practice, rooms, event, chance)

    for _ in range(2):  # the second time asks about what the first has handed over
        read(practice, *chance.sample([practice.link_id, rooms], 2))

    standing = {
        address: shown[0]["start"]["dateTime"]
        for address in (ANA, ROOMS)
        if (shown := practice.world.truth(address, TOMORROW - 8 * HOUR, TOMORROW + 8 * HOUR))
    }
    session = practice.the_session()
    if not standing:
        assert "cancelled" == session.status
        return
    leads = ANA if ANA in standing else ROOMS
    assert ("scheduled", leads) == (session.status, session.calendar_id)
    assert datetime.fromisoformat(standing[leads]) == session.starts_at


def test_r75_what_she_says_by_a_mark_on_one_copy_is_not_undone_by_the_other(
    on_each: Practice, rooms: str
) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    copy_of(on_each, event)
    on_each.once()

    on_each.world.patch(ANA, event, {"summary": "Cancelled: Jo Bloggs"})
    for _ in range(2):
        on_each.once(full=True)

    assert ("cancelled", ANA) == (on_each.the_session().status, on_each.the_session().calendar_id)


def test_r75_an_hour_of_a_series_is_looked_for_among_copies_by_its_own_original_start(
    on_each: Practice, rooms: str
) -> None:
    """All hours share the UID: whoever asked by it alone would read years of them."""
    on_each.client("Jo Bloggs")
    series = weekly(on_each, count=4)
    copy_of(on_each, series, NEXT_WEEK, recurrence=["RRULE:FREQ=WEEKLY;COUNT=4"])
    read(on_each, on_each.link_id)

    with asked(on_each) as said:
        read(on_each, rooms)

    by_uid = [text.partition("WHERE")[2] for text, _ in said if "ical_uid" in text.partition("WHERE")[2]]
    assert len(by_uid) > 1
    assert [] == [question for question in by_uid if "original_start)" not in question]
    assert 4 == len(on_each.sessions())


def test_r36_two_events_of_one_calendar_are_two_sessions_though_they_share_a_uid(practice: Practice) -> None:
    """Where a calendar shows a UID twice, it tells nothing apart, and nothing together."""
    practice.client("Jo Bloggs")
    for hours in (0, 2):
        practice.put("Jo Bloggs", TOMORROW + hours * HOUR, iCalUID="same@elsewhere.example")

    practice.once()
    practice.once(full=True)

    assert [TOMORROW, TOMORROW + 2 * HOUR] == [session.starts_at for session in practice.sessions()]
