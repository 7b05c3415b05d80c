"""How often a series repeats and when it ends is read from its rule, or left open."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sync.domain.calendar.recurrence import rhythm_of, step_of, until_of

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY", 7),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", 14),
        ("FREQ=WEEKLY;BYDAY=TU,TH", 3.5),
        ("freq=daily;interval=3", 3),
        ("FREQ=MONTHLY;BYDAY=2TU", 30),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", 15),
    ],
)
def test_a_rule_says_how_often_a_series_repeats(rule: str, days: float) -> None:
    rhythm = rhythm_of(("EXDATE:20260616T140000Z", f"RRULE:{rule}"))

    assert rhythm is not None
    assert timedelta(days=days) == rhythm.gap


@pytest.mark.parametrize(
    "lines",
    [(), ("RDATE:20260616T140000Z",), ("RRULE:FREQ=YEARLY",), ("RRULE:FREQ=WEEKLY;INTERVAL=0",), ("RRULE",)],
)
def test_what_is_no_rule_by_day_week_or_month_has_no_rhythm(lines: tuple[str, ...]) -> None:
    assert rhythm_of(lines) is None


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", 7),
        ("FREQ=DAILY", 1),
        ("FREQ=DAILY;BYDAY=MO,TU", None),
        ("FREQ=WEEKLY;BYDAY=TU,TH", None),
        ("FREQ=WEEKLY;BYMONTH=1", None),
        ("FREQ=MONTHLY", None),
        ("FREQ=YEARLY", None),
    ],
)
def test_only_an_even_rule_has_a_step(rule: str, days: int | None) -> None:
    assert (None if days is None else timedelta(days=days)) == step_of((f"RRULE:{rule}",))


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("20260622T215959Z", datetime(2026, 6, 22, 21, 59, 59, tzinfo=UTC)),
        ("20260622T235959", datetime(2026, 6, 22, 21, 59, 59, tzinfo=UTC)),
        ("20260622", datetime(2026, 6, 22, 22, tzinfo=UTC)),
        ("20261322", None),
        ("99991231", None),
        ("soon", None),
    ],
)
def test_a_series_ends_at_its_until(until: str, expected: datetime | None) -> None:
    assert expected == until_of((f"RRULE:FREQ=WEEKLY;UNTIL={until}",), BERLIN)


def test_a_rule_without_until_has_no_end() -> None:
    assert until_of(("RRULE:FREQ=WEEKLY;COUNT=6",), BERLIN) is None
