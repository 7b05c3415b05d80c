"""The last session in two lines, in the therapist's own words."""

from collections.abc import Sequence

from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.formats import (
    ASSESSMENT,
    BRING_UP,
    FREE_TEXT,
    INTERVENTIONS,
    OBSERVATIONS,
    PLAN,
    PRESENTATION,
    RESPONSE,
)
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.excerpts import Excerpt

MOST_LINES = 2
_TELLING = 4

_SOURCES = (
    (BRING_UP,),
    (PLAN,),
    (ASSESSMENT, RESPONSE),
    (PRESENTATION, FREE_TEXT, OBSERVATIONS, INTERVENTIONS),
)
"""Where a line is taken from, the first that has one first: what is to be brought up, what is planned,
what was made of it, and how the report begins."""


def last_session(notes: Sequence[WrittenNote]) -> tuple[Excerpt, ...]:
    """A sentence of each of the two first sources that the last note has; empty where it has none.

    It is the first of at least four words, or the first. It is given whole, whatever its length: half of it
    might say the contrary.
    """
    if not notes:
        return ()
    last = oldest_first(notes)[-1]
    lines = []
    for fields in _SOURCES:
        said = [s for f in fields for s in last.reading.sentences if s.field == f]
        if said:
            telling = (s for s in said if len(s.text.split()) >= _TELLING)
            lines.append(Excerpt.of(last, next(telling, said[0])))
    return tuple(lines[:MOST_LINES])
