"""Who comes back with some rhythm is proposed as a client, the likeliest first; nobody is decided upon."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.calendar.suggestions import LIKELY, Suggestion, suggest_clients
from sync.domain.calendar.values import Appointment, Attendee
from tests.domain.calendar.builders import BERLIN, appointment, guest, myself

FIRST = datetime(2026, 3, 3, 13, 0, tzinfo=UTC)
WEEKLY = tuple(range(0, 84, 7))


def hours(title: str, days: Sequence[int] = WEEKLY, *, minutes: int = 50, **more: Any) -> list[Appointment]:
    """Appointments of this title on these days from Tuesday 3 March on."""
    starts = [FIRST + timedelta(days=day) for day in days]
    length = timedelta(minutes=minutes)
    return [
        appointment(title, event_id=f"{title}{at:%m%d%H}", start=at, ends_at=at + length, **more)
        for at in starts
    ]


def names(*some: list[Appointment]) -> list[str]:
    return [found.name for found in suggest_clients([each for one in some for each in one], BERLIN)]


def only(found: list[Appointment]) -> Suggestion:
    [suggestion] = suggest_clients(found, BERLIN)
    return suggestion


def test_a_weekly_hour_is_proposed_by_the_name_in_its_title() -> None:
    found = only(
        hours("Therapy Jo Bloggs online") + hours("Jo Bloggs #4", (84,))
        if False
        else hours("Therapy Jo Bloggs online")
    )

    assert ("Jo Bloggs", 12, 7, None) == (found.name, found.hours, found.every_days, found.address)
    assert ("therapy jo bloggs",) == found.titles
    assert found.likelihood >= LIKELY


@pytest.mark.parametrize(
    "days",
    [(0, 7, 14), (0, 14, 28, 42), (0, 3, 7, 10, 14, 17), (0, 7, 21, 28, 49), (0, 30, 61, 91)],
    ids=["weekly", "fortnightly", "twice a week", "with breaks", "monthly"],
)
def test_every_usual_rhythm_is_one(days: Sequence[int]) -> None:
    assert ["Jo Bloggs"] == names(hours("Jo Bloggs", days))


@pytest.mark.parametrize(
    "days",
    [(0, 7), tuple(range(30)), (0, 1, 2, 3, 4, 7, 8, 9, 10, 11), (0, 50, 100), (0, 3, 40, 43, 80, 99)],
    ids=["twice only", "daily", "every working day", "too seldom", "without rhythm"],
)
def test_what_has_no_rhythm_of_a_client_is_not_proposed(days: Sequence[int]) -> None:
    assert [] == names(hours("Jo Bloggs", days))


@pytest.mark.parametrize(
    "more",
    [
        {"attendees": tuple(guest(f"p{n}@post.example") for n in range(3))},
        {"visibility": "private"},
        {"minutes": 10},
        {"minutes": 400},
        {"organizer_is_self": False, "attendees": (myself("needsAction"),)},
        {"attendees": (guest(response="declined"),)},
    ],
    ids=["a meeting", "private", "too short", "too long", "unanswered", "declined"],
)
def test_what_cannot_be_a_clients_hour_is_not_proposed(more: dict[str, Any]) -> None:
    assert [] == names(hours("Jo Bloggs", **more))


def test_a_title_that_names_nobody_is_proposed_by_its_single_guest() -> None:
    invited = (guest("mia.stone@post.example"), Attendee("ana@practice.example", "accepted", is_self=True))
    found = only(hours("Session", attendees=invited))

    assert ("Mia Stone", "mia.stone@post.example", ()) == (found.name, found.address, found.titles)
    assert [] == names(hours("Session"))


def test_a_title_that_several_guests_share_names_none_of_them() -> None:
    one = hours("Ana Okafor", attendees=(guest("jo@post.example"),))
    other = hours("Ana Okafor", tuple(day + 1 for day in WEEKLY), attendees=(guest("mia@post.example"),))

    found = suggest_clients(one + other, BERLIN)

    assert [("Jo", "jo@post.example", ()), ("Mia", "mia@post.example", ())] == [
        (each.name, each.address, each.titles) for each in found
    ]


def test_the_likeliest_come_first_and_everyday_things_are_not_likely() -> None:
    invited = hours("Mia Stone", attendees=(guest("mia@post.example"),))
    found = suggest_clients(hours("Yoga class") + hours("Jo Bloggs") + invited, BERLIN)

    assert ["Mia Stone", "Jo Bloggs"] == [each.name for each in found if each.likelihood >= LIKELY]
    assert "Yoga class" == found[-1].name


def test_two_entries_on_one_day_are_one_hour_in_the_count() -> None:
    assert [] == names(hours("Jo Bloggs", (0, 7)) + hours("jo bloggs", (0, 7), minutes=30))


@given(
    st.lists(st.tuples(st.text(max_size=12), st.integers(0, 90), st.integers(0, 400)), max_size=12),
    st.randoms(use_true_random=False),
)
def test_whatever_stands_in_a_calendar_the_order_makes_no_difference(
    entries: list[tuple[str, int, int]], random: Any
) -> None:
    some = [each for title, day, minutes in entries for each in hours(title, (day,), minutes=minutes)]
    some = [each._replace(starts_at=min(each.starts_at, each.ends_at)) for each in some]
    mixed = random.sample(some, len(some))

    assert suggest_clients(some, BERLIN) == suggest_clients(mixed, BERLIN)
