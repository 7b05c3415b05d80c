"""Where the hours of a wall clock lie in time."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from sync.domain.briefing.wall_clock import day_bounds, day_key, moment_on, read_hour, read_stretch

BERLIN = ZoneInfo("Europe/Berlin")
MORNING = time(7)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_an_hour_that_is_skipped_and_one_that_is_there_twice() -> None:
    assert utc("2026-03-29T01:30") == moment_on(date(2026, 3, 29), time(2, 30), BERLIN)  # 03:30 on the wall
    assert utc("2026-10-25T00:30") == moment_on(date(2026, 10, 25), time(2, 30), BERLIN)  # the first of two


@pytest.mark.parametrize("zone", sorted(available_timezones())[::9])
def test_a_year_of_mornings_has_one_seven_o_clock_each_day(zone: str) -> None:
    wall = ZoneInfo(zone)
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    moments = [moment_on(day, MORNING, wall) for day in days]

    assert [(day, MORNING) for day in days] == [
        (at.astimezone(wall).date(), at.astimezone(wall).time()) for at in moments
    ]
    assert {True} == {22 <= (later - at) / timedelta(hours=1) <= 26 for at, later in pairwise(moments)}


def test_the_days_lie_side_by_side_without_a_gap() -> None:
    havana = ZoneInfo("America/Havana")  # its clocks change at midnight
    bounds = [day_bounds(date(2026, 1, 1) + timedelta(days=number), havana) for number in range(365)]

    assert [ends for _, ends in bounds[:-1]] == [begins for begins, _ in bounds[1:]]
    assert {23, 24, 25} == {(ends - begins) // timedelta(hours=1) for begins, ends in bounds}


def test_a_day_is_known_by_its_key() -> None:
    assert date(2026, 6, 16) == day_key(date(2026, 6, 16)).date()


@pytest.mark.parametrize(
    ("said", "read"), [("07:00", time(7)), ("7:05", time(7, 5)), ("23:59", time(23, 59))]
)
def test_an_hour_is_read(said: str, read: time) -> None:
    assert read == read_hour(said)


@pytest.mark.parametrize("said", ["", "7", "24:00", "07:60", "07:00:00", "seven", "-1:00", "٠٧:00"])
def test_what_is_no_hour_is_none(said: str) -> None:
    assert (None, None) == (read_hour(said), read_stretch(f"{said}-06:00"))


def test_a_stretch_is_read() -> None:
    assert (time(21), time(6, 30)) == read_stretch("21:00-06:30") == read_stretch(" 21:00 – 6:30 ")
    assert [None] * 3 == [read_stretch(said) for said in ("21:00-21:00", "21:00", "21:00-06:30-07:00")]
