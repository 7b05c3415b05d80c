"""Sets words of the beginning beside words of today: the same theme, both with their day, and no verdict."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
_APART_SECONDS = APART.total_seconds()

Weighed = Mapping[Excerpt, Vector]
"""What each passage is about, apart from its cues."""


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
        if (pair := _of_theme(theme, passages, late.get(theme, []), weighed, settled)) is not None
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


def _weighed(passages: Iterable[Cued]) -> Weighed:
    words = {passage.excerpt: passage.words for passage in passages}
    return dict(zip(words, vectors(list(words.values())), strict=True))


def _of_theme(
    theme: str, early: Sequence[Cued], late: Sequence[Cued], weighed: Weighed, settled: Settled
) -> InWords | None:
    """The pair that stands for a theme: the lighter one, unless the harder one ends more recently."""
    found = []
    for is_lower in (False, True):
        then = [passage for passage in early if passage.is_rising is is_lower]
        now = [passage for passage in late if passage.is_rising is not is_lower]
        best_first = _best_first(then, now, weighed)
        pairs = (InWords(theme, one, other, is_lower, likeness) for one, other, likeness in best_first)
        if (pair := _standing(pairs, settled)) is not None:
            found.append(pair)
    return max(
        found,
        key=lambda pair: (pair.key in settled.pinned, _ends(pair), not pair.is_lower),
        default=None,
    )


def _standing(best_first: Iterable[InWords], settled: Settled) -> InWords | None:
    """The first that is pinned, else the first that is not dismissed."""
    if settled.pinned:
        best_first = sorted(best_first, key=lambda pair: pair.key not in settled.pinned)
    return next((pair for pair in best_first if pair.key not in settled.dismissed), None)


def _best_first(
    early: Sequence[Cued], late: Sequence[Cued], weighed: Weighed
) -> Iterator[tuple[Excerpt, Excerpt, float]]:
    """The pairs that are far enough apart with their likeness: the most alike, of those the client's own
    words, then the latest end and the earliest beginning.
    """
    likeness = {
        (i, j): round(found, 6)
        for i, j, found in alike_pairs(
            [weighed[passage.excerpt] for passage in early], [weighed[passage.excerpt] for passage in late]
        )
    }
    ends = [-passage.excerpt.evidence.starts_at.timestamp() for passage in late]
    ranked = []
    for i, then in enumerate(passage.excerpt for passage in early):
        begins = then.evidence.starts_at.timestamp()
        for j, now in enumerate(passage.excerpt for passage in late):
            if -ends[j] - begins >= _APART_SECONDS:
                alike = likeness.get((i, j), 0.0)
                ranked.append((-alike, not now.is_quote, not then.is_quote, ends[j], begins, i, j))
    for less, *_, i, j in sorted(ranked):
        yield early[i].excerpt, late[j].excerpt, -less


def _ends(pair: InWords) -> float:
    return pair.now.evidence.starts_at.timestamp()


def _most_alike_first(pair: InWords) -> tuple[float, float]:
    return -pair.likeness, -_ends(pair)


def _without_repeats(pairs: Sequence[InWords]) -> Iterator[InWords]:
    shown: set[Excerpt] = set()
    for pair in pairs:
        if pair.then not in shown and pair.now not in shown:
            shown |= {pair.then, pair.now}
            yield pair
