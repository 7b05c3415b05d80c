"""What became of each appointment: one class for each, and no reschedule counted twice."""

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.attendance.changes import with_changes
from sync.domain.attendance.fates import Fate, SessionState, fates_of, replaced_by_others
from sync.domain.attendance.tally import Share, Tally, added, last_counted, tally_of
from sync.domain.session_story import Happening
from tests.domain.attendance.builders import FIRST, LETTERS, ZONE, at, state, week, weekly

LATER = at(week(80))


def fates(states: list[SessionState]) -> list[Fate]:
    return [each.fate for each in fates_of(states, ZONE, LATER)]


@pytest.mark.parametrize(
    ("letter", "fate"),
    [
        ("k", Fate.KEPT),
        ("n", Fate.NO_SHOW),
        ("l", Fate.LATE_CANCEL),
        ("e", Fate.EARLY_CANCEL),
        ("p", Fate.BY_PRACTITIONER),
        ("u", Fate.UNKNOWN),
        ("?", Fate.NOT_KNOWN),
        ("s", Fate.KEPT),
    ],
)
def test_each_state_has_its_class(letter: str, fate: Fate) -> None:
    assert [fate] == fates([state(FIRST, letter)])


def test_an_answer_is_awaited_for_fourteen_days_and_then_it_counts_as_kept_and_assumed() -> None:
    one = [state(FIRST, "s")]
    seen = [fates_of(one, ZONE, at(FIRST) + timedelta(days=days))[0] for days in (-1, 1, 15)]

    assert [Fate.AHEAD, Fate.UNCONFIRMED, Fate.KEPT] == [each.fate for each in seen]
    assert [False, False, True] == [each.assumed for each in seen]


def test_history_that_nobody_knows_of_is_never_kept_however_long_ago() -> None:
    assert [Fate.NOT_KNOWN] == [f.fate for f in fates_of([state(FIRST, "?")], ZONE, at(date(2036, 1, 1)))]


def cancelled(letter: str = "e", **more: Any) -> SessionState:
    """The hour of week 4, cancelled two days before."""
    return state(week(4), letter, cancelled_at=at(week(4)) - timedelta(days=2), **more)


def put_in(days: int, hour: int = 15, before: float = 2, **more: Any) -> SessionState:
    """Another appointment so many days after week 4's, put in some days before that."""
    created = at(week(4)) - timedelta(days=before)
    return state(week(4) + timedelta(days=days), "k", hour, created_at=created, **more)


def others(*but: int) -> list[SessionState]:
    return [each for number, each in enumerate(weekly("kkkkkkkk")) if number not in (4, *but)]


@pytest.mark.parametrize("days", [-6, -1, 0, 3, 6])
def test_another_appointment_within_a_week_takes_the_place_of_a_cancelled_one(days: int) -> None:
    seen = fates([cancelled("l"), put_in(days), *others()])

    assert {Fate.RESCHEDULED: 1, Fate.KEPT: 8} == {fate: seen.count(fate) for fate in set(seen)}


def test_the_standing_hours_of_the_weeks_around_replace_nothing() -> None:
    assert {} == replaced_by_others([*weekly("kkkk"), cancelled(), *weekly(".....kkk")], ZONE)


def test_a_standing_hour_that_comes_into_view_after_an_early_word_replaces_nothing() -> None:
    """Cancelled two months ahead, while the hours of the week after are not yet in the calendar's window."""
    early = state(week(4), "e", cancelled_at=at(week(4)) - timedelta(days=58))
    later = [*weekly(".....kkk"), *weekly("....kkkk", FIRST + timedelta(days=3))]
    in_view = [each._replace(created_at=at(week(4)) - timedelta(days=50)) for each in later]

    assert {} == replaced_by_others(sorted([*weekly("kkkk"), early, *in_view]), ZONE)


def test_a_week_later_at_the_same_hour_replaces_where_nothing_stands_a_week_before() -> None:
    fortnightly = [state(week(number)) for number in (0, 2, 6, 8)]
    new = put_in(7, hour=10)

    assert {cancelled().session_id: new.session_id} == replaced_by_others(
        sorted([*fortnightly, cancelled(), new]), ZONE
    )


@pytest.mark.parametrize("new", [put_in(9), put_in(3, before=4), put_in(-8)])
def test_what_is_too_far_or_was_there_before_replaces_nothing(new: SessionState) -> None:
    assert {} == replaced_by_others(sorted([cancelled(), new]), ZONE)


def test_one_new_appointment_takes_the_place_of_one_only() -> None:
    both = [cancelled("l"), state(week(4), "l", 12, cancelled_at=at(week(4)) - timedelta(days=2))]

    seen = fates([*both, put_in(2)])
    assert [1, 1] == [seen.count(Fate.RESCHEDULED), seen.count(Fate.LATE_CANCEL)]


def test_a_chain_counts_by_what_became_of_its_last() -> None:
    again = put_in(2)._replace(**LETTERS["l"], cancelled_at=at(week(4)) + timedelta(days=1))
    last = state(week(4) + timedelta(days=4), "n", 9, created_at=at(week(4)) + timedelta(days=1))

    assert [Fate.RESCHEDULED, Fate.RESCHEDULED, Fate.NO_SHOW] == fates([cancelled(), again, last])


def test_a_change_with_little_notice_is_told_beside_the_class() -> None:
    old, new = fates_of([cancelled("l"), put_in(2)], ZONE, LATER)

    assert [(Fate.RESCHEDULED, True), (Fate.KEPT, False)] == [(f.fate, f.late_change) for f in (old, new)]


@pytest.mark.parametrize(
    ("kind", "days", "hours_before", "known", "moved", "late"),
    [
        ("moved", 2, 5, True, True, True),
        ("moved", 2, 30, True, True, False),
        ("relinked", 2, 5, True, True, True),
        ("moved", 2, 5, False, True, False),  # only a reading saw it: late is not claimed
        ("moved", 8, 5, True, False, False),
        ("created", 2, 5, True, False, False),
    ],
)
def test_a_move_within_a_week_is_the_same_appointment(
    kind: str, days: int, hours_before: int, known: bool, moved: bool, late: bool
) -> None:
    start = at(week(4))
    told = start - timedelta(hours=hours_before)
    entry = Happening(kind, told, told if known else None, start, start + timedelta(days=days))

    changed = with_changes(state(week(4)), [entry], 24)

    assert (moved, late) == (changed.moved, changed.moved_late)


def test_when_it_was_cancelled_is_what_the_ledger_says_of_it_last() -> None:
    start = at(week(4))
    told = [
        Happening("cancelled", start - timedelta(days=3), start - timedelta(days=4)),
        Happening("restored", start - timedelta(days=2)),
        Happening("marked", start + timedelta(days=2), detail="cancelled"),
    ]

    assert start - timedelta(days=4) == with_changes(state(week(4), "e"), told[:2], 24).cancelled_at
    assert start == with_changes(state(week(4), "e"), told, 24).cancelled_at


def test_the_last_eight_are_those_that_count() -> None:
    counting = last_counted(fates_of(weekly("kkkkpukenlp?k"), ZONE, LATER))

    assert Tally(kept=5, early_cancel=1, no_show=1, late_cancel=1) == tally_of(counting)


@pytest.mark.parametrize(("share", "percent"), [(Share(7, 9), None), (Share(8, 10), 80), (Share(0, 0), None)])
def test_a_percentage_needs_ten(share: Share, percent: int | None) -> None:
    assert percent == share.percent


STATES = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.sampled_from("knlepus?"),
        st.integers(8, 18),
        st.integers(0, 70),
        st.integers(0, 80),
    ),
    max_size=25,
    unique_by=lambda drawn: (drawn[0], drawn[2]),
)


def drawn(all_of_it: list[tuple[int, str, int, int, int]]) -> list[SessionState]:
    made = []
    for day, letter, hour, created, word in all_of_it:
        one = state(FIRST + timedelta(days=day), letter, hour)
        since = one.starts_at - timedelta(days=created)
        told = min(one.starts_at, since + timedelta(days=word)) if one.status == "cancelled" else None
        made.append(one._replace(created_at=since, cancelled_at=told))
    return made


@given(STATES)
def test_every_appointment_is_in_exactly_one_class(found: list[tuple[int, str, int, int, int]]) -> None:
    seen = fates_of(drawn(found), ZONE, LATER)
    tally = tally_of(seen)
    classes = [getattr(tally, str(fate)) for fate in Fate]

    assert len(found) == len(seen) == sum(classes)
    assert tally == added([tally_of(seen[:3]), tally_of(seen[3:])])
    assert {field.name for field in fields(Tally)} == {*map(str, Fate), "assumed", "moved", "late_changes"}


@given(STATES)
def test_a_reschedule_takes_one_place_and_none_twice(found: list[tuple[int, str, int, int, int]]) -> None:
    states = sorted(drawn(found), key=lambda one: (one.starts_at, one.session_id))
    by_id = {one.session_id: one for one in states}
    pairs = replaced_by_others(states, ZONE)

    assert len(pairs) == len(set(pairs.values()))
    for old, new in pairs.items():
        assert by_id[old].status == "cancelled"
        assert abs(by_id[old].starts_at - by_id[new].starts_at) <= timedelta(days=7, hours=1)
        assert old != new
        assert by_id[new].created_at > by_id[old].created_at


def test_what_came_with_the_first_reading_replaces_nothing() -> None:
    """Cancelled hours and standing ones are all put in at once then."""
    moment = at(week(4)) - timedelta(days=2)
    both = [cancelled(created_at=moment), put_in(3)]

    assert {} == replaced_by_others([each._replace(created_at=moment) for each in both], ZONE)
