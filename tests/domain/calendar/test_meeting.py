"""What an event that nobody knows yet means: a new session, a question, or nothing."""

import pytest

from sync.domain.calendar.changes import (
    Ask,
    Change,
    Create,
)
from sync.domain.calendar.matching import NewClient
from sync.domain.calendar.planning import Plan, Rules, new_client_names, plan_changes
from sync.domain.calendar.values import CancelReason, Event, KnownSession
from tests.domain.calendar.builders import (
    appointment,
    at,
    event,
    guest,
    known,
    myself,
    rules,
    tied,
)

AFTER = at(16, 20)


def plan(*events: Event, have: KnownSession | None = None, under: Rules | None = None) -> Plan:
    return plan_changes(events, tied(*([have] if have else [])), under or rules())


def kinds(found: Plan) -> list[type[Change]]:
    return [type(change) for change in found.changes]


def test_a_new_appointment_of_a_client_is_created() -> None:
    assert (Create(appointment(), "jo", held=False),) == plan(event()).changes


def test_history_is_created_as_held() -> None:
    assert (Create(appointment(), "jo", held=True),) == plan(event(), under=rules(now=AFTER)).changes


def test_an_hour_under_way_is_not_yet_history() -> None:
    [created] = plan(event(), under=rules(now=at(16, 14, 20))).changes

    assert isinstance(created, Create)
    assert not created.held


@pytest.mark.parametrize(
    ("last", "held"),
    [
        (known(start=at(9), status="cancelled", cancel_reason=CancelReason.DELETED), False),
        (known(start=at(9), status="cancelled", cancel_reason=CancelReason.BECAME_FREE), False),
        (known(start=at(9), status="cancelled", cancel_reason=CancelReason.TITLE), True),
        (known(start=at(9), status="cancelled", cancel_reason=CancelReason.DECLINED), True),
        (known(start=at(9), status="held"), True),
        (known(start=at(23), status="cancelled", cancel_reason=CancelReason.DELETED), True),
    ],
)
def test_r32_an_hour_that_is_over_was_not_held_if_its_series_was_gone_at_its_time(
    last: KnownSession, held: bool
) -> None:
    first = known(start=at(2), status="held")
    under = rules(now=AFTER, series_hours={"weekly": (last, first)})

    [created] = plan(event(recurring_event_id="weekly"), under=under).changes

    assert isinstance(created, Create)
    assert held == created.held


def test_what_is_nobodys_leaves_nothing() -> None:
    assert Plan(skipped=1) == plan(event(title="Dentist"))


def test_r29_a_tombstone_of_something_unknown_makes_nothing() -> None:
    bare, detailed = Event("zzz", status="cancelled"), event("yyy", status="cancelled")

    assert Plan(skipped=2) == plan(bare, detailed)


def test_r65_a_strangers_unanswered_invitation_leaves_nothing() -> None:
    spam = event(title="You won", organizer_is_self=False, attendees=(myself("needsAction"),))

    assert Plan(skipped=1) == plan(spam)
    assert Plan(skipped=1) == plan(spam, under=rules(dedicated=True))


def test_r65_an_unanswered_invitation_makes_no_new_client() -> None:
    invitation = event(
        title="Session: Pat Quill", organizer_is_self=False, attendees=(myself("needsAction"),)
    )
    own = rules(dedicated=True, title_pattern="Session: {client}")

    assert Plan(skipped=1) == plan(invitation, under=own)


def test_r65_an_unanswered_invitation_of_a_known_client_is_a_session() -> None:
    invitation = event(organizer_is_self=False, attendees=(myself("needsAction"), guest()))

    assert [Create] == kinds(plan(invitation))


def test_a_private_hour_leaves_nothing_on_a_mere_suspicion() -> None:
    assert Plan(skipped=1) == plan(event(title="Bloggs", visibility="private"))
    assert [Ask] == kinds(plan(event(title="Bloggs")))


def test_a_private_hour_that_is_certainly_a_clients_is_a_session() -> None:
    assert [Create] == kinds(plan(event(visibility="private")))


def test_a_private_hour_on_a_calendar_of_the_practices_own_is_asked_about() -> None:
    assert [Ask] == kinds(plan(event(title="Somebody", visibility="private"), under=rules(dedicated=True)))


def test_nothing_is_asked_about_the_past() -> None:
    assert Plan(skipped=1) == plan(event(title="Bloggs"), under=rules(now=AFTER))


def test_what_was_ignored_leaves_nothing_even_if_it_matches() -> None:
    assert Plan(skipped=1) == plan(event(), under=rules(is_ignored=lambda seen: seen.event_id == "ev1"))


def test_a_whole_series_is_asked_about_once_at_its_earliest_hour() -> None:
    hours = [event(f"abc_{day}", at(day), title="Bloggs", recurring_event_id="abc") for day in (30, 16, 23)]

    [ask] = plan(*hours).changes

    assert isinstance(ask, Ask)
    assert ("abc_16", ("jo",)) == (ask.appointment.event.event_id, ask.candidates)


def test_a_new_name_that_is_written_twice_is_one_new_client() -> None:
    own = rules(dedicated=True, title_pattern="Session: {client}")
    found = plan(
        event("a", title="Session: Pat Quill"), event("b", at(17), title="Session: PAT QUILL"), under=own
    )

    assert [NewClient("Pat Quill"), NewClient("PAT QUILL")] == [
        c.owner for c in found.changes if isinstance(c, Create)
    ]
    assert {("pat", "quill"): "Pat Quill"} == new_client_names(found.changes)


def test_discuss_cancellation_policy_is_an_appointment_and_no_cancellation() -> None:
    assert [Create] == kinds(plan(event(title="Discuss cancellation policy – JB")))
