"""How alike texts are by their rarer words (TF-IDF and the cosine), whatever the language."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log, sqrt

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_STEM = 6
"""Words whose first six letters are the same count as one: `notice` and `noticing`."""

Vector = Mapping[str, float]
"""The weight of each word; of length one, or empty."""


def words_in(text: str) -> list[str]:
    """The words of `text`, case-folded, an apostrophe always straight."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def vectors(texts: Sequence[Sequence[str]]) -> list[Vector]:
    """One vector for each text, given as its words; what many texts have weighs less."""
    stems = [Counter(word[:_STEM] for word in words) for words in texts]
    texts_with = Counter(stem for counted in stems for stem in counted)
    weight = {stem: log((1 + len(texts)) / (1 + n)) + 1 for stem, n in texts_with.items()}
    return [_of_length_one({stem: n * weight[stem] for stem, n in counted.items()}) for counted in stems]


def middle_of(several: Sequence[Vector]) -> Vector:
    """The vector of all of them together."""
    total: dict[str, float] = defaultdict(float)
    for vector in several:
        for word, weight in vector.items():
            total[word] += weight
    return _of_length_one(total)


def alike(one: Vector, other: Vector) -> float:
    """The cosine of two vectors: from 0, nothing in common, to 1."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def alike_pairs(ones: Sequence[Vector], others: Sequence[Vector]) -> Iterator[tuple[int, int, float]]:
    """Every pair that has a word in common, by its places in the two, and how alike they are."""
    having: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, one in enumerate(ones):
        for word, weight in one.items():
            having[word].append((place, weight))
    for at, other in enumerate(others):
        found: dict[int, float] = defaultdict(float)
        for word, weight in other.items():
            for place, theirs in having.get(word, ()):
                found[place] += weight * theirs
        for place, likeness in found.items():
            yield place, at, likeness


def _of_length_one(weights: Mapping[str, float]) -> Vector:
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}
