"""Lets what was added to a signed note count with it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sync.domain.notes.values import AddendumReading, NoteReading, Rating, WrittenNote
from sync.domain.progress.markers import marker_key


def with_addenda(note: WrittenNote, addenda: Sequence[AddendumReading]) -> WrittenNote:
    """`note` with what its `addenda`, oldest first, say as well.

    Of a marker rated again the last rating stands, since it is the later word on the same hour; risk
    statements and plans are kept one below the other, the note's own first, and so is all else. A risk
    statement that is repeated to the letter stands once.
    Sections, sentences and quotes stay the note's own: their places are places in its text.
    """
    if not addenda:
        return note
    all_of = [note.reading, *(each.reading for each in addenda)]
    reading = replace(
        note.reading,
        ratings=_last_ratings(all_of),
        themes=tuple(dict.fromkeys(theme for one in all_of for theme in one.themes)),
        tasks=tuple(task for one in all_of for task in one.tasks),
        risk="\n".join(dict.fromkeys(one.risk for one in all_of if one.risk)) or None,
        plan="\n\n".join(filter(None, (one.plan for one in all_of))) or None,
        bring_up=tuple(text for one in all_of for text in one.bring_up),
        interventions=tuple(done for one in all_of for done in one.interventions),
        goals=tuple(words for one in all_of for words in one.goals),
        not_understood=tuple(line for one in all_of for line in one.not_understood),
    )
    return replace(note, reading=reading, addenda=tuple(addenda))


def risk_added_at(note: WrittenNote) -> datetime | None:
    """When the last of the addenda that say something of risk was written (UTC)."""
    return next((each.written_at for each in reversed(note.addenda) if each.reading.risk), None)


def _last_ratings(readings: Iterable[NoteReading]) -> tuple[Rating, ...]:
    """Every rating, but of a marker that a later text rates too only what that text says."""
    kept: tuple[Rating, ...] = ()
    for reading in readings:
        again = {marker_key(rating) for rating in reading.ratings}
        kept = (*(rating for rating in kept if marker_key(rating) not in again), *reading.ratings)
    return kept
