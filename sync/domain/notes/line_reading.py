"""Says what one line of a note is: a task, ratings, a risk statement, a list of themes, or prose."""

import re

from sync.domain.notes.heading_words import plain_name
from sync.domain.notes.labels import (
    ALSO_RISK_NAMES,
    BRING_UP_NAMES,
    GOAL_NAMES,
    HELPED_NAMES,
    RISK_NAMES,
    THEME_NAMES,
    Label,
    has_bullet,
    read_label,
    without_bullet,
)
from sync.domain.notes.line_kinds import (
    BARE_THEMES,
    EMPTY_RISK,
    NOT_UNDERSTOOD,
    PROSE,
    UNWRITTEN,
    BringUpLine,
    GoalsLine,
    HelpedLine,
    LineReading,
    NotUnderstood,
    Prose,
    RatingLine,
    RiskLine,
    TaskGoesOn,
    TaskLine,
    ThemesLine,
    Unwritten,
)
from sync.domain.notes.lines import Line
from sync.domain.notes.ratings import is_unwritten_rating, read_ratings
from sync.domain.notes.themes import is_only_themes
from sync.domain.notes.unclear import looks_like_a_rating
from sync.domain.notes.values import TaskMention

_SIGN = re.compile("[\\d/\uff0f#\\[<–—☐☑✅✔]|\\s-\\s")
"""Without one of these, and without a colon, a line is prose."""
_BOX = re.compile(r"\s*(?:(?:[-*+•]|\d{1,3}[.)])\s*)?\[([ xX✓✔\xa0]?)\](?:\s+(?=\S)|(?=\w))")
_DRAWN_BOX = re.compile(r"\s*(?:[-*+•]\s+)?(?P<box>[☐☑✅✔])\ufe0f?\s*(?=\w)")
_ODD_BOX = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s*\[.\]\s*\w")
_COMMENT = re.compile(r"\s*<!--(?:[^-]|-(?!->))*-->\s*$")
_DASHED = re.compile(
    r"[\s>*_•·]*+(?:-\s+)?[*_]{0,3}(?P<name>[^\W\d_][^:\uff1a–—-]{2,24}?)[*_]{0,3}\s*(?:[–—]|\s-\s)(?P<text>.*)"
)
_EFFECT = re.compile(r"[+\-−–]\s?\d\b")
_WRAPPED = 50
"""Characters from which on a line may have been wrapped by an editor."""
_DASHES = " -–—."
"""What stands for nothing after a label."""


def read_line(line: Line) -> LineReading:
    """Say what `line` is, apart from any heading. Nothing is so odd that it raises: it is prose."""
    text, _, label = line
    if label is None and not _SIGN.search(text):
        return PROSE
    if is_unwritten_rating(text) or ("<" in text and _COMMENT.match(text)):
        return UNWRITTEN
    if boxed := _read_box(text):
        return boxed
    if label and text.lstrip()[:1] == ">":
        label = read_label(text.lstrip("> \t\xa0"))
    label = label or _dashed_label(text)
    if label and (labelled := _read_labelled(label)):
        return labelled
    if rated := read_ratings(text):
        return RatingLine(rated.ratings, rated.has_words)
    if label and label.colon and label.name in ALSO_RISK_NAMES:
        return _risk_said(label)
    return _read_unrated(text, label)


def _read_box(text: str) -> LineReading | None:
    """A task by its box, typed or drawn; a box with anything else in it is not understood."""
    if "[" in text:
        if box := _BOX.match(text):
            return TaskLine(TaskMention(text[box.end() :].strip(), done=bool(box[1].strip())))
        return NOT_UNDERSTOOD if _ODD_BOX.match(text) else None
    if drawn := _DRAWN_BOX.match(text):
        return TaskLine(TaskMention(text[drawn.end() :].strip(), done=drawn["box"] != "☐"))
    return None


def _dashed_label(text: str) -> Label | None:
    """The label of `Risk – none` or `Helped – grounding +2`, of these alone: a dash has many uses."""
    found = _DASHED.match(text)
    name = plain_name(found["name"]) if found else ""
    is_label = name in RISK_NAMES | ALSO_RISK_NAMES or (name in HELPED_NAMES and bool(_EFFECT.search(text)))
    return Label(name, found["text"].strip(), colon=True) if found and is_label else None


def _read_unrated(text: str, label: Label | None) -> LineReading:
    """What a line is that holds no rating: `Goal: 6/10` would be one."""
    if label and label.name in GOAL_NAMES:
        return GoalsLine(label.text) if label.text else Unwritten(GoalsLine)
    if is_only_themes(text):
        return BARE_THEMES
    return NOT_UNDERSTOOD if looks_like_a_rating(text, label) else PROSE


def _risk_said(label: Label) -> RiskLine:
    return RiskLine(label.text) if label.text.strip(_DASHES) else EMPTY_RISK


def _read_labelled(label: Label) -> LineReading | None:
    if label.name in RISK_NAMES:
        return _risk_said(label)
    if label.name in THEME_NAMES:
        return ThemesLine(label.text) if label.text else Unwritten(ThemesLine)
    if label.name in HELPED_NAMES:
        return HelpedLine(label.text) if label.text else Unwritten(HelpedLine)
    if label.name in BRING_UP_NAMES:
        return BringUpLine(label.text) if label.text else Unwritten(BringUpLine)
    return None


def read_lines(lines: list[Line]) -> list[LineReading]:
    """Say of each line of a section what it is, also where it goes on from one before it."""
    readings: list[LineReading] = []
    opened: RiskLine | Unwritten | None = None
    above = ""
    for line in lines:
        reading = read_line(line) if line.text else PROSE
        if opened is not None:
            going_on = _going_on(opened, above, line.text, reading)
            reading = going_on or reading
            opened = opened if going_on else None
        elif reading is PROSE and readings and _is_set_in(line.text):
            reading = _with_task(readings, line.text.strip())
        if isinstance(reading, RiskLine) or (isinstance(reading, Unwritten) and reading.awaits):
            opened = opened or reading
        readings.append(reading)
        above = line.text
    return readings


def _is_set_in(text: str) -> bool:
    return text[:1].isspace() and not text.isspace() and not has_bullet(text)


def _with_task(readings: list[LineReading], words: str) -> LineReading:
    """Give a line that is set in below a task to that task; what the line is then."""
    at = len(readings) - 1
    while at > 0 and isinstance(readings[at], TaskGoesOn):
        at -= 1
    match readings[at]:
        case TaskLine(task):
            readings[at] = TaskLine(TaskMention(f"{task.text} {words}", task.done))
            return TaskGoesOn()
        case _:
            return PROSE


def _going_on(
    opened: RiskLine | Unwritten, above: str, text: str, reading: LineReading
) -> LineReading | None:
    """What a line is that goes on from `opened`; None when it does not."""
    if isinstance(opened, RiskLine):
        is_words = isinstance(reading, Prose | NotUnderstood)
        return RiskLine(text.strip()) if is_words and _risk_goes_on(opened, above, text) else None
    is_item = isinstance(reading, Prose | NotUnderstood | RatingLine) and has_bullet(text)
    return opened.awaits(without_bullet(text).strip()) if opened.awaits and is_item else None


def _risk_goes_on(risk: RiskLine, above: str, text: str) -> bool:
    """Whether a risk statement plainly goes on, so that none is cut short or lost.

    Under an empty `Risk:` that is the paragraph directly below, unless it begins with another label
    that nobody filled in; after `Risk: …` the indented lines, a list, and what was only wrapped.
    """
    said = text.strip()
    if not said or said.endswith(":"):
        return False
    is_set_in = text[0].isspace() or has_bullet(text)
    return not risk.text or is_set_in or (text[0].islower() and _is_broken_off(above.rstrip()))


def _is_broken_off(line: str) -> bool:
    """Whether a line ends in the midst of a sentence: after a comma, or where an editor wraps."""
    return line.endswith((",", ";", "–", "—")) or (len(line) >= _WRAPPED and line[-1] not in ".!?")
