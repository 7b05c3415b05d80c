"""Takes a risk statement apart that stands in the midst of a line: `Low mood. Risk: fleeting thoughts.`

Otherwise the latest word on risk would pass for prose, and the next briefing would not show it.
"""

import re
from collections.abc import Iterator

from sync.domain.notes.labels import RISK_SPELLINGS
from sync.domain.notes.lines import Line, line_at

_NAMES = "|".join(map(re.escape, sorted(RISK_SPELLINGS, key=len, reverse=True)))
_LABEL = rf"(?=[*_]{{0,3}}(?i:{_NAMES})[*_]{{0,3}}\s?[:\uff1a])"
_BEGINS = re.compile(rf"(?:(?<=[.;!?)|])|(?<=\s[-–—]))\s+{_LABEL}|(?<=,)\s+(?=[*_]{{0,3}}[A-Z]){_LABEL}")
"""After the end of a sentence or a part of one; after a mere comma only with a capital letter."""


def risk_apart(line: Line) -> Iterator[Line]:
    """`line`, cut where a risk statement begins within it; the pieces together are the line."""
    start = 0
    for begins in _BEGINS.finditer(line.text) if line.label else ():
        yield line_at(line.text[start : begins.start()], line.start + start)
        start = begins.start()
    yield line_at(line.text[start:], line.start + start) if start else line
