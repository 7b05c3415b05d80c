"""When a calendar cannot be read: nothing recorded changes, she is told once, and others go on."""

import pytest
from sqlmodel import select

from models import tables
from sync.domain.calendar.links import LinkState
from sync.errors import CalendarUnreachable, DeliveryPostponed, SignInNeeded
from sync.sandbox.faults import Fault
from sync.store.links import set_state
from tests.fakes.calendar import FakeSource
from tests.jobs.looking import (
    HOUR,
    LENGTH,
    TOMORROW,
    calendar,
    everything,
    fates,
    rows,
    second_calendar,
    weekly,
)
from tests.practice import ANA, Practice

BEN = "ben@practice.example"


def failing(practice: Practice, error: Exception) -> FakeSource:
    """From now on every question is answered with `error`."""
    source = FakeSource(ANA)
    source.fail_with(error, times=1000)  # type: ignore[arg-type] # also what should never be raised
    practice.app.open_source = lambda _settings, _credentials: source
    practice.app._sources.clear()
    return source


def known_practice(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    weekly(practice)
    practice.once()


def test_r34_a_calendar_that_is_gone_freezes_its_sessions_and_is_told_once(practice: Practice) -> None:
    known_practice(practice)
    before = everything(practice)["Session"]

    practice.world.remove_calendar(ANA)
    for _ in range(3):
        practice.clock.forward(minutes=1)
        report = practice.once()

    assert before == everything(practice)["Session"]
    assert ("unavailable", True) == (report.calendars[0].status, report.failed)
    assert ["sent"] == fates(practice, "alert")
    assert 1 == len(practice.inbox.letters)


def test_r34_the_sessions_of_a_calendar_that_is_gone_still_get_their_briefings(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    practice.world.remove_calendar(ANA)
    practice.clock.set(TOMORROW - HOUR)

    practice.once()

    assert ["sent"] == fates(practice)


def test_r81_a_permission_that_was_taken_back_keeps_every_record_and_is_told_once(practice: Practice) -> None:
    known_practice(practice)
    before = everything(practice)["Session"]
    failing(practice, SignInNeeded("Google no longer accepts our permission (invalid_grant)"))

    for _ in range(3):
        practice.clock.forward(minutes=1)
        report = practice.once()

    assert before == everything(practice)["Session"]
    assert ("sign_in", SignInNeeded.advice) == (report.calendars[0].status, report.calendars[0].advice)
    assert ["sent"] == fates(practice, "alert")


def test_r82_an_unreachable_calendar_is_told_only_when_it_lasts_two_hours(practice: Practice) -> None:
    known_practice(practice)
    failing(practice, CalendarUnreachable("Google did not answer"))
    practice.once()

    practice.clock.forward(minutes=119)
    practice.once()
    assert [] == fates(practice, "alert")
    practice.clock.forward(minutes=1)
    practice.once()
    practice.clock.forward(hours=20)
    practice.once()

    assert ["sent"] == fates(practice, "alert")


def test_an_alert_that_the_mail_server_postponed_is_sent_later_with_its_own_words(practice: Practice) -> None:
    known_practice(practice)
    practice.world.remove_calendar(ANA)
    practice.inbox.failures.append(DeliveryPostponed("The mail server is busy."))
    practice.once()
    practice.clock.forward(minutes=2)  # the next try is a minute later, a fifth more or less

    practice.once()

    assert ["sent"] == fates(practice, "alert")
    assert "A linked calendar is gone" in practice.inbox.letters[0].subject


def test_an_alert_whose_trouble_is_over_is_not_sent(practice: Practice) -> None:
    known_practice(practice)
    practice.faults.add(Fault("status", status=404, reason="notFound", times=1))
    practice.inbox.failures.append(DeliveryPostponed("The mail server is busy."))
    practice.once()
    practice.clock.forward(minutes=2)

    practice.once()

    assert ("fine", ["withdrawn"], []) == (
        calendar(practice).state,
        fates(practice, "alert"),
        practice.inbox.letters,
    )


def test_r78_a_failed_run_leaves_everything_and_its_trace(practice: Practice) -> None:
    known_practice(practice)
    before, link = everything(practice), calendar(practice)
    failing(practice, CalendarUnreachable("Google did not answer"))
    practice.clock.forward(minutes=1)

    practice.once()

    after = calendar(practice)
    assert before == everything(practice)
    assert (link.sync_token, link.last_read_at, link.last_snapshot_at) == (
        after.sync_token,
        after.last_read_at,
        after.last_snapshot_at,
    )
    assert {("pull", "unreachable"), ("pass", "failed")} <= {
        (run.kind, run.outcome) for run in rows(practice, tables.Run)
    }


def test_after_trouble_a_calendar_is_fine_again(practice: Practice) -> None:
    known_practice(practice)
    practice.faults.add(Fault("html"))
    practice.once()
    troubled = calendar(practice)

    practice.once()

    assert (LinkState.UNREACHABLE, LinkState.FINE) == (troubled.state, calendar(practice).state)
    assert (True, None) == (bool(troubled.trouble), calendar(practice).trouble)


def test_a_calendar_that_fails_does_not_hold_up_another_practitioners(practice: Practice) -> None:
    second_calendar(practice, BEN, dedicated=True, title_pattern="With {client}")
    practice.world.remove_calendar(ANA)
    practice.world.insert(
        BEN,
        {
            "summary": "With Pat Quill",
            "start": {"dateTime": TOMORROW.isoformat()},
            "end": {"dateTime": (TOMORROW + LENGTH).isoformat()},
        },
    )

    report = practice.once()

    assert ["unavailable", "fine"] == [seen.status for seen in report.calendars]
    assert [BEN] == [session.calendar_id for session in practice.sessions()]


def test_a_record_that_cannot_be_opened_does_not_hold_up_other_calendars_or_any_mail(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    second_calendar(practice, BEN)
    practice.world.patch(ANA, event, {"location": "Room 2"})
    with practice.app.writing() as records:
        [session] = records.db.exec(select(tables.Session))
        session.details_sealed = session.details_sealed[:-1] + bytes([session.details_sealed[-1] ^ 1])
        records.db.add(session)

    report = practice.once()

    assert ["failed", "fine"] == [seen.status for seen in report.calendars]
    assert report.failed


def test_a_fault_of_this_program_is_named_without_its_words(
    practice: Practice, caplog: pytest.LogCaptureFixture
) -> None:
    second_calendar(practice, BEN)
    failing(practice, KeyError("Jo Bloggs"))

    report = practice.once()

    assert ["failed", "failed"] == [seen.status for seen in report.calendars]
    assert "a fault of this program: KeyError" == report.calendars[0].trouble
    assert "Bloggs" not in caplog.text


def test_a_paused_calendar_is_not_read(practice: Practice) -> None:
    with practice.app.writing() as records:
        set_state(records, practice.link_id, LinkState.PAUSED, practice.clock())

    report = practice.once()

    assert ([], []) == (report.calendars, practice.requests)
