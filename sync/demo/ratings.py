"""Rates a marker in one week of the sample: its course, with noise from a fixed seed."""

from itertools import pairwise
from random import Random

from sync.demo.sample import SampleMarker


def rating_in(marker: SampleMarker, week: int, seed: str) -> int | None:
    """The whole-number rating of `week`; None before the marker was first rated. Equal seeds rate alike."""
    value = _course_in(marker, week)
    if value is None:
        return None
    chance = Random(f"{seed} {marker.name} {week}")  # noqa: S311  # the same in every run
    return min(marker.scale, max(0, round(value + chance.gauss(0, marker.noise))))


def _course_in(marker: SampleMarker, week: int) -> float | None:
    """The value on the line between the corners around `week`; beyond the last corner it stays."""
    if week > marker.course[0][0]:
        return None
    for (earlier, before), (later, after) in pairwise(marker.course):
        if earlier >= week >= later:
            return before + (after - before) * (earlier - week) / (earlier - later)
    return marker.course[-1][1]
