"""Lower stretches: the earlier ones that passed, and a sudden drop to the worst end of a scale."""

from collections.abc import Sequence
from statistics import median

from sync.domain.progress.trends import Yardstick, clearly, stands_lower, usual_before

SOON = 6
"""Within how many sessions a dip must be over to count as passed."""

_BEFORE = 5
_A_FIFTH = 0.2


def dips_that_passed(values: Sequence[float], yardstick: Yardstick) -> int:
    """How many earlier lower stretches of `values` (higher is better) were over within six sessions.

    A stretch is three sessions clearly below the five before; it is over once a value is within one step
    of what was usual before it. The stretch that the last value belongs to is not counted.
    """
    passed, at = 0, 8
    while at < len(values):
        usual = usual_before(values[:at])
        if usual is None or not stands_lower(values[:at], clearly(values[:at], yardstick)):
            at += 1
            continue
        over = _back(values, at, usual - yardstick.step)
        passed += over is not None
        at = (over or at) + _BEFORE
    return passed


def _back(values: Sequence[float], since: int, level: float) -> int | None:
    """Where `values` first reach `level` again, if they do soon."""
    return next((i for i in range(since, min(len(values), since + SOON)) if values[i] >= level), None)


def sudden_low(values: Sequence[float], scale: float) -> float | None:
    """What was usual before, when the last value fell by a fifth of the scale to its worst fifth.

    Usual is the median of up to five values before; None when there was no such fall. This needs no more
    than two ratings: it is a fact to be seen, not a trend.
    """
    if len(values) < 2:
        return None
    usual = median(values[-1 - _BEFORE : -1])
    fell = usual - values[-1] >= _A_FIFTH * scale
    return usual if fell and values[-1] <= _A_FIFTH * scale else None
