"""Every line of a note is told of: what was understood in it, or that nothing was."""

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.notes.lines import lines_of
from sync.domain.notes.parsing import read_note
from sync.domain.notes.understanding import NOT_UNDERSTOOD, Meaning, meanings_of
from tests.domain.notes.test_reading_properties import note_like


@given(st.text() | note_like)
def test_no_line_is_passed_over_and_all_that_was_read_is_told(body: str) -> None:
    meanings = meanings_of(body)
    told = [meaning.what for meaning in meanings]
    reading = read_note(body)

    underlines = {n for n, line in enumerate(lines_of(body), 1) if not line.text.strip("-= \t")}
    silent = {n for n, line in enumerate(lines_of(body), 1) if line.text.strip()} - {m.line for m in meanings}
    assert silent <= underlines
    assert sorted(told.count(what) for what in ("rating", "task", "helped", "bring up", "quote")) == sorted(
        map(len, (reading.ratings, reading.tasks, reading.interventions, reading.bring_up, reading.quotes))
    )
    assert told.count(NOT_UNDERSTOOD) == len(reading.not_understood)
    assert {m.text for m in meanings if m.what == "theme"} == set(reading.themes)
    assert (reading.risk is None) or "risk" in told


def test_a_heading_with_words_behind_it_is_both() -> None:
    assert meanings_of("Late.\r\nP: walk 6/10\nHelped:") == [
        Meaning(1, "words", "Late."),
        Meaning(2, "heading", "plan"),
        Meaning(2, "rating", "walk 6 of 10"),
        Meaning(3, "empty", "Helped:"),
    ]
