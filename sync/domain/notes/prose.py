"""Gathers the prose of a section into paragraphs, so that a sentence may run over wrapped lines."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sync.domain.notes.lines import Line

_LEAD = re.compile(r"[\s>]*+(?:(?:[-*+•·]|\d{1,3}[.)])\s+)?")
_OPENS_ANEW = re.compile(r"\s*+(?:[-*+•·]\s|\d{1,3}[.)]\s|[>|])")
_NO_PROSE = re.compile(r"\s*+(?:#{1,6}\s|$)")


class Paragraph(NamedTuple):
    """Where a paragraph's words stand: `body[start:end]`, without its first bullet."""

    start: int
    end: int


def paragraphs(lines: Iterable[Line | None]) -> Iterator[Paragraph]:
    """The paragraphs of a section's lines, None standing for a line that is no prose.

    A blank line or a heading ends one, a bullet or a quoted line begins another.
    """
    start = end = -1
    for line in lines:
        is_prose = line is not None and not _NO_PROSE.match(line.text)
        if start >= 0 and (line is None or not is_prose or _OPENS_ANEW.match(line.text)):
            yield Paragraph(start, end)
            start = -1
        if line is not None and is_prose:
            if start < 0:
                lead = _LEAD.match(line.text)
                start = line.start + (lead.end() if lead else 0)
            end = line.start + len(line.text)
    if start >= 0:
        yield Paragraph(start, end)
