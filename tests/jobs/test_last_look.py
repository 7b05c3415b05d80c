"""The last look at an appointment before a mail: alone with the calendar, and never fooled by its loss."""

from sync.jobs.calendar_lease import leased_calendar
from sync.jobs.outbox import send_due
from sync.jobs.refresh import refresh_session
from sync.jobs.reports import PassReport
from tests.jobs.looking import HOUR, TOMORROW, delete, fates
from tests.practice import ANA, Practice

DUE = TOMORROW - HOUR


def known_hour(practice: Practice) -> str:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    practice.clock.set(DUE)
    return event


def test_r34_a_calendar_that_was_lost_at_the_last_moment_cancels_nothing(practice: Practice) -> None:
    known_hour(practice)
    practice.world.remove_calendar(ANA)

    send_due(practice.app, practice.clock(), PassReport().counts)

    assert ("scheduled", ["sent"]) == (practice.the_session().status, fates(practice))


def test_r15_a_calendar_that_is_being_read_is_not_asked_beside_it(practice: Practice) -> None:
    delete(practice, known_hour(practice))
    session = practice.the_session()
    practice.requests.clear()

    with leased_calendar(practice.app, practice.link_id, practice.clock()):
        refreshed = refresh_session(practice.app, session.id, practice.clock())

    assert (False, [], "scheduled") == (refreshed, practice.requests, practice.the_session().status)


def test_r15_after_the_last_look_the_calendar_is_free_again(practice: Practice) -> None:
    known_hour(practice)

    refresh_session(practice.app, practice.the_session().id, practice.clock())

    assert "fine" == practice.once().calendars[0].status
