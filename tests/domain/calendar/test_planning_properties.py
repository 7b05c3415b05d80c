"""What holds for every calendar: planning never fails, and what was applied is not planned again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.calendar.changes import (
    Ask,
    Cancel,
    Change,
    Create,
    Decline,
    Describe,
    Flag,
    Move,
    Restore,
    Touch,
)
from sync.domain.calendar.planning import details_of, plan_changes
from sync.domain.calendar.values import Appointment, Event, KnownSession
from tests.domain.calendar.builders import BERLIN, guest, myself, rules
from tests.domain.calendar.test_reading import odd_events

EDGE = datetime(2026, 6, 10, tzinfo=UTC)
IDS = ["a", "b", "c", "d"]

moments = st.datetimes(datetime(2026, 6, 1), datetime(2026, 6, 30), timezones=st.just(UTC))
answers = st.sampled_from(["accepted", "declined", "needsAction"])
events = st.builds(
    Event,
    event_id=st.sampled_from(IDS),
    status=st.sampled_from(["confirmed", "confirmed", "cancelled"]),
    starts_at=moments,
    ends_at=st.none() | moments,
    time_zone=st.sampled_from([BERLIN, "UTC", None]),
    title=st.sampled_from(["Jo Bloggs", "JB", "Mia Stone", "Bloggs", "Dentist", None]),
    attendees=st.builds(lambda own, hers: (myself(own), guest(response=hers)), answers, answers)
    | st.just(()),
    transparency=st.sampled_from(["opaque", "opaque", "transparent"]),
    updated_at=st.none() | moments,
    recurring_event_id=st.sampled_from([None, "series"]),
)
statuses = st.sampled_from(["scheduled", "held", "no_show", "cancelled"])
remembered = st.builds(
    lambda event_id, start, status, declined, alias: KnownSession(
        f"s-{event_id}",
        "jo",
        event_id,
        start,
        start,
        BERLIN,
        status,
        client_declined=declined,
        is_alias=alias,
    ),
    st.sampled_from(IDS),
    moments,
    statuses,
    st.booleans(),
    st.booleans(),
)
memories = st.lists(remembered, unique_by=lambda known: known.event_id)
readings = st.lists(events, unique_by=lambda event: event.event_id)


@given(st.lists(odd_events | events, max_size=6), memories)
def test_no_calendar_makes_planning_fail(odd: Sequence[Event], memory: Sequence[KnownSession]) -> None:
    known = {session.event_id: session for session in memory}

    plan = plan_changes(odd, known, rules())

    assert all(isinstance(c, Change) for c in plan.changes)


@given(readings, memories, st.randoms())
def test_r13_the_order_of_events_makes_no_difference(
    seen: list[Event], memory: Sequence[KnownSession], chance: object
) -> None:
    known = {session.event_id: session for session in memory}
    shuffled = list(seen)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # Hypothesis's Random

    assert set(plan_changes(seen, known, rules()).changes) == set(
        plan_changes(shuffled, known, rules()).changes
    )


@given(readings, memories)
def test_r32_a_session_that_has_begun_is_never_changed(
    seen: list[Event], memory: Sequence[KnownSession]
) -> None:
    known = {session.event_id: session for session in memory}

    for change in plan_changes(seen, known, rules(now=EDGE)).changes:
        if not isinstance(change, Create | Ask) and change.known.starts_at <= EDGE:
            assert isinstance(change, Flag | Touch)


@given(readings, memories)
def test_r12_what_was_applied_is_not_planned_again(seen: list[Event], memory: Sequence[KnownSession]) -> None:
    known = {session.event_id: session for session in memory}
    first = plan_changes(seen, known, rules())

    again = plan_changes(seen, _applied(known, first.changes), rules())

    assert all(isinstance(change, Touch | Flag | Ask) for change in again.changes), again.changes


def _applied(known: dict[str, KnownSession], changes: Sequence[Change]) -> dict[str, KnownSession]:
    """The records after `changes`, as the store would have them."""
    after = dict(known)
    for change in changes:
        match change:
            case Create(appointment, owner):
                event_id = appointment.event.event_id
                bare = KnownSession("new", str(owner), event_id, EDGE, EDGE, BERLIN, "scheduled")
                after[event_id] = _like(bare, appointment)
            case Restore(session, appointment):
                after[session.event_id] = replace(_like(session, appointment), status="scheduled")
            case Move(session, appointment) | Decline(session, appointment) | Describe(session, appointment):
                after[session.event_id] = _like(after[session.event_id], appointment)
            case Cancel(session):
                after[session.event_id] = replace(session, status="cancelled")
            case Touch(session, seen):
                after[session.event_id] = replace(session, updated_at=seen.updated_at)
            case Flag() | Ask():
                pass
    return after


def _like(session: KnownSession, appointment: Appointment) -> KnownSession:
    return replace(
        session,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        client_declined=appointment.client_declined,
        updated_at=appointment.event.updated_at,
        details=details_of(appointment),
    )
