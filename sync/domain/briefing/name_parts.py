"""Takes a private term apart: what of it names somebody, as a whole and word by word."""

import re
import unicodedata
from collections.abc import Iterator

from sync.domain.briefing.folding import fold, with_umlauts_written_out

WORD = re.compile(r"[^\W\d_]+")
"""A word of folded text."""

Pieces = tuple[str, ...]
"""The words of a name in the order in which they are written."""

PARTICLES = frozenset(
    {"al", "and", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "e", "el", "et", "i", "ibn"}
    | {"la", "le", "of", "the", "ten", "ter", "und", "van", "von", "vom", "y", "zu"}
    | {"dr", "frau", "herr", "jr", "mr", "mrs", "ms", "prof", "sr"}
)
"""Words inside names that name no one by themselves; whole terms that hold them are still replaced."""

_TITLE_WORDS = """
a again appointment at avec biweekly by call check client consultation con couple couples evening family
first follow for friday group her his hour in intake met meeting mit mom monday monthly morning my new
online on our patient phone review saturday session sessions sitzung slot sunday telehealth termin
therapie therapy thursday to tuesday up video wednesday weekly with zoom
"""
UNTELLING = PARTICLES | set(_TITLE_WORDS.split())
"""These, and words of calendar titles that were learned for a client."""

RTL = re.compile("[\u0590-\u08ff]")
"""Hebrew and Arabic: letters without case, in words with gaps between them."""


def boundless(term: str) -> bool:
    """Whether a folded term is of a script without gaps between words, or with endings that are not known."""
    return any(unicodedata.category(letter) in ("Lo", "Mc") and not RTL.match(letter) for letter in term)


def whole_of(term: str) -> Iterator[Pieces]:
    """A name as a whole, also with umlauts written out."""
    for spelled in {fold(term), with_umlauts_written_out(term)}:
        pieces = tuple(WORD.findall(spelled))
        if pieces:
            yield pieces


def parts_of(term: str) -> Iterator[Pieces]:
    """A name as a whole and each word of it that could name somebody; and as handles write it, in one."""
    for spelled in {fold(term), with_umlauts_written_out(term)}:
        chunks = [tuple(WORD.findall(chunk)) for chunk in re.split(r"[\s,;/()\"]+", spelled)]
        whole = tuple(piece for chunk in chunks for piece in chunk)
        if not whole:
            continue
        yield whole
        yield ("".join(whole),)
        if len(whole) == 1:
            continue
        hyphened = (tuple(WORD.findall(part)) for part in re.split(r"[\s,;/()\"\-]+", spelled))
        for part in {*chunks, *hyphened}:
            joined = "".join(part)
            if len(joined) > 1 and joined not in UNTELLING:
                yield part
                yield (joined,)
