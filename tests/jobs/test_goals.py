"""Goals are kept, said anew and closed; what cannot be is refused and nothing changes."""

from datetime import date

import pytest
from sqlmodel import select

from models import tables
from sync.domain.progress.goals import Goal, GoalState
from sync.errors import Refused
from sync.jobs.goals import GoalWish, change, close, set_goal
from sync.jobs.markers import MarkerWish, follow
from sync.jobs.merges import merge, undo
from sync.store.goals import goals_by_client, goals_of
from tests.practice import WEDNESDAY, Practice

TODAY = date(2026, 6, 10)


def goals(practice: Practice, client_id: str) -> tuple[Goal, ...]:
    with practice.app.reading() as records:
        return goals_of(records, client_id)


def test_a_goal_is_kept_sealed_and_read_back_with_what_points_to_it(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")
    follow(on_each.app, jo.id, "Panic", MarkerWish(), WEDNESDAY)

    made = set_goal(
        on_each.app, jo.id, GoalWish(" Ride  the bus ", None, ["panic"], ["letters", "Letters"]), WEDNESDAY
    )

    assert ("Ride the bus", TODAY, ("panic",), ("letters",)) == (
        made.text,
        made.since,
        made.markers,
        made.interventions,
    )
    assert (made,) == goals(on_each, jo.id)
    with on_each.app.reading() as records:
        [row] = records.db.exec(select(tables.Goal))
        assert {jo.id: (made,)} == goals_by_client(records)
    assert b"bus" not in row.words_sealed


def test_it_is_said_anew_by_its_number_or_first_words_closed_and_taken_up_again(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    set_goal(practice.app, jo.id, GoalWish("Ride the bus", interventions=["letters"]), WEDNESDAY)

    change(practice.app, jo.id, "1", GoalWish(since=date(2026, 3, 3), without=["LETTERS"]), WEDNESDAY)
    close(practice.app, jo.id, "ride", GoalState.MET, None, WEDNESDAY)
    [met] = goals(practice, jo.id)
    change(practice.app, jo.id, "Ride the bus", GoalWish(is_reopened=True), WEDNESDAY)
    [again] = goals(practice, jo.id)

    assert (GoalState.MET, TODAY, ()) == (met.state, met.closed_on, met.interventions)
    assert (GoalState.OPEN, None, date(2026, 3, 3)) == (again.state, again.closed_on, again.since)


def test_what_cannot_be_is_refused(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    set_goal(practice.app, jo.id, GoalWish("Ride the bus", since=date(2026, 6, 1)), WEDNESDAY)
    before = goals(practice, jo.id)
    for wish in (
        GoalWish(""),
        GoalWish("12"),
        GoalWish("x" * 201),
        GoalWish("ride  THE bus"),
        GoalWish("Sleep", since=date(2026, 6, 11)),
        GoalWish("Sleep", markers=["Dread"]),
    ):
        with pytest.raises(Refused):
            set_goal(practice.app, jo.id, wish, WEDNESDAY)
    for said in ("0", "2", "sleep", ""):
        with pytest.raises(Refused):
            change(practice.app, jo.id, said, GoalWish("Sleep"), WEDNESDAY)
    with pytest.raises(Refused):
        change(practice.app, jo.id, "1", GoalWish(), WEDNESDAY)
    for day in (date(2026, 6, 11), date(2026, 5, 1)):
        with pytest.raises(Refused):
            close(practice.app, jo.id, "1", GoalState.MET, day, WEDNESDAY)

    assert before == goals(practice, jo.id)


def test_a_merge_takes_goals_along_and_its_undoing_gives_them_back(on_each: Practice) -> None:
    jo, gone = on_each.client("Jo Bloggs"), on_each.client("Jo Marsh")
    own = set_goal(on_each.app, jo.id, GoalWish("Ride the bus"), WEDNESDAY)
    theirs = set_goal(on_each.app, gone.id, GoalWish("Ride the bus"), WEDNESDAY)

    merge(on_each.app, gone.id, jo.id, WEDNESDAY)
    assert {own, theirs} == set(goals(on_each, jo.id))
    close(on_each.app, jo.id, "2", GoalState.SET_ASIDE, None, WEDNESDAY)
    change(on_each.app, jo.id, "2", GoalWish(is_reopened=True), WEDNESDAY)
    since = set_goal(on_each.app, jo.id, GoalWish("Sleep"), WEDNESDAY)
    undo(on_each.app, gone.code, WEDNESDAY)

    assert ({own, since}, (theirs,)) == (set(goals(on_each, jo.id)), goals(on_each, gone.id))
