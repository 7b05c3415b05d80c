"""How a marker stood at the rating after sessions that had something, beside them: no cause is meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sync.domain.progress.evidence import Evidence
from sync.domain.progress.helped import FEWEST
from sync.domain.progress.markers import MarkerCourse


@dataclass(frozen=True, slots=True)
class Move:
    """The differences of one marker from a session to its next rating, as rated, oldest first.

    `over` holds the two sessions of each. Never empty.
    """

    marker: str
    differences: tuple[float, ...]
    over: tuple[tuple[Evidence, Evidence], ...]

    @property
    def is_enough(self) -> bool:
        """Whether there are enough to say something of them."""
        return len(self.differences) >= FEWEST

    @property
    def middle(self) -> float:
        """Their median."""
        return median(self.differences)


def moves_after(used_in: Iterable[Evidence], courses: Sequence[MarkerCourse]) -> tuple[Move, ...]:
    """The moves of each of `courses` after the sessions `used_in`; none of what was not rated so."""
    sessions = {evidence.session_id for evidence in used_in}
    moves = []
    for course in courses:
        steps = [
            (here, then) for here, then in pairwise(course.points) if here.evidence.session_id in sessions
        ]
        if steps:
            moves.append(
                Move(
                    course.marker,
                    tuple(round(then.value - here.value, 6) for here, then in steps),
                    tuple((here.evidence, then.evidence) for here, then in steps),
                )
            )
    return tuple(moves)


def move_words(move: Move) -> str:
    """`Panic at the next rating: 1 lower (median of 6 times)`, or that there are too few to say."""
    if not move.is_enough:
        return f"{move.marker}: too few to say"
    way = "higher" if move.middle > 0 else "lower"
    moved = f"{abs(move.middle):g} {way}" if move.middle else "the same"
    return f"{move.marker} at the next rating: {moved} (median of {len(move.differences)} times)"
