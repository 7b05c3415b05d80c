"""Folds names and titles, so that accents, case and punctuation make no difference."""

import re
import unicodedata

_WORD = re.compile(r"\w+")
LONGEST_TITLE = 1024
"""Characters of a title that are looked at; the rest cannot name anybody."""


def fold(text: str) -> str:
    """`text` in lower case without accents: `Søren Ångström` and `soren angstrom` are one (except ø)."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, in order."""
    return tuple(_WORD.findall(fold(text[:LONGEST_TITLE])))


def exact_words(text: str) -> tuple[str, ...]:
    """The words of `text` as they are written: a code means its client only in its own case."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text[:LONGEST_TITLE])))
