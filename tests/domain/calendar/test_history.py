"""What the past of a calendar becomes, before anything is written."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from sync.domain.calendar.changes import Create, Past
from sync.domain.calendar.history import PastPlan, is_reasonable_beginning, next_slice, plan_past, replaced_by
from sync.domain.calendar.mark_words import mark_phrases
from sync.domain.calendar.matching import NewClient
from sync.domain.calendar.title_marks import MarkReader
from sync.domain.calendar.values import CancelReason, Event, KnownSession, Window
from tests.domain.calendar.builders import at, event, guest, known, myself, rules

SPAN = Window(at(1, 0), at(30, 0))
UNTIL = at(30, 0)
LATER = datetime(2026, 8, 1, tzinfo=UTC)


def plan(
    *events: Event, have: tuple[str, ...] = (), replaced: tuple[KnownSession, ...] = (), **more: Any
) -> PastPlan:
    return plan_past(events, have, replaced_by(replaced), (SPAN, UNTIL), rules(now=LATER, **more))


def what_became(of: Event, **more: Any) -> Past | None:
    [create] = plan(of, **more).creates
    return create.past


def test_an_hour_that_stood_at_its_end_was_held() -> None:
    [create] = plan(event()).creates

    assert ("jo", Past("held")) == (create.owner, create.past)


@pytest.mark.parametrize(
    "doubtful",
    [
        event(status="tentative"),
        event(attendees=(guest(response="declined"), myself("accepted"))),
        event(attendees=(guest(), myself("tentative"))),
        event(attendees=(guest(), myself("needsAction")), organizer_is_self=False),
    ],
)
def test_an_hour_that_something_speaks_against_is_not_known_to_have_been(doubtful: Event) -> None:
    assert Past("scheduled") == what_became(doubtful)


def test_r32_an_hour_whose_series_was_gone_at_its_time_is_not_known_to_have_been() -> None:
    gone = known("ev0", at(9), status="cancelled", cancel_reason=CancelReason.DELETED)

    became = what_became(event(recurring_event_id="weekly"), series_hours={"weekly": (gone,)})

    assert Past("scheduled") == became


@pytest.mark.parametrize(
    ("title", "became"),
    [
        ("Client cancelled - Jo Bloggs", Past("cancelled", CancelReason.TITLE, "client")),
        ("Jo Bloggs (no show)", Past("no_show")),
        ("Jo Bloggs: cancellation policy", Past("held")),
    ],
)
def test_a_word_at_the_edge_of_the_title_says_what_became_of_it(title: str, became: Past) -> None:
    declined = (guest(response="declined"), myself("accepted"))
    marks = MarkReader(mark_phrases())

    assert became == what_became(event(title=title), marks=marks)
    assert became.status == "held" or became == what_became(
        event(title=title, attendees=declined), marks=marks
    )


def test_her_own_hour_that_she_never_answered_was_held() -> None:
    assert Past("held") == what_became(event(attendees=(guest(), myself("needsAction"))))


def test_what_she_declined_was_cancelled_by_her() -> None:
    declined = event(attendees=(guest(), myself("declined")))

    assert Past("cancelled", CancelReason.DECLINED, "practitioner") == what_became(declined)


def test_what_the_client_declined_was_cancelled_where_that_is_the_rule() -> None:
    declined = event(attendees=(guest(response="declined"), myself("accepted")))

    assert Past("cancelled", CancelReason.DECLINED, "client") == what_became(
        declined, client_decline_cancels=True
    )


@pytest.mark.parametrize(
    "nothing",
    [
        event(status="cancelled"),
        Event("ev1", status="cancelled"),
        event(transparency="transparent"),
        event(transparency="transparent", attendees=(myself("declined"),)),
        event(event_type="outOfOffice"),
        Event("ev1", starts_on=date(2026, 6, 16), title="Jo Bloggs"),
        event(defect="no readable start"),
    ],
)
def test_r29_tombstones_free_time_and_all_day_events_of_the_past_make_nothing(nothing: Event) -> None:
    assert PastPlan(skipped=1) == plan(nothing)


def test_what_points_to_somebody_but_not_for_certain_is_counted_and_not_made() -> None:
    assert PastPlan(uncertain=("Bloggs",)) == plan(event(title="Bloggs"))


def test_what_points_to_nobody_is_counted_apart() -> None:
    assert PastPlan(unmatched=("Dentist",)) == plan(event(title="Dentist"))


@pytest.mark.parametrize("title", ["Bloggs", "Dentist"])
@pytest.mark.parametrize("hidden", [{"visibility": "private"}, {"organizer_is_self": False}])
def test_the_titles_of_private_hours_and_strangers_invitations_are_not_even_counted(
    title: str, hidden: dict[str, Any]
) -> None:
    assert PastPlan(skipped=1) == plan(event(title=title, **hidden))


def test_what_was_ignored_stays_ignored() -> None:
    assert PastPlan(skipped=1) == plan(event(), is_ignored=lambda _event: True)


def test_what_has_its_session_already_is_left_as_it_is() -> None:
    assert PastPlan(known=1) == plan(event(status="cancelled"), have=("ev1",))


def test_an_hour_of_a_series_whose_ids_have_changed_is_not_made_a_second_time() -> None:
    moved = event("abc_20260616T150000Z", at(16, 15), recurring_event_id="abc")
    gone = known("abc_20260616T140000Z", recurring_event_id="abc")

    assert PastPlan(known=1) == plan(moved, replaced=(gone,))


def test_other_hours_of_a_series_of_which_some_are_gone_are_made() -> None:
    """The series was shortened after its last hours had been recorded: it has no new hours near them."""
    gone = known("abc_20260629T140000Z", at(29, 14), recurring_event_id="abc")
    earlier, near = (
        event(f"abc_202606{day:02}T140000Z", at(day, 14), recurring_event_id="abc") for day in (9, 16)
    )

    assert [earlier] == [create.appointment.event for create in plan(earlier, near, replaced=(gone,)).creates]


def test_an_hour_belongs_to_the_slice_in_which_it_starts() -> None:
    before = event("before", SPAN.starts_at - timedelta(minutes=20), ends_at=at(1, 1))
    first = event("first", SPAN.starts_at)
    over = event("over", at(29, 23), ends_at=at(30, 1))

    found = plan_past((before, first, over), (), {}, (SPAN, at(30, 12)), rules(now=LATER))

    assert ["first", "over"] == [create.appointment.event.event_id for create in found.creates]


def test_an_hour_that_reaches_into_the_running_window_is_left_to_it() -> None:
    over = event("over", at(29, 23), ends_at=at(30, 1))
    just = event("just", at(29, 23), ends_at=UNTIL)

    assert ["just"] == [create.appointment.event.event_id for create in plan(over, just).creates]


OURS: dict[str, Any] = {"dedicated": True, "title_pattern": "Session: {client}"}


def owners(found: PastPlan) -> list[object]:
    return [create.owner for create in found.creates]


def test_a_clear_new_name_on_a_calendar_of_the_practices_own_makes_a_client() -> None:
    assert [NewClient("Ines Ferreira")] == owners(plan(event(title="Session: Ines Ferreira"), **OURS))


def test_a_new_name_that_never_came_makes_no_client() -> None:
    never = event(title="Session: Ines Ferreira", attendees=(guest("x@y.example", "declined"),))

    assert PastPlan(uncertain=("Session: Ines Ferreira",)) == plan(never, **OURS)


def test_a_new_name_that_came_another_time_has_the_hours_she_did_not_come_to_as_well() -> None:
    never = event("ev1", title="Session: Ines Ferreira", attendees=(guest("x@y.example", "declined"),))
    came = event("ev2", at(23), title="Session: Ines Ferreira")

    found = plan(never, came, **OURS)

    assert [NewClient("Ines Ferreira")] * 2 == owners(found)
    assert {"held", "scheduled"} == {create.past.status for create in found.creates if create.past}


def test_the_order_of_events_makes_no_difference() -> None:
    events = (event("ev1", at(5)), event("ev2", at(6)), event("ev3", at(7)))

    assert plan(*events) == plan(*reversed(events))
    assert all(isinstance(create, Create) for create in plan(*events).creates)


def slices(since: datetime, until: datetime) -> list[Window]:
    found: list[Window] = []
    reached = since
    while (span := next_slice(reached, until)) is not None:
        found.append(span)
        reached = span.ends_at
    return found


@pytest.mark.parametrize("days", [1, 29, 90, 91, 119, 121, 1826, 10957])
def test_slices_cover_the_past_without_gap_or_overlap_and_are_bounded(days: int) -> None:
    since = datetime(1996, 8, 1, tzinfo=UTC)
    found = slices(since, since + timedelta(days=days))

    assert (since, since + timedelta(days=days)) == (found[0].starts_at, found[-1].ends_at)
    assert all(one.ends_at == next_one.starts_at for one, next_one in pairwise(found))
    assert all(timedelta() < one.ends_at - one.starts_at <= timedelta(days=120) for one in found)


def test_there_is_no_slice_where_nothing_is_left() -> None:
    assert next_slice(LATER, LATER) is None


@pytest.mark.parametrize(
    ("since", "reasonable"),
    [
        (date(2021, 1, 1), True),
        (date(2026, 6, 9), True),
        (date(1996, 1, 1), True),
        (date(2026, 6, 10), False),
        (date(2027, 1, 1), False),
        (date(1995, 12, 31), False),
        (date(1, 1, 1), False),
    ],
)
def test_the_past_begins_before_today_and_not_absurdly_early(since: date, reasonable: bool) -> None:
    assert reasonable == is_reasonable_beginning(since, date(2026, 6, 10))


def test_never_before_1970() -> None:
    assert [False, True] == [
        is_reasonable_beginning(day, date(1990, 1, 1)) for day in (date(1969, 12, 31), date(1970, 1, 1))
    ]
