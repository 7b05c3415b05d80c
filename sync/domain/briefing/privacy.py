"""Puts a client's code in place of everything that would name the client."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sync.domain.briefing.folding import fold, fold_with_origins
from sync.domain.briefing.handles import MAIL_ADDRESS, handle_of, holds_any, is_number, number_pattern
from sync.domain.briefing.name_index import Name, Named, NameIndex, last_first, name_index
from sync.domain.briefing.name_parts import UNTELLING, boundless, parts_of, whole_of


class Privacy(StrEnum):
    """What a mail may carry (the setting `briefing.privacy`)."""

    LINK = "link"
    CODE = "code"
    FULL = "full"


PARTED = re.compile(r"(?<=[^\W\d_])-\s+(?=[^\W\d_])")
"""Where a word may have been parted at the end of a line, in folded text."""

WHOLE_SYLLABLE = "(?![\u1160-\u11ff])"
"""Not within a Korean syllable, which folding takes apart."""


@dataclass(frozen=True, slots=True)
class Mask:
    """Replaces one client's private terms by the code; without terms it changes nothing.

    `names` hold those of other clients too, with their own codes. `addresses` are mail addresses with the
    code of whom they reach, `own` the client's names in one word; `pattern` finds what is no name of words.
    """

    code: str
    names: NameIndex = field(default_factory=NameIndex, repr=False)
    addresses: Mapping[str, str] = field(default_factory=dict, repr=False)
    own: frozenset[str] = field(default_factory=frozenset, repr=False)
    pattern: re.Pattern[str] | None = field(default=None, repr=False)

    def over(self, text: str) -> str:
        """`text` with the code in place of every private term, everything else as it was."""
        folded, origins = fold_with_origins(text)
        if "-" in folded and PARTED.search(folded):
            text = self._replaced(text, *_rejoined(folded, origins))
            folded, origins = fold_with_origins(text)
        return self._replaced(text, folded, origins)

    def _replaced(self, text: str, folded: str, origins: Sequence[int]) -> str:
        pieces: list[str] = []
        done = 0
        for found in sorted(self._found(text, folded, origins), key=lambda one: (one.start, -one.end)):
            begin, end = origins[found.start], origins[found.end]
            if begin < done:
                continue
            pieces += [text[done:begin], found.code, found.joint]
            done = end
        return "".join([*pieces, text[done:]]) if pieces else text

    def _found(self, text: str, folded: str, origins: Sequence[int]) -> Iterator[Named]:
        for found in MAIL_ADDRESS.finditer(folded) if "@" in folded else ():
            code = self.addresses.get(found.group())
            if code is None and holds_any(found.group(), self.own):
                code = self.code
            if code is not None:
                yield Named(found.start(), found.end(), code)
        if self.pattern is not None:
            yield from (Named(*found.span(), self.code) for found in self.pattern.finditer(folded))
        yield from self.names.find(folded, lambda start, end: text[origins[start] : origins[end]])


def mask_for(terms: Iterable[str], code: str, others: Iterable[tuple[str, str]] = ()) -> Mask:
    """The mask for names, aliases, addresses and numbers; a name counts as a whole and word by word.

    `others` are terms of other clients with their codes. Of these only addresses and names of several
    words count, as wholes: a practice full of first names would else eat up ordinary words.

    Matching ignores case, accents, invisible characters, the width of spaces and how hyphens and lines
    divide a name; it keeps to whole words, with the endings of `name_forms`, and prefers the longest term.
    """
    names: list[Name] = []
    addresses: dict[str, str] = {}
    patterns: list[str] = []
    for term in terms:
        folded = " ".join(fold(term).split())
        if "@" in folded:
            addresses[folded] = code
            term = handle_of(folded)  # noqa: PLW2901 - what is left to look for
            folded = term
        if is_number(folded):
            patterns.append(number_pattern(folded))
        elif _is_plain(folded):
            names += (Name(pieces, code) for pieces in parts_of(term))
        else:
            patterns += _patterns(folded)
            plain = (word for word in folded.split() if _is_plain(word) and word not in UNTELLING)
            names += (Name(pieces, code) for word in plain for pieces in parts_of(word))
    own = frozenset("".join(name.pieces) for name in names)
    for term, other in others:
        folded = " ".join(fold(term).split())
        if "@" in folded:
            addresses.setdefault(folded, other)
        elif " " in folded:
            wholes = [Name(pieces, other) for pieces in whole_of(term) if len(pieces) > 1]
            names += (*wholes, *map(last_first, wholes))
    pattern = re.compile("|".join(sorted(set(patterns), key=len, reverse=True))) if patterns else None
    return Mask(code, name_index(names), addresses, own, pattern)


def mask(text: str, terms: Iterable[str], code: str) -> str:
    """`text` with every one of `terms` replaced by `code`; see `mask_for`."""
    return mask_for(terms, code).over(text)


def _is_plain(folded: str) -> bool:
    """Whether it is made of words that have their gaps, and of nothing else that tells."""
    return not boundless(folded) and not any(letter.isdigit() for letter in folded)


def _patterns(folded: str) -> Iterator[str]:
    """Finds a term with digits in it, or one that is written without gaps, as a whole and by its words."""
    words = [re.escape(word) for word in folded.split()]
    if not boundless(folded):
        yield r"(?<![^\W_])" + r"[\s.\-]*".join(words) + r"(?![^\W_])"
        return
    yield r"[\s・·=\-]*".join(words) + WHOLE_SYLLABLE
    yield from (
        re.escape(word) + WHOLE_SYLLABLE for word in folded.split() if boundless(word) and len(word) > 1
    )


def _rejoined(folded: str, origins: Sequence[int]) -> tuple[str, Sequence[int]]:
    """The folded text with words that were parted at a line's end in one."""
    kept: list[str] = []
    places: list[int] = []
    done = 0
    for found in PARTED.finditer(folded):
        kept.append(folded[done : found.start()])
        places += origins[done : found.start()]
        done = found.end()
    kept.append(folded[done:])
    return "".join(kept), [*places, *origins[done:]]
