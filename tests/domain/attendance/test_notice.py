"""How much notice a cancellation gave, as far as it can be known."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.domain.attendance.notice import Notice, notice_given

START = datetime(2026, 6, 16, 14, tzinfo=UTC)


def before(hours: float) -> datetime:
    return START - timedelta(hours=hours)


def notice(
    seen: float, happened: float | None = None, previous: float | None = None, limit: float = 24
) -> Notice:
    """The notice of a cancellation; every moment is told in hours before the start."""
    return notice_given(
        START,
        None if happened is None else before(happened),
        None if previous is None else before(previous),
        before(seen),
        limit,
    )


@pytest.mark.parametrize(("happened", "late"), [(30, False), (24, False), (23.99, True), (0.5, True)])
def test_the_calendars_own_word_is_exact(happened: float, late: bool) -> None:
    assert Notice(happened, late) == notice(seen=0.25, happened=happened, previous=40)


def test_a_word_later_than_the_reading_is_not_believed() -> None:
    assert Notice(None, late=False) == notice(seen=20, happened=10, previous=30)


def test_seen_in_time_was_said_in_time() -> None:
    assert Notice(26, late=False) == notice(seen=26, previous=27)


def test_seen_in_time_needs_no_earlier_reading() -> None:
    assert Notice(24, late=False) == notice(seen=24)


def test_between_two_readings_that_are_both_late_it_is_late_by_the_later_one() -> None:
    assert Notice(3, late=True) == notice(seen=3, previous=4)


def test_between_two_readings_on_both_sides_of_the_limit_late_is_not_claimed() -> None:
    assert Notice(None, late=False) == notice(seen=23, previous=25)


def test_a_reading_exactly_at_the_limit_is_not_yet_late() -> None:
    assert Notice(None, late=False) == notice(seen=23, previous=24)


def test_without_an_earlier_reading_late_is_not_claimed() -> None:
    assert Notice(None, late=False) == notice(seen=3)


def test_another_limit_is_another_rule() -> None:
    assert [Notice(30, late=True), Notice(30, late=False)] == [
        notice(seen=29, happened=30, limit=limit) for limit in (48, 2)
    ]


def test_a_limit_of_no_hours_makes_nothing_late() -> None:
    assert Notice(0.5, late=False) == notice(seen=0.5, previous=1, limit=0)
