"""The manual of notes is true: what it says of a text is what the reading of that text holds."""

import re
from dataclasses import replace

import pytest

from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import Intervention, NoteReading, Rating, TaskMention
from tests.manuals import ROOT, SPAN, spans, told

MANUAL = told(ROOT / "docs" / "notes.md")


def table(heading: str) -> list[list[str]]:
    """The cells of each row of the table that begins with `heading`."""
    [rows] = re.findall(rf"^\| {heading} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", MANUAL, re.MULTILINE)
    return [row.strip("| ").split(" | ") for row in rows.splitlines()]


EMPTY = NoteReading()
CLAIMS: dict[str, dict[str, object]] = {
    "a heading": {"plan": "call the school"},
    "a rating": {"ratings": (Rating("Panic", 6.0, 10.0), Rating("Sleep", 6.5, 10.0))},
    "themes": {"themes": ("boundaries", "sleep")},
    "a task given / done": {
        "tasks": (TaskMention("walk three times", False), TaskMention("walk three times", True))
    },
    "what was done and how it helped": {
        "interventions": (
            Intervention("grounding", 2),
            Intervention("letter", -1),
            Intervention("breathing"),
        )
    },
    "what was worked on": {"goals": ("ride the bus", "ride the bus", "sleep")},
    "the risk statement": {"risk": "none\ncall the school"},
    "something for the next session": {"bring_up": ("call the school",)},
}
"""What the table of docs/notes.md says of its examples, and what the reading of them all together holds."""


def examples() -> dict[str, list[str]]:
    """The examples of the table by what it claims of them; words stand where it leaves them open."""
    return {claim: list(spans(written)) for written, claim in table("you write")}


def test_the_table_of_notes_is_complete() -> None:
    assert [] == [claim for claim in examples() if not any(claim.startswith(known) for known in CLAIMS)]
    assert len(CLAIMS) == len(examples())


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_note_is_understood_as_the_manual_says(claim: str) -> None:
    [written] = [each for said, each in examples().items() if said.startswith(claim)]
    said = [example.replace("…", "call the school") for example in written]

    for field, expected in CLAIMS[claim].items():
        if claim == "a heading":
            bodies = [line if line.startswith("P: ") else f"{line}\ncall the school" for line in said]
            assert [expected] * len(said) == [getattr(read_note(body), field) for body in bodies]
        else:
            assert expected == getattr(read_note("\n".join(said)), field)
            assert all(getattr(read_note(line), field) != getattr(EMPTY, field) for line in said)


def facts(line: str) -> NoteReading:
    """What `line` says, but for where and how it stands in the text."""
    return replace(read_note(line), sections=(), sentences=(), quotes=())


@pytest.mark.parametrize("row", table("you type"), ids=lambda row: row[1])
def test_however_it_is_typed_it_is_the_same(row: list[str]) -> None:
    typed, same = spans(row[0]), facts(row[1].strip("`"))

    assert same != EMPTY
    for line in typed:
        assert same == facts(line), line


def test_what_the_manual_says_is_not_understood_is_not() -> None:
    [paragraph] = re.findall(r"cannot be\s+read \((.*?)\)", MANUAL, re.DOTALL)
    lines = SPAN.findall(" ".join(paragraph.split()))

    assert len(lines) > 4
    assert [(line,) for line in lines] == [read_note(line).not_understood for line in lines]
