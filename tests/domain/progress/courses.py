"""Simulated courses of ratings: whole numbers from 0 to 10, mostly a week apart, with some carry-over."""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from random import Random

LEVEL = 5.0
CARRY_OVER = 0.3
"""From one week to the next; less over a longer gap (autoregressive, of first order, in real time)."""

GAPS = 0.2

LIMITS: dict[int, tuple[float, float, float]] = {
    6: (3.5, 3.0, 40),
    10: (6, 6, 67),
    20: (5.5, 6.5, 81),
    40: (5, 5, 90),
}
"""By number of ratings, in per cent: false labels up and down at most, a rise of three found at least."""


def session_days(rng: Random, n: int) -> list[float]:
    """`n` session days: a week apart, one time in five two to five weeks."""
    days = [0.0]
    while len(days) < n:
        days.append(days[-1] + 7 * (rng.randint(2, 5) if rng.random() < GAPS else 1))
    return days


def ratings(rng: Random, days: Sequence[float], rise: float = 0.0, noise: float = 1.0) -> list[float]:
    """A rating for each day around a level that rises by `rise` in all; `noise` is a standard deviation."""
    off = rng.gauss(0, noise)
    made = [_rated(LEVEL - rise / 2 + off)]
    for number, (before, day) in enumerate(pairwise(days), 1):
        carried = CARRY_OVER ** ((day - before) / 7)
        off = carried * off + rng.gauss(0, noise * sqrt(1 - carried**2))
        made.append(_rated(LEVEL + rise * (number / (len(days) - 1) - 0.5) + off))
    return made


def _rated(level: float) -> float:
    return float(min(10, max(0, round(level))))
