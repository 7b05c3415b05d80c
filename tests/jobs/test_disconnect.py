"""Removing a connection: what came of it stays, nothing is cancelled, and the permission is given back."""

from datetime import timedelta

import pytest

from models import tables
from sync.domain.calendar.links import LinkState
from sync.errors import CalendarUnreachable, SignInNeeded
from sync.jobs.clients import NewClientWish, add
from sync.jobs.connections import connect
from sync.jobs.disconnect import PermissionFate, remove
from sync.jobs.marks import mark_session
from sync.jobs.pull import pull_calendar
from sync.jobs.reports import PassReport
from sync.jobs.visit import PullWish
from sync.store.links import LinkWish, SignIn, account, link
from sync.store.practitioners import add_practitioner, practitioner
from tests.jobs.looking import HOUR, NEXT_WEEK, TOMORROW, everything, fates, mails, rows
from tests.practice import ANA, Practice

SIGN_IN = SignIn("google", "1", ANA, '{"fresh": 1}')


def removed(practice: Practice) -> PermissionFate:
    return remove(practice.app, practice.link_id, practice.clock()).permission


def connected_again(practice: Practice, calendar_id: str = ANA) -> None:
    with practice.app.reading() as records:
        person = practitioner(records, practice.practitioner_id)
    connect(practice.app, person, SIGN_IN, [LinkWish(calendar_id)], practice.clock())


def with_two_hours(practice: Practice) -> tuple[str, str]:
    practice.client("Jo Bloggs")
    events = practice.put("Jo Bloggs", TOMORROW), practice.put("Jo Bloggs", NEXT_WEEK)
    practice.once()
    return events


def test_what_came_of_a_removed_calendar_stays_and_nothing_is_cancelled(on_each: Practice) -> None:
    first, _ = with_two_hours(on_each)
    before = {name: rows for name, rows in everything(on_each).items() if name != "Message"}

    removed(on_each)
    on_each.world.delete(ANA, first)
    on_each.requests.clear()
    on_each.clock.forward(hours=3)
    report = on_each.once(full=True)

    after = {name: rows for name, rows in everything(on_each).items() if name != "Message"}
    assert (before, [], []) == (after, on_each.requests, report.calendars)


def test_briefings_that_are_still_to_come_are_withdrawn(on_each: Practice) -> None:
    with_two_hours(on_each)

    removed(on_each)

    assert ["withdrawn", "withdrawn"] == fates(on_each)
    assert {"its calendar was removed"} == {mail.reason for mail in mails(on_each)}
    assert [] == fates(on_each, "withdrawal")


def test_no_stub_is_laid_for_what_was_to_come_until_the_calendar_is_connected_again(
    on_each: Practice,
) -> None:
    on_each.client("Jo Bloggs")
    on_each.put("Jo Bloggs", on_each.clock() - HOUR)
    on_each.put("Jo Bloggs", on_each.clock() + timedelta(days=20))
    pull_calendar(on_each.app, on_each.link_id, on_each.clock(), PullWish(), PassReport())

    removed(on_each)
    on_each.once()
    on_each.clock.forward(days=10)
    on_each.once()
    without = [session.note_status for session in on_each.sessions()]
    connected_again(on_each)
    on_each.once()

    assert ["stub", None] == without
    assert ["stub", "stub"] == [session.note_status for session in on_each.sessions()]


def test_the_permission_is_given_back_and_forgotten(on_each: Practice) -> None:
    assert (PermissionFate.GIVEN_BACK, ["{}"]) == (removed(on_each), on_each.given_back)
    with on_each.app.reading() as records:
        calendar = link(records, on_each.link_id)
        permission = account(records, calendar.account_id)
    assert (LinkState.REMOVED, ANA, "") == (calendar.state, permission.email, permission.credentials)


def test_a_permission_that_another_calendar_needs_is_kept(on_each: Practice) -> None:
    on_each.world.add_calendar("second", owner=ANA)
    connected_again(on_each, "second")

    assert (PermissionFate.NEEDED, []) == (removed(on_each), on_each.given_back)
    with on_each.app.reading() as records:
        assert SIGN_IN.credentials == account(records, link(records, on_each.link_id).account_id).credentials


def test_that_google_did_not_hear_it_does_not_stop_the_removal(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody_answers(*_: object) -> None:
        raise CalendarUnreachable("Google did not answer (TimeoutError)")

    monkeypatch.setattr(practice.app, "give_back", nobody_answers)

    removal = remove(practice.app, practice.link_id, practice.clock())

    assert (PermissionFate.NOT_GIVEN_BACK, True) == (removal.permission, "did not answer" in removal.trouble)
    with practice.app.reading() as records:
        calendar = link(records, practice.link_id)
        assert (LinkState.REMOVED, "") == (calendar.state, account(records, calendar.account_id).credentials)


def test_a_reading_under_way_writes_nothing_any_more(
    on_each: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = with_two_hours(on_each)
    on_each.world.delete(ANA, first)
    source = on_each.app.source("account", "any")
    snapshot = source.snapshot

    def removed_meanwhile(*asked: object) -> object:
        answer = snapshot(*asked)  # type: ignore[arg-type] # as it was asked
        removed(on_each)
        return answer

    monkeypatch.setattr(source, "snapshot", removed_meanwhile)
    monkeypatch.setattr(on_each.app, "source", lambda *_: source)
    report = PassReport()
    pull_calendar(on_each.app, on_each.link_id, on_each.clock(), PullWish(full=True), report)

    assert ["scheduled", "scheduled"] == [session.status for session in on_each.sessions()]
    with on_each.app.reading() as records:
        assert LinkState.REMOVED is link(records, on_each.link_id).state
    assert "busy" == report.calendars[0].status


def test_trouble_of_a_reading_under_way_does_not_bring_a_removed_calendar_back(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        def ring(self, *_: object) -> None:
            removed(practice)
            raise SignInNeeded("no longer accepted")

        snapshot = ring

    monkeypatch.setattr(practice.app, "source", lambda *_: Failing())
    pull_calendar(practice.app, practice.link_id, practice.clock(), PullWish(), PassReport())

    with practice.app.reading() as records:
        assert LinkState.REMOVED is link(records, practice.link_id).state


def test_connecting_again_takes_up_the_sessions_and_their_briefings(on_each: Practice) -> None:
    first, _ = with_two_hours(on_each)
    known = [session.id for session in on_each.sessions()]
    removed(on_each)
    on_each.world.move(ANA, first, TOMORROW.replace(hour=11), TOMORROW.replace(hour=12))

    connected_again(on_each)
    assert ["pending", "pending"] == fates(on_each)
    on_each.once()

    sessions = on_each.sessions()
    assert known == [session.id for session in sessions]
    assert [TOMORROW.replace(hour=11), NEXT_WEEK] == [session.starts_at for session in sessions]
    assert ["withdrawn", "pending", "pending"] == fates(on_each)
    assert 1 == len(rows(on_each, tables.CalendarLink))


def test_a_removed_calendar_is_free_for_another_practitioner(practice: Practice) -> None:
    removed(practice)
    with practice.app.writing() as records:
        ben = add_practitioner(records, "Ben Adeyemi", "ben@practice.example", practice.clock())

    connect(practice.app, ben, SIGN_IN, [LinkWish(ANA)], practice.clock())

    assert 2 == len(rows(practice, tables.CalendarLink))


def test_questions_of_a_removed_calendar_are_dropped(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    on_each.put("Jo?", TOMORROW, attendees=[{"email": "stranger@mail.example"}])
    on_each.put("Jo Bloggs-Okafor", NEXT_WEEK)
    on_each.once()
    assert rows(on_each, tables.InboxItem)

    removed(on_each)

    assert [] == rows(on_each, tables.InboxItem)


def test_a_new_client_does_not_wake_a_removed_calendar(practice: Practice) -> None:
    removed(practice)

    add(practice.app, practice.practitioner_id, NewClientWish("Kwame Mensah"), practice.clock())

    assert [] == practice.once().calendars


def test_a_session_marked_after_its_calendar_was_removed_is_not_briefed(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    removed(practice)
    session = practice.the_session().id
    mark_session(practice.app, session, "cancelled", practice.clock())
    mark_session(practice.app, session, "scheduled", practice.clock())

    practice.clock.set(TOMORROW - timedelta(minutes=30))
    practice.once()

    assert ([], ["withdrawn"]) == (practice.inbox.letters, fates(practice))
