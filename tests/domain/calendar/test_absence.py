"""What a complete snapshot lacks: a question, and too many of them a doubt about the calendar itself."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest

from sync.domain.calendar.absence import (
    CONFIRM_LIMIT,
    absent_sessions,
    gone_with_master,
    inquire,
    is_mass_absence,
)
from sync.domain.calendar.values import KnownSession, Snapshot, Window
from sync.domain.calendar.window import reading_window
from tests.domain.calendar.builders import NOW, at, event, known

MONTH = Window(at(1, 0), at(30, 0))


def missing(*sessions: KnownSession, shown: tuple[str, ...] = (), window: Window = MONTH) -> list[str]:
    snapshot = Snapshot(window, "UTC", "owner", tuple(event(event_id) for event_id in shown))
    return [session.event_id for session in absent_sessions(snapshot, sessions)]


def test_a_session_within_the_window_that_is_not_shown_is_absent() -> None:
    assert ["ev1"] == missing(known("ev1"), known("ev2"), shown=("ev2",))


@pytest.mark.parametrize(
    "outside",
    [
        known(start=at(30)),
        known(start=at(30, 0)),
        known(start=at(1, 0) - timedelta(hours=1), ends_at=at(1, 0)),
    ],
)
def test_r18_r19_a_session_outside_the_window_is_not_absent(outside: KnownSession) -> None:
    assert [] == missing(outside)


def test_r18_a_session_over_the_lower_edge_is_absent_when_not_shown() -> None:
    over = known(start=at(1, 0) - timedelta(minutes=30), ends_at=at(1, 0, 20))

    assert ["ev1"] == missing(over)


@pytest.mark.parametrize("settled", [known(status="cancelled"), known(is_alias=True)])
def test_what_is_cancelled_or_an_old_id_is_not_absent(settled: KnownSession) -> None:
    assert [] == missing(settled)


def test_what_is_flagged_as_missing_is_not_asked_again() -> None:
    snapshot = Snapshot(MONTH, "UTC", "owner", ())

    assert [] == absent_sessions(snapshot, [known()], {"s-ev1"})


def test_those_ahead_come_first() -> None:
    expected = ["c", "b", "a"]

    for order in permutations([known("a", at(9)), known("b", at(16)), known("c", at(23))]):
        assert expected == missing(*order)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_r21_an_hour_at_midnight_of_the_first_or_last_day_is_within_the_window(zone: str) -> None:
    window = reading_window(NOW, zone, 14, 60)
    padded = timedelta(days=1)
    first, last = window.starts_at + padded, window.ends_at - padded
    early = known("early", first + timedelta(minutes=10), ends_at=first + timedelta(hours=1))
    late = known("late", last - timedelta(minutes=10), ends_at=last + timedelta(minutes=40))

    assert ["late", "early"] == missing(early, late, window=window)


def future(number: int) -> list[KnownSession]:
    return [known(f"e{day}", at(11 + day)) for day in range(number)]


@pytest.mark.parametrize(
    ("ahead", "gone", "is_mass"),
    [
        (12, 12, True),
        (12, 7, True),
        (12, 6, False),
        (5, 4, True),
        (5, 3, False),
        (3, 3, False),
        (1, 1, False),
        (0, 0, False),
    ],
)
def test_r23_more_than_three_and_more_than_half_is_a_mass(ahead: int, gone: int, is_mass: bool) -> None:
    sessions = future(ahead)

    assert is_mass == is_mass_absence(sessions[:gone], ahead, NOW)


def test_r23_what_is_over_is_not_missed_ahead() -> None:
    over = [known(f"o{day}", at(day)) for day in range(1, 9)]

    assert not is_mass_absence(over, 4, NOW)
    assert is_mass_absence([*over, *future(4)], 4, NOW)


def test_an_event_that_is_as_it_was_known_is_present() -> None:
    snapshot = Snapshot(MONTH, "UTC", "owner", (), frozenset({"ev1"}))

    assert ["ev2"] == [s.event_id for s in absent_sessions(snapshot, [known("ev1"), known("ev2")])]


def instance(series: str, start: datetime) -> KnownSession:
    return known(f"{series}_{start:%d%H%M}", start, recurring_event_id=series)


def test_r23_a_master_is_asked_about_once() -> None:
    inquiry = inquire([instance("abc", at(16)), instance("abc", at(23)), known("solo")])

    assert (("abc",), ("abc_161400", "abc_231400", "solo")) == (inquiry.masters, inquiry.events)


def test_no_more_than_fifty_of_each_kind_are_asked() -> None:
    many = [instance(f"m{minute}", at(16, minute // 60, minute % 60)) for minute in range(CONFIRM_LIMIT + 5)]

    inquiry = inquire(many)

    assert (50, 50) == (len(inquiry.masters), len(inquiry.events))


def test_r27_a_dead_master_takes_its_hours_along_and_no_others() -> None:
    dead, alive, solo = instance("abc", at(16)), instance("xyz", at(16)), known("solo")

    assert [dead] == gone_with_master([dead, alive, solo], {"abc": True, "xyz": False})
