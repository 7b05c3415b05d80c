"""Follows each rated marker from its first value to its latest, and draws its course in text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import Rating, WrittenNote
from sync.domain.progress.definitions import MarkerDefinition
from sync.domain.progress.evidence import Evidence, evidence_of

_RECENT_NOTES = 5
_BARS = "▁▂▃▄▅▆▇█"

MarkerKey = tuple[str, float]
"""What makes ratings comparable: the label, case and spaces aside, and the scale."""


@dataclass(frozen=True, slots=True)
class MarkerPoint:
    """One session's value of a marker: the median where its note rates it more than once."""

    value: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class MarkerCourse:
    """A marker over time, oldest point first, spelled as it was last. Never empty."""

    marker: str
    scale: float
    points: tuple[MarkerPoint, ...]

    @property
    def first(self) -> MarkerPoint:
        """The first rated session."""
        return self.points[0]

    @property
    def latest(self) -> MarkerPoint:
        """The latest rated session."""
        return self.points[-1]

    @property
    def n(self) -> int:
        """In how many sessions it was rated."""
        return len(self.points)


def first_and_latest(course: MarkerCourse) -> str:
    """`first 3, latest 6 of 10`: single ratings, not to be taken for medians."""
    first = "" if course.n == 1 else f"first {course.first.value:g}, latest "
    return f"{first}{course.latest.value:g} of {course.scale:g}"


def markers_then_and_now(notes: Sequence[WrittenNote]) -> tuple[MarkerCourse, ...]:
    """The course of every marker rated in `notes` of one client; most recently rated first, then by n.

    The same label on another scale is another marker: six of ten and six of seven do not compare.
    """
    values: dict[MarkerKey, dict[Evidence, list[float]]] = {}
    spelling: dict[MarkerKey, str] = {}
    for note, rating in _ratings(notes):
        key = marker_key(rating)
        values.setdefault(key, {}).setdefault(evidence_of(note), []).append(rating.value)
        spelling[key] = rating.marker
    courses = [
        MarkerCourse(spelling[key], key[1], tuple(MarkerPoint(median(v), e) for e, v in sessions.items()))
        for key, sessions in values.items()
    ]
    return tuple(sorted(courses, key=_most_recent_first))


def markers_to_rate(
    notes: Sequence[WrittenNote], definitions: Sequence[MarkerDefinition] = ()
) -> tuple[str, ...]:
    """The labels for the next stub: what is followed for the client, then what was rated in the last five
    notes, latest note first, as last spelled. What is retired is never asked for.
    """
    latest_first = reversed(oldest_first(notes)[-_RECENT_NOTES:])
    labels = {label_key(each.name): each.name for each in _followed(definitions)}
    retired = {label_key(each.name) for each in definitions} - set(labels)
    for note in latest_first:
        for rating in note.reading.ratings:
            labels.setdefault(marker_key(rating)[0], rating.marker)
    return tuple(label for key, label in labels.items() if key not in retired)


def scales_to_rate(
    notes: Sequence[WrittenNote], definitions: Sequence[MarkerDefinition] = ()
) -> dict[str, float]:
    """The scale of each label that `markers_to_rate` gives: as it is followed, else as last rated."""
    last = {marker_key(rating)[0]: rating.scale for _, rating in _ratings(notes)}
    last |= {label_key(each.name): each.scale for each in _followed(definitions)}
    return {label: last[label_key(label)] for label in markers_to_rate(notes, definitions)}


def _followed(definitions: Sequence[MarkerDefinition]) -> list[MarkerDefinition]:
    return [each for each in definitions if each.retired_at is None]


def marker_key(rating: Rating) -> MarkerKey:
    """The marker a rating belongs to."""
    return label_key(rating.marker), rating.scale


def resampled(values: Sequence[float], width: int) -> list[float]:
    """`values` in at most `width` (three or more): the first, medians of equal stretches, and the last."""
    if len(values) <= width:
        return list(values)
    between, stretches = values[1:-1], width - 2
    cuts = [len(between) * at // stretches for at in range(stretches + 1)]
    return [values[0], *(median(between[start:end]) for start, end in pairwise(cuts)), values[-1]]


def sparkline_text(values: Sequence[float], scale: float) -> str:
    """`values`, oldest first, as bars between nothing and `scale`: `▂▅█`."""
    highest = len(_BARS) - 1
    return "".join(_BARS[min(highest, max(0, int(value / scale * highest + 0.5)))] for value in values)


def _ratings(notes: Sequence[WrittenNote]) -> Iterator[tuple[WrittenNote, Rating]]:
    for note in oldest_first(notes):
        for rating in note.reading.ratings:
            yield note, rating


def label_key(label: str) -> str:
    """By what a label is known again: case and spaces make no difference."""
    return " ".join(label.casefold().split())


def _most_recent_first(course: MarkerCourse) -> tuple[float, int, str, float]:
    return -course.latest.evidence.starts_at.timestamp(), -course.n, course.marker.casefold(), course.scale
