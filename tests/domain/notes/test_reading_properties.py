"""What holds for every text: reading never fails, is stable, and finds what was planted."""

import re
import time
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sync.domain.notes.parsing import read_note
from sync.domain.notes.reading_json import PARSER_VERSION, from_json, is_current, to_json
from sync.domain.notes.values import NoteReading, Rating, TaskMention

PIECES = """## Plan|P:|Risk:|Risk: none|- [ ] a|- [x] b|#c|Themes: d, e|Panic: 6/10||---|> bring up: f
**Plan:** g|## Other|\t- h|Panic: /10|不安：7/10|🙂|A: Risk: i|```"""
note_like = st.lists(
    st.text(max_size=40) | st.sampled_from(PIECES.replace("\n", "|").split("|")), max_size=20
).map("\n".join)


def without_places(body: str) -> tuple[NoteReading, list[str], list[str]]:
    """The reading of `body`, and its sentences and quotes with every line end alike."""
    reading = read_note(body)
    texts = [
        [re.sub("\r\n|[\r\u2028\u2029]", "\n", each.text) for each in found]
        for found in (reading.sentences, reading.quotes)
    ]
    return replace(reading, sentences=(), quotes=()), texts[0], texts[1]


prose = st.lists(st.text(alphabet="abc é漢🙂.,!'\t ", max_size=30), max_size=8)


@given(st.text() | note_like)
@example("\x00[\u2028#\u0300](/")
def test_nothing_written_makes_the_reading_fail_and_twice_is_the_same(body: str) -> None:
    assert read_note(body) == read_note(body)


@given(st.text() | note_like)
def test_a_reading_survives_being_kept_as_json(body: str) -> None:
    reading = read_note(body)

    assert reading == from_json(to_json(reading))


@given(note_like.map(lambda text: text.replace("\r", "")), st.sampled_from(["\r\n", "\r", "\u2028"]))
def test_line_endings_do_not_matter(body: str, line_end: str) -> None:
    assert without_places(body) == without_places(body.replace("\n", line_end))


@given(prose, prose, st.booleans())
def test_a_task_in_the_midst_of_prose_is_found(before: list[str], after: list[str], done: bool) -> None:
    line = f"- [{'x' if done else ' '}] call the GP"

    assert read_note("\n".join([*before, line, "", *after])).tasks == (TaskMention("call the GP", done),)


@given(
    prose,
    prose,
    st.integers(0, 10),
    st.sampled_from(["Panic: {}/10", "* Panic {} / 10 today", "Panic: {} of 10"]),
)
def test_a_rating_in_the_midst_of_prose_is_found(
    before: list[str], after: list[str], value: int, pattern: str
) -> None:
    body = "\n".join([*before, pattern.format(value), *after])

    assert read_note(body).ratings == (Rating("Panic", value, 10),)


@given(prose, prose)
def test_a_risk_line_in_the_midst_of_prose_is_found(before: list[str], after: list[str]) -> None:
    assert (read_note("\n".join([*before, "Risk: fleeting thoughts", *after])).risk or "").startswith(
        "fleeting"
    )


@given(note_like)
def test_what_is_understood_stands_in_the_text(body: str) -> None:
    reading = read_note(body)

    for line in (*(reading.plan or "").split("\n"), *(reading.risk or "").split("\n"), *reading.bring_up):
        assert line in body
    for task in reading.tasks:
        assert " ".join(task.text.split()) in " ".join(body.split())


@pytest.mark.parametrize(
    "piece",
    [
        "#",
        " ",
        "1 / ",
        "*",
        "- [",
        ":",
        "a\n",
        "> ",
        "6 of ",
        "- ",
        "Panic: 6/10, ",
        "/10 ",
        "#a-",
        "\n\n## P ",
        ". ",
        ".",
        "Dr. ",
        '"a ',
        " 'a",
        "‘a’b",
        "„a",
    ],
)
def test_very_long_notes_take_time_in_proportion_to_their_length(piece: str) -> None:
    body = piece * (100_000 // len(piece))
    began = time.process_time()

    read_note(body)

    # Twenty times what it takes; a reading that goes back over the text needs minutes.
    assert time.process_time() - began < 5


def test_a_reading_of_another_parser_is_not_taken_for_ours() -> None:
    old = to_json(read_note("Plan: walk")).replace(f'"parser":{PARSER_VERSION}', '"parser":0')

    assert not is_current(old)
    with pytest.raises(ValueError, match="not a reading of this parser"):
        from_json(old)


@pytest.mark.parametrize("text", ["", "[]", "{", '"a"', "{}"])
def test_anything_else_is_no_stored_reading(text: str) -> None:
    assert not is_current(text)
    with pytest.raises(ValueError, match="not a reading"):
        from_json(text)


@pytest.mark.parametrize("fields", ["", ',"ratings":null', ',"ratings":[{"x":1}]'])
def test_half_a_stored_reading_is_refused(fields: str) -> None:
    with pytest.raises(ValueError, match="not a whole reading"):
        from_json(f'{{"parser":{PARSER_VERSION}{fields}}}')
