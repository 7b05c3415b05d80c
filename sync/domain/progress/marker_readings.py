"""Reads each marker's course: how it was then, how it is now, and what may be said of the way between."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sync.domain.notes.values import WrittenNote
from sync.domain.progress.markers import MarkerCourse, MarkerPoint, markers_then_and_now
from sync.domain.progress.trends import Trend, Yardstick, family, read_trend

LOOKED_BACK = timedelta(days=548)
"""Eighteen months: what is older is another chapter."""

_A_DAY = timedelta(days=1)

Better = Callable[[str, float], bool | None]
"""Whether more of a marker, by its label and its scale, is better; None where nobody has said so."""


@dataclass(frozen=True, slots=True)
class MarkerReading:
    """A marker's course and what it says. Without knowing which way is better nothing is said of it.

    `course` is what was looked at, `ever` the whole.
    """

    ever: MarkerCourse
    course: MarkerCourse
    higher_is_better: bool | None
    trend: Trend | None = None

    def shown(self, turned: float) -> float:
        """A value of the trend as it was rated, whichever way is better."""
        return turned if self.higher_is_better else self.course.scale - turned


def read_markers(notes: Sequence[WrittenNote], better: Better) -> tuple[MarkerReading, ...]:
    """Every marker rated in `notes` of one client: first what moved most, then the most recently rated."""
    readings = [_read(course, better(course.marker, course.scale)) for course in markers_then_and_now(notes)]
    return tuple(sorted(readings, key=_most_moved_first))


def _most_moved_first(reading: MarkerReading) -> float:
    """By the size of the change beside what counts as one; the sort keeps the order of equals."""
    trend = reading.trend
    if trend is None or family(trend.label) is None:
        return 0.0
    return -abs(trend.change) / trend.threshold


def _read(ever: MarkerCourse, higher_is_better: bool | None) -> MarkerReading:
    from_then = ever.latest.evidence.starts_at - LOOKED_BACK
    points = tuple(point for point in ever.points if point.evidence.starts_at >= from_then)
    course = MarkerCourse(ever.marker, ever.scale, points)
    if higher_is_better is None:
        return MarkerReading(ever, course, None)
    days = [_days(points[0], point) for point in points]
    values = [point.value if higher_is_better else course.scale - point.value for point in points]
    trend = read_trend(days, values, Yardstick.of_rating(course.scale))
    return MarkerReading(ever, course, higher_is_better, trend)


def _days(first: MarkerPoint, point: MarkerPoint) -> float:
    return (point.evidence.starts_at - first.evidence.starts_at) / _A_DAY
