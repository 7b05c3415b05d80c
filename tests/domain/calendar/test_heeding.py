"""What a word at the edge of a title, or a colour with a meaning, does to a session."""

from dataclasses import replace
from typing import Any

import pytest

from sync.domain.calendar.changes import (
    DETAILS_HIDDEN,
    MARK_DIFFERS,
    MISSING_AFTER,
    MOVED_AFTER,
    RESTORED_AFTER,
    Ask,
    Cancel,
    Change,
    Create,
    Describe,
    Flag,
    Join,
    Missed,
    Part,
    Restore,
    TakeBack,
    Touch,
)
from sync.domain.calendar.mark_words import Mark, mark_phrases
from sync.domain.calendar.matching import ClientEvidence
from sync.domain.calendar.planning import Plan, Rules, plan_changes
from sync.domain.calendar.title_marks import MarkReader
from sync.domain.calendar.values import CancelReason, Event, KnownSession
from tests.domain.calendar.builders import JO, at, event, guest, known, rules, tied

AFTER = at(16, 20)
WORDS = MarkReader(mark_phrases(["en"]))
TOMATO = {"11": Mark("no_show", source="color"), "8": Mark("cancelled", "client", source="color")}


def under(*clients: ClientEvidence, **more: Any) -> Rules:
    return rules(*clients, marks=WORDS, colors=TOMATO, **more)


def plan(*events: Event, have: KnownSession | None = None, by: Rules | None = None) -> Plan:
    return plan_changes(events, tied(*([have] if have else [])), by or under())


def kinds(found: Plan) -> list[type[Change]]:
    return [type(change) for change in found.changes]


def marked(title: str, **more: Any) -> Event:
    return event(title=title, etag="e", updated_at=at(9), **more)


NO_SHOW = marked("Jo Bloggs (no show)")
CANCELLED = marked("Client cancelled - Jo Bloggs")


# Ahead


def test_a_session_ahead_whose_title_says_so_is_cancelled() -> None:
    assert (Cancel(known(), CancelReason.TITLE, "client", at(9)),) == plan(CANCELLED, have=known()).changes


def test_a_session_ahead_of_such_a_colour_is_cancelled() -> None:
    grey = event(color_id="8", updated_at=at(9))

    assert (Cancel(known(), CancelReason.COLOR, "client", at(9)),) == plan(grey, have=known()).changes


def test_a_word_goes_before_a_colour() -> None:
    both = marked("Jo Bloggs – late cancel", color_id="11")

    assert (Cancel(known(), CancelReason.TITLE, "client", at(9), late=True),) == plan(
        both, have=known()
    ).changes


@pytest.mark.parametrize("reason", [CancelReason.TITLE, CancelReason.COLOR, CancelReason.DELETED])
def test_a_cancelled_session_stays_so_while_the_mark_stands_and_is_restored_without_it(reason: str) -> None:
    gone = known(status="cancelled", cancel_reason=reason, cancelled_by="client")

    assert Plan() == plan(CANCELLED, have=gone)
    assert [Restore] == kinds(plan(event(), have=gone))


def test_who_cancelled_may_be_added_later_but_not_to_what_she_said_in_the_program() -> None:
    unclear = known(status="cancelled", cancel_reason=CancelReason.TITLE, cancelled_by="unknown")
    said = known(status="cancelled", cancel_reason=CancelReason.MARKED, said_by="practitioner")

    assert (Cancel(unclear, CancelReason.TITLE, "client", at(9)),) == plan(CANCELLED, have=unclear).changes
    assert Plan() == plan(CANCELLED, have=said)


def test_r68_a_mark_that_is_out_of_sight_with_its_title_restores_nothing() -> None:
    gone = known(status="cancelled", cancel_reason=CancelReason.TITLE)

    assert [Touch] == kinds(plan(event(title=None), have=gone))


def test_a_no_show_counts_for_nothing_before_the_start_and_is_looked_at_again() -> None:
    [described] = plan(NO_SHOW, have=known()).changes

    assert isinstance(described, Describe)
    assert described.appointment.event.etag is None


def test_discussing_a_cancellation_cancels_nothing() -> None:
    assert [Describe] == kinds(plan(marked("Discuss cancellation policy – Jo Bloggs"), have=known()))


# From the start on


def test_from_the_start_on_a_no_show_counts() -> None:
    [change] = plan(NO_SHOW, have=known(), by=under(now=at(16))).changes

    assert isinstance(change, Missed)
    assert (known(), "title", None) == (change.known, change.source, change.event.etag)


def test_a_colour_may_say_that_nobody_came() -> None:
    [change] = plan(event(color_id="11"), have=known(), by=under(now=AFTER)).changes

    assert isinstance(change, Missed)
    assert "color" == change.source


def test_r71_a_colour_without_a_meaning_says_nothing() -> None:
    assert [Touch] == kinds(plan(event(color_id="3"), have=known(), by=under(now=AFTER)))


def test_a_mark_that_was_heeded_is_not_heeded_again() -> None:
    missed = known(status="no_show", said_by="title", before_mark="scheduled")

    assert Plan() == plan(NO_SHOW, have=missed, by=under(now=AFTER))


def test_without_its_mark_a_session_is_again_what_it_was() -> None:
    missed = known(status="no_show", said_by="title", before_mark="held")
    seen = event(updated_at=at(17))

    assert (TakeBack(missed, seen),) == plan(seen, have=missed, by=under(now=AFTER)).changes


def test_r68_a_mark_that_is_out_of_sight_is_not_taken_back() -> None:
    missed = known(status="no_show", said_by="title", before_mark="held")
    coloured = replace(missed, said_by="color")

    assert [Touch] == kinds(plan(event(title=None), have=missed, by=under(now=AFTER)))
    assert [TakeBack] == kinds(plan(event(title=None), have=coloured, by=under(now=AFTER)))


@pytest.mark.parametrize("status", ["held", "scheduled", "cancelled"])
def test_what_she_said_in_the_program_is_flagged_and_not_overwritten(status: str) -> None:
    said = known(status=status, said_by="practitioner")

    assert (Flag(said, MARK_DIFFERS),) == plan(NO_SHOW, have=said, by=under(now=AFTER)).changes


def test_what_she_said_in_the_program_is_not_taken_back_with_a_mark() -> None:
    said = known(status="no_show", said_by="practitioner")

    assert [Touch] == kinds(plan(event(), have=said, by=under(now=AFTER)))


def test_r32_a_cancellation_written_after_the_start_is_her_own_word_and_a_deletion_is_not() -> None:
    gone = Event("ev1", status="cancelled")

    assert (Cancel(known(), CancelReason.TITLE, "client", at(9)),) == plan(
        CANCELLED, have=known(), by=under(now=AFTER)
    ).changes
    assert (Flag(known(), MISSING_AFTER),) == plan(gone, have=known(), by=under(now=AFTER)).changes


def test_r32_a_cancellation_from_before_the_start_that_is_gone_after_it_is_a_flag() -> None:
    gone = known(status="cancelled", cancel_reason=CancelReason.TITLE)

    found = plan(event(), have=gone, by=under(now=AFTER)).changes

    assert Flag(gone, RESTORED_AFTER) == found[0]


def test_a_no_show_that_is_moved_ahead_is_a_flag() -> None:
    moved = NO_SHOW._replace(starts_at=at(30), ends_at=at(30, 15))

    (flag,) = plan(moved, have=known(), by=under(now=AFTER)).changes

    assert isinstance(flag, Flag)
    assert (known(), MOVED_AFTER) == (flag.known, flag.kind)


def test_an_id_that_a_session_had_once_marks_nothing() -> None:
    assert Plan() == plan(NO_SHOW, have=known(is_alias=True), by=under(now=AFTER))


def test_r75_a_marked_copy_in_another_calendar_no_longer_stands_for_the_session() -> None:
    copy = known(is_elsewhere=True)

    assert (Part(copy),) == plan(CANCELLED, have=copy).changes
    assert [Join] == kinds(plan(event(), have=copy))


def test_a_session_that_a_person_called_a_duplicate_is_no_no_show() -> None:
    twice = known(status="cancelled", cancel_reason=CancelReason.DUPLICATE)

    assert (Flag(twice, MARK_DIFFERS),) == plan(NO_SHOW, have=twice, by=under(now=AFTER)).changes


# An event that nobody knows yet


def test_a_cancelled_hour_ahead_makes_nothing() -> None:
    assert Plan(skipped=1) == plan(CANCELLED)
    assert Plan(skipped=1) == plan(marked("Cancelled - Somebody"), by=under(dedicated=True))


def test_a_cancelled_hour_that_is_over_is_a_session_of_a_known_client_only() -> None:
    own = under(now=AFTER, dedicated=True, title_pattern="Session: {client}")
    stranger = marked("Session: Pat Quill (cancelled)")

    [created] = plan(CANCELLED, by=own).changes
    assert isinstance(created, Create)
    assert Mark("cancelled", "client") == created.appointment.mark
    assert Plan(skipped=1) == plan(stranger, by=own)


def test_a_mark_leaves_the_evidence_as_it_is() -> None:
    own = under(now=AFTER, dedicated=True, title_pattern="Session: {client}")

    [created] = plan(marked("Session: Jo Bloggs (no show)"), by=own).changes
    [asked] = plan(marked("Bloggs – no show")).changes

    assert isinstance(created, Create)
    assert ("jo", "no_show") == (created.owner, created.appointment.mark and created.appointment.mark.state)
    assert isinstance(asked, Ask)
    assert "Bloggs – no show" == asked.appointment.event.title


@pytest.mark.parametrize("name", ["No Show", "Dna", "Cancelled Jones"])
def test_a_name_that_contains_such_a_word_is_a_name(name: str) -> None:
    client = ClientEvidence("x", "XX", (name,))

    [created] = plan(
        marked(name), marked(f"{name} - 2", start=at(17)), by=under(client, JO, now=AFTER)
    ).changes[:1]

    assert isinstance(created, Create)
    assert ("x", None) == (created.owner, created.appointment.mark)


def test_a_bare_word_in_a_known_series_marks_its_session() -> None:
    cancelled = marked("Cancelled", recurring_event_id="abc")

    assert [Cancel] == kinds(plan(cancelled, have=known(recurring_event_id="abc")))


def test_a_guest_does_not_keep_a_marked_hour_from_being_heeded() -> None:
    weekly = marked("Weekly (cancelled)", attendees=(guest(),))

    assert [Cancel] == kinds(plan(weekly, have=known()))
    assert Plan(skipped=1) == plan(weekly)


def test_r68_a_hidden_title_is_still_flagged_beside_a_colour() -> None:
    hidden = event(title=None, color_id="11")

    assert Flag(known(), DETAILS_HIDDEN) in plan(hidden, have=known()).changes
