"""Sets words of the beginning beside words of today: the same theme, both with their day, and no verdict."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.cued import Cued, cued_in
from sync.domain.progress.excerpts import Excerpt
from sync.domain.progress.similarity import Vector, alike_pairs, vectors
from sync.domain.progress.statement_keys import statement_key

APART = timedelta(days=90)
"""How far apart the two must be at the least."""

STILL_NOW = timedelta(days=180)
"""How long before the last note words may be and still stand for today."""

MOST_PAIRS = 3


@dataclass(frozen=True, slots=True)
class InWords:
    """Two passages on one theme. `is_lower`: the later one is the harder one."""

    theme: str
    then: Excerpt
    now: Excerpt
    is_lower: bool
    likeness: float

    @property
    def key(self) -> str:
        """By what this pair is known again."""
        return statement_key("then and now", self.theme, (self.then, self.now))


@dataclass(frozen=True, slots=True)
class Settled:
    """The therapist's word on statements, by their keys: never again, or this before any other."""

    dismissed: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()


UNSETTLED = Settled()


def then_and_now_in_words(
    notes: Sequence[WrittenNote], names: Collection[str] = (), settled: Settled = UNSETTLED
) -> tuple[InWords, ...]:
    """At most three pairs from `notes` of one client, one of a theme and none with words of another.

    Of each theme the pair that is most alike apart from its cues, a hard early passage and a lighter late
    one; where one the other way round has the more recent end, that one. `names` are what the client is
    called. What is pinned comes first, then what is most alike.
    """
    in_order = oldest_first(notes)
    third = len(in_order) // 3
    if not third:
        return ()
    since = in_order[-1].starts_at - STILL_NOW
    early = _by_theme(in_order[:third], names)
    late = _by_theme([note for note in in_order[-third:] if note.starts_at >= since], names)
    weighed = _weighed(chain.from_iterable([*early.values(), *late.values()]))
    pairs = [
        pair
        for theme, passages in early.items()
        if theme in late and (pair := _of_theme(theme, passages, late[theme], weighed, settled)) is not None
    ]
    ranked = sorted(pairs, key=lambda pair: (pair.key not in settled.pinned, *_most_alike_first(pair)))
    return tuple(_without_repeats(ranked))[:MOST_PAIRS]


def _by_theme(notes: Sequence[WrittenNote], names: Collection[str]) -> dict[str, list[Cued]]:
    found: dict[str, list[Cued]] = {}
    for note in notes:
        if note.reading.themes:
            passages = list(cued_in(note, names))
            for theme in note.reading.themes:
                found.setdefault(theme, []).extend(passages)
    return found


def _weighed(passages: Iterator[Cued]) -> Mapping[Excerpt, Vector]:
    words = {passage.excerpt: passage.words for passage in passages}
    return dict(zip(words, vectors(list(words.values())), strict=True))


def _of_theme(
    theme: str,
    early: Sequence[Cued],
    late: Sequence[Cued],
    weighed: Mapping[Excerpt, Vector],
    settled: Settled,
) -> InWords | None:
    """The pair that stands for a theme: the lighter one, unless the harder one ends more recently."""
    found = [
        pair
        for pair in _pairs(theme, early, late, weighed)
        if not settled.dismissed or pair.key not in settled.dismissed
    ]
    if pinned := [pair for pair in found if settled.pinned and pair.key in settled.pinned]:
        return min(pinned, key=_most_alike_first)
    lighter = min((pair for pair in found if not pair.is_lower), key=_most_alike_first, default=None)
    lower = min((pair for pair in found if pair.is_lower), key=_most_alike_first, default=None)
    if lighter is None or lower is None:
        return lighter or lower
    return lower if _ends(lower) > _ends(lighter) else lighter


def _pairs(
    theme: str, early: Sequence[Cued], late: Sequence[Cued], weighed: Mapping[Excerpt, Vector]
) -> Iterator[InWords]:
    likeness = {
        (one, other): found
        for one, other, found in alike_pairs(
            [weighed[passage.excerpt] for passage in early], [weighed[passage.excerpt] for passage in late]
        )
    }
    for i, before in enumerate(early):
        for j, after in enumerate(late):
            if before.is_rising is not after.is_rising and _are_apart(before.excerpt, after.excerpt):
                alike = round(likeness.get((i, j), 0.0), 6)
                yield InWords(theme, before.excerpt, after.excerpt, before.is_rising, alike)


def _are_apart(then: Excerpt, now: Excerpt) -> bool:
    return now.evidence.starts_at - then.evidence.starts_at >= APART


def _ends(pair: InWords) -> float:
    return pair.now.evidence.starts_at.timestamp()


def _most_alike_first(pair: InWords) -> tuple[float, bool, bool, float, float]:
    """The most alike; of those the client's own words; then the latest end and the earliest beginning."""
    begins = pair.then.evidence.starts_at.timestamp()
    return -pair.likeness, not pair.now.is_quote, not pair.then.is_quote, -_ends(pair), begins


def _without_repeats(pairs: Sequence[InWords]) -> Iterator[InWords]:
    shown: set[Excerpt] = set()
    for pair in pairs:
        if pair.then not in shown and pair.now not in shown:
            shown |= {pair.then, pair.now}
            yield pair
