"""Days, hours and windows by the clocks of five zones, on the days when those change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sync.domain.briefing.moments import local_time
from sync.domain.calendar.reading import known_zone
from sync.domain.calendar.window import local_day, reading_window

DAY = timedelta(days=1)
CHANGES = (
    ("Europe/London", date(2026, 3, 29), 23),
    ("Europe/London", date(2026, 10, 25), 25),
    ("America/New_York", date(2026, 3, 8), 23),
    ("America/New_York", date(2026, 11, 1), 25),
    ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
    ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
    ("Pacific/Auckland", date(2026, 4, 5), 25),
    ("Pacific/Auckland", date(2026, 9, 27), 23),
    ("Asia/Kolkata", date(2026, 6, 14), 24),
)
"""A zone, a day on which its clocks change, and how many hours that day has; in Kolkata they never do."""

every_change = pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)


def midnight(zone: str, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


@every_change
def test_a_day_lasts_from_its_midnight_to_the_next_however_long_it_is(
    zone: str, day: date, hours: float
) -> None:
    begins_at, ends_at = midnight(zone, day), midnight(zone, day + DAY)

    assert timedelta(hours=hours) == ends_at - begins_at
    assert {f"{day}"} == {local_day(at, zone) for at in (begins_at, ends_at - timedelta(seconds=1))}
    assert f"{day + DAY}" == local_day(ends_at, zone)


@every_change
@pytest.mark.parametrize(("past", "future"), [(14, 60), (0, 1), (1, 0)])
def test_r21_a_window_over_a_change_of_clocks_has_its_edges_at_local_midnights(
    zone: str, day: date, hours: float, past: int, future: int
) -> None:
    noon = midnight(zone, day) + timedelta(hours=hours / 2)

    window = reading_window(noon, zone, past, future)

    assert midnight(zone, day - (past + 1) * DAY) == window.starts_at
    assert midnight(zone, day + (future + 1) * DAY) == window.ends_at


@every_change
def test_r21_the_window_of_a_day_is_the_same_from_its_first_to_its_last_moment(
    zone: str, day: date, hours: float
) -> None:
    moments = [midnight(zone, day) + timedelta(hours=hours) * part for part in (0, 0.25, 0.5, 0.999)]

    assert 1 == len({reading_window(moment, zone, 14, 60) for moment in moments})


JULY, JANUARY = datetime(2026, 7, 20, 19, tzinfo=UTC), datetime(2027, 1, 20, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "in_january", "in_july"),
    [
        ("Europe/London", "Wednesday 20 January 2027, 19:00", "Monday 20 July 2026, 20:00"),
        ("Europe/Zurich", "Wednesday 20 January 2027, 20:00", "Monday 20 July 2026, 21:00"),
        ("America/New_York", "Wednesday 20 January 2027, 14:00", "Monday 20 July 2026, 15:00"),
        ("Australia/Lord_Howe", "Thursday 21 January 2027, 06:00", "Tuesday 21 July 2026, 05:30"),
        ("Asia/Kolkata", "Thursday 21 January 2027, 00:30", "Tuesday 21 July 2026, 00:30"),
        ("Pacific/Auckland", "Thursday 21 January 2027, 08:00", "Tuesday 21 July 2026, 07:00"),
    ],
)
def test_r52_a_moment_is_told_by_the_clocks_of_its_own_date_and_not_of_todays(
    zone: str, in_january: str, in_july: str
) -> None:
    assert in_january == local_time(zone, JULY).moment(JANUARY)
    assert in_july == local_time(zone, JANUARY).moment(JULY)


@pytest.mark.parametrize("name", ["GMT-07:00", "GMT+02:00", "Pacific Standard Time", "", None, "EST5EDT4"])
def test_r53_a_name_that_is_no_zone_gives_way_to_the_calendars_own(name: str | None) -> None:
    assert "Asia/Kolkata" == known_zone(name, "Asia/Kolkata")
