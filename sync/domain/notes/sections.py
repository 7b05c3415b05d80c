"""Cuts a note into its sections: which lines stand under which heading."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from sync.domain.notes.formats import FIELDS, FREE_TEXT, RISK, HeadingIndex
from sync.domain.notes.labels import ALSO_RISK_NAMES, RISK_NAMES, Label, read_label
from sync.domain.notes.lines import Line, line_at
from sync.domain.notes.ratings import is_unwritten_rating
from sync.domain.notes.risk_within import risk_apart

_LONGEST_BARE_HEADING = 60
"""Characters of a line that may be a heading without any mark of one."""
_NAMED_FIELD = re.compile(r"<!--\s*([a-z_]{1,20})\s*-->\s*$")


class HeadingFound(NamedTuple):
    """A line that opens a section. `rest` is what stands behind the colon, the section's first line."""

    field: str
    name: str
    level: int
    rest: Line


@dataclass(slots=True)
class Cut:
    """The lines under one `heading`, in the making; None when it stays one of them, or there is none."""

    field: str
    heading: Line | None
    level: int
    lines: list[Line]


def cut_sections(lines: list[Line], headings: HeadingIndex) -> list[Cut]:
    """Give every line of a note, in order, to the section it stands in; headings go, text stays.

    A section lasts until the next known heading, or until an unknown Markdown heading that is not
    a deeper one; what stands under an unknown heading is free text and keeps that heading.
    """
    found = _headings_of(lines, headings)
    cuts = [Cut(FREE_TEXT, None, 0, [])]
    for number, line in enumerate(lines):
        heading = found.get(number)
        if heading is None:
            if cuts[-1].lines or not _underlines(cuts[-1], line.text):
                cuts[-1].lines += risk_apart(line)
        elif heading.rest is not line:
            rest = risk_apart(heading.rest) if heading.rest.text else []
            cuts.append(Cut(heading.field, line, heading.level, rest))
        elif 0 < cuts[-1].level < heading.level:
            cuts[-1].lines.append(line)
        else:
            cuts.append(Cut(FREE_TEXT, None, heading.level, [line]))
    return cuts


def _underlines(cut: Cut, text: str) -> bool:
    """Whether the first line of a section only underlines the heading above it."""
    return cut.field != FREE_TEXT and bool(text.strip()) and not text.strip("-= \t")


def _headings_of(lines: list[Line], headings: HeadingIndex) -> dict[int, HeadingFound]:
    """The headings by line number. A letter that begins several lines is a speaker, not a heading:

    `A: … B: … A: …` is a couple talking, and none of it may be taken for a plan.
    """
    found: dict[int, HeadingFound] = {}
    after_blank = True
    for number, line in enumerate(lines):
        text = line.text
        if not text or text.isspace():
            after_blank = True
            continue
        if label := _might_head(line, after_blank=after_blank):
            heading = _read_heading(line, label, headings, after_blank=after_blank)
            if heading:
                found[number] = heading
        after_blank = False
    letters = Counter(heading.name for heading in found.values() if len(heading.name) == 1)
    if any(times > 1 for times in letters.values()):
        return {number: heading for number, heading in found.items() if letters[heading.name] <= 1}
    return found


def _might_head(line: Line, *, after_blank: bool) -> Label | None:
    """The beginning of a line that may be a heading; None for one that surely is none."""
    text = line.text
    if line.label:
        return None if is_unwritten_rating(text) else line.label
    first = text.lstrip()[:2]
    if first[0] in "#*_":
        # `#word` is a theme.
        return None if first[0] == "#" and first[1:].isalnum() else read_label(text)
    return read_label(text) if after_blank and len(text) <= _LONGEST_BARE_HEADING else None


def _read_heading(
    line: Line, label: Label, headings: HeadingIndex, *, after_blank: bool
) -> HeadingFound | None:
    field = _field_named(label, headings, after_blank=after_blank)
    if field is None and _heads_a_risk_section(label, after_blank=after_blank):
        field = RISK
    if field is None and label.level and (named := _NAMED_FIELD.search(line.text)) and named[1] in FIELDS:
        return HeadingFound(named[1], label.name, label.level, line_at("", line.start))
    if field:
        # The words behind the colon stand at the line's end: only marks and blanks may follow them.
        rest = line_at(label.text, line.start + line.text.rfind(label.text))
        return HeadingFound(field, label.name, label.level, rest)
    if label.level and line.text.lstrip().lstrip("#")[:1].isspace():
        return HeadingFound(FREE_TEXT, "", label.level, line)
    return None


def _field_named(label: Label, headings: HeadingIndex, *, after_blank: bool) -> str | None:
    """The field whose heading `label` is, by a name that counts where it stands."""
    field = headings.labels.get(label.name)
    if field and _stands_as_heading(label, after_blank=after_blank):
        return field
    return headings.marked.get(label.name) if label.level or label.emphasised else None


def _stands_as_heading(label: Label, *, after_blank: bool) -> bool:
    """Whether a known name is set as a heading; a word wrapped onto a line of its own is not."""
    if label.level:
        return True
    if len(label.name) == 1:
        return label.colon and not label.bulleted
    return label.colon or label.emphasised or after_blank


def _heads_a_risk_section(label: Label, *, after_blank: bool) -> bool:
    """Whether this is a heading over risk, rather than the one line `Risk: …`."""
    if label.name in ALSO_RISK_NAMES:
        return bool(label.level) or (label.emphasised and not label.colon)
    if label.name not in RISK_NAMES:
        return False
    return bool(label.level) or (not label.colon and (label.emphasised or after_blank))
