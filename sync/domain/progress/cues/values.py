"""What a list of cues is, and how a text is searched for them."""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class CueList:
    """The words of one language. In a phrase `*` stands for the rest of a word, a space for any white space.

    `rising` are awareness, response, what passes quicker and agency; `sinking` their negative pole. A cue
    counts for nothing after one of `negations` or `undoing` ("instead of"), after a word of `supposing`,
    or where one of `others`, and none of `client`, was named last before it. `function_words` are the
    language's own small words; `first_person` are those in which somebody speaks of herself;
    what begins with one of `pointing_back` says little by itself.
    """

    language: str
    rising: tuple[str, ...]
    sinking: tuple[str, ...]
    negations: frozenset[str]
    undoing: tuple[str, ...]
    supposing: tuple[str, ...]
    others: frozenset[str]
    client: frozenset[str]
    first_person: frozenset[str]
    pointing_back: frozenset[str]
    risk: tuple[str, ...]
    function_words: frozenset[str]

    @cached_property
    def rising_in(self) -> re.Pattern[str]:
        """Finds the rising cues."""
        return _any_of(self.rising)

    @cached_property
    def sinking_in(self) -> re.Pattern[str]:
        """Finds the sinking cues."""
        return _any_of(self.sinking)

    @cached_property
    def supposing_in(self) -> re.Pattern[str]:
        """Finds what makes a statement a supposition, a wish or a plan."""
        return _any_of(self.supposing)

    @cached_property
    def undoing_in(self) -> re.Pattern[str]:
        """Finds what undoes the words after it: a cue that only begins it is none."""
        return _any_of(self.undoing)

    @cached_property
    def undoing_before(self) -> re.Pattern[str]:
        """Finds what, right before a cue or a word apart, undoes it."""
        return re.compile(self.undoing_in.pattern + r"\W+(?:\w+\W+)?$", re.IGNORECASE)

    @cached_property
    def risk_in(self) -> re.Pattern[str]:
        """Finds words of risk, present or denied."""
        return _any_of(self.risk)


def words(text: str) -> frozenset[str]:
    """The words of `text`, which a space separates."""
    return frozenset(text.split())


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    patterns = (
        re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace("'", "['’]")
        for phrase in longest_first
    )
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)
