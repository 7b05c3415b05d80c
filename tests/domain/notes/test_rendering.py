"""From canonical fields to any format and back: nothing is lost, and twice is the same as once."""

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from sync.domain.notes.formats import (
    DAP,
    FIELDS,
    FORMATS,
    GIRP,
    NARRATIVE,
    PIE,
    SOAP,
    NoteFormat,
    headings_of,
)
from sync.domain.notes.parsing import read_note
from sync.domain.notes.rendering import fill_of, rendered
from sync.domain.notes.values import NoteReading, Section

LINES = """
She slept well, she said: “at last”.|Panic: 6/10|Sleep: 4,5 of 7|Panic: 12/10|#boundaries|Themes: work, sleep
Helped: grounding +2, letter −1|- [ ] walk 3×/week|- [x] ring the surgery|Risk: none voiced|夜、眠れない。
> bring up: the letter|### Week 1|– a dash of a line|* a bullet|Panic 6/10 on the bus|Late; then left.
Helped:⏎- grounding +2⏎- bath|Themes:⏎- work|Risk:⏎thoughts,⏎no plan|Risk: thoughts,⏎  no plan
"""
lines = st.sampled_from(LINES.strip().replace("\n", "|").replace("⏎", "\n").split("|"))
texts = st.lists(lines, min_size=1, max_size=6).map("\n\n".join)
fields = st.sampled_from(FIELDS)
notes = st.lists(st.builds(Section, fields, texts), max_size=6)
formats = st.sampled_from(list(FORMATS.values()))


def read_as(body: str, note_format: NoteFormat) -> NoteReading:
    return read_note(body, headings_of(note_format.name))


def facts(reading: NoteReading) -> list[Counter[object]]:
    said = (reading.ratings, reading.themes, reading.tasks, reading.interventions, reading.bring_up)
    return [*map(Counter, said), Counter((reading.risk or "").split("\n")), Counter(reading.not_understood)]


@given(notes, formats, formats)
@example([Section("plan", "# Week\n## Monday\nwalk")], SOAP, PIE)
def test_what_is_rendered_and_read_is_rendered_the_same(
    sections: list[Section], first: NoteFormat, second: NoteFormat
) -> None:
    once = rendered(first, fill_of(sections))
    reading = read_as(once, first)
    other = rendered(second, fill_of(reading.sections))

    assert once == rendered(first, fill_of(reading.sections))
    assert other == rendered(second, fill_of(read_as(other, second).sections))
    assert facts(reading) == facts(read_as(other, second))
    assert Counter(reading.plan) == Counter(read_as(other, second).plan)


def test_a_soap_note_is_a_note_of_any_other_format() -> None:
    body = """Late.

## Subjective

tired, "at last"

## Objective

Panic: 6/10

## Assessment

Risk: none

## Plan

walk
"""
    sections = read_note(body).sections

    assert body == rendered(SOAP, fill_of(sections))
    assert rendered(DAP, fill_of(sections)) == (
        'Late.\n\n## Data\n\ntired, "at last"\n\nPanic: 6/10\n\n'
        "## Assessment\n\nRisk: none\n\n## Plan\n\nwalk\n"
    )
    assert rendered(GIRP, fill_of(sections)) == (
        'Late.\n\n## Goal\n\ntired, "at last"\n\n## Intervention\n\n## Response\n\nPanic: 6/10\n\n'
        "Risk: none\n\n## Plan\n\nwalk\n"
    )
    assert rendered(NARRATIVE, fill_of(sections)).startswith(
        'tired, "at last"\n\nPanic: 6/10\n\nRisk: none\n\nLate.'
    )


def test_what_stands_under_risk_keeps_its_heading() -> None:
    body = rendered(PIE, fill_of(read_note("## Risk\nIdeation: 2/10\n\nno means").sections))

    assert read_as(body, PIE).risk == "Ideation: 2/10\n\nno means"
    assert read_as(body, PIE).ratings == read_note("Ideation: 2/10").ratings
