"""A briefing follows its session: to another time, away when it is cancelled, and back again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sync.errors import DeliveryPostponed
from sync.jobs.outbox import send_due
from sync.jobs.reports import PassReport
from sync.sandbox.faults import Fault
from sync.store.outbox import Arming, retime
from sync.store.practitioners import set_practitioner
from tests.jobs.looking import HOUR, TOMORROW, delete, fates, mails, move
from tests.practice import ANA, Practice, open_practice

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
    return len(practice.inbox.letters)


def test_r97_a_move_before_sending_makes_the_new_time_due_and_withdraws_the_old(on_each: Practice) -> None:
    event = session_tomorrow(on_each)

    move(on_each, event, TOMORROW + 3 * HOUR)
    on_each.once()
    assert "the session was moved" == mails(on_each)[0].reason
    at(on_each, DUE)
    assert (["withdrawn", "pending"], 0) == (fates(on_each), sent(on_each))
    at(on_each, DUE + 3 * HOUR)

    assert (["withdrawn", "sent"], 1) == (fates(on_each), sent(on_each))


def test_r97_a_move_after_sending_is_briefed_again_for_the_new_time(on_each: Practice) -> None:
    event = session_tomorrow(on_each)
    at(on_each, DUE)

    move(on_each, event, TOMORROW + 3 * HOUR)
    at(on_each, DUE + SOON)
    at(on_each, DUE + 3 * HOUR)

    first, second = on_each.inbox.letters
    assert ["sent", "sent"] == fates(on_each)
    assert first.message_id != second.message_id
    assert second.text.startswith(
        "For you alone.\n\nMOVED\nThis takes the place of the briefing for Thursday 11 June, 09:00.\n"
    )
    assert ("", first.message_id) == (first.replaces, second.replaces)
    assert "Moved here from" not in second.text


def test_r97_moved_away_and_back_before_sending_it_is_sent_once(practice: Practice) -> None:
    event = session_tomorrow(practice)
    move(practice, event, TOMORROW + 3 * HOUR)
    practice.once()
    move(practice, event, TOMORROW)
    practice.once()

    at(practice, DUE)
    at(practice, DUE + 3 * HOUR)

    assert (["sent", "withdrawn"], 1) == (fates(practice), sent(practice))


def test_r98_a_cancellation_before_sending_withdraws_it(on_each: Practice) -> None:
    event = session_tomorrow(on_each)

    delete(on_each, event)
    at(on_each, DUE)

    assert (["withdrawn"], [], 0) == (fates(on_each), fates(on_each, "withdrawal"), sent(on_each))


def test_r98_a_cancellation_after_sending_is_told(on_each: Practice) -> None:
    event = session_tomorrow(on_each)
    at(on_each, DUE)

    delete(on_each, event)
    at(on_each, DUE + SOON)
    at(on_each, DUE + 2 * SOON)

    assert (["sent"], ["sent"], 2) == (fates(on_each), fates(on_each, "withdrawal"), sent(on_each))
    assert on_each.inbox.letters[1].subject.startswith("Withdrawn")


def test_a_withdrawn_briefing_is_sent_anew_when_the_session_is_restored(on_each: Practice) -> None:
    event = session_tomorrow(on_each)
    at(on_each, DUE)
    delete(on_each, event)
    at(on_each, DUE + SOON)

    on_each.world.restore(ANA, event)
    at(on_each, DUE + 2 * SOON)
    at(on_each, DUE + 3 * SOON)

    first, _, second = on_each.inbox.letters
    assert first.subject == second.subject
    assert first.message_id != second.message_id


def test_a_second_cancellation_is_told_again(practice: Practice) -> None:
    event = session_tomorrow(practice)
    at(practice, DUE)
    for minutes in (1, 3):
        delete(practice, event)
        at(practice, DUE + minutes * SOON)
        practice.world.restore(ANA, event)
        at(practice, DUE + (minutes + 1) * SOON)

    assert ["Briefing", "Withdrawn", "Briefing", "Withdrawn", "Briefing"] == [
        letter.subject.split(":")[0] for letter in practice.inbox.letters
    ]
    assert 5 == len({letter.message_id for letter in practice.inbox.letters})


def test_a_withdrawal_that_was_held_up_is_not_sent_after_the_session_was_restored(practice: Practice) -> None:
    event = session_tomorrow(practice)
    at(practice, DUE)
    delete(practice, event)
    practice.inbox.failures.append(DeliveryPostponed("The mail server is busy."))
    at(practice, DUE + SOON)

    practice.world.restore(ANA, event)
    at(practice, DUE + 3 * SOON)

    assert (["sent"], ["withdrawn"], 1) == (fates(practice), fates(practice, "withdrawal"), sent(practice))


def test_r99_a_cancellation_is_seen_at_the_last_moment(practice: Practice) -> None:
    event = session_tomorrow(practice)
    practice.clock.set(DUE)
    delete(practice, event)

    report = PassReport()
    send_due(practice.app, practice.clock(), report.counts)

    assert (0, ["withdrawn"], "cancelled") == (sent(practice), fates(practice), practice.the_session().status)


def test_r99_a_move_is_seen_at_the_last_moment(practice: Practice) -> None:
    event = session_tomorrow(practice)
    practice.clock.set(DUE)
    move(practice, event, TOMORROW + 3 * HOUR)

    send_due(practice.app, practice.clock(), PassReport().counts)

    assert (0, ["withdrawn", "pending"]) == (sent(practice), fates(practice))


def test_r99_just_before_sending_the_event_is_read_again_and_the_briefing_says_so(practice: Practice) -> None:
    session_tomorrow(practice)
    practice.clock.set(DUE)

    send_due(practice.app, practice.clock(), PassReport().counts)

    assert "asked for just now" in " ".join(practice.inbox.letters[0].text.split())


def test_r99_where_the_calendar_does_not_answer_the_briefing_is_sent_and_says_so(practice: Practice) -> None:
    session_tomorrow(practice)
    practice.faults.add(Fault("html", times=None))

    at(practice, DUE)

    text = " ".join(practice.inbox.letters[-1].text.split())
    assert ["sent"] == fates(practice)
    assert "Calendar checked yesterday" in text
    assert "asked for just now" not in text


def test_another_lead_makes_what_is_to_come_due_at_another_time(on_each: Practice) -> None:
    session_tomorrow(on_each)

    with on_each.app.writing() as records:
        retime(records, Arming(on_each.practitioner_id, 2 * HOUR, ""))

    assert [TOMORROW - 2 * HOUR] == [mail.due_at for mail in mails(on_each)]
    at(on_each, TOMORROW - 2 * HOUR)
    assert ["sent"] == fates(on_each)


def test_another_lead_leaves_what_was_sent_and_other_practitioners_mails(practice: Practice) -> None:
    session_tomorrow(practice)
    at(practice, DUE)

    with practice.app.writing() as records:
        retime(records, Arming(practice.practitioner_id, 2 * HOUR, ""))
        retime(records, Arming("someone else", 3 * HOUR, ""))

    assert [DUE] == [mail.due_at for mail in mails(practice)]


def test_her_own_lead_goes_before_the_settings(practice: Practice) -> None:
    with practice.app.writing() as records:
        set_practitioner(records, practice.practitioner_id, {"lead_minutes": 90})

    session_tomorrow(practice)

    assert [TOMORROW - timedelta(minutes=90)] == [mail.due_at for mail in mails(practice)]


def test_r104_the_lead_is_real_time_over_a_change_of_clocks(tmp_path: Path, sqlite_url: str) -> None:
    half_a_day = {"PRACTICE_SYNC_BRIEFING__LEAD_MINUTES": "720"}
    practice = open_practice(tmp_path, sqlite_url, time_zone="America/New_York", settings=half_a_day)
    practice.clock.set(datetime(2026, 3, 6, 12, tzinfo=UTC))
    practice.client("Jo Bloggs")
    eight_in_new_york = datetime(2026, 3, 8, 12, tzinfo=UTC)
    practice.put("Jo Bloggs", eight_in_new_york)

    practice.once()

    assert [datetime(2026, 3, 8, 0, tzinfo=UTC)] == [mail.due_at for mail in mails(practice)]
    practice.app.close()
