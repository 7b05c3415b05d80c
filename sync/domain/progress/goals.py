"""Follows what a client works towards: when each goal was last worked on, and how its markers moved.

A note works on a goal where one of its lines names it, or where it used an intervention that points to it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.labels import without_bullet
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.evidence import Evidence, evidence_of
from sync.domain.progress.marker_readings import MarkerReading
from sync.domain.progress.markers import MarkerCourse, label_key

UNTOUCHED = 6
"""From how many sessions on without it an open goal is a thread to pick up; that is no fault of anybody's."""

_BEFORE_WORDS = " \t\xa0-*+•·>#_.,;:()0123456789"
"""What may stand before the first word of a line or of a goal."""

_FEWEST_WORDS = 2
"""Of a goal's first words, to be known by on a line of their own."""


class GoalState(StrEnum):
    """Where a goal stands."""

    OPEN = "open"
    MET = "met"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Goal:
    """What a client works towards, in one line, since a day; `closed_on` when it was met or set aside.

    `markers` and `interventions` point to it, by name.
    """

    id: str
    text: str
    since: date
    markers: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    state: GoalState = GoalState.OPEN
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class GoalReading:
    """A goal with the notes that work on it, oldest first, and its markers' courses since it was set.

    `number` counts the client's goals from one. `sessions_since` counts the notes after it was last worked
    on, or since it was set where it never was.
    """

    number: int
    goal: Goal
    worked_on: tuple[Evidence, ...]
    sessions_since: int
    markers: tuple[MarkerCourse, ...]

    @property
    def is_untouched(self) -> bool:
        """Whether it is open and has been left for long."""
        return self.goal.state is GoalState.OPEN and self.sessions_since >= UNTOUCHED


def read_goals(
    goals: Sequence[Goal],
    notes: Sequence[WrittenNote],
    markers: Sequence[MarkerReading],
    day_of: Callable[[datetime], date],
) -> tuple[GoalReading, ...]:
    """Each of one client's goals in order; `day_of` gives the day of a moment where her therapist is."""
    in_order = oldest_first(notes) if goals else []
    beginnings = tuple({_first_word(goal.text) for goal in goals})
    mentions = [_Mentions.of(note, goals, beginnings) for note in in_order]
    return tuple(
        _read(
            number,
            goal,
            [each for each in mentions if day_of(each.note.starts_at) >= goal.since],
            tuple(_since_set(goal, markers, day_of)),
        )
        for number, goal in enumerate(goals, 1)
    )


def _read(
    number: int, goal: Goal, since_set: Sequence["_Mentions"], markers: tuple[MarkerCourse, ...]
) -> GoalReading:
    at = [index for index, each in enumerate(since_set) if each.work_on(goal)]
    return GoalReading(
        number=number,
        goal=goal,
        worked_on=tuple(evidence_of(since_set[index].note) for index in at),
        sessions_since=len(since_set) - 1 - at[-1] if at else len(since_set),
        markers=markers,
    )


def _since_set(
    goal: Goal, markers: Sequence[MarkerReading], day_of: Callable[[datetime], date]
) -> Iterator[MarkerCourse]:
    """The courses of its markers from the day on which it was set."""
    own = set(map(label_key, goal.markers))
    for course in (marker.ever for marker in markers if label_key(marker.ever.marker) in own):
        points = tuple(point for point in course.points if day_of(point.evidence.starts_at) >= goal.since)
        if points:
            yield replace(course, points=points)


@dataclass(frozen=True, slots=True)
class _Mentions:
    """The goals that a note names, by id, and what it used."""

    note: WrittenNote
    named: frozenset[str]
    used: frozenset[str]

    @classmethod
    def of(cls, note: WrittenNote, goals: Sequence[Goal], beginnings: tuple[str, ...]) -> "_Mentions":
        lines = _lines(note, beginnings)
        named = (goal.id for words, is_labelled in lines for goal in meant(words, goals, is_labelled))
        used = (label_key(done.name) for done in note.reading.interventions)
        return cls(note, frozenset(named), frozenset(used))

    def work_on(self, goal: Goal) -> bool:
        return goal.id in self.named or not self.used.isdisjoint(map(label_key, goal.interventions))


def _lines(note: WrittenNote, beginnings: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """What might name a goal, and whether it stands behind `Goal:`.

    Only lines with one of the `beginnings` are looked at more closely: a course has tens of thousands.
    """
    yield from ((words, True) for words in note.reading.goals)
    for section in note.reading.sections:
        for line in section.text.splitlines():
            if line.lstrip(_BEFORE_WORDS).casefold().startswith(beginnings):
                yield without_bullet(line), False


def _first_word(text: str) -> str:
    return next(iter(text.lstrip(_BEFORE_WORDS).casefold().split()), "")


def meant(words: str, goals: Sequence[Goal], is_labelled: bool) -> list[Goal]:
    """The goals that these words mean: all that they begin with, else the one that begins with them."""
    key = _key(words)
    whole = [goal for goal in goals if _begins(key, _key(goal.text))]
    if whole or len(key.split()) < (1 if is_labelled else _FEWEST_WORDS):
        return whole
    begun = [goal for goal in goals if _begins(_key(goal.text), key)]
    return begun if len(begun) == 1 else []


def _key(words: str) -> str:
    return label_key(words).strip(" .,;:!?*_–—-")


def _begins(text: str, beginning: str) -> bool:
    """Whether `text` begins with all words of `beginning`."""
    return (
        bool(beginning)
        and text.startswith(beginning)
        and not text[len(beginning) : len(beginning) + 1].isalnum()
    )
