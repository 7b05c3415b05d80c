"""Puts a client's code in place of everything that would name the client."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Privacy(StrEnum):
    """What a mail may carry (the setting `briefing.privacy`)."""

    LINK = "link"
    CODE = "code"
    FULL = "full"


PARTICLES = frozenset(
    {"al", "and", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "e", "el", "et", "i", "ibn"}
    | {"la", "le", "of", "the", "ten", "ter", "und", "van", "von", "vom", "y", "zu"}
)
"""Words inside names that name no one by themselves; whole terms that hold them are still replaced."""

PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | {"’": "'", "‘": "'", "ʼ": "'", "`": "'"}
    | {"‐": "-", "‑": "-", "–": "-"}
)
"""Letters without a canonical decomposition, and the look-alikes of apostrophe and hyphen."""

LETTER = r"[^\W\d_]"


@dataclass(frozen=True, slots=True)
class Mask:
    """Replaces one client's private terms by the code; without a pattern it changes nothing.

    `others` gives the codes of other clients, by their folded whole names and addresses.
    """

    pattern: re.Pattern[str] | None
    code: str
    others: Mapping[str, str] = field(default_factory=dict)

    def over(self, text: str) -> str:
        """`text` with the code in place of every private term, everything else as it was."""
        if self.pattern is None:
            return text
        folded, origins = _fold_with_origins(text)
        pieces: list[str] = []
        done = 0
        for found in self.pattern.finditer(folded):
            begin, end = origins[found.start()], origins[found.end()]
            term = " ".join(found.group().split())
            pieces += [text[done:begin], self.others.get(term, self.code)]
            done = end
        return "".join([*pieces, text[done:]])


def mask_for(terms: Iterable[str], code: str, others: Iterable[tuple[str, str]] = ()) -> Mask:
    """The mask for names, aliases and addresses; a name counts as a whole and word by word.

    `others` are terms of other clients with their codes. Of these only addresses and names of several
    words count, as wholes: a practice full of first names would else eat up ordinary words.

    Matching ignores case, accents, invisible characters and the width of spaces, keeps to whole
    words (a plural or possessive s may follow) and prefers the longest term.
    """
    own = {part for term in terms for part in _with_parts(term)}
    folded = ((" ".join(_fold(term).split()), other) for term, other in others)
    codes = {term: other for term, other in folded if (" " in term or "@" in term) and term not in own}
    if not own and not codes:
        return Mask(None, code)
    longest_first = sorted({*own, *codes}, key=lambda term: (-len(term), term))
    pattern = re.compile("|".join(_term_pattern(term) for term in longest_first))
    return Mask(pattern, code, codes)


def mask(text: str, terms: Iterable[str], code: str) -> str:
    """`text` with every one of `terms` replaced by `code`; see `mask_for`."""
    return mask_for(terms, code).over(text)


def _with_parts(term: str) -> Iterator[str]:
    """The folded term and, for a name of several words, each word that could name someone."""
    folded = " ".join(_fold(term).split())
    if not folded:
        return
    yield folded
    if "@" in folded:
        return
    parts = re.split(r"[\s,;/()\-]+", folded)
    if len(parts) > 1:
        yield "".join(parts)  # As links and addresses write it.
        yield from (part for part in parts if len(part.strip(".'\"")) > 1 and part not in PARTICLES)


def _term_pattern(term: str) -> str:
    """A pattern for one folded term; scripts without word gaps are found inside words as well."""
    words = r"\s+".join(re.escape(word) for word in term.split())
    if any(unicodedata.category(letter) == "Lo" for letter in term):
        return words
    return rf"(?<!{LETTER}){words}(?=s?(?!{LETTER}))"


def _fold(text: str) -> str:
    return _fold_with_origins(text)[0]


def _fold_with_origins(text: str) -> tuple[str, list[int]]:
    """The text without case, accents and invisible characters, and where each letter came from.

    The list is one longer than the folded text, so that an end position has an origin too.
    """
    folded: list[str] = []
    origins: list[int] = []
    for position, letter in enumerate(text):
        plain = _fold_letter(letter)
        folded.append(plain)
        origins += [position] * len(plain)
    return "".join(folded), [*origins, len(text)]


def _fold_letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    plain = unicodedata.normalize("NFKD", letter).casefold().translate(PLAIN_LETTERS)
    return "".join(part for part in plain if unicodedata.category(part) not in {"Mn", "Cf"})
