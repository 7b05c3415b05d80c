"""Dates a shift that a trend's rule has already accepted: it never decides whether there is one."""

from bisect import insort
from collections.abc import Sequence
from statistics import median

from sync.domain.progress.statistics import theil_sen_change

FEWEST = 20
"""Of fewer values no date is given."""

LEAST_SIDE = 4
"""How many values must lie on either side."""


def turning_point(days: Sequence[float], values: Sequence[float]) -> int | None:
    """The index of the first value after the step that explains `values` best; None where none does.

    A course that is told better by a straight line than by one step has no date.
    """
    if len(values) < FEWEST:
        return None
    at, around_two_levels = best_split(values)
    return at if around_two_levels < _around_a_line(days, values) else None


def best_split(values: Sequence[float], least: int = LEAST_SIDE) -> tuple[int, float]:
    """Where to cut `values` in two (`values[:at]`, `values[at:]`), and how far they then lie from the
    medians of their sides, all told; the earliest of equals. There must be twice `least` of them.
    """
    before, after = _distances(values), _distances(values[::-1])
    apart = {at: before[at] + after[len(values) - at] for at in range(least, len(values) - least + 1)}
    at = min(apart, key=lambda cut: (apart[cut], cut))
    return at, apart[at]


def _distances(values: Sequence[float]) -> list[float]:
    """How far the first 0, 1, 2 … values lie from their median, all told."""
    in_order: list[float] = []
    found = [0.0]
    for value in values:
        insort(in_order, value)
        half = len(in_order) // 2
        found.append(sum(in_order[-half:]) - sum(in_order[:half]) if half else 0.0)
    return found


def _around_a_line(days: Sequence[float], values: Sequence[float]) -> float:
    """How far `values` lie from the straight line of Theil and Sen, all told."""
    span = days[-1] - days[0]
    slope = theil_sen_change(days, values) / span if span else 0.0
    off = [value - slope * (day - days[0]) for day, value in zip(days, values, strict=True)]
    level = median(off)
    return sum(abs(value - level) for value in off)
