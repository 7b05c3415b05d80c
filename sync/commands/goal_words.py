"""How a client's goals are told of beside the markers, on a terminal and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from sync.commands.showing import rfc3339
from sync.domain.briefing.moments import LocalTime
from sync.domain.progress.goal_sentences import goal_sentence
from sync.domain.progress.goals import GoalReading, GoalState
from sync.domain.progress.markers import MarkerCourse


def goal_lines(goals: Sequence[GoalReading], time: LocalTime) -> Iterator[tuple[str, str] | None]:
    """Each goal that is open or was met, with what leads it; None is an empty line."""
    shown = [reading for reading in goals if reading.goal.state is not GoalState.SET_ASIDE]
    if shown:
        yield None
    for number, reading in enumerate(shown):
        yield reading.goal.text, "            " if number else "Goals       "
        yield goal_sentence(reading, time.day, time.date), "              "


def goal_json(reading: GoalReading, time: LocalTime) -> dict[str, Any]:
    """A goal as an object, with the sessions that worked on it."""
    goal = reading.goal
    return {
        "number": reading.number,
        "text": goal.text,
        "since": goal.since.isoformat(),
        "state": goal.state,
        "closed_on": None if goal.closed_on is None else goal.closed_on.isoformat(),
        "last_worked_on": rfc3339(reading.worked_on[-1].starts_at) if reading.worked_on else None,
        "sessions_since": reading.sessions_since,
        "untouched": reading.is_untouched,
        "markers": [_course_json(course) for course in reading.markers],
        "interventions": list(goal.interventions),
        "sentence": goal_sentence(reading, time.day, time.date),
        "evidence": [
            {"session_id": each.session_id, "date": rfc3339(each.starts_at)} for each in reading.worked_on
        ],
    }


def _course_json(course: MarkerCourse) -> dict[str, Any]:
    return {
        "name": course.marker,
        "scale": course.scale,
        "first": {"value": course.first.value, "date": rfc3339(course.first.evidence.starts_at)},
        "latest": {"value": course.latest.value, "date": rfc3339(course.latest.evidence.starts_at)},
    }
