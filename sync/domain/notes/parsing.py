"""Reads a written note: Markdown in, everything that was understood out.

The text is the truth: reading it twice gives the same, and nothing in it can make the reading fail.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sync.domain.notes.formats import BRING_UP, KNOWN_HEADINGS, PLAN, RISK, HeadingIndex
from sync.domain.notes.line_facts import goals_of, interventions_of, is_unclear, themes_of
from sync.domain.notes.line_kinds import (
    EMPTY_RISK,
    PROSE,
    BringUpLine,
    GoalsLine,
    LineReading,
    NotUnderstood,
    Prose,
    RatingLine,
    RiskLine,
    TaskLine,
    Unwritten,
)
from sync.domain.notes.line_reading import read_lines
from sync.domain.notes.lines import Line, lines_of
from sync.domain.notes.prose import paragraphs
from sync.domain.notes.quotations import quotations_in
from sync.domain.notes.sections import cut_sections
from sync.domain.notes.sentences import sentences_in
from sync.domain.notes.values import (
    Intervention,
    NoteReading,
    Quote,
    Rating,
    Section,
    Sentence,
    TaskMention,
)

Understood = tuple[Line, LineReading]
"""A line of a note and what it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """One section with its lines understood, and the line of its heading."""

    field: str
    heading: Line | None
    lines: list[Understood]


@dataclass(slots=True)
class _Found:
    """What the lines of a note say, gathered in their order."""

    ratings: list[Rating] = field(default_factory=list)
    themes: dict[str, None] = field(default_factory=dict)
    tasks: list[TaskMention] = field(default_factory=list)
    bring_up: list[str] = field(default_factory=list)
    interventions: list[Intervention] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)


def parts_of(body: str, headings: HeadingIndex = KNOWN_HEADINGS) -> list[Part]:
    """The sections of `body`, each line with what it is."""
    cuts = cut_sections(lines_of(body), headings)
    return [
        Part(cut.field, cut.heading, list(zip(cut.lines, read_lines(cut.lines), strict=True))) for cut in cuts
    ]


def read_note(body: str, headings: HeadingIndex = KNOWN_HEADINGS) -> NoteReading:
    """Read `body`, a note whose headings are read by `headings`; line endings do not matter.

    Several risk lines are all kept, in their order, one below the other; so are several plans,
    a blank line apart. The plan leaves out lines that say something of their own: tasks, risk,
    themes, bring-up, and ratings without further words; sentences and quotes are taken from the rest.
    """
    parts = parts_of(body, headings)
    found = _Found()
    for part in parts:
        for line, reading in part.lines:
            _gather(found, line, reading, is_risk=part.field == RISK)
    sentences, quotes = _quotable(body, parts)
    return NoteReading(
        ratings=tuple(found.ratings),
        themes=tuple(found.themes),
        tasks=tuple(found.tasks),
        risk="\n".join(filter(None, map(_risk_of, parts))) or None,
        plan="\n\n".join(filter(None, (_plan_of(part) for part in parts if part.field == PLAN))) or None,
        bring_up=tuple(found.bring_up),
        interventions=tuple(found.interventions),
        goals=tuple(found.goals),
        sections=tuple(Section(part.field, text) for part in parts if (text := _written(part))),
        sentences=tuple(sentences),
        quotes=tuple(quotes),
        not_understood=tuple(found.not_understood),
    )


def _gather(found: _Found, line: Line, reading: LineReading, *, is_risk: bool) -> None:
    """Add what `line` says. In a section of risk nothing counts as odd: all of it is the statement."""
    match reading:
        case Prose():
            if "#" in line.text:
                found.themes |= dict.fromkeys(themes_of(line.text, reading))
            return
        case Unwritten():
            return
        case RatingLine(ratings, _):
            found.ratings += ratings
        case TaskLine(task):
            found.tasks.append(task)
        case BringUpLine(said):
            found.bring_up.append(said)
        case _:
            found.interventions += interventions_of(reading)
            found.goals += goals_of(reading)
    found.themes |= dict.fromkeys(themes_of(line.text, reading))
    if is_unclear(reading) and not is_risk:
        found.not_understood.append(line.text.strip())


def _plan_of(part: Part) -> str:
    """The lines of a plan that say nothing of their own, verbatim, without blank edges."""
    return _verbatim(line for line, reading in part.lines if is_worded(reading))


def _written(part: Part) -> str:
    """Every line that says anything, verbatim: an empty `Panic: /10` or `Risk:` of the stub does not."""
    following: LineReading = PROSE
    said = []
    for line, reading in reversed(part.lines):
        if not _is_empty_label(reading, following):
            said.append(line)
        following = reading
    return _verbatim(reversed(said))


def _verbatim(lines: Iterable[Line]) -> str:
    """The lines one below the other, without blank edges; what was one line is one again."""
    text, end = "", -1
    for line in lines:
        text += line.text if line.start == end else f"\n{line.text}"
        end = line.start + len(line.text)
    return text.strip()


def _is_empty_label(reading: LineReading, following: LineReading) -> bool:
    """Whether a line is a label, and what it asks for does not stand below it either."""
    if isinstance(reading, Unwritten):
        return not (reading.awaits and isinstance(following, reading.awaits))
    return reading is EMPTY_RISK and (following is EMPTY_RISK or not isinstance(following, RiskLine))


def is_worded(reading: LineReading) -> bool:
    """Whether a line has words beyond what was understood in it."""
    return isinstance(reading, Prose | NotUnderstood | GoalsLine) or (
        isinstance(reading, RatingLine) and reading.has_words
    )


def _risk_of(part: Part) -> str:
    """What a part says of risk: under a heading of its own all of it, elsewhere the risk lines."""
    if part.field == RISK:
        return _written(part)
    said = [reading.text for _, reading in part.lines if isinstance(reading, RiskLine)]
    return "\n".join(filter(None, said))


def _quotable(body: str, parts: list[Part]) -> tuple[list[Sentence], list[Quote]]:
    """The sentences and quotations of the prose; of risk there are none, for that is never taken apart."""
    sentences: list[Sentence] = []
    quotes: list[Quote] = []
    for part in parts:
        if part.field == RISK:
            continue
        sentences += _to_bring_up(part)
        for paragraph in paragraphs(_prose_of(part)):
            for start, end in sentences_in(body, paragraph.start, paragraph.end):
                sentences.append(Sentence(body[start:end], part.field, start))
            for start, end in quotations_in(body, paragraph.start, paragraph.end):
                quotes.append(Quote(body[start:end], part.field, start))
    return sentences, quotes


def _to_bring_up(part: Part) -> Iterator[Sentence]:
    """What is to be brought up, each a sentence of its own kind: it is the end of its line."""
    for line, reading in part.lines:
        if isinstance(reading, BringUpLine) and (place := line.text.rfind(reading.text)) >= 0:
            yield Sentence(reading.text, BRING_UP, line.start + place)


def _prose_of(part: Part) -> Iterator[Line | None]:
    """The lines of prose; None stands for any other."""
    for line, reading in part.lines:
        is_prose = is_worded(reading) and not isinstance(reading, NotUnderstood | GoalsLine)
        yield line if is_prose else None
