"""The same about the same, and nothing moves."""

import pytest

from sync.domain.notes.values import WrittenNote
from sync.domain.progress.marker_readings import read_markers
from sync.domain.progress.stuck import Stuck, stuck_on, stuck_words
from tests.domain.notes.builders import note

SAME = "#boundaries\nHelped: letter 0\nSleep: {}/10"


def notes(values: str, body: str = SAME) -> list[WrittenNote]:
    return [note(7 * n, body.format(value)) for n, value in enumerate(values)]


def found(written: list[WrittenNote]) -> tuple[Stuck, ...]:
    return stuck_on(written, read_markers(written, lambda *_: True))


def test_six_sessions_of_the_same_are_a_question_for_supervision() -> None:
    (stuck,) = found(notes("5656565"))

    assert ("boundaries", "letter", 7, ("Sleep",)) == (
        stuck.theme,
        stuck.intervention,
        len(stuck.sessions),
        stuck.level,
    )
    assert (
        "boundaries has been there in each of the last 7 sessions, every time with letter; Sleep has shown "
        "no trend. A question for supervision: what keeps it so, and what is untried?"
    ) == stuck_words(stuck)


@pytest.mark.parametrize(
    "written",
    [
        notes("56565"),  # five sessions
        notes("1234567"),  # it moves
        notes("2828282"),  # it goes up and down
        [*notes("565656"), note(60, "#boundaries")],  # something else was done last
        [*notes("565656"), note(60, "Helped: letter")],  # about something else
        [],
    ],
)
def test_else_nothing_is_asked(written: list[WrittenNote]) -> None:
    assert () == found(written)


def test_without_ratings_that_is_said() -> None:
    (stuck,) = found(notes("555555", "#boundaries\nHelped: letter"))

    assert "no marker is rated often enough" in stuck_words(stuck)
