"""Takes a risk statement apart that stands in the midst of a line: `Low mood. Risk: fleeting thoughts.`

Otherwise the latest word on risk would pass for prose, and the next briefing would not show it.
"""

import re

from sync.domain.notes.labels import ALSO_RISK_SPELLINGS, RISK_SPELLINGS
from sync.domain.notes.lines import Line, line_at

_NAMES = "|".join(map(re.escape, sorted((*RISK_SPELLINGS, *ALSO_RISK_SPELLINGS), key=len, reverse=True)))
_LABEL = rf"(?=[*_]{{0,3}}(?i:{_NAMES})[*_]{{0,3}}\s?[:\uff1a])"
_BEGINS = re.compile(rf"(?:(?<=[.;!?)|])|(?<=\s[-–—]))\s+{_LABEL}|(?<=,)\s+(?=[*_]{{0,3}}[A-Z]){_LABEL}")
"""After the end of a sentence or a part of one; after a mere comma only with a capital letter."""


def risk_apart(line: Line) -> list[Line]:
    """`line`, cut where a risk statement begins within it; the pieces together are the line."""
    if line.label is None:
        return [line]
    starts = [0, *(begins.start() for begins in _BEGINS.finditer(line.text))]
    if len(starts) == 1:
        return [line]
    ends = [*starts[1:], len(line.text)]
    return [
        line_at(line.text[start:end], line.start + start) for start, end in zip(starts, ends, strict=True)
    ]
