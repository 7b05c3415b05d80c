"""What was said of a client's rhythm is kept, on either engine, and read for many in a few questions."""

from datetime import date

from sync.domain.attendance.agreement import Agreement, Cadence, Ending, EndingType, Pause
from sync.store.agreements import (
    add_cadence,
    add_ending,
    add_pause,
    agreement_of,
    agreements,
    end_pauses,
    pause_reasons,
    take_back_endings,
)
from tests.practice import WEDNESDAY, Practice

TODAY = date(2026, 6, 10)


def day(number: int) -> date:
    return date(2026, 6, number)


def test_what_was_said_comes_back_as_it_was(practice: Practice) -> None:
    jo, al = practice.client("Jo Bloggs"), practice.client("Ann Lee")
    ending = Ending(day(9), EndingType.CLIENT_TOLD, goals_met=False)
    with practice.app.writing() as records:
        add_cadence(records, jo.id, 7, None, WEDNESDAY)
        add_cadence(records, jo.id, 14, day(1), WEDNESDAY)
        add_cadence(records, jo.id, 21, day(1), WEDNESDAY)
        add_pause(records, jo.id, Pause(day(2), day(8), "a word for her alone"), WEDNESDAY)
        add_ending(records, al.id, ending, WEDNESDAY)

    with practice.app.reading() as records:
        said = agreements(records)
        reasons = pause_reasons(records, jo.id)
    assert Agreement((Cadence(7), Cadence(21, day(1))), (Pause(day(2), day(8)),)) == said[jo.id]
    assert Agreement((), (), (ending,)) == said[al.id]
    assert {day(2): "a word for her alone"} == reasons


def test_going_on_ends_what_holds_and_leaves_what_is_over(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    with practice.app.writing() as records:
        for pause in (Pause(day(1), day(3)), Pause(day(8)), Pause(day(20), day(25))):
            add_pause(records, jo.id, pause, WEDNESDAY)
        add_ending(records, jo.id, Ending(day(9)), WEDNESDAY)
        end_pauses(records, jo.id, TODAY)
        take_back_endings(records, jo.id, TODAY)
        said = agreement_of(records, jo.id)

    assert {Pause(day(1), day(3)), Pause(day(8), TODAY)} == set(said.pauses)
    assert (Ending(day(9), reopened_on=TODAY),) == said.endings
    assert said.is_paused(day(9))
    assert not said.is_paused(TODAY)


def test_an_end_of_today_that_is_taken_back_leaves_no_trace(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    with practice.app.writing() as records:
        add_ending(records, jo.id, Ending(TODAY), WEDNESDAY)
        take_back_endings(records, jo.id, TODAY)

        assert Agreement() == agreement_of(records, jo.id)
