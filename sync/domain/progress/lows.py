"""Finds the days of a lower stretch, near which a missed appointment is worth a word (flag A7)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from sync.domain.progress.marker_readings import MarkerReading
from sync.domain.progress.measures import MeasureResult, low_alliance_days
from sync.domain.progress.trends import DOWN, family


def low_days(
    markers: Sequence[MarkerReading], results: Iterable[MeasureResult], day_of: Callable[[datetime], date]
) -> list[date]:
    """The days on which a confirmed downward label stands, and those on which the session was rated low."""
    fallen = [
        day_of(marker.course.latest.evidence.starts_at)
        for marker in markers
        if marker.trend and marker.trend.confirmed and family(marker.trend.label) == DOWN
    ]
    return [*fallen, *low_alliance_days(results)]
