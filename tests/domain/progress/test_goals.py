"""When a goal was last worked on, by what notes say."""

from datetime import date, datetime

import pytest

from sync.domain.notes.values import WrittenNote
from sync.domain.progress.goal_sentences import goal_sentence
from sync.domain.progress.goals import UNTOUCHED, Goal, GoalReading, GoalState, read_goals
from sync.domain.progress.marker_readings import read_markers
from tests.domain.notes.builders import day, note

BUS = Goal("bus", "Ride the bus alone", date(2000, 1, 1), ("Panic",), ("letters",))
SLEEP = Goal("sleep", "Sleep through most nights", date(2000, 1, 1))


def read(*notes: WrittenNote, goals: tuple[Goal, ...] = (BUS, SLEEP)) -> tuple[GoalReading, ...]:
    markers = read_markers(notes, lambda label, scale: False)
    return read_goals(goals, notes, markers, datetime.date)


def worked_on(body: str) -> list[str]:
    return [reading.goal.id for reading in read(note(0, body)) if reading.worked_on]


@pytest.mark.parametrize(
    "body",
    [
        "Goal: ride the bus alone",
        "Goal: ride",
        "Goals: Ride the bus.",
        "Worked on: the first stop; ride the bus",
        "**Worked on:** RIDE THE BUS ALONE",
        "## Goal\nRide the bus alone: two stops today.\n\n## Plan\nThe third.",
        "Ride the bus",
        "- ride the bus alone, two stops",
        "Helped: letters +1",
    ],
)
def test_a_note_works_on_the_goal_that_a_line_names_or_that_an_intervention_points_to(body: str) -> None:
    assert ["bus"] == worked_on(body)


@pytest.mark.parametrize(
    "body",
    [
        "She says that she would ride the bus alone one day.",
        "Ride",
        "Rides the bus alone.",
        "Goal:",
        "Goal: the",
        "Goal: drive",
        "Plan: ride the busy road",
        "Helped: walks +1",
        "Panic: 3/10",
    ],
)
def test_what_does_not_name_it_does_not(body: str) -> None:
    assert [] == worked_on(body)


def test_words_that_two_goals_begin_with_mean_neither() -> None:
    notes = note(0, "Goal: sleep")
    both = (SLEEP, Goal("early", "Sleep before midnight", SLEEP.since))

    assert [(), ()] == [reading.worked_on for reading in read(notes, goals=both)]


def test_its_markers_are_shown_then_and_now_and_the_day_it_was_worked_on() -> None:
    notes = (note(0, "Goal: ride\nPanic: 8/10"), note(7, "Panic: 5/10"))

    bus, sleep = read(*notes)

    assert (1, 2) == (bus.number, sleep.number)
    assert ([day(0)], 1) == ([each.starts_at for each in bus.worked_on], bus.sessions_since)
    assert (
        f"Since 2000-01-01; last worked on {day(0):%d.%m.}. Panic since it was set: first 8, latest 5 of 10."
        == _said(bus)
    )
    assert "Since 2000-01-01; not named in 2 notes so far." == _said(sleep)


def _said(reading: GoalReading) -> str:
    return goal_sentence(reading, lambda at: f"{at:%d.%m.}", date.isoformat)


def test_left_for_six_sessions_an_open_goal_is_a_thread_to_pick_up() -> None:
    notes = [note(0, "Goal: ride"), *(note(7 * week, "Talk.") for week in range(1, UNTOUCHED + 1))]

    assert [True, True] == [reading.is_untouched for reading in read(*notes)]
    assert [False, True] == [reading.is_untouched for reading in read(*notes[:-1])]
    assert "last worked on" in _said(read(*notes)[0])
    assert f"{UNTOUCHED} sessions ago" in _said(read(*notes)[0])
    met = Goal("met", BUS.text, BUS.since, state=GoalState.MET, closed_on=date(2026, 6, 2))
    [reading] = read(*notes, goals=(met,))
    assert not reading.is_untouched
    assert "met on 2026-06-02" in _said(reading)


def test_what_was_written_before_it_was_set_counts_not() -> None:
    later = Goal("later", "Ride the bus alone", day(7).date(), ("Panic", "Sleep"))
    notes = (note(0, "Goal: ride\nPanic: 8/10\nSleep: 1/10"), note(7, "Panic: 6/10"), note(14, "Panic: 5/10"))

    [reading] = read(*notes, goals=(later,))

    assert ((), 2) == (reading.worked_on, reading.sessions_since)
    assert [(6, 5)] == [(course.first.value, course.latest.value) for course in reading.markers]
