"""Quiet hours at work: what waits, what does not, and what a change of them does."""

from datetime import timedelta

from sync.jobs.outbox import send_due
from sync.jobs.practitioners import change
from sync.jobs.reports import PassReport
from sync.jobs.wishes import arming_for
from sync.store.outbox import put_notice
from tests.jobs.looking import HOUR, TOMORROW, delete, mails
from tests.practice import Practice

MINUTE = timedelta(minutes=1)
SIX = TOMORROW - 3 * HOUR  # 05:00 UTC is 06:00 in London
"""Thursday 11 June, 06:00 in London: in the quiet hours that end at 06:30."""


def quiet(practice: Practice) -> None:
    change(practice.app, practice.practitioner_id, {"quiet_hours": "21:00-06:30"})


def subjects(practice: Practice) -> list[str]:
    return [letter.subject for letter in practice.inbox.letters]


def test_quiet_hours_that_are_set_or_ended_retime_what_is_to_come(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", SIX + HOUR)
    practice.once()

    quiet(practice)
    [waits] = [mail.due_at for mail in mails(practice)]
    change(practice.app, practice.practitioner_id, {"quiet_hours": None})

    assert (SIX + 30 * MINUTE, SIX) == (waits, mails(practice)[0].due_at)


def test_an_early_hour_is_briefed_the_evening_before_and_its_withdrawal_does_not_wait(
    practice: Practice,
) -> None:
    quiet(practice)
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", SIX + 15 * MINUTE)
    practice.once()
    evening = SIX - 9 * HOUR - 15 * MINUTE  # 20:45
    practice.clock.set(evening)
    practice.once()

    delete(practice, event)
    practice.clock.set(SIX - 5 * HOUR)
    practice.once()

    assert ["Briefing: Thursday 11 June, 06:15", "Withdrawn: Thursday 11 June, 06:15"] == subjects(practice)


def test_an_alert_waits_until_quiet_hours_are_over(practice: Practice) -> None:
    quiet(practice)
    with practice.app.writing() as records:
        arming = arming_for(practice.app, records, practice.practitioner_id)
        put_notice(records, "alert", practice.practitioner_id, SIX, arming)
        put_notice(records, "test", practice.practitioner_id, SIX, arming)

    said = []
    for moment in (SIX, SIX + 29 * MINUTE, SIX + 30 * MINUTE):
        practice.clock.set(moment)
        send_due(practice.app, moment, PassReport().counts)
        said.append(len(subjects(practice)))

    assert [1, 1, 2] == said
    assert subjects(practice)[0] == "Practice Sync: test mail"
