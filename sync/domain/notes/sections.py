"""Cuts a note into its sections: which lines stand under which heading."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sync.domain.notes.formats import FREE_TEXT, RISK, HeadingIndex
from sync.domain.notes.labels import RISK_NAMES, Label, Line, colon_in, read_label
from sync.domain.notes.ratings import is_unwritten_rating


@dataclass(frozen=True, slots=True)
class HeadingFound:
    """A line that opens a section. `rest` is what stands behind the colon, the section's first line."""

    field: str
    name: str
    level: int
    rest: Line


@dataclass(slots=True)
class Cut:
    """The lines under one heading, in the making."""

    field: str
    level: int
    lines: list[Line]


def cut_sections(lines: list[Line], headings: HeadingIndex) -> list[Cut]:
    """Give every line of a note, in order, to the section it stands in; headings go, text stays.

    A section lasts until the next known heading, or until an unknown Markdown heading that is not
    a deeper one; what stands under an unknown heading is free text and keeps that heading.
    """
    found = _headings_of(lines, headings)
    cuts = [Cut(FREE_TEXT, 0, [])]
    for number, line in enumerate(lines):
        heading = found.get(number)
        if heading is None:
            _add_line(cuts[-1], line)
        elif heading.field == FREE_TEXT and 0 < cuts[-1].level < heading.level:
            cuts[-1].lines.append(line)
        else:
            cuts.append(Cut(heading.field, heading.level, [heading.rest] if heading.rest.text else []))
    return cuts


def _add_line(cut: Cut, line: Line) -> None:
    """Add `line`, unless it only underlines the heading above it."""
    text = line.text
    underlines = not cut.lines and cut.field != FREE_TEXT and bool(text.strip()) and not text.strip("-= \t")
    if not underlines:
        cut.lines.append(line)


def _headings_of(lines: list[Line], headings: HeadingIndex) -> dict[int, HeadingFound]:
    """The headings by line number. A letter that begins several lines is a speaker, not a heading:

    `A: … B: … A: …` is a couple talking, and none of it may be taken for a plan.
    """
    found = dict(_candidates(lines, headings))
    letters = Counter(heading.name for heading in found.values() if len(heading.name) == 1)
    return {number: heading for number, heading in found.items() if letters[heading.name] <= 1}


def _candidates(lines: list[Line], headings: HeadingIndex) -> Iterator[tuple[int, HeadingFound]]:
    after_blank = True
    for number, line in enumerate(lines):
        text = line.text
        blank = not text or text.isspace()
        might_head = after_blank or text.lstrip()[:1] in "#*_" or colon_in(text) >= 0
        if not blank and might_head and (heading := _read_heading(line, headings, after_blank=after_blank)):
            yield number, heading
        after_blank = blank


def _read_heading(line: Line, headings: HeadingIndex, *, after_blank: bool) -> HeadingFound | None:
    text = line.text
    label = None if is_unwritten_rating(text) else read_label(text)
    if label is None:
        return None
    # The words behind the colon stand at the line's end: only marks and blanks may follow them.
    rest = Line(label.text, line.start + text.rfind(label.text))
    if label.name in headings and _stands_as_heading(label, after_blank=after_blank):
        return HeadingFound(headings[label.name], label.name, label.level, rest)
    if label.name in RISK_NAMES and _heads_a_risk_section(label, after_blank=after_blank):
        return HeadingFound(RISK, label.name, label.level, rest)
    if label.level and text.lstrip().lstrip("#")[:1].isspace():
        return HeadingFound(FREE_TEXT, "", label.level, line)
    return None


def _stands_as_heading(label: Label, *, after_blank: bool) -> bool:
    """Whether a known name is set as a heading; a word wrapped onto a line of its own is not."""
    if label.level:
        return True
    if len(label.name) == 1:
        return label.colon and not label.bulleted
    return label.colon or label.emphasised or after_blank


def _heads_a_risk_section(label: Label, *, after_blank: bool) -> bool:
    """Whether this is a heading over risk, rather than the one line `Risk: …`."""
    return bool(label.level) or (not label.colon and (label.emphasised or after_blank))
