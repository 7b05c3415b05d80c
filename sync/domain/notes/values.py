"""The words of the note side: what a written note says."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Rating:
    """A marker rated in a note: `Panic: 6/10` is (`Panic`, 6.0, 10.0)."""

    marker: str
    value: float
    scale: float


@dataclass(frozen=True, slots=True)
class TaskMention:
    """A `- [ ]` or `- [x]` line of a note, verbatim without its box; lines set in below it are of it."""

    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class Intervention:
    """Something that was done or tried, and how it `helped`: from −2 to +2, None where nothing is said."""

    name: str
    helped: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The text under one heading of the note's format, verbatim; `field` is its canonical name."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a note's prose, verbatim: `body[start:start + len(text)] == text`.

    `field` is the canonical field of its section, or `bring_up` of what is to be brought up; a sentence
    that was wrapped holds the line end.
    """

    text: str
    field: str
    start: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks, verbatim and without the marks: `body[start:start + len(text)] == text`."""

    text: str
    field: str
    start: int


@dataclass(frozen=True, slots=True)
class NoteReading:
    """All that was understood in one note. The text stays the truth; this can be made again.

    `plan` is the plan section without its task lines, verbatim. `risk` is the text after
    `Risk:`, verbatim, and no sentence or quote is taken from it. Themes are lower-cased, without
    the `#`, in order of first mention. `goals` are the words after `Goal:` that name one, verbatim.
    `not_understood` are lines that look like something to be understood and are not, verbatim.
    """

    ratings: tuple[Rating, ...] = ()
    themes: tuple[str, ...] = ()
    tasks: tuple[TaskMention, ...] = ()
    risk: str | None = None
    plan: str | None = None
    bring_up: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    goals: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    quotes: tuple[Quote, ...] = ()
    not_understood: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddendumReading:
    """What was understood in an addendum to a signed note, and when it was written (UTC).

    The places of its sentences and quotes are places in the addendum's own text.
    """

    written_at: datetime
    reading: NoteReading


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """A note with text, placed in time: what was understood, and of which session (UTC start).

    What its addenda say counts in `reading` as well, but for their sections, sentences and quotes.
    """

    session_id: str
    starts_at: datetime
    signed: bool
    reading: NoteReading
    addenda: tuple[AddendumReading, ...] = ()
