"""What is to be picked up, and what has helped: at most three of each, with their days."""

from collections.abc import Iterator
from itertools import chain, islice

from sync.domain.briefing.agreed import ITEM_LIMIT
from sync.domain.briefing.seen import Seen
from sync.domain.briefing.values import Line
from sync.domain.notes.chronology import oldest_first
from sync.domain.phrasing import counted
from sync.domain.progress.evidence import evidence_of
from sync.domain.progress.goals import GoalReading
from sync.domain.progress.helped import said_of, what_helped
from sync.domain.progress.page_keys import coming_key, goal_key, helped_key, still_said, theme_key
from sync.domain.progress.repeats import is_due_again
from sync.domain.progress.themes import Theme, ThemeState, themes_of
from sync.domain.progress.threads import open_threads

MOST = 3
MOST_OF_A_KIND = 2


def compose_threads(seen: Seen) -> tuple[Line, ...]:
    """Days that come up, goals left for long, themes gone quiet; the last two only now and then."""
    kinds = (_coming(seen), _untouched(seen), _quiet_themes(seen))
    return tuple(islice(chain.from_iterable(islice(kind, MOST_OF_A_KIND) for kind in kinds), MOST))


def compose_helped(seen: Seen) -> tuple[Line, ...]:
    """What was rated often enough, what helped most first, with the day it was last used."""
    enough = [each for each in what_helped(seen.notes) if each.is_enough]
    return tuple(
        Line(
            seen.wording.phrase(said_of(each)),
            each.used_in,
            f"last on {seen.wording.time.day(each.used_in[-1].starts_at)}",
            key=helped_key(each),
        )
        for each in still_said(enough, helped_key, seen.dismissed)[:MOST]
    )


def _coming(seen: Seen) -> Iterator[Line]:
    """What stands among what was agreed, the last note's own words and open tasks, is not said twice."""
    wording, notes = seen.wording, oldest_first(seen.notes)
    today = wording.time.day_of(seen.facts.starts_at)
    coming = open_threads(notes, today, wording.time.day_of).coming_up
    for each in still_said(coming, coming_key, seen.dismissed):
        if each.excerpt is not None and each.evidence != evidence_of(notes[-1]):
            written = wording.time.day(each.evidence.starts_at)
            dated = f"{wording.time.date(each.on)}, written on {written}"
            yield wording.quote(each.words, each.evidence, dated, ITEM_LIMIT, key=coming_key(each))


def _untouched(seen: Seen) -> Iterator[Line]:
    for goal in still_said(seen.goals, goal_key, seen.dismissed):
        if goal.is_untouched and is_due_again(goal.sessions_since - 1):
            yield _goal(goal, seen)


def _goal(reading: GoalReading, seen: Seen) -> Line:
    time, ago = seen.wording.time, counted(reading.sessions_since, "session")
    if reading.worked_on:
        noted = f"not worked on for {ago}, last on {time.day(reading.worked_on[-1].starts_at)}"
    else:
        noted = f"set on {time.date(reading.goal.since)}, not named in {ago} since"
    text = f"Goal: {seen.wording.phrase(reading.goal.text)}"
    return Line(text, reading.worked_on, noted, key=goal_key(reading))


def _quiet_themes(seen: Seen) -> Iterator[Line]:
    for theme in still_said(themes_of(seen.notes), theme_key, seen.dismissed):
        if theme.state is ThemeState.QUIET and is_due_again(theme.notes_since):
            yield _quiet(theme, seen)


def _quiet(theme: Theme, seen: Seen) -> Line:
    last = seen.wording.time.day(theme.last_seen.starts_at)
    noted = f"in {counted(theme.sessions, 'note')}, not since {last}"
    return Line(seen.wording.phrase(theme.theme), theme.seen_in, noted, key=theme_key(theme))
