"""Folds writing to what is compared: no case, no accents, nothing invisible, each letter with its origin."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from sync.domain.briefing.display import INVISIBLE

PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("’‘ʼʻʹ′‵`´＇‛", "'")
    | dict.fromkeys("‐‑‒–—−﹣－", "-")
)
"""Letters without a canonical decomposition, and the look-alikes of apostrophe and hyphen."""

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""How letters are written where a keyboard lacks them (German, Danish, Norwegian, Swedish)."""

LINE_BREAKS = frozenset("\t\n\v\f\r\x85")
"""Controls that part words; all other controls show nothing and part nothing."""

RUNS = re.compile(r"[ -~]+|.", re.DOTALL)
"""Plain letters in one go, and each other one by itself."""

UNSEEN = frozenset("\u034f\u0640\u115f\u1160\u2800\u3164\uffa0")
"""Joiners, fillers and stretchers that show nothing of their own."""


def fold(text: str) -> str:
    """`text` as it is compared."""
    return fold_with_origins(text)[0]


def fold_with_origins(text: str) -> tuple[str, Sequence[int]]:
    """The folded text and where each of its letters came from, with one more entry for its end."""
    folded: list[str] = []
    origins: list[int] = []
    for run in RUNS.finditer(text):
        plain = run.group()
        if " " <= plain[0] <= "~":
            origins += range(run.start(), run.end())
            folded.append(plain.lower())
            continue
        plain = _fold_letter(plain)
        folded.append(plain)
        origins += [run.start()] * len(plain)
    return "".join(folded), [*origins, len(text)]


def with_umlauts_written_out(text: str) -> str:
    """`text` folded, with its umlauts as two letters: `Jürgen` is `juergen`."""
    return fold(unicodedata.normalize("NFC", text).lower().translate(UMLAUTS))


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    if letter in LINE_BREAKS:
        return " "
    plain = letter.translate(PLAIN_LETTERS)
    plain = unicodedata.normalize("NFKD", plain).casefold().translate(PLAIN_LETTERS)
    return "".join(part for part in unicodedata.normalize("NFKD", plain) if not _shows_nothing(part))


def _shows_nothing(part: str) -> bool:
    """Accents and points, and what has no shape; vowel signs of Indic scripts are letters and stay."""
    return (
        unicodedata.combining(part) > 0
        or part in UNSEEN
        or unicodedata.category(part) in INVISIBLE
        or 0xFE00 <= ord(part) <= 0xFE0F  # variation selectors
        or 0xE0100 <= ord(part) <= 0xE01EF
    )
