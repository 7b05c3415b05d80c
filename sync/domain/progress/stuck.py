"""Notices where the same is done about the same and nothing moves; it asks, and knows no answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import NoteReading, WrittenNote
from sync.domain.phrasing import listed
from sync.domain.progress.evidence import Evidence, evidence_of
from sync.domain.progress.marker_readings import MarkerReading
from sync.domain.progress.markers import label_key
from sync.domain.progress.trends import Label

FEWEST = 6
"""In how many sessions without a break the same must have been there."""

_FLAT = frozenset({Label.STEADY, Label.TOO_EARLY})
_MOST_MARKERS = 3


@dataclass(frozen=True, slots=True)
class Stuck:
    """A theme with one intervention in each of the latest `sessions`, oldest first; `level` markers."""

    theme: str
    intervention: str
    sessions: tuple[Evidence, ...]
    level: tuple[str, ...]


def stuck_on(notes: Sequence[WrittenNote], readings: Sequence[MarkerReading]) -> tuple[Stuck, ...]:
    """Where the latest six sessions or more have one theme and one intervention, and no marker moves.

    A marker that goes up and down moves, too; one that nobody gave a direction says nothing either way.
    """
    if any(_moves(reading) for reading in readings):
        return ()
    latest_first = oldest_first(notes)[::-1]
    level = tuple(
        reading.ever.marker
        for reading in readings
        if reading.trend is not None and reading.trend.label is Label.STEADY
    )
    last = latest_first[0].reading if latest_first else NoteReading()
    runs = [
        Stuck(theme, done.name, _run(latest_first, theme, label_key(done.name)), level)
        for theme in last.themes
        for done in last.interventions
    ]
    lasting = (stuck for stuck in runs if len(stuck.sessions) >= FEWEST)
    return tuple(sorted(lasting, key=lambda stuck: -len(stuck.sessions)))


def _run(latest_first: Sequence[WrittenNote], theme: str, intervention: str) -> tuple[Evidence, ...]:
    """The latest sessions without a break that have both, oldest first."""
    having = takewhile(lambda note: _has(note, theme, intervention), latest_first)
    return tuple(evidence_of(note) for note in having)[::-1]


def stuck_words(stuck: Stuck) -> str:
    """The sentence, worded as a question for supervision."""
    if not stuck.level:
        rated = "no marker is rated often enough to show a movement"
    else:
        verb = "has" if len(stuck.level) == 1 else "have"
        rated = f"{listed(stuck.level[:_MOST_MARKERS])} {verb} shown no trend"
    return (
        f"{stuck.theme} has been there in each of the last {len(stuck.sessions)} sessions, every time with "
        f"{stuck.intervention}; {rated}. A question for supervision: what keeps it so, and what is untried?"
    )


def _moves(reading: MarkerReading) -> bool:
    if reading.trend is None:
        return False
    return reading.trend.label not in _FLAT or reading.fell_from is not None


def _has(note: WrittenNote, theme: str, intervention: str) -> bool:
    return theme in note.reading.themes and any(
        label_key(done.name) == intervention for done in note.reading.interventions
    )
