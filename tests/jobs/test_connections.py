"""Connecting again doubles nothing, by whatever account, and keeps what was said of a calendar."""

import pytest

from models import tables
from sync.domain.calendar.links import LinkState
from sync.domain.people import Client, Practitioner
from sync.errors import Refused
from sync.jobs.connections import calendars_of, connect, latest_permission, pause, read_otherwise, resume
from sync.jobs.link_states import note_fine
from sync.jobs.pull import pull_calendar
from sync.jobs.reports import PassReport
from sync.jobs.visit import PullWish
from sync.store.clients import clients
from sync.store.links import LinkWish, SignIn, link, links, set_state
from sync.store.practitioners import add_practitioner, practitioner
from tests.jobs.looking import TOMORROW, fates, rows
from tests.practice import ANA, Practice

AGAIN = SignIn("google", "1", ANA, '{"fresh": 1}')
BY_ANOTHER = SignIn("google", "2", "office@practice.example", '{"other": 1}')


def ana(practice: Practice) -> Practitioner:
    with practice.app.reading() as records:
        return practitioner(records, practice.practitioner_id)


def ben(practice: Practice) -> Practitioner:
    with practice.app.writing() as records:
        return add_practitioner(records, "Ben Adeyemi", "ben@practice.example", practice.clock())


def connected(
    practice: Practice, sign_in: SignIn, wish: LinkWish, person: Practitioner | None = None
) -> list[str]:
    return connect(practice.app, person or ana(practice), sign_in, [wish], practice.clock())


def known_hour(practice: Practice) -> str:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    return practice.the_session().id


def test_signing_in_again_doubles_nothing(on_each: Practice) -> None:
    session = known_hour(on_each)

    connected(on_each, AGAIN, LinkWish(ANA))
    on_each.once()

    assert session == on_each.the_session().id


def test_the_same_calendar_through_another_account_is_the_same_calendar(on_each: Practice) -> None:
    session = known_hour(on_each)

    connected(on_each, BY_ANOTHER, LinkWish(ANA.upper()))
    on_each.once()

    with on_each.app.reading() as records:
        [calendar] = links(records)
    assert (session, on_each.link_id) == (on_each.the_session().id, calendar.id)
    assert (ANA,) == calendars_of(on_each.app, ana(on_each), BY_ANOTHER)


def test_what_was_said_of_a_calendar_stays_unless_it_is_said_anew(practice: Practice) -> None:
    connected(practice, AGAIN, LinkWish(ANA, True, "Session: {client}"))
    connected(practice, AGAIN, LinkWish(ANA))
    with practice.app.reading() as records:
        kept = [(link.dedicated, link.title_pattern) for link in links(records)]

    connected(practice, AGAIN, LinkWish(ANA, False))
    with practice.app.reading() as records:
        changed = [(link.dedicated, link.title_pattern) for link in links(records)]

    assert ([(True, "Session: {client}")], [(False, None)]) == (kept, changed)


def test_signing_in_with_her_own_address_proves_it(practice: Practice) -> None:
    connected(practice, BY_ANOTHER, LinkWish(ANA))
    with practice.app.reading() as records:
        before = practitioner(records, practice.practitioner_id).email_confirmed_at

    connected(practice, AGAIN, LinkWish(ANA))
    with practice.app.reading() as records:
        person = practitioner(records, practice.practitioner_id)

    assert (None, practice.clock()) == (before, person.email_confirmed_at)
    assert latest_permission(practice.app, person) in (AGAIN.credentials, BY_ANOTHER.credentials)


def people(practice: Practice) -> list[Client]:
    with practice.app.reading() as records:
        return clients(records)


def state(practice: Practice) -> LinkState:
    with practice.app.reading() as records:
        return link(records, practice.link_id).state


def test_one_account_serves_two_practitioners_with_a_calendar_each(on_each: Practice) -> None:
    on_each.world.add_calendar("ben-room", owner=ANA)
    session = known_hour(on_each)
    person = ben(on_each)

    connected(on_each, AGAIN, LinkWish("ben-room"), person)
    on_each.once()

    assert session == on_each.the_session().id
    assert 1 == len(rows(on_each, tables.Account))
    assert [(ANA,), ("ben-room",)] == [
        calendars_of(on_each.app, each, AGAIN) for each in (ana(on_each), person)
    ]
    assert AGAIN.credentials == latest_permission(on_each.app, person)


def test_one_calendar_for_two_practitioners_is_refused_and_nothing_is_kept(on_each: Practice) -> None:
    with pytest.raises(Refused, match="another practitioner"):
        connected(on_each, BY_ANOTHER, LinkWish(ANA.upper()), ben(on_each))

    assert (1, 1) == (len(rows(on_each, tables.Account)), len(rows(on_each, tables.CalendarLink)))


def test_the_practices_client_serves_who_has_not_signed_in_yet(practice: Practice) -> None:
    connected(practice, AGAIN, LinkWish(ANA))

    assert AGAIN.credentials == latest_permission(practice.app, ben(practice))


def test_a_fresh_sign_in_wakes_every_calendar_of_the_account(on_each: Practice) -> None:
    on_each.world.add_calendar("ben-room", owner=ANA)
    connected(on_each, AGAIN, LinkWish("ben-room"), ben(on_each))
    with on_each.app.writing() as records:
        for calendar in links(records):
            set_state(records, calendar.id, LinkState.SIGN_IN, on_each.clock())

    connected(on_each, AGAIN, LinkWish(ANA))

    with on_each.app.reading() as records:
        assert [LinkState.FINE] * 2 == [calendar.state for calendar in links(records)]


def test_a_paused_calendar_is_not_asked_until_it_is_resumed(on_each: Practice) -> None:
    known_hour(on_each)
    pause(on_each.app, on_each.link_id, on_each.clock())
    on_each.put("Jo Bloggs", TOMORROW.replace(hour=16))
    on_each.requests.clear()

    on_each.once()
    assert ([], 1, ["pending"]) == (on_each.requests, len(on_each.sessions()), fates(on_each))

    resume(on_each.app, on_each.link_id, on_each.clock())
    on_each.once()
    assert (LinkState.FINE, 2) == (state(on_each), len(on_each.sessions()))


def test_a_pause_that_comes_between_two_calendars_holds_at_once(practice: Practice) -> None:
    pause(practice.app, practice.link_id, practice.clock())
    report = PassReport()

    pull_calendar(practice.app, practice.link_id, practice.clock(), PullWish(), report)

    assert ([], ["paused"]) == (practice.requests, [calendar.status for calendar in report.calendars])


def test_a_pause_outlives_a_reading_that_was_under_way_and_a_fresh_sign_in(on_each: Practice) -> None:
    with on_each.app.reading() as records:
        calendar = link(records, on_each.link_id)
    pause(on_each.app, on_each.link_id, on_each.clock())

    with on_each.app.writing() as records:
        note_fine(on_each.app, records, calendar, on_each.clock())
    connected(on_each, AGAIN, LinkWish(ANA))

    assert LinkState.PAUSED is state(on_each)


def test_a_paused_calendar_is_not_asked_just_before_a_mail_either(practice: Practice) -> None:
    known_hour(practice)
    pause(practice.app, practice.link_id, practice.clock())
    practice.requests.clear()

    practice.clock.set(TOMORROW.replace(hour=7, minute=30))
    practice.once()

    assert ([], ["sent"]) == (practice.requests, fates(practice))
    assert "calendar is paused" in practice.inbox.letters[0].text


def test_titles_are_read_in_another_way_at_the_next_reading(on_each: Practice) -> None:
    on_each.put("Session: Ilse Brandt", TOMORROW)
    on_each.once()
    assert [] == on_each.sessions()

    read_otherwise(on_each.app, on_each.link_id, dedicated=True, title_pattern="Session: {client}")
    on_each.once()

    assert ["Ilse Brandt"] == [each.name for each in people(on_each)]
