"""Puts what questionnaires gave into plain sentences: the totals, and whether their difference counts."""

from collections.abc import Callable
from datetime import date, datetime

from sync.domain.progress.instruments.values import Instrument
from sync.domain.progress.measures import MeasureReading, MeasureResult
from sync.domain.progress.reliable_change import Change, Crossed
from sync.domain.progress.scoring import band_of
from sync.domain.progress.sentences import Wall, sentence_of
from sync.domain.progress.trends import Label, Trend

Day = Callable[[date], str]
"""How a day is said."""


def measure_sentence(reading: MeasureReading, day: Day, *, at_risk: bool = False) -> str:
    """What is said of a questionnaire: then and now, the step before, and the trend where there is one.

    `at_risk`: something of risk is recorded, so nothing is called a usual part of the way.
    """
    said = [_then_and_now(reading, day)]
    if len(reading.results) > 2 and reading.since_previous is not None:
        before = reading.results[-2]
        said.append(
            f"Since the one before ({before.total:g} on {day(before.taken_on)}): "
            f"{change_words(reading.instrument, reading.since_previous)}."
        )
    if reading.course is not None and _adds(reading, reading.course.trend):
        said.append(sentence_of(reading.course, Wall(_of_day(day), _of_day(day)), at_risk=at_risk))
    return " ".join(said)


def _adds(reading: MeasureReading, trend: Trend | None) -> bool:
    """Whether the trend has something to say: that there is none would deny a reliable change beside it."""
    if trend is None or trend.label is Label.TOO_EARLY:
        return False
    changed = [each for each in (reading.since_first, reading.since_previous) if each and each.is_reliable]
    return trend.label is not Label.STEADY or not changed


def _of_day(day: Day) -> Callable[[datetime], str]:
    return lambda at: day(at.date())


def _then_and_now(reading: MeasureReading, day: Day) -> str:
    latest = reading.latest
    if reading.since_first is None:
        return f"Taken once, on {day(latest.taken_on)}: {total_words(latest)}."
    first = reading.first
    changed = change_words(reading.instrument, reading.since_first)
    return (
        f"{total_words(first)} on {day(first.taken_on)} → {total_words(latest)} on {day(latest.taken_on)}: "
        f"{changed}."
    )


def total_words(result: MeasureResult) -> str:
    """`13 (moderate)`."""
    band = band_of(result.instrument, result.total)
    return f"{result.total:g}" if band is None else f"{result.total:g} ({band})"


def change_words(instrument: Instrument, change: Change) -> str:
    """What lies between two totals, and on what ground it counts or does not."""
    if change.points == 0:
        return "no difference"
    size = abs(change.points)
    points = f"{size:g} point{'' if size == 1 else 's'} {'higher' if change.points > 0 else 'lower'}"
    ground = _ground(instrument)
    if change.is_reliable is None:
        return points
    if not change.is_reliable:
        return f"{points}, less than a reliable change ({ground})"
    return f"{points}, a reliable change for the {change.direction} ({ground}){_crossing(instrument, change)}"


def _ground(instrument: Instrument) -> str:
    """`6 or more, published`, or that it is provisional and why."""
    known = instrument.reliable_change
    if known is None:
        return "no reliable change is known"
    return f"{known.points:g} or more, {'provisional: ' if known.is_provisional else ''}{known.basis}"


def _crossing(instrument: Instrument, change: Change) -> str:
    if change.crossed is None or instrument.cut_off is None:
        return ""
    return f", and now {'in' if change.crossed is Crossed.INTO else 'out of'} the clinical range"
