"""Reads each marker's course: how it was then, how it is now, and what may be said of the way between."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sync.domain.notes.values import WrittenNote
from sync.domain.progress.dips import dips_that_passed, sudden_low
from sync.domain.progress.markers import MarkerCourse, markers_then_and_now
from sync.domain.progress.trends import UP, Label, Trend, Yardstick, family, read_trend
from sync.domain.progress.turning_points import turning_point

LOOKED_BACK = timedelta(days=548)
"""Eighteen months: what is older is another chapter."""

_A_DAY = timedelta(days=1)

Better = Callable[[str, float], bool | None]
"""Whether more of a marker, by its label and its scale, is better; None where nobody has said so."""


_DIPPED = frozenset({Label.LOWER_SPELL, Label.SETBACK})


@dataclass(frozen=True, slots=True)
class MarkerReading:
    """A marker's course and what it says. Without knowing which way is better nothing is said of it.

    `course` is what was looked at, `ever` the whole. `turned_at` is when a confirmed shift began, where
    there are enough ratings to say so; `passed_dips` counts earlier stretches like the present lower one
    that passed; `fell_from` is what was usual before the latest rating fell to the worst end of the scale.
    """

    ever: MarkerCourse
    course: MarkerCourse
    higher_is_better: bool | None
    trend: Trend | None = None
    turned_at: datetime | None = None
    passed_dips: int = 0
    fell_from: float | None = None

    @property
    def is_lower_now(self) -> bool:
        """Whether something in it is lower at present than it was: said plainly, every time."""
        lower = _DIPPED | {Label.WORSENING}
        return self.fell_from is not None or (self.trend is not None and self.trend.label in lower)

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
    days, values = _turned(course, higher_is_better)
    yardstick = Yardstick.of_rating(course.scale)
    trend = read_trend(days, values, yardstick)
    turned = _shift(trend, days, values) if trend.confirmed else None
    return MarkerReading(
        ever,
        course,
        higher_is_better,
        trend,
        turned_at=None if turned is None else points[turned].evidence.starts_at,
        passed_dips=dips_that_passed(values, yardstick) if trend.label in _DIPPED else 0,
        fell_from=sudden_low(values, course.scale),
    )


def held_before(reading: MarkerReading) -> Iterator[tuple[Label, bool]]:
    """The label at each earlier rating and whether it was confirmed; the latest first, made on demand."""
    if reading.higher_is_better is None:
        return
    days, values = _turned(reading.course, reading.higher_is_better)
    yardstick = Yardstick.of_rating(reading.course.scale)
    for n in range(len(values) - 1, 0, -1):
        trend = read_trend(days[:n], values[:n], yardstick)
        yield trend.label, trend.confirmed


def _shift(trend: Trend, days: Sequence[float], values: Sequence[float]) -> int | None:
    """The first value of the new level, where the step goes the way of the trend."""
    at = turning_point(days, values)
    if at is None:
        return None
    before, after = median(values[:at]), median(values[at:])
    goes_with_it = after > before if trend.label in UP else after < before
    return at if goes_with_it else None


def _turned(course: MarkerCourse, higher_is_better: bool) -> tuple[list[float], list[float]]:
    """Days since the first rating, and the values turned so that higher is better."""
    first, scale = course.first.evidence.starts_at, course.scale
    days = [(point.evidence.starts_at - first) / _A_DAY for point in course.points]
    return days, [point.value if higher_is_better else scale - point.value for point in course.points]
