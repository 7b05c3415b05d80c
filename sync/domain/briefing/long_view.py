"""The long view and what stands below it: how it goes over months, then what is different right now."""

from collections.abc import Iterator

from sync.domain.briefing.agreed import ITEM_LIMIT
from sync.domain.briefing.choosing import Chosen, choose_markers, name_further
from sync.domain.briefing.marker_lines import marker_line
from sync.domain.briefing.seen import Seen
from sync.domain.briefing.values import Course, Line, MarkerLine
from sync.domain.progress.evidence import Evidence
from sync.domain.progress.in_words import then_and_now_in_words
from sync.domain.progress.marker_readings import MarkerReading
from sync.domain.progress.measure_sentences import total_words
from sync.domain.progress.measures import MeasureReading
from sync.domain.progress.page_keys import measure_key, theme_key
from sync.domain.progress.reliable_change import Change, Direction
from sync.domain.progress.repeats import is_due_again
from sync.domain.progress.themes import Theme, ThemeState, themes_of
from sync.domain.progress.thread_sentences import excerpt_words

MOST_MEASURES = 2
FEWEST_OF_NEW = 2
"""In how many sessions something must have come up before it is called new: once is a remark."""


def compose_courses(seen: Seen) -> tuple[Course, Course]:
    """The long view and right now; both silent while there are too few notes."""
    if seen.is_short:
        return Course(), Course()
    chosen = choose_markers(seen)
    return (
        Course(
            markers=tuple(_line(each, chosen, seen) for each in chosen.long_view),
            lines=tuple(_measures(seen, Direction.BETTER)),
            pair=_pair(seen),
            more=name_further(chosen.further, seen),
        ),
        Course(
            markers=tuple(_line(each, chosen, seen) for each in chosen.right_now),
            lines=(*_measures(seen, Direction.WORSE), *_new_theme(seen)),
        ),
    )


def _line(reading: MarkerReading, chosen: Chosen, seen: Seen) -> MarkerLine:
    spoken, drawn = reading in chosen.spoken, chosen.is_drawn(reading)
    return marker_line(reading, seen, spoken=spoken, drawn=drawn)


def _measures(seen: Seen, direction: Direction) -> Iterator[Line]:
    """Questionnaires with a reliable change that way; one for the worse counts since the last time, too."""
    for reading in seen.measures[:MOST_MEASURES]:
        change = _reliable(reading)
        if change is not None and change.direction is direction:
            yield _measured(reading, change, seen)


def _reliable(reading: MeasureReading) -> Change | None:
    """A step for the worse before all else, for it is never hidden by what was gained before."""
    changes = [each for each in (reading.since_previous, reading.since_first) if each and each.is_reliable]
    worse = [each for each in changes if each.direction is Direction.WORSE]
    since_first = [each for each in changes if each is reading.since_first]
    return next(iter([*worse, *since_first]), None)


def _measured(reading: MeasureReading, change: Change, seen: Seen) -> Line:
    latest = reading.latest
    before = reading.first if change is reading.since_first else reading.results[-2]
    day = seen.wording.time.date
    points = f"{abs(change.points):g} points {'higher' if change.points > 0 else 'lower'}"
    return Line(
        f"{reading.instrument.name}: {total_words(before)} → {total_words(latest)}. {points}, a reliable "
        f"change for the {change.direction}.",
        _sessions(before.session, latest.session),
        f"{day(before.taken_on)} → {day(latest.taken_on)}",
        key=measure_key(reading),
    )


def _sessions(*sessions: Evidence | None) -> tuple[Evidence, ...]:
    return tuple(each for each in sessions if each is not None)


def _pair(seen: Seen) -> tuple[Line, ...]:
    """Two passages on one theme, the earlier first; nothing while they were shown not long ago."""
    facts, wording = seen.facts, seen.wording
    names = {word for term in (facts.client_name, *facts.private_terms) for word in term.split()}
    for pair in then_and_now_in_words(seen.notes, names, facts.settled):
        since = sum(note.starts_at > pair.now.evidence.starts_at for note in seen.notes)
        if is_due_again(since):
            return tuple(
                wording.quote(
                    excerpt_words(words),
                    words.evidence,
                    wording.dated(words.evidence.starts_at, words.signed),
                    ITEM_LIMIT,
                    key=pair.key,
                )
                for words in (pair.then, pair.now)
            )
    return ()


def _new_theme(seen: Seen) -> Iterator[Line]:
    """The theme that is new of late, where it has come up more than once."""
    new = [
        theme
        for theme in themes_of(seen.notes)
        if theme.state is ThemeState.NEW
        and theme.sessions >= FEWEST_OF_NEW
        and theme.notes_since == 0
        and theme_key(theme) not in seen.dismissed
    ]
    for theme in new[:1]:
        yield _new(theme, seen)


def _new(theme: Theme, seen: Seen) -> Line:
    since = seen.wording.time.day(theme.first_seen.starts_at)
    noted = f"new since {since}, in {theme.sessions} notes"
    return Line(seen.wording.phrase(theme.theme), theme.seen_in, noted, key=theme_key(theme))
