"""What the long view adds to a briefing: words of then and now, threads to pick up, what has helped."""

from collections.abc import Sequence

from sync.domain.briefing.agreed import ITEM_LIMIT
from sync.domain.briefing.values import BriefingFacts, Line
from sync.domain.briefing.wording import Wording
from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import WrittenNote
from sync.domain.phrasing import counted
from sync.domain.progress.evidence import evidence_of
from sync.domain.progress.helped import said_of, what_helped
from sync.domain.progress.in_words import then_and_now_in_words
from sync.domain.progress.repeats import is_due_again
from sync.domain.progress.themes import Theme, ThemeState, recurring_themes, themes_of
from sync.domain.progress.thread_sentences import excerpt_words
from sync.domain.progress.threads import open_threads

MOST_THEMES = 3
MOST_COMING, MOST_QUIET = 2, 2
MOST_HELPED = 3


def compose_in_words(facts: BriefingFacts, wording: Wording) -> tuple[Line, ...]:
    """One pair of passages on one theme, the earlier first; nothing while it was shown not long ago."""
    names = {word for term in (facts.client_name, *facts.private_terms) for word in term.split()}
    for pair in then_and_now_in_words(facts.notes, names, facts.settled):
        since = sum(note.starts_at > pair.now.evidence.starts_at for note in facts.notes)
        if is_due_again(since):
            return tuple(
                wording.quote(
                    excerpt_words(words),
                    words.evidence,
                    wording.dated(words.evidence.starts_at, words.signed),
                    ITEM_LIMIT,
                )
                for words in (pair.then, pair.now)
            )
    return ()


def compose_to_pick_up(facts: BriefingFacts, wording: Wording) -> tuple[Line, ...]:
    """Days that come up, and themes that have gone quiet, each of these only now and then.

    What stands among what was agreed, the last note's own words and open tasks, is not said twice.
    """
    today = wording.time.day_of(facts.starts_at)
    coming = [
        each
        for each in open_threads(facts.notes, today, wording.time.day_of).coming_up
        if each.excerpt is not None and each.evidence != evidence_of(oldest_first(facts.notes)[-1])
    ]
    quiet = [
        theme
        for theme in themes_of(facts.notes)
        if theme.state is ThemeState.QUIET and is_due_again(theme.notes_since)
    ]
    days = (
        wording.quote(
            each.words,
            each.evidence,
            f"{wording.time.date(each.on)}, written on {wording.time.day(each.evidence.starts_at)}",
            ITEM_LIMIT,
        )
        for each in coming[:MOST_COMING]
    )
    return (*days, *(_quiet(theme, wording) for theme in quiet[:MOST_QUIET]))


def _quiet(theme: Theme, wording: Wording) -> Line:
    last = wording.time.day(theme.last_seen.starts_at)
    noted = f"in {counted(theme.sessions, 'note')}, not since {last}"
    return Line(wording.phrase(theme.theme), theme.seen_in, noted)


def compose_themes(notes: Sequence[WrittenNote], wording: Wording) -> tuple[Line, ...]:
    """The themes that come back, those that have gone quiet aside."""
    present = [theme for theme in recurring_themes(notes) if theme.state is not ThemeState.QUIET]
    return tuple(
        Line(
            wording.phrase(theme.theme),
            theme.seen_in,
            f"in {theme.sessions} of {counted(len(notes), 'note')}, "
            f"last on {wording.time.day(theme.last_seen.starts_at)}",
        )
        for theme in present[:MOST_THEMES]
    )


def compose_helped(notes: Sequence[WrittenNote], wording: Wording) -> tuple[Line, ...]:
    """What was rated often enough, what helped most first, with the day it was last used."""
    enough = [each for each in what_helped(notes) if each.is_enough]
    return tuple(
        Line(
            wording.phrase(said_of(each)),
            each.used_in,
            f"last on {wording.time.day(each.used_in[-1].starts_at)}",
        )
        for each in enough[:MOST_HELPED]
    )
