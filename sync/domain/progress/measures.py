"""Reads what a client's questionnaires gave over time: each course, and what changed in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from statistics import median

from sync.domain.progress.evidence import Evidence
from sync.domain.progress.instruments.totals import SRS, SRS_WORTH_TALKING_OVER
from sync.domain.progress.instruments.values import Instrument
from sync.domain.progress.marker_readings import LOOKED_BACK, MarkerReading
from sync.domain.progress.markers import MarkerCourse, MarkerPoint
from sync.domain.progress.reliable_change import Change, change_between
from sync.domain.progress.trends import Yardstick, read_trend


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """One questionnaire, answered on a day of the practitioner's calendar.

    Without `answers` only the total is known; an answer that was left out is None. `session` is the one it
    was answered in or for. What is voided counts no more. `version` is the form's, as it was then.
    """

    id: str
    instrument: Instrument
    version: str
    taken_on: date
    total: float
    answers: tuple[int | None, ...] | None
    session: Evidence | None
    entered_at: datetime
    voided_at: datetime | None = None
    void_reason: str | None = None


@dataclass(frozen=True, slots=True)
class MeasureReading:
    """A questionnaire's results, oldest first and never empty, and what may be said of the way between.

    The changes are None of a single result. `course` is the same as ratings with their trend, one a day;
    it is None of what no trend is told of.
    """

    instrument: Instrument
    results: tuple[MeasureResult, ...]
    since_first: Change | None
    since_previous: Change | None
    course: MarkerReading | None

    @property
    def first(self) -> MeasureResult:
        """The first result."""
        return self.results[0]

    @property
    def latest(self) -> MeasureResult:
        """The latest result."""
        return self.results[-1]


def read_measures(results: Iterable[MeasureResult]) -> tuple[MeasureReading, ...]:
    """Every questionnaire in `results` of one client, the one answered last first; nothing that is voided."""
    by_instrument: dict[str, list[MeasureResult]] = defaultdict(list)
    for result in in_order(results):
        by_instrument[result.instrument.name].append(result)
    readings = [_read(tuple(course)) for course in by_instrument.values()]
    return tuple(sorted(readings, key=lambda reading: reading.latest.taken_on, reverse=True))


def in_order(results: Iterable[MeasureResult]) -> list[MeasureResult]:
    """The results that count, oldest first; of one day in the order they were entered."""
    return sorted(
        (each for each in results if each.voided_at is None),
        key=lambda each: (each.taken_on, each.entered_at),
    )


def low_alliance_days(results: Iterable[MeasureResult]) -> list[date]:
    """The days on which the session itself was rated low: an SRS below 36."""
    return [
        each.taken_on
        for each in in_order(results)
        if each.instrument.name == SRS.name and each.total < SRS_WORTH_TALKING_OVER
    ]


def _read(results: tuple[MeasureResult, ...]) -> MeasureReading:
    instrument, latest = results[0].instrument, results[-1].total
    several = len(results) > 1
    return MeasureReading(
        instrument=instrument,
        results=results,
        since_first=change_between(instrument, results[0].total, latest) if several else None,
        since_previous=change_between(instrument, results[-2].total, latest) if several else None,
        course=_course(instrument, results),
    )


def _course(instrument: Instrument, results: Sequence[MeasureResult]) -> MarkerReading | None:
    if instrument.reliable_change is None:
        return None
    by_day: dict[date, list[float]] = defaultdict(list)
    for result in results:
        by_day[result.taken_on].append(result.total)
    ever = [MarkerPoint(median(totals), Evidence("", _noon(day))) for day, totals in by_day.items()]
    latest_at = ever[-1].evidence.starts_at
    points = [point for point in ever if latest_at - point.evidence.starts_at <= LOOKED_BACK]
    ends = instrument.lowest + instrument.highest
    values = [point.value if instrument.higher_is_better else ends - point.value for point in points]
    days = [float((point.evidence.starts_at - points[0].evidence.starts_at).days) for point in points]
    yardstick = Yardstick.of_measure(instrument.span, instrument.reliable_change.points)
    return MarkerReading(
        ever=MarkerCourse(instrument.name, ends, tuple(ever)),
        course=MarkerCourse(instrument.name, ends, tuple(points)),
        higher_is_better=instrument.higher_is_better,
        trend=read_trend(days, values, yardstick),
    )


def _noon(day: date) -> datetime:
    """A moment that stands for a day; only its date is ever said."""
    return datetime.combine(day, time(12), UTC)
