"""The practitioner's own load, by hand: runs of days and hours, late evenings, her own past."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.attendance.load import Amount, Hour, load_of
from tests.domain.attendance.builders import at

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 6, 10)
"""A Wednesday."""


def hour(day: date, clock: str = "10:00", minutes: int = 50) -> Hour:
    start = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=LONDON)
    return Hour(start, start + timedelta(minutes=minutes))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def the_amount(*hours: Hour) -> Amount:
    return load_of(hours, LONDON, at(TODAY, 22), 4).now


def test_sessions_are_counted_by_week_from_monday() -> None:
    monday = date(2026, 6, 8)
    hours = [hour(monday), hour(monday - timedelta(days=1)), hour(TODAY), hour(TODAY + timedelta(days=1))]

    weeks = load_of(hours, LONDON, at(TODAY, 22), 3).weeks
    assert ((date(2026, 5, 25), 0), (date(2026, 6, 1), 1), (monday, 2)) == weeks


def test_a_run_ends_with_a_free_day() -> None:
    days = [1, 2, 3, 5, 6, 7, 8, 20]
    load = load_of([hour(ago(each)) for each in days], LONDON, at(TODAY, 9), 4)

    assert (8, 4, 3) == (load.now.days, load.now.run, load.present_run)


@pytest.mark.parametrize(("second", "row"), [("10:50", 2), ("11:04", 2), ("11:05", 1), ("12:00", 1)])
def test_less_than_a_quarter_of_an_hour_is_no_break(second: str, row: int) -> None:
    assert row == the_amount(hour(ago(1)), hour(ago(1), second)).row


@pytest.mark.parametrize(("clock", "minutes", "late"), [("19:10", 50, 0), ("19:11", 50, 1), ("23:30", 50, 1)])
def test_an_evening_is_late_after_eight_of_her_clock(clock: str, minutes: int, late: int) -> None:
    assert late == the_amount(hour(ago(1), clock, minutes), hour(ago(1), "18:00")).late


def test_four_weeks_stand_beside_the_median_of_those_before() -> None:
    before = [hour(ago(28 * back + 27)) for back in range(1, 4) for _ in range(back)]
    load = load_of([*before, hour(ago(1)), hour(ago(2))], LONDON, at(TODAY, 22), 4)

    assert (2, 3, 2) == (load.now.sessions, load.stretches, load.before.sessions)  # type: ignore[union-attr] # three of them


def test_without_three_earlier_stretches_nothing_is_compared() -> None:
    hours = [hour(ago(28 * back + 27)) for back in (1, 2)]

    assert (None, 2) == (load_of(hours, LONDON, at(TODAY, 22), 4).before, 2)
    assert Amount() == load_of([], LONDON, at(TODAY, 22), 4).now


def test_days_are_hers_in_the_week_when_the_clocks_change() -> None:
    sunday = date(2026, 3, 29)
    saturday, monday = sunday - timedelta(days=1), sunday + timedelta(days=1)
    hours = [hour(saturday, "23:30"), hour(sunday, "23:30"), hour(monday)]
    load = load_of(hours, LONDON, at(monday, 22), 2)

    assert (3, 3, (2, 1)) == (load.now.days, load.present_run, tuple(count for _, count in load.weeks))


@given(st.lists(st.tuples(st.integers(0, 120), st.integers(7, 22)), max_size=40))
def test_no_run_is_longer_than_the_days_and_no_row_than_the_sessions(drawn: list[tuple[int, int]]) -> None:
    load = load_of([hour(ago(day), f"{clock:02}:00") for day, clock in drawn], LONDON, at(TODAY, 23), 18)

    now = load.now
    assert now.run <= now.days <= min(28, now.sessions)
    assert now.row <= now.sessions
    assert now.late <= now.days
    assert len(drawn) == sum(count for _, count in load.weeks)
