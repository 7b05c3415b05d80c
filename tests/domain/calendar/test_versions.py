"""Which version of an event counts: newer over older, and nothing new is no change."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from sync.domain.calendar.changes import (
    Ask,
    Cancel,
    Change,
    Create,
    Flag,
    Move,
    Touch,
)
from sync.domain.calendar.planning import Plan, Rules, is_unchanged, plan_changes
from sync.domain.calendar.values import Event, KnownSession
from tests.domain.calendar.builders import (
    at,
    event,
    known,
    rules,
    tied,
)


def plan(*events: Event, have: KnownSession | None = None, under: Rules | None = None) -> Plan:
    return plan_changes(events, tied(*([have] if have else [])), under or rules())


def kinds(found: Plan) -> list[type[Change]]:
    return [type(change) for change in found.changes]


def test_r71_a_new_version_with_nothing_new_for_us_is_only_noted() -> None:
    rewritten = event(etag='"2"', updated_at=at(10), color_id="7", ical_uid="other@google.com")

    found = plan(rewritten, have=known(etag='"1"', updated_at=at(9)))

    assert (Touch(known(etag='"1"', updated_at=at(9)), rewritten),) == found.changes


def test_r71_an_equal_etag_needs_no_second_look() -> None:
    assert is_unchanged(event(etag='"1"'), known(etag='"1"'))


@pytest.mark.parametrize(
    ("seen", "have"),
    [
        (event(etag='"2"'), known(etag='"1"')),
        (event(etag=None), known(etag=None)),
        (event(etag='"1"'), None),
        (event(etag='"1"', status="cancelled"), known(etag='"1"')),
        (event(etag='"1"'), known(etag='"1"', status="cancelled")),
        (event(etag='"1"'), known(etag='"1"', is_alias=True)),
    ],
)
def test_r71_everything_else_is_looked_at(seen: Event, have: KnownSession | None) -> None:
    assert not is_unchanged(seen, have)


def test_r14_an_older_answer_never_overwrites_a_newer_one() -> None:
    assert Plan() == plan(event(start=at(15), updated_at=at(8)), have=known(updated_at=at(9)))


def test_r14_an_equally_old_answer_is_read() -> None:
    assert [Move] == kinds(plan(event(start=at(15), updated_at=at(9)), have=known(updated_at=at(9))))


def test_r14_a_cancellation_is_never_too_old() -> None:
    assert [Cancel] == kinds(plan(event(status="cancelled", updated_at=at(8)), have=known(updated_at=at(9))))


def test_r58_an_hour_over_the_change_of_clocks_is_moved_by_its_instant() -> None:
    new_york = ZoneInfo("America/New_York")
    first = datetime(2026, 11, 1, 1, 30, tzinfo=new_york)
    second = first.replace(fold=1)
    assert first == second, "by wall time the two are one"
    session = known(start=first.astimezone(UTC))
    moved = event(start=second.astimezone(UTC))._replace(ends_at=session.ends_at + timedelta(hours=1))

    [change] = plan(moved, have=session).changes

    assert isinstance(change, Move)
    assert timedelta(hours=1) == change.appointment.starts_at - change.known.starts_at


def test_r59_another_label_of_the_zone_is_no_move() -> None:
    assert [Touch] == kinds(
        plan(event(time_zone="America/Denver"), have=known(time_zone="America/Los_Angeles"))
    )


def test_r13_master_exception_and_tombstone_give_one_list_in_every_order() -> None:
    sessions = tied(
        *(known(f"abc_{day}", at(day), recurring_event_id="abc") for day in (16, 23)),
        known("solo", at(16)),
    )
    events = (
        event("abc_16", at(18, 9), recurring_event_id="abc"),
        Event("abc_23", status="cancelled"),
        event("solo", at(16), title=None),
        event("new", at(16)),
        event("ask1", at(17), title="Bloggs", recurring_event_id="q"),
        event("ask2", at(24), title="Bloggs", recurring_event_id="q"),
    )

    plans = {plan_changes(order, sessions, rules()) for order in permutations(events)}

    assert 1 == len(plans)
    assert [Move, Create, Flag, Touch, Cancel, Ask] == kinds(plans.pop())
