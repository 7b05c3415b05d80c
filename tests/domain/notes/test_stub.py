"""The stub: headings and labels, never a value, and untouched until a word is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.notes.formats import (
    BIRP,
    DAP,
    FORMATS,
    FREE,
    PLAN,
    SOAP,
    NoteFormat,
    headings_of,
)
from sync.domain.notes.parsing import read_note
from sync.domain.notes.stub import can_be_rated, is_untouched, stub_body
from sync.domain.notes.values import NoteReading, Section

formats = st.sampled_from(list(FORMATS.values()))
labels = st.lists(
    st.text(max_size=90) | st.sampled_from(["Plan", "Risk", "#sleep", "- [ ] a", "P", "## x", "a: b"])
)


def test_markers_and_risk_are_asked_for_under_the_fitting_heading() -> None:
    expected = """## Subjective

## Objective

Panic: /10
Good days: /7

## Assessment

Risk:

## Plan
"""

    assert expected == stub_body(SOAP, ["Panic", "Good days"], {"Good days": 7})


def test_a_free_note_begins_with_what_is_to_be_rated() -> None:
    assert stub_body(FREE, ["Panic"]) == "Panic: /10\n\nRisk:\n\n## Plan\n"


def test_other_formats_ask_in_their_own_places() -> None:
    assert stub_body(DAP, ["Panic"]).startswith("## Data\n\nPanic: /10\n\n## Assessment\n\nRisk:\n")
    assert "## Response\n\nRisk:\n\n## Plan\n" in stub_body(BIRP, ["Panic"])


def test_a_marker_is_asked_for_once_and_on_one_line() -> None:
    assert stub_body(FREE, ["Panic\n attacks", "Panic attacks", " "]).startswith(
        "Panic attacks: /10\n\nRisk:"
    )


@given(formats, labels)
def test_every_stub_reads_as_nothing_and_is_untouched(
    note_format: NoteFormat, marker_labels: list[str]
) -> None:
    body = stub_body(note_format, marker_labels)

    assert read_note(body) == NoteReading()
    assert is_untouched(body)
    assert is_untouched(body.replace("\n", "\r\n"))


@given(
    formats, st.sampled_from(["Panic: 6/10", "Risk: none", "late", "#work", "- [ ] diary", "## Dreams", "😢"])
)
def test_one_word_makes_it_a_written_note(note_format: NoteFormat, word: str) -> None:
    assert not is_untouched(stub_body(note_format, ["Panic"]) + word)


@pytest.mark.parametrize("note_format", FORMATS.values(), ids=lambda f: f.name)
def test_a_plan_written_into_the_stub_is_the_plan(note_format: NoteFormat) -> None:
    assert read_note(stub_body(note_format, ["Panic"]) + "walk daily\n").plan == "walk daily"


@pytest.mark.parametrize("note_format", FORMATS.values(), ids=lambda f: f.name)
def test_a_value_and_a_risk_written_into_the_stub_are_read(note_format: NoteFormat) -> None:
    body = stub_body(note_format, ["Panic"]).replace(": /10", ": 6/10").replace("Risk:", "Risk: none")

    reading = read_note(body)

    assert [(rating.marker, rating.value) for rating in reading.ratings] == [("Panic", 6.0)]
    assert reading.risk == "none"


def test_every_format_has_a_plan_and_places_for_markers_and_risk() -> None:
    for note_format in FORMATS.values():
        fields = {heading.field for heading in note_format.headings}
        assert PLAN in fields
        assert {note_format.markers_under, note_format.risk_under} <= fields | {"free_text"}


def test_a_headings_letter_is_read_by_the_notes_own_format() -> None:
    body = "P: dark thoughts at night\nE: calmer\nPlan: walk"

    reading = read_note(body, headings_of("pie"))

    assert reading.sections[0] == Section("presentation", "dark thoughts at night")
    assert reading.sections[1] == Section("response", "calmer")
    assert reading.plan == "walk"
    assert read_note("P: walk", headings_of("of her own")).plan == "walk"


@pytest.mark.parametrize("label", ["Panic", "Avoidance vs curiosity", "Self-care", "睡眠", "Urge to use"])
def test_what_is_read_back_as_it_stands_can_be_rated(label: str) -> None:
    assert can_be_rated(label, 10)
    assert can_be_rated(label, 100)
    assert is_untouched(stub_body(FREE, [label]))


@pytest.mark.parametrize(
    "label",
    [
        *(
            "",
            " ",
            "Plan",
            "P",
            "Risk",
            "Themes",
            "Seen",
            "a: b",
            "Panic ",
            "two  spaces",
            "#sleep",
            "- Panic",
        ),
        *("- [ ] walk", "x" * 61, "Really?", "one\ntwo", "**Panic**", "3", "> bring up", "Panic 5/10, Sleep"),
        "Panic #sleep",
    ],
)
def test_what_would_be_read_as_something_else_cannot_be_rated(label: str) -> None:
    assert not can_be_rated(label, 10)


@pytest.mark.parametrize("scale", [0, 0.5, 2.5, 1000])
def test_a_scale_that_no_note_can_hold_is_none(scale: float) -> None:
    assert not can_be_rated("Panic", scale)
