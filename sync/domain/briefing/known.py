"""What is known of somebody new: what they came for, what was measured, how the first note begins."""

from collections.abc import Iterator

from sync.domain.briefing.agreed import ITEM_LIMIT
from sync.domain.briefing.seen import Seen
from sync.domain.briefing.values import Line
from sync.domain.notes.formats import FREE_TEXT, PRESENTATION
from sync.domain.progress.evidence import evidence_of
from sync.domain.progress.goals import GoalState
from sync.domain.progress.measure_sentences import total_words

MOST = 3
_HOW_IT_BEGAN = frozenset({PRESENTATION, FREE_TEXT})


def compose_known(seen: Seen) -> tuple[Line, ...]:
    """Goals, questionnaires and the first note's first sentence, while there is no long view yet."""
    return (*_goals(seen), *_measured(seen), *_first_note(seen)) if seen.is_short else ()


def _goals(seen: Seen) -> Iterator[Line]:
    for reading in [each for each in seen.goals if each.goal.state is GoalState.OPEN][:MOST]:
        since = f"since {seen.wording.time.date(reading.goal.since)}"
        yield Line(f"Goal: {seen.wording.phrase(reading.goal.text)}", reading.worked_on, since)


def _measured(seen: Seen) -> Iterator[Line]:
    for reading in seen.measures[:MOST]:
        first, latest, day = reading.first, reading.latest, seen.wording.time.date
        if first is latest:
            totals, days = total_words(latest), day(latest.taken_on)
        else:
            totals = f"{total_words(first)} → {total_words(latest)}"
            days = f"{day(first.taken_on)} → {day(latest.taken_on)}"
        evidence = tuple(
            each.session for each in {first.id: first, latest.id: latest}.values() if each.session
        )
        yield Line(f"{reading.instrument.name}: {totals}", evidence, days)


def _first_note(seen: Seen) -> Iterator[Line]:
    """Of the first note, unless that is the last one and its plan has said it."""
    for note in seen.notes[:1]:
        said = (each for each in note.reading.sentences if each.field in _HOW_IT_BEGAN)
        for sentence in [next(said, None)]:
            if sentence is not None:
                dated = f"first note, {seen.wording.dated(note.starts_at, note.signed)}"
                yield seen.wording.quote(sentence.text, evidence_of(note), dated, ITEM_LIMIT)
