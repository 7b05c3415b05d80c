"""Sets a marker's first rating beside its latest, as plain numbers: no verb, no verdict."""

from collections.abc import Sequence

from sync.domain.briefing.values import Curve, MarkerLine
from sync.domain.briefing.wording import Wording
from sync.domain.phrasing import counted, listed
from sync.domain.progress.markers import MarkerCourse, sparkline_text

MOST_MARKERS = 3
FEWEST_FOR_CURVE = 3
LATEST_SPOKEN = 12
LONGEST_SPARK = 60
"""Characters: what fits a line of a plain-text mail."""


def compose_markers(courses: Sequence[MarkerCourse], wording: Wording) -> tuple[MarkerLine, ...]:
    """One line for each of the first three courses, which come most recently rated first."""
    return tuple(_marker(course, wording) for course in courses[:MOST_MARKERS])


def name_further_markers(courses: Sequence[MarkerCourse], wording: Wording) -> str:
    """The latest values of what there was no room for, or nothing."""
    further = [
        f"{wording.phrase(course.marker)} {course.latest.value:g}/{course.scale:g}"
        for course in courses[MOST_MARKERS:]
    ]
    return f"Also rated: {listed(further)}." if further else ""


def _marker(course: MarkerCourse, wording: Wording) -> MarkerLine:
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
