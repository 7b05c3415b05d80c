"""What can be said of a client's way, one by one, each with a key by which it is known again."""

import re
from dataclasses import dataclass
from enum import StrEnum

from sync.domain.progress.evidence import Evidence

MOST_WORDS = 5
"""How many words of a subject its key has."""

_NOT_A_LETTER = re.compile(r"[\W_]+")


class Verdict(StrEnum):
    """What the therapist said of a statement.

    Approved and withheld are about the sheet for the client's own eyes, pinned, dismissed and wrong about
    the therapist's own page: one of either may hold at a time.
    """

    APPROVED = "approved"
    WITHHELD = "withheld"
    PINNED = "pinned"
    DISMISSED = "dismissed"
    WRONG = "wrong"

    @property
    def about(self) -> str:
        """Of which of the two, `sheet` or `page`, it decides."""
        return "sheet" if self in (Verdict.APPROVED, Verdict.WITHHELD) else "page"


REJECTED = frozenset({Verdict.DISMISSED, Verdict.WRONG})
"""What is not said again on the therapist's page."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that can be said, in the words it is said with, and the sessions that bear it out.

    `key` stays the same while the same thing is spoken of, however the words and numbers change.
    """

    key: str
    sentence: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of the statement of a key, and the words that it had then."""

    verdict: Verdict
    sentence: str


def typed_key(kind: str, *subject: str) -> str:
    """The key of what is said about `subject`, short enough to type: `held.early-signs`."""
    words = (_NOT_A_LETTER.sub(" ", part.casefold()).split()[:MOST_WORDS] for part in subject)
    return ".".join((kind, *("-".join(each) for each in words if each)))
