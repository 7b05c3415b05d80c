"""A briefing before every session that takes place: when it is due, and once for each session time."""

from datetime import datetime, timedelta

import pytest

from sync.domain.briefing.outbox import retry_wait
from sync.errors import DeliveryDoubtful, DeliveryImpossible, DeliveryPostponed
from sync.jobs.outbox import send_due
from sync.jobs.pull import pull_all
from sync.jobs.reports import PassReport
from sync.store.practitioners import add_practitioner, confirm_email, set_practitioner
from sync.store.sending import claim
from tests.jobs.looking import HOUR, TOMORROW, delete, fates, mails
from tests.practice import ANA, Practice

DUE = TOMORROW - HOUR


SOON = timedelta(minutes=1)


def session_tomorrow(practice: Practice) -> str:
    """Jo's hour is known; the event's id."""
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    return event


def at(practice: Practice, moment: datetime) -> PassReport:
    """One pass at `moment`."""
    practice.clock.set(moment)
    return practice.once()


def sent(practice: Practice) -> int:
    return sum(letter.subject.startswith("Briefing") for letter in practice.inbox.letters)


def test_a_briefing_is_sent_when_it_is_due_and_not_a_second_before(on_each: Practice) -> None:
    session_tomorrow(on_each)

    before = (at(on_each, DUE - timedelta(seconds=1)), sent(on_each))
    report = at(on_each, DUE)

    assert (0, 0) == (before[0].counts["briefings_sent"], before[1])
    assert (1, 1) == (report.counts["briefings_sent"], sent(on_each))
    [mail] = mails(on_each)
    assert ("sent", DUE, mail.message_id) == (mail.status, mail.sent_at, on_each.inbox.letters[0].message_id)


def test_a_briefing_is_sent_once(on_each: Practice) -> None:
    session_tomorrow(on_each)

    for minutes in range(0, 60, 10):
        at(on_each, DUE + timedelta(minutes=minutes))

    assert 1 == sent(on_each)


def test_r103_an_hour_that_is_made_inside_the_lead_is_briefed_at_once_and_once(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", practice.clock() + timedelta(minutes=10))

    practice.once()
    practice.once(full=True)

    assert 1 == sent(practice)


def test_r102_woken_late_the_briefing_is_sent_while_the_session_is_ahead(practice: Practice) -> None:
    session_tomorrow(practice)

    at(practice, TOMORROW - timedelta(seconds=1))

    assert ["sent"] == fates(practice)


def test_r102_once_the_session_has_begun_it_is_skipped(practice: Practice) -> None:
    session_tomorrow(practice)

    at(practice, TOMORROW)

    assert (["skipped"], 0) == (fates(practice), sent(practice))
    assert "the session had begun" == mails(practice)[0].reason


def test_history_has_no_briefing(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", practice.clock() - timedelta(days=2))
    practice.put("Jo Bloggs", practice.clock() - timedelta(minutes=10))

    practice.once()

    assert [] == fates(practice)


def test_a_mail_that_was_postponed_is_tried_again_after_1_5_15_30_and_60_minutes(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    with on_each.app.writing() as records:
        set_practitioner(records, on_each.practitioner_id, {"lead_minutes": 600})
    on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    due = TOMORROW - 10 * HOUR
    on_each.inbox.failures += [DeliveryPostponed("The mail server is busy.")] * 7
    waits, exact = [], []

    on_each.clock.set(due)
    for number in range(1, 8):
        on_each.once()
        [mail] = mails(on_each)
        waits.append(mail.next_attempt_at - on_each.clock())
        exact.append(retry_wait(number, mail.message_id))
        on_each.clock.set(mail.next_attempt_at - timedelta(seconds=1))
        on_each.once()
        assert mail.attempts == mails(on_each)[0].attempts, "it was tried before its time"
        on_each.clock.set(mail.next_attempt_at)
    on_each.once()

    assert exact == waits
    assert (["sent"], 1) == (fates(on_each), sent(on_each))


def test_a_mail_that_was_refused_for_good_is_not_tried_again(practice: Practice) -> None:
    session_tomorrow(practice)
    practice.inbox.failures.append(DeliveryImpossible("The address was refused."))

    report = at(practice, DUE)
    at(practice, DUE + 30 * SOON)

    assert (1, ["failed"], 0) == (report.counts["briefings_failed"], fates(practice), sent(practice))
    assert "The address was refused." == mails(practice)[0].reason


def test_r101_a_doubtful_mail_is_sent_once_more_after_five_minutes_under_the_same_id(
    on_each: Practice,
) -> None:
    session_tomorrow(on_each)
    on_each.inbox.after_hand_over += [DeliveryDoubtful("The answer was lost.")] * 3

    at(on_each, DUE)
    assert ["doubtful"] == fates(on_each)
    at(on_each, DUE + timedelta(minutes=4, seconds=59))
    early = sent(on_each)
    at(on_each, DUE + timedelta(minutes=5))
    for minutes in range(6, 59, 5):
        at(on_each, DUE + timedelta(minutes=minutes))

    assert (1, 2, ["doubtful"]) == (early, sent(on_each), fates(on_each))
    assert 1 == len(
        {mail.message_id for mail in on_each.inbox.letters if mail.subject.startswith("Briefing")}
    )


def test_r101_a_doubtful_mail_is_not_sent_again_once_the_session_has_begun(practice: Practice) -> None:
    session_tomorrow(practice)
    practice.inbox.after_hand_over.append(DeliveryDoubtful("The answer was lost."))
    at(practice, TOMORROW - 2 * SOON)

    at(practice, TOMORROW + 10 * SOON)

    assert (1, ["doubtful"]) == (sent(practice), fates(practice))


def test_r100_a_sender_that_died_before_the_hand_over_leaves_the_mail_to_the_next(on_each: Practice) -> None:
    session_tomorrow(on_each)
    with on_each.app.writing() as records:
        assert claim(records, "dead", DUE, DUE) is not None

    at(on_each, DUE + timedelta(minutes=1, seconds=59))
    waiting = sent(on_each)
    at(on_each, DUE + timedelta(minutes=2))

    assert (0, 1, ["sent"]) == (waiting, sent(on_each), fates(on_each))


def test_r98_what_is_withdrawn_while_it_is_being_made_is_not_handed_over(on_each: Practice) -> None:
    event = session_tomorrow(on_each)
    letters = on_each.inbox.letters

    class SlowInbox:
        """A mailer that takes so long that the session is cancelled meanwhile."""

        over_network = False

        def send(self, letter: object, handing_over: object) -> None:
            delete(on_each, event)
            pull_all(on_each.app, on_each.clock())
            handing_over()  # type: ignore[operator] # a function
            letters.append(letter)  # type: ignore[arg-type] # only counted

        def close(self) -> None:
            pass

    on_each.app.mailer = SlowInbox()  # type: ignore[assignment] # stands in
    on_each.clock.set(DUE)

    send_due(on_each.app, DUE, PassReport().counts)

    assert ([], ["withdrawn"]) == (letters, fates(on_each))
    assert "the session was cancelled" == mails(on_each)[0].reason


def test_r100_two_workers_send_one_mail_once(on_each: Practice) -> None:
    session_tomorrow(on_each)

    with on_each.app.writing() as records:
        first, second = claim(records, "one", DUE, DUE), claim(records, "two", DUE, DUE)

    assert (True, None) == (first is not None, second)


def test_one_bad_mail_does_not_stop_the_next(practice: Practice, caplog: pytest.LogCaptureFixture) -> None:
    practice.client("Jo Bloggs")
    for hours in range(3):
        practice.put("Jo Bloggs", TOMORROW + hours * timedelta(minutes=5), minutes=5)
    practice.once()
    practice.inbox.failures.append(RuntimeError("the words of Jo Bloggs"))

    report = at(practice, DUE + timedelta(minutes=10))

    assert ["failed", "sent", "sent"] == fates(practice)
    assert (1, 2) == (report.counts["briefings_failed"], report.counts["briefings_sent"])
    assert "a fault of this program: RuntimeError" == mails(practice)[0].reason
    assert "Bloggs" not in caplog.text


@pytest.mark.parametrize("confirmed", [False, True])
def test_over_a_network_only_a_confirmed_address_gets_more_than_a_notice(
    practice: Practice, confirmed: bool
) -> None:
    session_tomorrow(practice)
    practice.inbox.over_network = True
    if confirmed:
        with practice.app.writing() as records:
            confirm_email(records, practice.practitioner_id, practice.clock())

    at(practice, DUE)

    [letter] = practice.inbox.letters
    assert confirmed == ("JB" in letter.text)
    assert confirmed == ("briefing preview" not in letter.text)
    assert confirmed == ("practitioners confirm" not in letter.text)


def test_a_briefing_goes_to_the_practitioner_who_treats_and_to_nobody_else(practice: Practice) -> None:
    known = practice.app.settings
    managed = known.attendance.model_copy(update={"manager_email": "manager@practice.example"})
    practice.app.settings = known.model_copy(update={"attendance": managed})
    with practice.app.writing() as records:
        add_practitioner(records, "Ben Adeyemi", "ben@practice.example", practice.clock())
    session_tomorrow(practice)

    at(practice, DUE)

    briefings = [letter for letter in practice.inbox.letters if letter.subject.startswith("Briefing")]
    assert [ANA] == [letter.to for letter in briefings]


@pytest.mark.parametrize(
    ("privacy", "carries"), [("full", "Jo Bloggs"), ("code", "JB"), ("link", "briefing preview")]
)
def test_her_own_privacy_goes_before_the_settings(practice: Practice, privacy: str, carries: str) -> None:
    with practice.app.writing() as records:
        set_practitioner(records, practice.practitioner_id, {"privacy": privacy})
    session_tomorrow(practice)

    at(practice, DUE)

    [letter] = practice.inbox.letters
    assert carries in letter.text
    assert (privacy == "full") == ("Bloggs" in letter.text + letter.html)


def test_a_briefing_that_was_refused_for_good_is_told_once_mail_works_again(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.put("Jo Bloggs", TOMORROW + timedelta(minutes=5))
    practice.once()
    practice.inbox.failures = [DeliveryImpossible("refused"), DeliveryImpossible("refused")]

    practice.clock.set(TOMORROW - timedelta(minutes=50))
    practice.once()

    assert ["A mail could not be delivered"] == [
        letter.subject.removeprefix("Practice Sync: ") for letter in practice.inbox.letters
    ]
