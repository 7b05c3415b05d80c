"""When a calendar's turn is: about every minute while it answers, and ever more rarely while it fails."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.calendar.links import LinkState
from sync.domain.calendar.pacing import (
    LONGEST_WAIT,
    QUOTA_WAIT,
    Standing,
    chance,
    in_turn,
    is_due,
    next_try,
    next_try_after_quota,
)

NOW = datetime(2026, 6, 10, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def standing(link_id: str = "a", **more: datetime) -> Standing:
    return Standing(link_id, LinkState.FINE, **more)


def test_one_that_was_never_read_is_due() -> None:
    assert is_due(standing(), NOW, MINUTE)


def test_one_that_was_read_by_a_clock_that_was_wrong_is_due() -> None:
    assert is_due(standing(last_read_at=NOW + timedelta(days=1)), NOW, MINUTE)


@pytest.mark.parametrize(("seconds", "due"), [(44, False), (76, True)])
def test_r87_each_is_asked_again_after_about_the_interval(seconds: int, due: bool) -> None:
    read_at = NOW - timedelta(seconds=seconds)

    assert {due} == {is_due(standing(str(n), last_read_at=read_at), NOW, MINUTE) for n in range(200)}


def test_r87_calendars_that_were_read_together_do_not_ring_together_again() -> None:
    read_at = NOW - MINUTE

    due = [is_due(standing(str(n), last_read_at=read_at), NOW, MINUTE) for n in range(200)]

    assert 60 < sum(due) < 140


def test_one_that_fails_waits_for_its_next_try_however_long_ago_it_was_read() -> None:
    failing = standing(last_read_at=NOW - timedelta(days=3), next_try_at=NOW + MINUTE)

    assert not is_due(failing, NOW, MINUTE)
    assert is_due(failing, NOW + MINUTE, MINUTE)


def test_the_longest_unread_goes_first_and_those_that_fail_go_last() -> None:
    old, new = standing("old", last_read_at=NOW - MINUTE), standing("new", last_read_at=NOW)
    failing = standing("failing", last_read_at=NOW - timedelta(days=3), next_try_at=NOW)

    turns = in_turn([new, failing, old, standing("never")])

    assert ["never", "old", "new", "failing"] == [each.link_id for each in turns]


def test_r78_after_the_first_failure_the_next_run_comes_as_planned() -> None:
    assert all(NOW <= next_try(str(n), NOW, NOW, MINUTE, LONGEST_WAIT) <= NOW + MINUTE for n in range(200))


@given(minutes=st.integers(0, 60 * 24 * 30), link_id=st.text(max_size=8))
def test_r78_the_wait_grows_with_the_trouble_up_to_a_limit(minutes: int, link_id: str) -> None:
    since = NOW - minutes * MINUTE

    wait = next_try(link_id, since, NOW, MINUTE, LONGEST_WAIT) - NOW

    assert timedelta() <= wait <= min(max(minutes * MINUTE, MINUTE), LONGEST_WAIT)


def test_r78_the_wait_has_full_jitter() -> None:
    waits = [
        (next_try(str(n), NOW - timedelta(days=1), NOW, MINUTE, LONGEST_WAIT) - NOW) / LONGEST_WAIT
        for n in range(400)
    ]

    assert min(waits) < 0.05
    assert max(waits) > 0.95
    assert 0.45 < sum(waits) / len(waits) < 0.55


def test_r79_a_spent_quota_is_left_alone_for_an_hour() -> None:
    tries = [next_try_after_quota(str(n), NOW) - NOW for n in range(100)]

    assert min(tries) >= QUOTA_WAIT
    assert max(tries) <= 2 * QUOTA_WAIT


def test_chance_is_the_same_for_whoever_asks() -> None:
    assert chance("a", NOW) == chance("a", NOW)
    assert chance("a", NOW) != chance("b", NOW)
