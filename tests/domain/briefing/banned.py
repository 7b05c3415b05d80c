"""The words that our own text never uses: they judge, foretell, explain or doubt."""

import re
from collections.abc import Sequence

BANNED = (
    r"fail(?:ed|ure|s|ing)?",
    r"non-?complian\w*",
    r"resistan\w*",
    r"refus\w*",
    r"relaps\w*",
    r"deteriorat\w*",
    r"decompensat\w*",
    r"manipulat\w*",
    r"cured?",
    r"recover(?:ed|y|s)?",
    r"significant\w*",
    r"because of",
    r"thanks to",
    r"will",
    r"claims?",
    r"disengaged",
    r"no progress",
)

_WORDS = re.compile(rf"\b(?:{'|'.join(BANNED)})\b", re.IGNORECASE)


def banned_in(text: str) -> list[str]:
    """The words of the list that stand in `text`."""
    return [found.group() for found in _WORDS.finditer(text)]


def without_quotations(text: str, quoted: Sequence[str]) -> str:
    """`text` on one line, without what somebody else said."""
    shown = " ".join(text.split())
    for words in sorted(quoted, key=len, reverse=True):
        shown = shown.replace(" ".join(words.split()), "")
    return re.sub(r"“[^”]*”", "", shown)
