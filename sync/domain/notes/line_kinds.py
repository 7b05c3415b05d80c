"""What one line of a note may be."""

from dataclasses import dataclass

from sync.domain.notes.values import Rating, TaskMention


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A label of the stub that nobody has filled in: it says nothing.

    `awaits` is the kind of the list items directly below it: `- grounding +2` under `Helped:`.
    """

    awaits: "type[HelpedLine | ThemesLine | BringUpLine | GoalsLine] | None" = None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A `- [ ]` or `- [x]` line."""

    task: TaskMention


@dataclass(frozen=True, slots=True)
class TaskGoesOn:
    """A line set in below a task, which has its words."""


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
class GoalsLine:
    """What follows `Goal:` or `Worked on:`, the first words of goals. It stays part of a plan."""

    text: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A line that looks like one of the above and could not be read: `Panic: 12/10`. It stays text."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Anything else, blank lines included."""


UNWRITTEN = Unwritten()
EMPTY_RISK = RiskLine("")
BARE_THEMES = ThemesLine("")
NOT_UNDERSTOOD = NotUnderstood()
PROSE = Prose()

LineReading = (
    Unwritten
    | TaskLine
    | TaskGoesOn
    | RatingLine
    | RiskLine
    | ThemesLine
    | HelpedLine
    | BringUpLine
    | GoalsLine
    | NotUnderstood
    | Prose
)
