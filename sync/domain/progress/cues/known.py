"""The languages whose cues are known, and which one a text is in."""

from collections.abc import Collection, Sequence

from sync.domain.progress.cues.english import ENGLISH
from sync.domain.progress.cues.german import GERMAN
from sync.domain.progress.cues.values import CueList

LANGUAGES: tuple[CueList, ...] = (ENGLISH, GERMAN)

FUNCTION_WORDS: frozenset[str] = frozenset().union(*(each.function_words for each in LANGUAGES))
"""The small words of every language: they make no two texts alike."""


def language_of(words: Collection[str]) -> CueList:
    """The language with most of its function words among `words`; the first one known in doubt."""
    return max(LANGUAGES, key=lambda each: sum(word in each.function_words for word in words))


def has_cue(text: str) -> bool:
    """Whether `text` holds a cue of any language, whichever way it points."""
    return any(each.rising_in.search(text) or each.sinking_in.search(text) for each in LANGUAGES)


def speaks_of_risk(text: str) -> bool:
    """Whether `text` holds a word of risk in any language, be it present or denied."""
    return any(each.risk_in.search(text) for each in LANGUAGES)


def points_back(words: Sequence[str]) -> bool:
    """Whether words begin with one that leans on what was said before, in any language."""
    return bool(words) and any(words[0] in each.pointing_back for each in LANGUAGES)
