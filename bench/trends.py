"""Simulates courses of ratings, still ones and rising ones, and counts which are given a direction.

The ratio is the share to its limit (of what must be found: the limit to the share), each in per cent.
"""

from collections import Counter
from random import Random

from bench.figures import Figure, Pair
from sync.domain.progress.trends import DOWN, UP, Label, Yardstick, family, read_trend
from tests.domain.progress.courses import LIMITS, ratings, session_days

COURSES = 4000


def figures(runs: int) -> list[Figure]:
    """False directions up and down, and rises found, by the number of ratings; each run has other seeds."""
    return [figure for n in LIMITS for figure in _of_length(n, runs)]


def _of_length(n: int, runs: int) -> list[Figure]:
    most_up, most_down, least = LIMITS[n]
    still = [_directions(Random(run), n, 0) for run in range(runs)]
    rising = [_directions(Random(-1 - run), n, 3) for run in range(runs)]
    return [
        Figure(f"{n} still ratings called rising, %", [Pair(up, most_up) for up, _ in still], 1),
        Figure(f"{n} still ratings called falling, %", [Pair(down, most_down) for _, down in still], 1),
        Figure(f"least rises to find / found of {n} ratings, %", [Pair(least, up) for up, _ in rising], 1),
    ]


def _directions(rng: Random, n: int, rise: float) -> tuple[float, float]:
    yardstick = Yardstick.of_rating(10)
    seen: Counter[frozenset[Label] | None] = Counter()
    for _ in range(COURSES):
        days = session_days(rng, n)
        seen[family(read_trend(days, ratings(rng, days, rise), yardstick).label)] += 1
    return 100 * seen[UP] / COURSES, 100 * seen[DOWN] / COURSES
