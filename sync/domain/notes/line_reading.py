"""What one line of a note is: a task, ratings, a risk statement, a list of themes, or prose."""

import re
from dataclasses import dataclass

from sync.domain.notes.labels import (
    BRING_UP_NAMES,
    HELPED_NAMES,
    RISK_NAMES,
    THEME_NAMES,
    Label,
    colon_in,
    read_label,
)
from sync.domain.notes.ratings import is_unwritten_rating, read_ratings
from sync.domain.notes.themes import is_only_themes
from sync.domain.notes.values import Rating, TaskMention

_BOX = re.compile(r"\s*(?:(?:[-*+•]|\d{1,3}[.)])\s+)?\[([ xX✓✔\xa0]?)\]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A label of the stub that nobody has filled in: it says nothing."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A `- [ ]` or `- [x]` line."""

    task: TaskMention


@dataclass(frozen=True, slots=True)
class RatingLine:
    """A line that begins with a rating; `has_words` when more is said than the rating."""

    ratings: tuple[Rating, ...]
    has_words: bool


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A `Risk:` line or one that continues it; `text` is empty when only the label stands there."""

    text: str


@dataclass(frozen=True, slots=True)
class ThemesLine:
    """A line of themes and nothing else; `text` is what follows `Themes:`, empty for bare tags."""

    text: str


@dataclass(frozen=True, slots=True)
class HelpedLine:
    """What follows `Helped:`, a list of interventions."""

    text: str


@dataclass(frozen=True, slots=True)
class BringUpLine:
    """A `> bring up: …` line."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Anything else, blank lines included."""


_DASHES = " -–—."
"""What stands for nothing after a label."""

LineReading = Unwritten | TaskLine | RatingLine | RiskLine | ThemesLine | HelpedLine | BringUpLine | Prose


def read_line(line: str) -> LineReading:
    """Say what `line` is, apart from any heading. Nothing is so odd that it raises: it is prose."""
    if not line or line.isspace():
        return Prose()
    if is_unwritten_rating(line):
        return Unwritten()
    if box := _BOX.match(line):
        return TaskLine(TaskMention(line[box.end() :].strip(), done=bool(box[1].strip())))
    if colon_in(line) >= 0 and (labelled := _read_labelled(read_label(line.lstrip("> \t\xa0")))):
        return labelled
    if rated := read_ratings(line):
        return RatingLine(rated.ratings, rated.has_words)
    return ThemesLine("") if is_only_themes(line) else Prose()


def _read_labelled(label: Label | None) -> LineReading | None:
    if label is None:
        return None
    if label.name in RISK_NAMES:
        return RiskLine("" if not label.text.strip(_DASHES) else label.text)
    if label.name in THEME_NAMES:
        return ThemesLine(label.text) if label.text else Unwritten()
    if label.name in HELPED_NAMES:
        return HelpedLine(label.text) if label.text else Unwritten()
    if label.name in BRING_UP_NAMES:
        return BringUpLine(label.text) if label.text else Unwritten()
    return None
