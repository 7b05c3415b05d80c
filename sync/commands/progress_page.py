"""The page of `progress`: a client's way on one terminal, every statement with its day."""

from collections.abc import Iterable, Iterator

from sync.commands.goal_words import goal_lines
from sync.commands.measure_words import headline_words, risk_item_words
from sync.domain.notes.formats import BRING_UP
from sync.domain.phrasing import counted, listed
from sync.domain.progress.helped import said_of
from sync.domain.progress.in_words import InWords
from sync.domain.progress.marker_readings import MarkerReading
from sync.domain.progress.markers import first_and_latest, resampled, sparkline_text
from sync.domain.progress.measure_sentences import measure_sentence
from sync.domain.progress.moves import move_words
from sync.domain.progress.page_keys import marker_key
from sync.domain.progress.risk import RiskStatement
from sync.domain.progress.sentences import sentence_of
from sync.domain.progress.stuck import stuck_words
from sync.domain.progress.themes import ThemeState
from sync.domain.progress.thread_sentences import (
    coming_words,
    dated_words,
    excerpt_words,
    theme_words,
    waiting_words,
)
from sync.jobs.progress import ClientProgress

LONGEST_SPARK = 24
MOST_HELPED = 6
MOST_THEMES = 8
SHOWN_OF_KEY = 8
FOOTER = (
    "Computed from your notes; not a clinical judgement. First and latest are single ratings; “about” is the "
    "median of the first three or five, or of the last three."
)
_INDENT, _DEEPER = "  ", "    "

Paragraph = tuple[str, str] | None
"""What is said, and what leads it; None is an empty line."""


def page(seen: ClientProgress) -> Iterator[Paragraph]:
    """The whole page, in the order of the briefing: what is about safety first, then where it was left."""
    if not seen.notes:
        yield f"{seen.client.code}: no note has been written yet.", ""
        if seen.risk_items:
            yield None
            yield risk_words(seen), "Risk        "
        yield from risk_item_words(seen.risk_items, seen.time)
        yield from _measures(seen)
        yield from goal_lines(seen.goals, seen.time)
        return
    yield f"{seen.client.code} · {_notes(seen)}", ""
    yield None
    yield risk_words(seen), "Risk        "
    if before := risk_before_words(seen):
        yield before, "            "
    yield from risk_item_words(seen.risk_items, seen.time)
    yield from _section(f"Last session, {seen.time.day(seen.notes[-1].starts_at)}", _last_session(seen))
    yield from _section("Lately", ((dated_words(each, seen.wall), _INDENT) for each in seen.lately))
    yield from _section("The long view", _markers(seen, lower=False))
    yield from _section("Right now", _markers(seen, lower=True))
    yield from _measures(seen)
    yield from goal_lines(seen.goals, seen.time)
    yield from _section("Then and now, in words", _in_words(seen))
    yield from _section("To pick up", _threads(seen))
    yield from _section("Themes", _themes(seen))
    yield from _section("What helped, by your own word", _helped(seen))
    yield from _section("Where nothing moves", ((stuck_words(each), _INDENT) for each in seen.stuck))
    yield from _section("Attendance", ((line, _INDENT) for line in seen.attendance.lines))
    yield None
    yield FOOTER, ""


def _notes(seen: ClientProgress) -> str:
    """`30 notes, 8 April to 25 November, 2 of them not signed`."""
    first, last = seen.time.day(seen.notes[0].starts_at), seen.time.day(seen.notes[-1].starts_at)
    unsigned = sum(not note.signed for note in seen.notes)
    if len(seen.notes) == 1:
        return f"1 note, of {last}{', not signed' if unsigned else ''}"
    unsigned_part = f", {unsigned} of them not signed" if unsigned else ""
    return f"{len(seen.notes)} notes, {first} to {last}{unsigned_part}"


def risk_words(seen: ClientProgress) -> str:
    """The latest word on risk, whole, with its day; that there is none; that the last note is silent."""
    if seen.risk is None:
        return "none recorded"
    since = " (the last note fills no risk line)" if seen.risk.missing_in_last_note else ""
    return f"{_dated_risk(seen.risk.latest, seen)}{since}"


def risk_before_words(seen: ClientProgress) -> str:
    """What was said of risk before the latest word, whole, with its day; nothing where that is the same."""
    if seen.risk is None or seen.risk.before is None:
        return ""
    return f"before that: {_dated_risk(seen.risk.before, seen)}"


def _dated_risk(statement: RiskStatement, seen: ClientProgress) -> str:
    return f"{statement.text} ({seen.time.day(statement.evidence.starts_at)})"


def _section(title: str, lines: Iterable[tuple[str, str]]) -> Iterator[Paragraph]:
    """A title above its lines; nothing where there are none."""
    for number, line in enumerate(lines):
        if not number:
            yield None
            yield title, ""
        yield line


def _last_session(seen: ClientProgress) -> Iterator[tuple[str, str]]:
    for line in seen.last_session:
        what = "bring up" if line.field == BRING_UP else line.field.replace("_", " ")
        yield f"{excerpt_words(line)} [{what}]", _INDENT


def _markers(seen: ClientProgress, *, lower: bool) -> Iterator[tuple[str, str]]:
    for marker in seen.markers:
        if marker.is_lower_now == lower:
            yield _headline(marker), _INDENT
            if marker_key(marker) in seen.dismissed:
                continue
            yield sentence_of(marker, seen.wall, at_risk=seen.at_risk), _DEEPER


def _headline(marker: MarkerReading) -> str:
    """`Sleep ▂▃▅ first 3, latest 6 of 10 · 22 ratings`."""
    ever = marker.ever
    curve = sparkline_text(resampled([point.value for point in ever.points], LONGEST_SPARK), ever.scale)
    return f"{ever.marker} {curve} {first_and_latest(ever)} · {counted(ever.n, 'rating')}"


def _measures(seen: ClientProgress) -> Iterator[Paragraph]:
    for measure in seen.measures:
        yield None
        yield headline_words(measure), ""
        yield measure_sentence(measure, seen.time.date, at_risk=seen.at_risk), _INDENT


def _in_words(seen: ClientProgress) -> Iterator[tuple[str, str]]:
    for pair in seen.in_words:
        yield f"{pair.theme} [{_short(pair)}]", _INDENT
        yield dated_words(pair.then, seen.wall), _DEEPER
        yield dated_words(pair.now, seen.wall), _DEEPER


def _short(pair: InWords) -> str:
    return pair.key[:SHOWN_OF_KEY]


def _threads(seen: ClientProgress) -> Iterator[tuple[str, str]]:
    for coming in seen.threads.coming_up:
        yield coming_words(coming, seen.wall, seen.time.date), f"{_INDENT}Coming up   "
    for waiting in seen.threads.without_a_day:
        yield waiting_words(waiting, seen.wall), f"{_INDENT}Still open  "
    for theme in _of(seen, ThemeState.QUIET):
        yield theme, f"{_INDENT}Gone quiet  "


def _themes(seen: ClientProgress) -> Iterator[tuple[str, str]]:
    recurring = _of(seen, ThemeState.RECURRING)
    for theme in [*_of(seen, ThemeState.NEW), *recurring][:MOST_THEMES]:
        yield theme, _INDENT


def _of(seen: ClientProgress, state: ThemeState) -> list[str]:
    return [theme_words(theme, seen.wall) for theme in seen.themes if theme.state is state]


def _helped(seen: ClientProgress) -> Iterator[tuple[str, str]]:
    for each in [each for each in seen.helped if each.is_enough][:MOST_HELPED]:
        yield f"{said_of(each)} (last on {seen.time.day(each.used_in[-1].starts_at)})", _INDENT
        if told := [move_words(move) for move in seen.moves(each) if move.is_enough]:
            yield "; ".join(told), _DEEPER
    for each in [each for each in seen.helped if each.lacks_ratings][:MOST_HELPED]:
        yield said_of(each), _INDENT
    if few := [f"{each.name} ({len(each.used_in)})" for each in seen.helped if each.is_seldom]:
        yield f"Too few uses to say: {listed(few)}", _INDENT
