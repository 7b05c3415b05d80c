"""When the weekly report is due, on the wall of the practice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sync.domain.attendance.weekly import last_due

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-06-15T06:00", "2026-06-15T06:00"),  # Monday 08:00 in Berlin, to the minute
        ("2026-06-15T05:59", "2026-06-08T06:00"),
        ("2026-06-21T23:00", "2026-06-15T06:00"),
        ("2026-03-30T07:00", "2026-03-30T06:00"),  # the clocks went forward on Sunday
        ("2026-03-30T05:00", "2026-03-23T07:00"),
        ("2026-10-26T07:00", "2026-10-26T07:00"),  # and back
    ],
)
def test_it_is_due_at_the_same_hour_of_the_wall_every_week(now: str, due: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert datetime.fromisoformat(due).replace(tzinfo=UTC) == last_due("monday 08:00", BERLIN, moment)
