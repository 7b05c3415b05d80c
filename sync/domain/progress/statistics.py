"""The statistics of short, noisy series: small enough to be read, checked against scipy in the tests.

Ranks instead of sizes, medians instead of means: one odd session decides nothing. Times are in days.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from statistics import median

_SPREAD_OF_MEDIAN = 1.4826
"""What makes a median of distances a standard deviation where the noise is normal."""


def mann_kendall(values: Sequence[float]) -> float:
    """How consistently `values` rise (above nought) or fall, as Mann and Kendall's z.

    Corrected for ties and for continuity; nought for fewer than two values or where all are equal.
    """
    n = len(values)
    score = sum(
        (later > earlier) - (later < earlier)
        for index, earlier in enumerate(values)
        for later in values[index + 1 :]
    )
    ties = sum(count * (count - 1) * (2 * count + 5) for count in Counter(values).values())
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    if score == 0 or variance <= 0:
        return 0.0
    return (score - (1 if score > 0 else -1)) / sqrt(variance)


def theil_sen_change(days: Sequence[float], values: Sequence[float]) -> float:
    """How far a straight course through `values` goes from the first day to the last: Theil and Sen's.

    The slope is the median of the slopes between all pairs of different days; nought where there are none.
    """
    points = list(zip(days, values, strict=True))
    slopes = [
        (later - earlier) / (then - at)
        for index, (at, earlier) in enumerate(points)
        for then, later in points[index + 1 :]
        if then > at
    ]
    return median(slopes) * (days[-1] - days[0]) if slopes else 0.0


def usual_swing(values: Sequence[float]) -> float:
    """The usual size of the ups and downs from one value to the next, as a standard deviation."""
    steps = [abs(later - earlier) for earlier, later in pairwise(values)]
    return _SPREAD_OF_MEDIAN * median(steps) / sqrt(2) if steps else 0.0


def mean_step(values: Sequence[float]) -> float:
    """The mean distance from one value to the next; nought for fewer than two."""
    steps = [abs(later - earlier) for earlier, later in pairwise(values)]
    return sum(steps) / len(steps) if steps else 0.0
