"""`Goal:` and `Worked on:` lines: which goals a note names."""

import pytest

from sync.domain.notes.formats import headings_of
from sync.domain.notes.parsing import read_note
from sync.domain.notes.understanding import meanings_of
from sync.domain.notes.values import Rating


@pytest.mark.parametrize(
    ("line", "goals"),
    [
        ("Goal: ride the bus", ("ride the bus",)),
        ("**Worked on:** ride the bus; sleep;", ("ride the bus", "sleep")),
        ("- goals: Sleep", ("Sleep",)),
        ("Goals:\n- ride the bus\n- sleep\n\nTalk.", ("ride the bus", "sleep")),
        ("Goal:", ()),
        ("Her goal: sleep", ()),
        ("The goal is to sleep.", ()),
    ],
)
def test_a_line_names_the_goals_that_follow_its_label(line: str, goals: tuple[str, ...]) -> None:
    assert goals == read_note(line).goals


def test_a_rating_of_that_name_is_a_rating() -> None:
    reading = read_note("Goal: 6/10")

    assert ((), (Rating("Goal", 6, 10),)) == (reading.goals, reading.ratings)


def test_it_stays_in_the_plan_and_is_no_sentence_of_hers() -> None:
    reading = read_note("## Plan\nGo on.\nGoal: ride the bus\nThen the lake.\n")

    assert "Go on.\nGoal: ride the bus\nThen the lake." == reading.plan
    assert ["Go on.", "Then the lake."] == [sentence.text for sentence in reading.sentences]
    assert "goal" in {meaning.what for meaning in meanings_of("Goal: ride the bus")}


def test_in_a_girp_note_it_is_the_heading() -> None:
    reading = read_note("Goal: ride the bus\nTwo stops.\n\nPlan: three", headings_of("girp"))

    assert ((), ["ride the bus\nTwo stops.", "three"]) == (
        reading.goals,
        [each.text for each in reading.sections],
    )
