"""Tells of each line of a note what was understood in it, for the one who wrote it."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from sync.domain.notes.formats import KNOWN_HEADINGS, PLAN, RISK, HeadingIndex
from sync.domain.notes.line_facts import goals_of, interventions_of, is_unclear, themes_of
from sync.domain.notes.line_kinds import (
    BringUpLine,
    LineReading,
    RatingLine,
    RiskLine,
    TaskGoesOn,
    TaskLine,
    Unwritten,
)
from sync.domain.notes.lines import Line, lines_of
from sync.domain.notes.parsing import Part, is_worded, parts_of, read_note
from sync.domain.notes.values import Intervention, Rating

NOT_UNDERSTOOD = "not understood"


class Meaning(NamedTuple):
    """One thing understood: the number of its `line` (from 1), what it `is`, and the words of it."""

    line: int
    what: str
    text: str


def meanings_of(body: str, headings: HeadingIndex = KNOWN_HEADINGS) -> list[Meaning]:
    """What was understood in `body`, line by line; nothing of it is left out but blank lines."""
    starts = [line.start for line in lines_of(body)]
    found = [
        Meaning(bisect_right(starts, line.start), what, text)
        for part in parts_of(body, headings)
        for line, what, text in _of_part(part)
    ]
    found += [
        Meaning(bisect_right(starts, quote.start), "quote", quote.text)
        for quote in read_note(body, headings).quotes
    ]
    return sorted(found, key=lambda meaning: meaning.line)


def _of_part(part: Part) -> Iterator[tuple[Line, str, str]]:
    if part.heading:
        yield part.heading, "heading", _field_words(part.field)
    for line, reading in part.lines:
        text = line.text.strip()
        if text:
            meanings = list(_of_line(part.field, text, reading))
            for what, words in meanings or [("empty", text)]:
                yield line, what, words


def _of_line(field: str, text: str, reading: LineReading) -> Iterator[tuple[str, str]]:
    match reading:
        case Unwritten():
            yield "empty", text
            return
        case RatingLine(ratings, _):
            yield from (("rating", _rated(rating)) for rating in ratings)
        case TaskLine(task):
            yield "task", f"{'done' if task.done else 'open'}: {task.text}"
        case TaskGoesOn():
            yield "task goes on", text
        case BringUpLine(said):
            yield "bring up", said
        case _:
            yield from (("helped", _helped(each)) for each in interventions_of(reading))
            yield from (("goal", words) for words in goals_of(reading))
    yield from (("theme", theme) for theme in themes_of(text, reading))
    yield from _of_words(field, text, reading)


def _of_words(field: str, text: str, reading: LineReading) -> Iterator[tuple[str, str]]:
    """A line as words. Under a heading of risk every line is part of that statement."""
    if field == RISK:
        yield "risk", text
    elif isinstance(reading, RiskLine):
        yield ("risk", reading.text) if reading.text else ("empty", text)
    elif is_unclear(reading):
        yield NOT_UNDERSTOOD, text
    elif is_worded(reading):
        yield ("plan" if field == PLAN else "words"), text


def _field_words(field: str) -> str:
    return field.replace("_", " ")


def _rated(rating: Rating) -> str:
    return f"{rating.marker} {rating.value:g} of {rating.scale:g}"


def _helped(done: Intervention) -> str:
    if done.helped is None:
        return done.name
    return f"{done.name} {done.helped:+d}".replace("-", "−") if done.helped else f"{done.name} 0"
