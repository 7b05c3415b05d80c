"""Compares two totals of one person: is the difference more than the questionnaire's own error?

A cut-off that is crossed says nothing by itself: it counts only where the change is reliable, too.
"""

from dataclasses import dataclass
from enum import StrEnum

from sync.domain.progress.instruments.values import Instrument
from sync.domain.progress.scoring import is_clinical


class Direction(StrEnum):
    """Which way a reliable change goes."""

    BETTER = "better"
    WORSE = "worse"


class Crossed(StrEnum):
    """Which way a cut-off was crossed."""

    INTO = "into the clinical range"
    OUT_OF = "out of the clinical range"


@dataclass(frozen=True, slots=True)
class Change:
    """From one total to a later one. `is_reliable` is None where no reliable change is known.

    `direction` and `crossed` are only ever given of a reliable change.
    """

    before: float
    after: float
    is_reliable: bool | None
    direction: Direction | None = None
    crossed: Crossed | None = None

    @property
    def points(self) -> float:
        """By how much the total rose (above nought) or fell."""
        return round(self.after - self.before, 1)


def change_between(instrument: Instrument, before: float, after: float) -> Change:
    """What lies between two totals of the same questionnaire."""
    if instrument.reliable_change is None:
        return Change(before, after, None)
    if abs(round(after - before, 1)) < instrument.reliable_change.points:
        return Change(before, after, is_reliable=False)
    went_up = after > before
    direction = Direction.BETTER if went_up == instrument.higher_is_better else Direction.WORSE
    return Change(before, after, True, direction, _crossed(instrument, before, after))


def _crossed(instrument: Instrument, before: float, after: float) -> Crossed | None:
    was, now = is_clinical(instrument, before), is_clinical(instrument, after)
    if was == now:
        return None
    return Crossed.INTO if now else Crossed.OUT_OF
