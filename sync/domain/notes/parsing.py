"""Reads a written note: Markdown in, everything that was understood out.

The text is the truth: reading it twice gives the same, and nothing in it can make the reading fail.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sync.domain.notes.formats import KNOWN_HEADINGS, PLAN, RISK, HeadingIndex
from sync.domain.notes.interventions import listed_interventions
from sync.domain.notes.labels import Line, lines_of
from sync.domain.notes.line_reading import (
    BringUpLine,
    HelpedLine,
    LineReading,
    Prose,
    RatingLine,
    RiskLine,
    TaskLine,
    ThemesLine,
    Unwritten,
    read_line,
)
from sync.domain.notes.prose import Paragraph, paragraphs
from sync.domain.notes.quotations import quotations_in
from sync.domain.notes.sections import Cut, cut_sections
from sync.domain.notes.sentences import sentences_in
from sync.domain.notes.themes import listed_themes, themes_in
from sync.domain.notes.values import NoteReading, Quote, Section, Sentence

_EMPTY_RISK = RiskLine("")


@dataclass(frozen=True, slots=True)
class _Line:
    line: Line
    reading: LineReading

    @property
    def text(self) -> str:
        return self.line.text


@dataclass(frozen=True, slots=True)
class _Part:
    """One section with its lines understood."""

    field: str
    lines: tuple[_Line, ...]

    def words(self, keep: Callable[[LineReading], bool]) -> str:
        """The lines `keep` accepts, verbatim, without blank edges."""
        return "\n".join(line.text for line in self.lines if keep(line.reading)).strip()


def read_note(body: str, headings: HeadingIndex = KNOWN_HEADINGS) -> NoteReading:
    """Read `body`, a note in any format of `headings`; line endings do not matter.

    Several risk lines are all kept, in their order, one below the other; so are several plans,
    a blank line apart. The plan leaves out lines that say something of their own: tasks, risk,
    themes, bring-up, and ratings without further words; sentences and quotes are taken from the rest.
    """
    parts = [_understand(cut) for cut in cut_sections(lines_of(body), headings)]
    readings = [line.reading for part in parts for line in part.lines]
    prose = [(part.field, paragraph) for part in parts for paragraph in _prose_of(part)]
    return NoteReading(
        ratings=tuple(r for reading in readings if isinstance(reading, RatingLine) for r in reading.ratings),
        themes=tuple(dict.fromkeys(theme for part in parts for theme in _themes_of(part))),
        tasks=tuple(reading.task for reading in readings if isinstance(reading, TaskLine)),
        risk="\n".join(filter(None, map(_risk_of, parts))) or None,
        plan="\n\n".join(filter(None, (part.words(_is_prose) for part in parts if part.field == PLAN)))
        or None,
        bring_up=tuple(reading.text for reading in readings if isinstance(reading, BringUpLine)),
        interventions=tuple(
            done
            for reading in readings
            if isinstance(reading, HelpedLine)
            for done in listed_interventions(reading.text)
        ),
        sections=tuple(Section(part.field, text) for part in parts if (text := part.words(_is_written))),
        sentences=tuple(
            Sentence(body[start:end], field, start)
            for field, paragraph in prose
            for start, end in sentences_in(body, paragraph.start, paragraph.end)
        ),
        quotes=tuple(
            Quote(body[start:end], field, start)
            for field, paragraph in prose
            for start, end in quotations_in(body, paragraph.start, paragraph.end)
        ),
    )


def _understand(cut: Cut) -> _Part:
    lines = [_Line(line, read_line(line.text)) for line in cut.lines]
    return _Part(cut.field, tuple(_continue_risk(lines)))


def _continue_risk(lines: list[_Line]) -> Iterator[_Line]:
    """Let a risk statement go on where it plainly does, so that none is cut short or lost.

    Under an empty `Risk:` that is the paragraph directly below, unless it begins with another label
    that nobody filled in; after `Risk: …` the indented lines.
    """
    risk: RiskLine | None = None
    for line in lines:
        match line.reading:
            case RiskLine() as begun:
                risk = begun
            case Prose() if risk and _goes_on(risk, line.text):
                yield _Line(line.line, RiskLine(line.text.strip()))
                continue
            case _:
                risk = None
        yield line


def _goes_on(risk: RiskLine, text: str) -> bool:
    said = text.strip()
    if not said or said.endswith(":"):
        return False
    return not risk.text or text[0].isspace()


def _risk_of(part: _Part) -> str:
    """What a part says of risk: under a heading of its own all of it, elsewhere the risk lines."""
    if part.field == RISK:
        return part.words(_is_written)
    said = [line.reading.text for line in part.lines if isinstance(line.reading, RiskLine)]
    return "\n".join(filter(None, said))


def _themes_of(part: _Part) -> Iterator[str]:
    for line in part.lines:
        match line.reading:
            case Unwritten():
                pass
            case ThemesLine(text) if text:
                yield from listed_themes(text)
            case _:
                yield from themes_in(line.text)


def _prose_of(part: _Part) -> Iterator[Paragraph]:
    """The paragraphs of a part; of risk there are none, for that is never taken apart."""
    if part.field != RISK:
        yield from paragraphs(line.line if _is_prose(line.reading) else None for line in part.lines)


def _is_prose(reading: LineReading) -> bool:
    return isinstance(reading, Prose) or (isinstance(reading, RatingLine) and reading.has_words)


def _is_written(reading: LineReading) -> bool:
    """Whether a line says anything: an empty `Panic: /10` or `Risk:` of the stub does not."""
    return not isinstance(reading, Unwritten) and reading != _EMPTY_RISK
