"""Which span one reading covers: whole local days, a day more on each side."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sync.domain.calendar.values import Window
from sync.domain.calendar.window import local_day, reading_window

NOW = datetime(2026, 6, 10, 8, tzinfo=UTC)
FAR_APART = ["Pacific/Auckland", "America/Los_Angeles", "Europe/London", "UTC"]


@pytest.mark.parametrize("zone", FAR_APART)
def test_r21_both_edges_are_local_midnights_a_day_beyond_what_is_asked(zone: str) -> None:
    window = reading_window(NOW, zone, 14, 60)

    here = NOW.astimezone(ZoneInfo(zone)).date()
    first, last = window.starts_at.astimezone(ZoneInfo(zone)), window.ends_at.astimezone(ZoneInfo(zone))
    assert (here - timedelta(days=15), here + timedelta(days=61)) == (first.date(), last.date())
    assert (0, 0, 0, 0) == (first.hour, first.minute, last.hour, last.minute)


@pytest.mark.parametrize("zone", FAR_APART)
def test_r21_the_edges_are_told_in_utc(zone: str) -> None:
    window = reading_window(NOW, zone, 14, 60)

    assert (timedelta(0), timedelta(0)) == (window.starts_at.utcoffset(), window.ends_at.utcoffset())


def test_r21_a_window_over_a_change_of_clocks_still_ends_at_local_midnight() -> None:
    before_the_change = datetime(2026, 10, 20, 8, tzinfo=UTC)

    window = reading_window(before_the_change, "Europe/London", 1, 10)

    assert datetime(2026, 10, 17, 23, tzinfo=UTC) == window.starts_at
    assert datetime(2026, 10, 31, 0, tzinfo=UTC) == window.ends_at


def test_r18_an_hour_over_the_lower_edge_is_within_and_one_that_ends_on_it_is_not() -> None:
    window = Window(NOW, NOW + timedelta(days=1))
    half = timedelta(minutes=30)

    assert window.overlaps(NOW - half, NOW + half)
    assert not window.overlaps(NOW - half, NOW)


def test_r18_an_hour_over_the_upper_edge_is_within_and_one_that_starts_on_it_is_not() -> None:
    window = Window(NOW - timedelta(days=1), NOW)
    half = timedelta(minutes=30)

    assert window.overlaps(NOW - half, NOW + half)
    assert not window.overlaps(NOW, NOW + half)


def test_a_day_is_the_day_where_the_practice_is() -> None:
    late = datetime(2026, 6, 10, 23, 30, tzinfo=UTC)

    assert ["2026-06-11", "2026-06-10"] == [local_day(late, "Europe/Berlin"), local_day(late, "UTC")]
