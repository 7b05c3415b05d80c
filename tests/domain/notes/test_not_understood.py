"""What looks like something to be understood and is not is said, and stays in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import Intervention, Rating, TaskMention

UNCLEAR = """
Panic: 12/10|Panic: 0/0|Sleep: six/10|Panic: 6-7/10|Panic: 6 – 10|Panic: 6-10|Panic: 6
Panic: -2/10|Panic: 6→4/10|Panic: 6/10→4/10|Panic: 6/10 -> 4/10|Panic: better, 6/10 now|Panic: 12 of 10
Sleep: six out of ten|Panic: 6½/10|- Panic 12/10|Panic six/10|Panic – 12/10|6/10|- **Panic:** 12/10
Helped: grounding +9|Helped: grounding +9, letter −1|Helped: letter +1.5|Helped: +2|Helped: walks ++
Themes: 12|Themes: all that she said about her mother|- [y] walk|- [~] walk
Mood 3/10 -> 5/10 by the end|Mood -> 5/10|Mood 3/10 – 5/10|Mood: 6/10/anxiety 7/10|O: Panic: 12/10
Helped: naming it +2 (A), +1 (B)|Helped: naming it +7 (A)
"""
CLEAR = """
Panic: 6/10|Panic: /10|Panic: –/10|Panic: ?/10|Seen: 3/10|Last seen: 03/10/2026|Tuesday 3/10|Next session: 6
Age: 34|next appt: 12/10|Nächster Termin: 3/10|BP: 120/80
Panic: 6/10→|Panic: 6/10 (was 8/10)|Helped: 4-7-8 breathing, walks|Helped:|Themes: work, sleep.
Panic: 6/10/10
- [ ] rate panic: 12/10|- [x](https://example.org) link|Link: https://example.org/1/10|Risk: 12/10|Open 24/7
She rated it 12/10|Attended 3 of 10 meetings|## Risk⏎Ideation: 12/10
Risk:⏎Ideation: 12/10|He/she: both|Time: 10:30
"""


def cases(table: str) -> list[str]:
    return [case.replace("⏎", "\n") for case in table.strip().replace("\n", "|").split("|")]


@pytest.mark.parametrize("line", cases(UNCLEAR))
def test_what_was_meant_and_could_not_be_read_is_said(line: str) -> None:
    reading = read_note(f"She came by bus.\n\n{line}\n\nMore.")

    assert reading.not_understood == (line.removeprefix("O: "),)
    assert line.removeprefix("O: ") in "\n".join(section.text for section in reading.sections)
    assert reading.ratings == ()


@pytest.mark.parametrize("line", cases(CLEAR))
def test_what_is_read_or_is_plainly_prose_is_not_said(line: str) -> None:
    assert read_note(f"She came by bus.\n\n{line}\n\nMore.").not_understood == ()


def test_the_rest_of_such_a_list_is_understood() -> None:
    assert read_note("Helped: grounding +9, letter −1").interventions == (Intervention("letter", -1),)


def test_such_a_line_stays_in_the_plan_and_is_no_sentence() -> None:
    reading = read_note("Plan: walk\nPanic: 12/10")

    assert reading.plan == "walk\nPanic: 12/10"
    assert [sentence.text for sentence in reading.sentences] == ["walk"]


@pytest.mark.parametrize(
    ("line", "rating"),
    [
        ("Panic: ６/１０", Rating("Panic", 6, 10)),
        ("Panic：6／10", Rating("Panic", 6, 10)),
        ("Panic:\u00a06,5\u00a0/\u00a010", Rating("Panic", 6.5, 10)),
        ("• Panic: 6/10→", Rating("Panic", 6, 10)),
        ("Panik: 6 von 10", Rating("Panik", 6, 10)),
        ("Angoisse: 6 sur 10", Rating("Angoisse", 6, 10)),
        ("Pánico: 6 de 10", Rating("Pánico", 6, 10)),
        ("Panic — 6/10", Rating("Panic", 6, 10)),
    ],
)
def test_a_rating_is_read_however_it_is_typed(line: str, rating: Rating) -> None:
    assert (rating,) == read_note(line).ratings


@pytest.mark.parametrize("minus", ["-", "−", "–", "－"])
def test_every_minus_is_one(minus: str) -> None:
    assert read_note(f"Helped: letter {minus}1, bath ＋２").interventions == (
        Intervention("letter", -1),
        Intervention("bath", 2),
    )


def test_a_list_may_stand_in_bullets_below_its_label() -> None:
    reading = read_note(
        "Helped:\n- grounding +2\n- letter: −1\n"
        "Themes:\n• trust\n• her mother\nBring up:\n- the letter\n\n- walk"
    )

    assert reading.interventions == (Intervention("grounding", 2), Intervention("letter", -1))
    assert reading.themes == ("trust", "her-mother")
    assert reading.bring_up == ("the letter",)
    assert [sentence.text for sentence in reading.sentences] == ["the letter", "walk"]


@pytest.mark.parametrize("line", ["-[ ] walk", "- [ ]walk", "1.[ ] walk", "•\u00a0[ ] walk"])
def test_a_box_set_in_haste_is_a_task(line: str) -> None:
    assert read_note(line).tasks == (TaskMention("walk", done=False),)


def test_a_comment_says_nothing() -> None:
    assert read_note("<!-- Panic: 12/10 #x -->").sections == ()


@given(st.text(max_size=60), st.sampled_from(["", "Helped: ", "Panic: ", "- [", "Themes: "]))
def test_what_is_not_understood_stands_in_the_text(words: str, label: str) -> None:
    reading = read_note(label + words)

    for line in reading.not_understood:
        assert line in label + words
        assert line in "\n".join(section.text for section in reading.sections)
