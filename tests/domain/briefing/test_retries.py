"""When a mail that was turned away comes again, and when too many go to one reader."""

from datetime import timedelta

import pytest

from sync.domain.briefing.brake import held_until
from sync.domain.briefing.outbox import RETRY_MINUTES, retry_wait
from tests.domain.briefing.builders import NOW

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("attempts", "minutes"), [*enumerate(RETRY_MINUTES, 1), (6, 60), (40, 60)])
def test_it_comes_again_after_1_5_15_30_and_60_minutes_give_or_take_a_fifth(
    attempts: int, minutes: int
) -> None:
    waits = [retry_wait(attempts, f"<b.{number}@example.org>") / MINUTE for number in range(200)]

    assert 0.8 * minutes - 0.01 <= min(waits) < 0.83 * minutes
    assert 1.17 * minutes < max(waits) <= 1.2 * minutes + 0.01


def test_the_same_try_of_the_same_mail_always_waits_as_long() -> None:
    assert retry_wait(3, "<b.1@x.example>") == retry_wait(3, "<b.1@x.example>")
    assert timedelta(seconds=843) == retry_wait(3, "<b.1@x.example>")


def test_twenty_mails_in_ten_minutes_are_let_through_and_the_next_waits_for_the_first_to_be_past() -> None:
    sent = [NOW - 9 * MINUTE, *[NOW - MINUTE] * 19]

    assert held_until(sent[1:], NOW) is None
    assert NOW + MINUTE == held_until(sent, NOW)
    assert held_until(sent, NOW + MINUTE) is None


def test_a_hundred_mails_a_day_are_the_most() -> None:
    sent = [NOW - 10 * number * MINUTE for number in range(1, 101)]

    assert held_until(sent[:99], NOW) is None
    assert NOW - 1000 * MINUTE + timedelta(days=1) == held_until(sent, NOW)
