"""Folds names and titles, so that accents, case and punctuation make no difference."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_WORD = re.compile(r"\w+")
LONGEST_TITLE = 1024
"""Characters of a title that are looked at; the rest cannot name anybody."""

REMEMBERED = 2048
"""Titles whose words are kept in memory: the same ones come every week."""


def fold(text: str) -> str:
    """`text` in lower case without accents: `Søren Ångström` and `soren angstrom` are one (except ø)."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=REMEMBERED)
def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, in order."""
    return tuple(_WORD.findall(fold(text[:LONGEST_TITLE])))


def joins(text: str) -> tuple[bool, ...]:
    """For each word of `text` and its end: whether only a hyphen or apostrophe parts it from the one before.

    `Bloggs-Smith` and `Bloggs's` are other names than `Bloggs`.
    """
    return _joins(fold(text[:LONGEST_TITLE]))


def exact_joins(text: str) -> tuple[bool, ...]:
    """The same for the words that `exact_words` finds."""
    return _joins(_exact(text))


def gaps(text: str) -> tuple[str, ...]:
    """What stands before each of the `words` of `text`."""
    folded, end, found = fold(text[:LONGEST_TITLE]), 0, []
    for word in _WORD.finditer(folded):
        found.append(folded[end : word.start()])
        end = word.end()
    return tuple(found)


def _joins(text: str) -> tuple[bool, ...]:
    found = list(_WORD.finditer(text))
    return (False, *(_joined(one, other) for one, other in pairwise(found)), False)


def _joined(one: re.Match[str], other: re.Match[str]) -> bool:
    gap = one.string[one.end() : other.start()]
    return gap in _JOINERS and one[0][-1].isalpha() and other[0][0].isalpha()


_JOINERS = frozenset("-'’‘ʼ‐‑")


@lru_cache(maxsize=REMEMBERED)
def exact_words(text: str) -> tuple[str, ...]:
    """The words of `text` as they are written: a code means its client only in its own case."""
    return tuple(_WORD.findall(_exact(text)))


def _exact(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:LONGEST_TITLE])
