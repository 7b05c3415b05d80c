"""Reads what was done and how it helped: `Helped: grounding +2, letter −1, breathing`.

The scale is −2 (made it worse) to +2 (helped much); `0` is no effect. A name without a number was used.
"""

import re
from collections.abc import Iterator

from sync.domain.notes.unclear import is_unclear_effect
from sync.domain.notes.values import Intervention

MOST_HELP = 2
_BREAK = re.compile("[,;|\uff0c\u3001](?!\\d)")
# `grounding +2`, `letter: −1`, `walks (+1)`, `breathing +1/2`, `bath +1 (at night)`; a bare digit, too.
_SCORED = re.compile(
    r"^(?P<name>.{1,80}?)[\s:=(]{1,4}(?P<sign>[+\-−–±]?)\s?(?P<value>[012])(?:\s?/\s?2)?\s?\)?"
    r"(?:\s\([^()]{0,60}\))?\.?$"
)
_MINUS = "-−–"
_WIDE = str.maketrans("\uff0b\uff0d\uff10\uff11\uff12\uff08\uff09", "+-012()")


def listed_interventions(text: str) -> Iterator[Intervention]:
    """The interventions after `Helped:`, in their order. What has no letter is none."""
    for part in _parts(text):
        scored = _SCORED.match(part)
        if not scored and is_unclear_effect(part):
            continue
        name = _named(scored["name"] if scored else part.rstrip("."))
        if any(map(str.isalpha, name)):
            yield Intervention(name, _helped(scored["sign"], int(scored["value"])) if scored else None)


def is_unclear_list(text: str) -> bool:
    """Whether an item after `Helped:` cannot be read: its number is none of the scale, or it has no name."""
    parts = [part for part in _parts(text) if part.strip(".")]
    return any(not any(listed_interventions(part)) for part in parts)


def _parts(text: str) -> Iterator[str]:
    return (part.strip(" \t\xa0*_") for part in _BREAK.split(text.translate(_WIDE)))


def _helped(sign: str, value: int) -> int:
    return -value if sign and sign in _MINUS else value


def _named(text: str) -> str:
    return " ".join(text.strip(" \t\xa0*_#:=–—-").split())
