"""Where we are not let in nothing more is tried; where one inbox is flooded, its mail is held back."""

from datetime import timedelta

import pytest

from sync.domain.briefing.outbox import retry_wait
from sync.errors import DeliveryPostponed, MailSignInRefused, MailUnreachable
from sync.jobs.outbox import FLOODED
from sync.jobs.practitioners import send_code, send_test
from sync.jobs.wishes import arming_for
from sync.store.outbox import put_notice
from tests.jobs.looking import HOUR, TOMORROW, mails
from tests.jobs.test_outbox import DUE, SOON, at, sent, session_tomorrow
from tests.practice import WEDNESDAY, Practice

WRONG = MailSignInRefused("The mail server refused the user or password (535).")


def three_sessions(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    for number in range(3):
        practice.put("Jo Bloggs", TOMORROW + number * 5 * SOON, minutes=5)
    practice.once()


def test_a_refused_password_is_shown_to_the_server_once_an_hour(on_each: Practice) -> None:
    three_sessions(on_each)
    on_each.inbox.failures += [WRONG] * 9

    for minutes in range(0, 45, 5):
        at(on_each, DUE + 15 * SOON + minutes * SOON)
    tried = 9 - len(on_each.inbox.failures)

    assert (1, 0) == (tried, sent(on_each))
    assert [str(WRONG), None, None] == [mail.reason for mail in mails(on_each)]


def notices(practice: Practice, count: int) -> None:
    """Test mails to Ana that were due one after the other up to now."""
    with practice.app.writing() as records:
        arming = arming_for(practice.app, records, practice.practitioner_id)
        for number in range(count):
            put_notice(records, "test", "x", WEDNESDAY - number * SOON, arming)


def test_after_an_hour_one_mail_tries_again_and_the_others_follow(practice: Practice) -> None:
    notices(practice, 3)
    practice.inbox.failures.append(WRONG)

    at(practice, WEDNESDAY)
    at(practice, WEDNESDAY + HOUR - timedelta(seconds=1))
    waiting = len(practice.inbox.letters)
    at(practice, WEDNESDAY + HOUR)

    assert (0, 3) == (waiting, len(practice.inbox.letters))


def test_another_password_is_tried_at_once(on_each: Practice) -> None:
    session_tomorrow(on_each)
    on_each.inbox.failures.append(WRONG)
    at(on_each, DUE)
    at(on_each, DUE + SOON)
    before = sent(on_each)

    on_each.inbox.password = "right"
    at(on_each, DUE + 2 * SOON)

    assert (0, 1) == (before, sent(on_each))


def test_a_test_mail_is_sent_though_mail_is_stopped_and_lets_the_rest_go(practice: Practice) -> None:
    session_tomorrow(practice)
    practice.inbox.failures.append(WRONG)
    at(practice, DUE)

    went = send_test(practice.app, DUE + SOON)

    assert ((1, 0), 1) == (went, sent(practice))


def test_a_code_that_somebody_waits_for_is_mailed_though_mail_is_stopped(practice: Practice) -> None:
    notices(practice, 1)
    practice.inbox.failures.append(WRONG)
    at(practice, WEDNESDAY)

    send_code(practice.app, practice.practitioner_id, "482913", WEDNESDAY + SOON)
    at(practice, WEDNESDAY + SOON)

    assert 1 == sum("482913" in letter.text for letter in practice.inbox.letters)


def test_where_nobody_is_reached_one_mail_a_round_is_tried(practice: Practice) -> None:
    three_sessions(practice)
    practice.inbox.failures += [MailUnreachable("The mail server cannot be reached.")] * 2

    at(practice, DUE + 15 * SOON)
    at(practice, DUE + 15 * SOON + timedelta(seconds=30))
    tried = [mail.attempts for mail in mails(practice)]
    at(practice, DUE + 18 * SOON)

    assert ([1, 1, 0], 3) == (tried, sent(practice))


def test_whoever_asks_us_to_wait_is_not_asked_before(practice: Practice) -> None:
    session_tomorrow(practice)
    practice.inbox.failures.append(DeliveryPostponed("Slow down.", wait=timedelta(minutes=20)))

    at(practice, DUE)

    assert DUE + 20 * SOON == mails(practice)[0].next_attempt_at


def test_a_briefing_that_was_turned_away_until_its_session_began_is_told_and_says_why(
    practice: Practice,
) -> None:
    session_tomorrow(practice)
    practice.inbox.failures += [DeliveryPostponed("The mail server is busy.")] * 2
    at(practice, TOMORROW - 2 * SOON)
    [mail] = mails(practice)
    at(practice, TOMORROW - 2 * SOON + retry_wait(1, mail.message_id))

    at(practice, TOMORROW)

    assert "the session had begun; The mail server is busy." == mails(practice)[0].reason
    assert ["Practice Sync: A mail could not be delivered"] == [
        letter.subject for letter in practice.inbox.letters
    ]


def test_a_flood_to_one_address_is_held_back_and_goes_on_later(
    on_each: Practice, caplog: pytest.LogCaptureFixture
) -> None:
    notices(on_each, 30)

    on_each.once()
    first = len(on_each.inbox.letters)
    on_each.clock.forward(minutes=9, seconds=59)
    on_each.once()
    still = len(on_each.inbox.letters)
    held = [mail.reason for mail in mails(on_each, "test") if mail.status == "pending"]
    on_each.clock.forward(seconds=1)
    on_each.once()

    assert (20, 20, 30) == (first, still, len(on_each.inbox.letters))
    assert [FLOODED] * 10 == held
    assert "10 held back" in caplog.text


def test_a_round_ends_with_its_connection_given_back(practice: Practice) -> None:
    session_tomorrow(practice)
    before = practice.inbox.rounds

    at(practice, DUE)

    assert 1 == practice.inbox.rounds - before
