"""Counts what was done and how it helped, by the therapist's own word. It says nothing of why."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import Intervention, WrittenNote
from sync.domain.phrasing import counted
from sync.domain.progress.evidence import Evidence, evidence_of

FEWEST = 3
"""How many times something must have been rated before more than its count is said."""

_RATED = ("not rated", "rated once", "rated twice")


@dataclass(frozen=True, slots=True)
class Helped:
    """One intervention, spelled as it was last, and the sessions that had it, oldest first.

    `rated` are its ratings from −2 to +2, oldest first; a session that rates it twice counts with the later.
    """

    name: str
    used_in: tuple[Evidence, ...]
    rated: tuple[int, ...]

    @property
    def helpful(self) -> int:
        """How often it was rated above nought."""
        return sum(1 for value in self.rated if value > 0)

    @property
    def harder(self) -> int:
        """How often it was rated below nought."""
        return sum(1 for value in self.rated if value < 0)

    @property
    def middle(self) -> float | None:
        """The median of its ratings, where there are enough."""
        return median(self.rated) if self.is_enough else None

    @property
    def is_enough(self) -> bool:
        """Whether it was rated often enough to say something of it."""
        return len(self.rated) >= FEWEST

    @property
    def is_seldom(self) -> bool:
        """Whether it was used too seldom to say anything of it."""
        return len(self.used_in) < FEWEST

    @property
    def lacks_ratings(self) -> bool:
        """Whether it was used often enough, but not rated so."""
        return not self.is_seldom and not self.is_enough


def what_helped(notes: Sequence[WrittenNote]) -> tuple[Helped, ...]:
    """Every intervention named in `notes` of one client: what helped most first, then what was used most."""
    used: dict[str, dict[Evidence, int | None]] = {}
    spelling: dict[str, str] = {}
    for note in oldest_first(notes):
        for done in note.reading.interventions:
            key = _key(done)
            spelling[key] = done.name
            sessions = used.setdefault(key, {})
            before = sessions.get(evidence_of(note))
            sessions[evidence_of(note)] = before if done.helped is None else done.helped
    helped = [
        Helped(spelling[key], tuple(sessions), tuple(v for v in sessions.values() if v is not None))
        for key, sessions in used.items()
    ]
    return tuple(sorted(helped, key=_most_helpful_first))


def said_of(helped: Helped) -> str:
    """`grounding: helpful in 5 of 6 uses`, `letter: too few to say (2 uses)`; never that it failed."""
    uses = len(helped.used_in)
    if helped.is_seldom:
        return f"{helped.name}: too few to say ({counted(uses, 'use')})"
    if not helped.is_enough:
        return f"{helped.name}: used {uses} times, {_RATED[len(helped.rated)]}"
    if helped.helpful == 0 and helped.middle == 0:
        return f"{helped.name}: little effect so far ({len(helped.rated)} uses)"
    said = f"{helped.name}: helpful in {helped.helpful} of {len(helped.rated)} uses"
    return f"{said}, harder afterwards in {helped.harder}" if helped.harder else said


def _key(done: Intervention) -> str:
    return " ".join(done.name.casefold().split())


def _most_helpful_first(helped: Helped) -> tuple[bool, float, int, str]:
    return not helped.is_enough, -(helped.middle or 0), -len(helped.used_in), helped.name.casefold()
