"""What helped, counted by the therapist's own word."""

from sync.domain.progress.helped import said_of, what_helped
from tests.domain.notes.builders import note


def test_each_is_counted_over_its_sessions_and_spelled_as_last() -> None:
    notes = [note(n, f"Helped: grounding {value}") for n, value in enumerate(("+2", "+1", "0", "+1"))]
    (grounding,) = what_helped([*notes, note(9, "Helped: Grounding")])

    assert (grounding.name, len(grounding.used_in), grounding.rated) == ("Grounding", 5, (2, 1, 0, 1))
    assert said_of(grounding) == "Grounding: helpful in 3 of 4 uses"


def test_of_too_few_nothing_is_said() -> None:
    (letter,) = what_helped([note(0, "Helped: letter +2"), note(7, "Helped: letter +2")])

    assert said_of(letter) == "letter: too few to say (2 uses)"


def test_what_was_used_often_and_not_rated_is_not_called_too_few() -> None:
    notes = [note(n, "Helped: grounding, walks") for n in range(8)]
    notes += [note(9, "Helped: walks +2"), note(10, "Helped: walks +2")]

    assert {"grounding: used 8 times, not rated", "walks: used 10 times, rated twice"} == {
        said_of(each) for each in what_helped(notes)
    }


def test_little_effect_and_harder_moments_are_said_plainly() -> None:
    notes = [note(n, "Helped: walks 0, letter -1") for n in range(3)] + [note(9, "Helped: letter +1")]

    said = [said_of(each) for each in what_helped(notes)]

    assert said == [
        "walks: little effect so far (3 uses)",
        "letter: helpful in 1 of 4 uses, harder afterwards in 3",
    ]


def test_a_session_counts_once_with_its_later_word() -> None:
    (letter,) = what_helped([note(0, "Helped: letter -1\nHelped: letter +1\nHelped: letter")])

    assert (len(letter.used_in), letter.rated) == (1, (1,))


def test_what_helped_most_comes_first_then_what_was_used_most() -> None:
    notes = [note(n, "Helped: a 0, b +2, c") for n in range(3)] + [note(9, "Helped: d +2")]

    assert [each.name for each in what_helped(notes)] == ["b", "a", "c", "d"]
