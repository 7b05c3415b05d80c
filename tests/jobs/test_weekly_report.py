"""The weekly report: off unless somebody is named, once a week, the latest after an outage, codes only."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from sync.errors import DeliveryPostponed
from sync.jobs.outbox import send_due
from sync.jobs.weekly_report import put_weekly_report
from sync.store.outbox import messages
from tests.practice import Practice

MONDAY = datetime(2026, 6, 15, 7, 0, tzinfo=UTC)
"""Monday 08:00 in London."""

MANAGER = "manager@practice.example"


def wanted(practice: Practice, address: str = MANAGER) -> None:
    attendance = practice.app.settings.attendance.model_copy(update={"manager_email": address})
    practice.app.settings = practice.app.settings.model_copy(update={"attendance": attendance})


def at(practice: Practice, moment: datetime) -> list[str]:
    """Whom mail went to at a moment."""
    practice.clock.set(moment)
    practice.inbox.letters.clear()
    send_due(practice.app, moment, Counter())
    return [letter.to for letter in practice.inbox.letters]


def test_nothing_goes_out_unless_somebody_is_named(practice: Practice) -> None:
    assert [] == at(practice, MONDAY)


def test_it_goes_out_once_a_week(on_each: Practice) -> None:
    wanted(on_each)

    minutes = [at(on_each, MONDAY + timedelta(minutes=each)) for each in (0, 1, 60, 60 * 24 * 6)]
    assert [[MANAGER], [], [], []] == minutes
    assert [MANAGER] == at(on_each, MONDAY + timedelta(days=7))
    assert [] == at(on_each, MONDAY + timedelta(days=7, minutes=1))


def test_after_an_outage_only_the_latest_goes_out(practice: Practice) -> None:
    wanted(practice)
    assert [MANAGER] == at(practice, MONDAY)

    assert [MANAGER] == at(practice, MONDAY + timedelta(days=24))
    assert 2 == len(messages_of(practice))


def test_one_that_could_not_leave_gives_way_to_the_next(practice: Practice) -> None:
    wanted(practice)
    practice.inbox.failures.append(DeliveryPostponed("The mail server is away.", "Nothing to do."))
    assert [] == at(practice, MONDAY)

    assert [MANAGER] == at(practice, MONDAY + timedelta(days=7))
    assert ["withdrawn", "sent"] == messages_of(practice)


def test_who_is_no_longer_named_gets_nothing(practice: Practice) -> None:
    wanted(practice)
    put_weekly_report(practice.app, MONDAY)
    wanted(practice, "")

    assert [] == at(practice, MONDAY)
    assert ["withdrawn"] == messages_of(practice)


def test_a_pass_sends_it_with_codes_only(practice: Practice) -> None:
    wanted(practice)
    practice.client("Jo Canarybird")
    practice.put("Jo Canarybird", MONDAY - timedelta(days=3), description="CANARYwords")
    practice.clock.set(MONDAY)
    practice.once()

    [letter] = [letter for letter in practice.inbox.letters if letter.to == MANAGER]
    assert "Attendance: Wednesday 18 March to Monday 15 June" == letter.subject
    assert "JC" in letter.text
    for word in ("Canarybird", "CANARYwords"):
        assert word not in letter.text + letter.html


def messages_of(practice: Practice) -> list[str]:
    with practice.app.reading() as records:
        return [mail.status for mail in messages(records, "report")]
