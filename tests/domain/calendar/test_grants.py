"""The seven days that a permission lasts while a Google app is in Testing (R85)."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.domain.calendar.grants import (
    Grant,
    days_lived,
    ended_in_testing,
    has_outlived_testing,
    probable_end,
)

GRANTED = datetime(2026, 6, 3, 12, tzinfo=UTC)


def after(**lasting: float) -> datetime:
    return GRANTED + timedelta(**lasting)


@pytest.mark.parametrize(
    ("last_good", "refused", "days"),
    [
        (after(days=7, minutes=-1), after(days=7, minutes=1), 7.0),
        (after(days=7, minutes=50), after(days=7, minutes=52), 7.0),  # an access token outlives it
        (after(days=6, hours=2), after(days=8, hours=20), 7.0),  # the machine was off over the weekend
        (after(days=3), after(days=3, minutes=1), 3.0006944),
        (after(days=2), after(days=12), 12.0),  # nobody can say
        (after(days=20), after(days=21), 21.0),
        (None, after(days=2), 2.0),
    ],
)
def test_how_long_a_permission_lasted(last_good: datetime | None, refused: datetime, days: float) -> None:
    assert days == pytest.approx(days_lived(GRANTED, last_good, refused))


@pytest.mark.parametrize(
    ("days", "in_testing"), [(None, False), (6.4, False), (6.5, True), (7.5, True), (7.6, False)]
)
def test_about_seven_days_means_testing(days: float | None, in_testing: bool) -> None:
    assert in_testing is ended_in_testing(days)


@pytest.mark.parametrize(
    ("last_good", "outlived"),
    [
        (None, False),
        (after(days=6), False),
        (after(days=7, minutes=50), False),  # an access token outlives it
        (after(days=7, hours=13), True),
        (after(days=40), True),
    ],
)
def test_what_was_good_after_seven_days_is_no_permission_of_an_app_in_testing(
    last_good: datetime | None, outlived: bool
) -> None:
    assert outlived is has_outlived_testing(GRANTED, last_good)


def test_r85_the_end_is_told_from_a_day_before_until_it_comes() -> None:
    grant = Grant(GRANTED, previous_days=7.0)
    ends_at = after(days=7)

    told = [probable_end(grant, now) for now in (after(days=6, seconds=-1), after(days=6), ends_at)]

    assert [None, ends_at, None] == told


@pytest.mark.parametrize("grant", [Grant(GRANTED), Grant(GRANTED, 30.0), Grant(None, 7.0), Grant()])
def test_nothing_is_told_without_an_earlier_end_after_seven_days(grant: Grant) -> None:
    assert None is probable_end(grant, after(days=6, hours=12))
