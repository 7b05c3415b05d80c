"""A figure: what was measured against what, over several runs, and what it must not exceed."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Pair:
    """One run: our seconds and the floor's."""

    ours: float
    floor: float

    @property
    def ratio(self) -> float:
        """How many times the floor ours took."""
        return self.ours / self.floor


@dataclass(frozen=True)
class Figure:
    """A ratio over several runs, and its limit."""

    name: str
    pairs: Sequence[Pair]
    limit: float

    @property
    def holds(self) -> bool:
        """Whether the median keeps to the limit."""
        return median(pair.ratio for pair in self.pairs) <= self.limit

    def __str__(self) -> str:
        ratios = sorted(pair.ratio for pair in self.pairs)
        ours = median(pair.ours for pair in self.pairs)
        floor = median(pair.floor for pair in self.pairs)
        return (
            f"{self.name}: {median(ratios):.2f} (from {ratios[0]:.2f} to {ratios[-1]:.2f}, "
            f"at most {self.limit:g}); medians {ours:.3g} / {floor:.3g}"
        )
