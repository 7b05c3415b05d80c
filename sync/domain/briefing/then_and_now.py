"""Sets a marker's first rating beside its latest, and says what its rule allows, where that is due."""

from collections.abc import Sequence

from sync.domain.briefing.values import Curve, MarkerLine
from sync.domain.briefing.wording import Wording
from sync.domain.phrasing import counted, listed
from sync.domain.progress.marker_readings import MarkerReading, held_before
from sync.domain.progress.markers import MarkerCourse, sparkline_text
from sync.domain.progress.repeats import is_due
from sync.domain.progress.sentences import Wall, sentence_of

MOST_MARKERS = 3
FEWEST_FOR_CURVE = 3
LATEST_SPOKEN = 12
LONGEST_SPARK = 60
"""Characters: what fits a line of a plain-text mail."""


def compose_markers(
    readings: Sequence[MarkerReading], wording: Wording, *, at_risk: bool
) -> tuple[MarkerLine, ...]:
    """One line for each of three: what is lower now first, then what moved most.

    A marker that is lower now is spoken of every time; of the others one, if it is confirmed and was not
    said in the last four sessions.
    """
    chosen = _most_telling(readings)
    spoken = next((each for each in chosen if not each.is_lower_now and _is_news(each)), None)
    wall = Wall(wording.time.day, wording.time.month)
    return tuple(
        _marker(
            reading.ever,
            wording,
            sentence_of(reading, wall, at_risk=at_risk) if reading.is_lower_now or reading is spoken else "",
        )
        for reading in chosen[:MOST_MARKERS]
    )


def name_further_markers(readings: Sequence[MarkerReading], wording: Wording) -> str:
    """The latest values of what there was no room for, or nothing."""
    further = [
        f"{wording.phrase(each.ever.marker)} {each.ever.latest.value:g}/{each.ever.scale:g}"
        for each in _most_telling(readings)[MOST_MARKERS:]
    ]
    return f"Also rated: {listed(further)}." if further else ""


def _most_telling(readings: Sequence[MarkerReading]) -> list[MarkerReading]:
    return sorted(readings, key=lambda reading: not reading.is_lower_now)


def _is_news(reading: MarkerReading) -> bool:
    """Whether a confirmed direction stands that was not said in the last four sessions, or one has ended."""
    trend = reading.trend
    if trend is None:
        return False
    confirmed = trend.confirmed and is_due((trend.label, True), held_before(reading))
    return confirmed or trend.taken_back is not None


def _marker(course: MarkerCourse, wording: Wording, said: str) -> MarkerLine:
    values = tuple((point.evidence.starts_at, point.value) for point in course.points)
    enough = course.n >= FEWEST_FOR_CURVE
    return MarkerLine(
        name=wording.phrase(course.marker),
        values=_values(course),
        scale=f"of {course.scale:g} · {counted(course.n, 'rating')}",
        span=_span(course, wording),
        spark=_spark(course) if enough else "",
        alternative=_spoken(course, wording),
        curve=Curve(values, course.scale) if enough else None,
        evidence=tuple(point.evidence for point in course.points),
        said=wording.phrase(said),
    )


def _values(course: MarkerCourse) -> str:
    latest = f"{course.latest.value:g}"
    return latest if course.n == 1 else f"{course.first.value:g} → {latest}"


def _span(course: MarkerCourse, wording: Wording) -> str:
    latest = wording.time.day(course.latest.evidence.starts_at)
    if course.n == 1:
        return latest
    return f"{wording.time.day(course.first.evidence.starts_at)} → {latest}"


def _spark(course: MarkerCourse) -> str:
    return sparkline_text([point.value for point in course.points[-LONGEST_SPARK:]], course.scale)


def _spoken(course: MarkerCourse, wording: Wording) -> str:
    """What stands in for the curve where it is not seen."""
    values = ", ".join(f"{point.value:g}" for point in course.points[-LATEST_SPOKEN:])
    which = "ratings" if course.n <= LATEST_SPOKEN else f"latest {LATEST_SPOKEN} ratings"
    return f"{wording.phrase(course.marker)}, {which} in order: {values}"
