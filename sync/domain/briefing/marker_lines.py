"""Sets a marker's first rating beside its latest, with its days, its curve and what may be said of it."""

from sync.domain.briefing.seen import Seen
from sync.domain.briefing.values import Curve, MarkerLine
from sync.domain.briefing.wording import Wording
from sync.domain.phrasing import counted
from sync.domain.progress.marker_readings import MarkerReading
from sync.domain.progress.markers import MarkerCourse, sparkline_text
from sync.domain.progress.page_keys import marker_key
from sync.domain.progress.sentences import Wall, sentence_of

FEWEST_FOR_CURVE = 3
LATEST_SPOKEN = 12
LONGEST_SPARK = 60
"""Characters: what fits a line of a plain-text mail."""


def marker_line(reading: MarkerReading, seen: Seen, *, spoken: bool, drawn: bool) -> MarkerLine:
    """One marker; `spoken` with the sentence that its rule allows, `drawn` with its curve."""
    wording, course = seen.wording, reading.ever
    values = tuple((point.evidence.starts_at, point.value) for point in course.points)
    drawn = drawn and course.n >= FEWEST_FOR_CURVE
    wall = Wall(wording.time.day, wording.time.month)
    return MarkerLine(
        name=wording.phrase(course.marker),
        values=_values(course),
        scale=_scale(reading),
        span=_span(course, wording),
        spark=_spark(course) if drawn else "",
        alternative=_spoken(course, wording),
        curve=Curve(values, course.scale) if drawn else None,
        evidence=tuple(point.evidence for point in course.points),
        said=wording.phrase(sentence_of(reading, wall, at_risk=seen.at_risk)) if spoken else "",
        key=marker_key(reading) if spoken else "",
    )


def _scale(reading: MarkerReading) -> str:
    """The end of the scale, which way is better where that is known, and how many ratings."""
    better = {True: ", higher is better", False: ", lower is better", None: ""}[reading.higher_is_better]
    return f"of {reading.ever.scale:g}{better} · {counted(reading.ever.n, 'rating')}"


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
