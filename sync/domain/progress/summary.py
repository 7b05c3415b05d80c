"""Says in a few sentences, each taken whole from another note, what several notes say under one heading.

What comes up most counts, and what has been said already does not: TF-IDF, and maximal marginal relevance
(Carbonell & Goldstein 1998). Risk is not summed up: it is stated on its own, whole.
"""

from collections.abc import Collection, Sequence

from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.cues.known import FUNCTION_WORDS, points_back, speaks_of_risk
from sync.domain.progress.excerpts import Excerpt
from sync.domain.progress.similarity import Vector, alike, middle_of, vectors, words_in

RELEVANCE = 0.6
"""How much it counts that a sentence is like the others, and how much less that it is like a chosen one."""

SAME = 0.9
"""From which likeness on two sentences are the same, written twice; the earlier one stands."""

FEWEST_WORDS = 5


def summary_of(notes: Sequence[WrittenNote], fields: Collection[str], most: int) -> tuple[Excerpt, ...]:
    """At most `most` sentences from the sections `fields` of `notes` of one client, oldest first."""
    said = _without_copies([(e, v) for note in oldest_first(notes) for e, v in _worded(note, fields)])
    weighed = vectors([words for _, words in said])
    distinct = _without_near_copies([excerpt for excerpt, _ in said], weighed)
    return tuple(sorted(_chosen(distinct, most), key=_in_time))


def _worded(note: WrittenNote, fields: Collection[str]) -> list[tuple[Excerpt, tuple[str, ...]]]:
    return [
        (Excerpt.of(note, sentence), _telling(sentence.text))
        for sentence in note.reading.sentences
        if sentence.field in fields and _says_something(sentence.text)
    ]


def _says_something(text: str) -> bool:
    words = words_in(text)
    return len(words) >= FEWEST_WORDS and not points_back(words) and not speaks_of_risk(text)


def _telling(text: str) -> tuple[str, ...]:
    return tuple(word for word in words_in(text) if word not in FUNCTION_WORDS)


def _without_copies(
    said: Sequence[tuple[Excerpt, tuple[str, ...]]],
) -> list[tuple[Excerpt, tuple[str, ...]]]:
    first: dict[tuple[str, ...], tuple[Excerpt, tuple[str, ...]]] = {}
    for excerpt, words in said:
        first.setdefault(words, (excerpt, words))
    return list(first.values())


def _without_near_copies(
    excerpts: Sequence[Excerpt], weighed: Sequence[Vector]
) -> list[tuple[Excerpt, Vector]]:
    kept: list[tuple[Excerpt, Vector]] = []
    for excerpt, vector in zip(excerpts, weighed, strict=True):
        if vector and all(alike(vector, other) < SAME for _, other in kept):
            kept.append((excerpt, vector))
    return kept


def _chosen(said: Sequence[tuple[Excerpt, Vector]], most: int) -> list[Excerpt]:
    middle = middle_of([vector for _, vector in said])
    left = [(excerpt, vector, alike(vector, middle), 0.0) for excerpt, vector in said]
    chosen: list[Excerpt] = []
    while left and len(chosen) < most:
        excerpt, vector, *_ = max(left, key=_worth)
        chosen.append(excerpt)
        left = [
            (other, theirs, relevance, max(repeated, alike(theirs, vector)))
            for other, theirs, relevance, repeated in left
            if other.evidence != excerpt.evidence
        ]
    return chosen


def _worth(candidate: tuple[Excerpt, Vector, float, float]) -> tuple[float, tuple[float, int]]:
    excerpt, _, relevance, repeated = candidate
    return round(RELEVANCE * relevance - (1 - RELEVANCE) * repeated, 9), _in_time(excerpt)


def _in_time(excerpt: Excerpt) -> tuple[float, int]:
    return excerpt.evidence.starts_at.timestamp(), excerpt.start
