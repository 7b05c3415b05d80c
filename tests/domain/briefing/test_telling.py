"""On which days a lasting trouble is told."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.domain.briefing.notices import AlertKind
from sync.domain.briefing.telling import Told, telling_due, untold_words

BEGAN = datetime(2026, 6, 10, 8, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def days_told(kind: AlertKind, hours: int, *before: Told) -> list[float]:
    """On which days (the first is 1) a trouble is told that is looked at every hour."""
    told, days = list(before), []
    for hour in range(hours):
        now = BEGAN + hour * HOUR
        due = telling_due(kind, BEGAN, now, told)
        if due is not None:
            told.append(Told("a", due, now))
            days.append(1 + hour / 24)
    return days


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (AlertKind.SIGN_IN, [1, 3, 7, 14]),
        (AlertKind.TESTING, [1, 3, 7, 14]),
        (AlertKind.GONE, [1, 3]),
        (AlertKind.UNAVAILABLE, [1 + 2 / 24]),
        (AlertKind.MASS_ABSENCE, [1]),
    ],
)
def test_each_trouble_has_its_days(kind: AlertKind, days: list[float]) -> None:
    assert days == days_told(kind, hours=24 * 40)


def test_what_was_slept_through_is_told_once() -> None:
    first = Told("a", BEGAN, BEGAN)

    due = telling_due(AlertKind.SIGN_IN, BEGAN, BEGAN + 8 * DAY, [first])

    assert BEGAN + 6 * DAY == due
    assert (
        telling_due(AlertKind.SIGN_IN, BEGAN, BEGAN + 9 * DAY, [first, Told("a", due, BEGAN + 8 * DAY)])
        is None
    )


def test_a_trouble_soon_after_another_is_told_when_the_quiet_is_over() -> None:
    earlier = Told("a", BEGAN - 3 * HOUR, BEGAN - 3 * HOUR)

    assert [1 + 9 / 24, 3, 7, 14] == days_told(AlertKind.SIGN_IN, 24 * 40, earlier)


def test_trouble_that_comes_and_goes_is_told_twice_a_day_at_the_most() -> None:
    told: list[Told] = []
    for minute in range(0, 10 * 24 * 60, 7):
        now = BEGAN + timedelta(minutes=minute)
        due = telling_due(AlertKind.SIGN_IN, now, now, told)  # it began just now, again
        told += [] if due is None else [Told("a", due, now)]

    assert 19 <= len(told) <= 20


def test_what_could_not_be_mailed_is_counted_and_the_latest_reason_named() -> None:
    assert "An alert could not be mailed. Busy." == untold_words(["Busy."])
    assert "2 alerts could not be mailed. Refused." == untold_words(["Busy.", "Refused."])
