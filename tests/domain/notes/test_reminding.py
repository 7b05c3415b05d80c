"""Reminders of unwritten notes: three for each session, days apart, and then silence."""

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.notes.reminding import APART, reminder_due

START = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def day(number: float) -> datetime:
    return START + number * DAY


def reminded(ended: list[float], until: int, asked_from: float = 0) -> list[float]:
    """On which days reminders go out when nothing is ever written."""
    told: list[datetime] = []
    for step in range(int(asked_from * 4), until * 4):
        now = day(step / 4)
        if reminder_due([day(at) for at in ended if day(at) <= now], told, now):
            told.append(now)
    return [(at - START) / DAY for at in told]


def test_one_session_is_told_of_after_three_seven_and_fourteen_days_and_then_no_more() -> None:
    assert [3, 7, 14] == reminded([0], 200)


def test_what_was_told_of_with_the_oldest_needs_no_mail_of_its_own() -> None:
    assert [3, 7, 14] == reminded([0, 1, 2, 2.5], 200)


def test_of_what_ended_since_the_last_mail_it_is_told_anew() -> None:
    assert [3, 7, 14, 23, 27, 34] == reminded([0, 20], 200)


def test_a_machine_that_slept_says_it_once_and_not_three_times_in_a_row() -> None:
    assert [30, 33, 36] == reminded([0], 200, asked_from=30)


def test_a_practice_that_writes_nothing_hears_of_it_every_few_days_at_the_most() -> None:
    days = reminded([float(number) for number in range(60)], 60)

    assert len(days) <= 60 / 3
    assert min(later - earlier for earlier, later in itertools.pairwise(days)) >= 3


def test_nothing_unwritten_nothing_said() -> None:
    assert reminder_due([], [], day(30)) is None


@given(st.lists(st.floats(0, 40), max_size=8))
def test_there_are_three_reminders_for_each_session_at_the_most_and_days_between_them(
    ended: list[float],
) -> None:
    days = reminded(ended, 90)

    assert len(days) <= 3 * len(set(ended))
    assert all(later - earlier >= APART / DAY for earlier, later in itertools.pairwise(days))
    assert not ended or days
