"""Says of a goal since when, when it was last worked on, and how its markers were then and are now."""

from collections.abc import Callable
from datetime import date, datetime

from sync.domain.phrasing import counted
from sync.domain.progress.goals import GoalReading, GoalState
from sync.domain.progress.markers import MarkerCourse, first_and_latest

_CLOSED = {GoalState.MET: "met", GoalState.SET_ASIDE: "set aside"}


def goal_sentence(
    reading: GoalReading, day: Callable[[datetime], str], date_words: Callable[[date], str]
) -> str:
    """`Since 3 March; last worked on 2 June. Panic since it was set: first 7, latest 4 of 10.`"""
    parts = [f"Since {date_words(reading.goal.since)}"]
    if reading.goal.closed_on is not None:
        parts.append(f"{_CLOSED[reading.goal.state]} on {date_words(reading.goal.closed_on)}")
    parts.append(_worked_on(reading, day))
    markers = [_since_set(course) for course in reading.markers]
    return ". ".join(["; ".join(parts), *markers]) + "."


def _worked_on(reading: GoalReading, day: Callable[[datetime], str]) -> str:
    ago = f", {counted(reading.sessions_since, 'session')} ago" if reading.is_untouched else ""
    if reading.worked_on:
        return f"last worked on {day(reading.worked_on[-1].starts_at)}{ago}"
    return (
        f"not named in {counted(reading.sessions_since, 'note')} so far" if reading.sessions_since else "new"
    )


def _since_set(course: MarkerCourse) -> str:
    return f"{course.marker} since it was set: {first_and_latest(course)}"
