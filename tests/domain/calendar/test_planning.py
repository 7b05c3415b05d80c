"""Comparing a calendar with the records: the list of changes, before any of them is made."""

from datetime import date

import pytest

from sync.domain.calendar.changes import (
    DETAILS_HIDDEN,
    MISSING_AFTER,
    MOVED_AFTER,
    RESTORED_AFTER,
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
from sync.domain.calendar.planning import Plan, Rules, plan_changes
from sync.domain.calendar.values import CancelReason, Details, Event, KnownSession
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


def test_r37_a_moved_hour_is_a_single_change() -> None:
    moved = event(start=at(18, 9))

    [change] = plan(moved, have=known()).changes

    assert isinstance(change, Move)
    assert (known(), at(18, 9)) == (change.known, change.appointment.starts_at)


def test_another_length_is_a_move_of_the_end_alone() -> None:
    [change] = plan(event(ends_at=at(16, 15, 30)), have=known()).changes

    assert isinstance(change, Move)
    assert (at(16), at(16, 15, 30)) == (change.appointment.starts_at, change.appointment.ends_at)


def test_r25_a_bare_tombstone_cancels_and_overwrites_nothing() -> None:
    found = plan(Event("ev1", status="cancelled"), have=known())

    assert (Cancel(known(), CancelReason.DELETED, "unknown", None),) == found.changes


def test_r24_a_bare_tombstone_of_an_instance_cancels_that_hour() -> None:
    session = known("abc_20260616T140000Z")
    bare = Event("abc_20260616T140000Z", status="cancelled", recurring_event_id="abc")

    assert (Cancel(session, CancelReason.DELETED, "unknown", None),) == plan(bare, have=session).changes


def test_r24_a_series_whose_tombstone_was_kept_is_not_revived_by_its_master() -> None:
    cancelled = known("abc_20260616T140000Z", status="cancelled")
    bare = Event("abc_20260616T140000Z", status="cancelled", recurring_event_id="abc")

    assert Plan() == plan(bare, have=cancelled)


def test_r30_a_cancelled_event_with_details_cancels_at_its_own_word() -> None:
    gone = event(status="cancelled", start=at(20), title="Mia Stone", updated_at=at(9))

    assert (Cancel(known(), CancelReason.DELETED, "unknown", at(9)),) == plan(gone, have=known()).changes


def test_r31_an_event_that_comes_back_restores_the_same_session() -> None:
    cancelled = known(status="cancelled", cancel_reason="deleted")

    assert (Restore(cancelled, appointment()),) == plan(event(), have=cancelled).changes


def test_what_a_person_marked_as_cancelled_is_not_restored_by_the_calendar() -> None:
    marked = known(status="cancelled", cancel_reason=CancelReason.MARKED)

    assert [Touch] == kinds(plan(event(), have=marked))


def test_what_a_person_marked_as_cancelled_is_restored_by_a_new_time() -> None:
    marked = known(status="cancelled", cancel_reason=CancelReason.MARKED)

    assert [Restore] == kinds(plan(event(start=at(18)), have=marked))


@pytest.mark.parametrize("note_begun", [known(), known(status="held"), known(status="no_show")])
def test_r32_a_session_that_has_begun_is_flagged_and_not_cancelled(note_begun: KnownSession) -> None:
    gone = Event("ev1", status="cancelled")

    assert (Flag(note_begun, MISSING_AFTER),) == plan(gone, have=note_begun, under=rules(now=AFTER)).changes


def test_r32_a_session_that_has_begun_is_flagged_and_not_moved() -> None:
    moved = event(start=at(18))

    flag, touch = plan(moved, have=known(), under=rules(now=at(16))).changes

    assert isinstance(flag, Flag)
    assert (known(), MOVED_AFTER, at(18)) == (
        flag.known,
        flag.kind,
        flag.appointment and flag.appointment.starts_at,
    )
    assert Touch(known(), moved) == touch


def test_r32_a_minute_before_its_start_a_session_still_moves() -> None:
    assert [Move] == kinds(plan(event(start=at(18)), have=known(), under=rules(now=at(16, 13, 59))))


def test_r32_a_cancelled_session_that_comes_back_after_its_start_is_flagged() -> None:
    cancelled = known(status="cancelled", cancel_reason="deleted")

    assert [Flag(cancelled, RESTORED_AFTER)] == list(
        plan(event(), have=cancelled, under=rules(now=AFTER)).changes
    )[:1]


def test_what_a_person_marked_as_cancelled_is_not_flagged_for_standing_in_the_calendar() -> None:
    marked = known(status="cancelled", cancel_reason=CancelReason.MARKED)

    assert [Touch] == kinds(plan(event(), have=marked, under=rules(now=AFTER)))


def test_r48_becoming_all_day_cancels_and_becoming_timed_restores() -> None:
    all_day = Event("ev1", starts_on=date(2026, 6, 16), title="Jo Bloggs")
    cancelled = known(status="cancelled", cancel_reason="became-all-day")

    assert (Cancel(known(), CancelReason.BECAME_ALL_DAY, "unknown", None),) == plan(
        all_day, have=known()
    ).changes
    assert [Restore] == kinds(plan(event(), have=cancelled))


def test_r67_becoming_free_cancels_and_becoming_busy_restores() -> None:
    free = event(transparency="transparent")
    cancelled = known(status="cancelled", cancel_reason="became-free")

    assert (Cancel(known(), CancelReason.BECAME_FREE, "unknown", None),) == plan(free, have=known()).changes
    assert Plan() == plan(free, have=cancelled)
    assert [Restore] == kinds(plan(event(), have=cancelled))


def test_r63_becoming_another_type_cancels() -> None:
    [cancel] = plan(event(event_type="focusTime"), have=known()).changes

    assert isinstance(cancel, Cancel)
    assert CancelReason.BECAME_OTHER == cancel.reason


def test_r64_declined_by_the_practitioner_is_cancelled_by_her_and_accepted_again_restored() -> None:
    declined = event(attendees=(myself("declined"), guest()), updated_at=at(9))
    accepted = event(attendees=(myself("accepted"), guest()))
    cancelled = known(status="cancelled", cancel_reason="declined")

    assert (Cancel(known(), CancelReason.DECLINED, "practitioner", at(9)),) == plan(
        declined, have=known()
    ).changes
    assert [Restore] == kinds(plan(accepted, have=cancelled))


def test_r66_a_client_who_declines_is_a_flag_and_who_accepts_again_too() -> None:
    declined = event(attendees=(guest(response="declined"),))
    accepted = event(attendees=(guest(),))

    assert [Decline] == kinds(plan(declined, have=known()))
    assert [Touch] == kinds(plan(declined, have=known(client_declined=True)))
    assert [Decline] == kinds(plan(accepted, have=known(client_declined=True)))


def test_r66_where_the_settings_say_so_a_client_who_declines_cancels() -> None:
    declined = event(attendees=(guest(response="declined"),), updated_at=at(9))
    under = rules(client_decline_cancels=True)

    assert (Cancel(known(), CancelReason.DECLINED, "client", at(9)),) == plan(
        declined, have=known(), under=under
    ).changes
    assert Plan(skipped=1) == plan(declined, under=under)


def test_r68_losing_sight_of_the_title_is_a_flag_and_no_edit() -> None:
    hidden = event(title=None)

    found = plan(hidden, have=known())

    assert (Flag(known(), DETAILS_HIDDEN), Touch(known(), hidden)) == found.changes


def test_r68_losing_sight_of_the_guests_is_no_acceptance() -> None:
    hidden, omitted = event(title=None), event(attendees_omitted=True)
    session = known(client_declined=True)

    assert [Flag, Touch] == kinds(plan(hidden, have=session))
    assert [Touch] == kinds(plan(omitted, have=session))


def test_r68_a_hidden_title_that_moves_is_still_moved() -> None:
    assert [Move, Flag] == kinds(plan(event(start=at(18), title=None), have=known()))


def test_another_title_link_or_place_is_described_and_not_moved() -> None:
    other = event(title="Jo B.", video_link="https://meet.example/x", location="Room 2")

    assert [Describe] == kinds(plan(other, have=known()))


def test_r70_a_link_that_arrives_later_is_news() -> None:
    pending = known(details=Details("Jo Bloggs", video_link=None))

    assert [Describe] == kinds(plan(event(video_link="https://meet.example/x"), have=pending))


def test_r60_an_unreadable_event_is_named_and_the_others_are_read() -> None:
    found = plan(event("bad", defect="its start cannot be read"), event("good"))

    assert ([Create], ("bad",), 1) == (kinds(found), found.defects, found.skipped)


def test_r60_an_unreadable_answer_about_a_session_changes_nothing() -> None:
    found = plan(event(defect="its start cannot be read"), have=known())

    assert Plan(defects=("ev1",)) == found


def test_an_id_that_a_session_had_once_changes_nothing() -> None:
    alias = known(is_alias=True)

    assert Plan() == plan(event(start=at(20)), have=alias)
    assert Plan() == plan(Event("ev1", status="cancelled"), have=alias)
