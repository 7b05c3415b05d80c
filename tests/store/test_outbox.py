"""The way of a mail through the outbox, row by row."""

from datetime import datetime, timedelta

import pytest

from models.tables import Message
from sync.store.outbox import Arming, arm, disarm, messages, put_notice
from sync.store.records import Records
from sync.store.sending import (
    SENDING,
    Outgoing,
    claim,
    hand_over,
    mark_doubtful,
    mark_postponed,
    mark_sent,
    tidy,
)
from tests.practice import WEDNESDAY, Practice

LEAD = timedelta(hours=1)
START = WEDNESDAY + timedelta(days=1)
DUE = START - LEAD


def arming(practice: Practice) -> Arming:
    return Arming(practice.practitioner_id, LEAD, "practice.example")


def armed(practice: Practice, *sessions: str, start: datetime = START) -> None:
    with practice.app.writing() as records:
        for session in sessions:
            arm(records, session, start, arming(practice))


def claimed(records: Records, owner: str, now: datetime = DUE) -> Outgoing:
    mail = claim(records, owner, now, now)
    assert mail is not None
    return mail


def only(records: Records) -> Message:
    [mail] = messages(records)
    return mail


def test_the_mail_that_has_been_due_for_longest_goes_first(practice: Practice) -> None:
    armed(practice, "later", start=START + timedelta(minutes=2))
    armed(practice, "sooner", start=START)

    with practice.app.writing() as records:
        now = DUE + timedelta(minutes=5)
        order = [claimed(records, "one", now).about_id for _ in range(2)]

    assert ["sooner", "later"] == order


def test_a_message_id_is_the_same_for_the_same_mail_and_says_nothing(practice: Practice) -> None:
    armed(practice, "s1", "s2")

    with practice.app.reading() as records:
        first, second = (mail.message_id for mail in messages(records))

    assert first != second
    assert "@practice.example>" == first[-len("@practice.example>") :]
    assert "s1" not in first


def test_arming_twice_makes_one_mail(practice: Practice) -> None:
    with practice.app.writing() as records:
        for _ in range(2):
            arm(records, "s1", START, arming(practice))

        assert "pending" == only(records).status


def test_a_notice_is_put_once(practice: Practice) -> None:
    with practice.app.writing() as records:
        new = [put_notice(records, "alert", "link", WEDNESDAY, arming(practice)) for _ in range(2)]

        assert ([True, False], 1) == (new, len(messages(records)))


def test_only_who_claimed_a_mail_can_hand_it_over_and_only_once(practice: Practice) -> None:
    armed(practice, "s1")
    with practice.app.writing() as records:
        mail = claimed(records, "one")
        tidy(records, DUE + SENDING)
        again = claimed(records, "two", DUE + SENDING)

        assert [False, True, False] == [hand_over(records, one) for one in (mail, again, again)]


def test_what_was_withdrawn_and_made_due_again_meanwhile_is_not_settled_by_the_last_holder(
    practice: Practice,
) -> None:
    armed(practice, "s1")
    with practice.app.writing() as records:
        mail = claimed(records, "one")
        disarm(records, "s1", "the session was cancelled")
        arm(records, "s1", START, arming(practice))
        mark_postponed(records, mail, DUE + LEAD, "busy")

    with practice.app.reading() as records:
        assert ("pending", DUE, None) == (
            only(records).status,
            only(records).next_attempt_at,
            only(records).reason,
        )


def test_a_sender_that_died_in_the_hand_over_leaves_a_doubt(practice: Practice) -> None:
    armed(practice, "s1")
    with practice.app.writing() as records:
        assert hand_over(records, claimed(records, "dead"))

    with practice.app.writing() as records:
        tidy(records, DUE + SENDING - timedelta(seconds=1))
    with practice.app.reading() as records:
        before = only(records).status
    with practice.app.writing() as records:
        tidy(records, DUE + SENDING)
    with practice.app.writing() as records:
        mail = only(records)

        assert ("handing_over", "doubtful", 1) == (before, mail.status, mail.doubts)
        assert claimed(records, "next", DUE + SENDING).message_id == mail.message_id


def test_a_second_doubt_is_the_last(practice: Practice) -> None:
    armed(practice, "s1")
    now = DUE
    with practice.app.writing() as records:
        for _ in range(2):
            mail = claimed(records, "one", now)
            hand_over(records, mail)
            mark_doubtful(records, mail, now, "the answer was lost")
            now += timedelta(minutes=5)

        assert claim(records, "one", now, now) is None


def test_a_doubtful_mail_that_is_then_postponed_stays_doubtful(practice: Practice) -> None:
    armed(practice, "s1")
    later = DUE + timedelta(minutes=5)
    with practice.app.writing() as records:
        first = claimed(records, "one")
        hand_over(records, first)
        mark_doubtful(records, first, DUE, "the answer was lost")
        mark_postponed(records, claimed(records, "one", later), later + LEAD, "busy")

    with practice.app.reading() as records:
        assert "doubtful" == only(records).status


def test_only_what_was_handed_over_can_be_sent(practice: Practice) -> None:
    armed(practice, "s1")
    with practice.app.writing() as records:
        mail = claimed(records, "one")
        mark_sent(records, mail, DUE)
    with practice.app.reading() as records:
        assert "claimed" == only(records).status


@pytest.mark.parametrize(("late", "expired"), [(timedelta(seconds=-1), 0), (timedelta(0), 1)])
def test_what_is_due_is_skipped_from_the_start_of_its_session_on(
    practice: Practice, late: timedelta, expired: int
) -> None:
    armed(practice, "s1")

    with practice.app.writing() as records:
        assert expired == tidy(records, START + late)
        assert (expired == 0) == (claim(records, "one", START + late, START + late) is not None)
