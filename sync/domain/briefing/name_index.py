"""Finds names in folded text: word by word, in any known form of each, the longest name first."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sync.domain.briefing.folding import with_umlauts_written_out
from sync.domain.briefing.name_forms import AFTER_A_CUT, EVERYDAY, cuts, stems
from sync.domain.briefing.name_parts import RTL, WORD, Pieces

GAP = re.compile(r"(?:[\s'\-·・‧=_>*~]|\.(?!\s)|(?<=\W\w)\.){1,12}")
"""What may stand between two words of a name: also a line's end with the marks of a quotation."""

LAST_FIRST = re.compile(r",\s{1,12}")
"""What stands behind a last name that is written first."""

RTL_PREFIXES = ("ال", "وال", "بال", "لل", *"وفبلكهוהבלמשכ")
"""What is written together with the next word in Arabic and Hebrew, folded."""

FIRST_RTL = "\u0590"
"""From here on words may have a prefix."""

Shown = Callable[[int, int], str]
"""What is written at a stretch of the folded text."""


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of folded text that names somebody: whose code takes its place, and what joins the rest."""

    start: int
    end: int
    code: str
    joint: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """Words that name somebody in this order, whose code takes their place, and what may part them."""

    pieces: Pieces
    code: str
    gap: re.Pattern[str] = GAP


@dataclass(frozen=True, slots=True)
class Reading:
    """A word read as a piece of a name; `before` and `after` are how many letters are not of the name."""

    piece: str
    before: int = 0
    after: int = 0
    joint: str = ""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Names by their first word, with their code.

    `pieces` are all their words, `stems` what endings follow, with the words that it is of; `heads` how words
    begin that can be one, so that all others are passed over at once.
    """

    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    pieces: frozenset[str] = frozenset()
    stems: Mapping[str, frozenset[str]] = field(default_factory=dict)
    heads: frozenset[str] = frozenset()

    def find(self, folded: str, shown: Shown) -> Iterator[Named]:
        """Every name, from left to right."""
        words = list(WORD.finditer(folded))
        index = 0
        while index < len(words):
            if not self._may_be(words[index].group()):
                index += 1
                continue
            found, count = self._at(words, index, folded, shown)
            if found is not None:
                yield found
            index += count

    def _may_be(self, word: str) -> bool:
        return word[:2] in self.heads or word[0] in self.heads or word >= FIRST_RTL

    def _at(
        self, words: list[re.Match[str]], index: int, folded: str, shown: Shown
    ) -> tuple[Named | None, int]:
        """The longest name that begins at a word, and how many words are done with."""
        for first in self._readings(words[index], shown):
            for name in self.names.get(first.piece, ()):
                pieces = name.pieces
                last = self._follow(name, words, index, folded, shown) if len(pieces) > 1 else first
                start = words[index].start() + first.before
                if last is None or (len(pieces) > 1 and first.after and not first.joint):
                    continue
                end = words[index + len(pieces) - 1].end() - last.after
                if not (_is_everyday(pieces) and shown(start, end).islower()):
                    return Named(start, end, name.code, last.joint), len(pieces)
        return None, 1

    def _follow(
        self, name: Name, words: list[re.Match[str]], index: int, folded: str, shown: Shown
    ) -> Reading | None:
        """How the last word of a name reads if all its words stand here in their order."""
        last = None
        for piece, at in zip(name.pieces[1:], range(index + 1, len(words)), strict=False):
            if not name.gap.fullmatch(folded, words[at - 1].end(), words[at].start()):
                return None
            last = next((each for each in self._readings(words[at], shown) if each.piece == piece), None)
            if last is None:
                return None
        return last if index + len(name.pieces) <= len(words) else None

    def _readings(self, found: re.Match[str], shown: Shown) -> Iterator[Reading]:
        """Every way in which a word can be a piece of a known name, the plainest first."""
        word = found.group()
        if word in self.pieces:
            yield Reading(word)
        if word[-1] == "s" and word[:-1] in self.pieces:
            yield Reading(word[:-1], after=1)
        written = shown(found.start(), found.end())
        if not written.isascii():
            spelled = with_umlauts_written_out(written)
            if spelled in self.pieces:
                yield Reading(spelled)
            if spelled[:-1] in self.pieces and spelled[-1] == "s":
                yield Reading(spelled[:-1], after=1)
        if RTL.match(word):
            yield from self._behind_prefixes(word)
        elif word not in EVERYDAY and written[:1].isupper():
            yield from self._inflected(word)

    def _behind_prefixes(self, word: str) -> Iterator[Reading]:
        for prefix in RTL_PREFIXES:
            if word.startswith(prefix) and word[len(prefix) :] in self.pieces:
                yield Reading(word[len(prefix) :], before=len(prefix))

    def _inflected(self, word: str) -> Iterator[Reading]:
        """Readings with a case ending, which stays behind the code: `Pavlovi` is `PK-ovi`."""
        for stem, ending in cuts(word):
            for piece in self.stems.get(stem, ()):
                if piece != stem or ending not in AFTER_A_CUT:
                    yield Reading(piece, after=len(ending), joint="-")


def last_first(name: Name) -> Name:
    """The name with its last word first, behind which a comma stands."""
    return Name((name.pieces[-1], *name.pieces[:-1]), name.code, LAST_FIRST)


def name_index(names: Iterable[Name]) -> NameIndex:
    """The index of names; of one name with two codes the first counts."""
    known: dict[tuple[Pieces, re.Pattern[str]], Name] = {}
    for name in names:
        known.setdefault((name.pieces, name.gap), name)
    by_first: dict[str, list[Name]] = defaultdict(list)
    by_stem: dict[str, set[str]] = defaultdict(set)
    for name in sorted(known.values(), key=lambda one: len(one.pieces), reverse=True):
        by_first[name.pieces[0]].append(name)
    vocabulary = frozenset(piece for name in known.values() for piece in name.pieces)
    for piece in vocabulary:
        for stem in stems(piece):
            by_stem[stem].add(piece)
    return NameIndex(
        {first: tuple(those) for first, those in by_first.items()},
        vocabulary,
        {stem: frozenset(those) for stem, those in by_stem.items()},
        frozenset(head for piece in vocabulary for head in (piece[:2], piece[:1] + piece[2:3])),
    )


def _is_everyday(pieces: Pieces) -> bool:
    """Whether these are names by their capitals alone: to hide every `will` would betray that she is Will."""
    return all(piece in EVERYDAY or len(piece) == 1 for piece in pieces)
