"""Quiet hours: what is due in them waits or comes before, and no session goes unbriefed."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.briefing.quiet import TIME_TO_READ, QuietHours, after_quiet, briefing_due

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours(time(21), time(6, 30), BERLIN)
HOUR = timedelta(hours=1)


def berlin(day: int, clock: str) -> datetime:
    """A moment of June 2026 on the wall in Berlin."""
    return datetime.fromisoformat(f"2026-06-{day:02}T{clock}").replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("session", "due"),
    [
        ("14:00", berlin(16, "13:00")),  # by day nothing changes
        ("07:30", berlin(16, "06:30")),  # quiet is over at its end
        ("07:00", berlin(16, "06:30")),  # it waits, and half an hour is left
        ("06:40", berlin(16, "06:30")),  # ten minutes are left
        ("06:39", berlin(15, "20:45")),  # too few: the evening before
        ("06:15", berlin(15, "20:45")),
        ("22:30", berlin(16, "20:45")),  # a late session: that evening
        ("22:00", berlin(16, "20:45")),
        ("21:59", berlin(16, "20:59")),
    ],
)
def test_a_briefing_waits_for_the_end_of_quiet_hours_or_comes_before_them(
    session: str, due: datetime
) -> None:
    assert due == briefing_due(berlin(16, session), HOUR, NIGHT)


def test_whoever_wants_five_minutes_is_content_with_half_of_them() -> None:
    five = timedelta(minutes=5)

    assert berlin(16, "06:30") == briefing_due(berlin(16, "06:33"), five, NIGHT)
    assert berlin(15, "20:45") == briefing_due(berlin(16, "06:32"), five, NIGHT)


def test_quiet_hours_at_midday_begin_and_end_on_one_day() -> None:
    siesta = QuietHours(time(12), time(14), BERLIN)

    assert berlin(16, "14:00") == briefing_due(berlin(16, "14:30"), HOUR, siesta)
    assert berlin(16, "11:45") == briefing_due(berlin(16, "13:30"), HOUR, siesta)
    assert berlin(16, "14:00") == after_quiet(berlin(16, "12:00"), siesta)
    assert berlin(16, "11:59") == after_quiet(berlin(16, "11:59"), siesta)


def test_without_quiet_hours_the_lead_alone_counts() -> None:
    assert (
        berlin(16, "02:00")
        == briefing_due(berlin(16, "03:00"), HOUR, None)
        == after_quiet(berlin(16, "02:00"), None)
    )


ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
)


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    st.integers(5, 1500).map(lambda minutes: timedelta(minutes=minutes)),
    st.integers(0, 23 * 4),
    st.integers(1, 18 * 4),
)
def test_whatever_the_clocks_do_a_briefing_is_in_time_and_out_of_quiet_hours(
    zone: str, starts_at: datetime, lead: timedelta, begins: int, quarters: int
) -> None:
    first, last = (time(quarter // 4 % 24, quarter % 4 * 15) for quarter in (begins, begins + quarters))
    quiet = QuietHours(first, last, ZoneInfo(zone))

    due = briefing_due(starts_at, lead, quiet)

    assert due <= starts_at - min(lead / 2, TIME_TO_READ)
    assert due == starts_at - lead or quiet.around(starts_at - lead)
    assert None is quiet.around(due)
