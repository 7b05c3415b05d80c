"""Lays out notes in every format: ours, and the practice's own, each a Jinja2 file in its home folder."""

import re
from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sync.domain.briefing.display import one_line
from sync.domain.notes.formats import FIELDS, FORMATS, FREE_TEXT, Heading, NoteFormat
from sync.domain.notes.rendering import Fill, blocks, heading_line, rendered
from sync.domain.notes.stub import is_untouched
from sync.domain.notes.understanding import meanings_of
from sync.errors import Refused

ENDING = ".md.j2"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
_LARGEST = 100_000
"""Characters of a template, and of what it lays out; more is a mistake."""

_LONGEST_TITLE = 60
_NOT_IN_A_TITLE = frozenset(":\uff1a#<>*_\r\n")
_MARK = "\ue000"
"""Stands around the number of a section in what a template gives; no template that we read holds it."""
_SAID_NOTHING = ("heading", "empty")
_TROUBLE = (
    *(TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError),
    *(RuntimeError, MemoryError),  # one that calls itself without end is a RuntimeError, too
)
"""What running somebody's own template may raise."""

_FILTERS = ("capitalize", "lower", "title", "trim", "upper")


class NoteFormats:
    """The formats a practice may write in. Its own lie in `folder`, read afresh each time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """Every format that may be chosen, ours and the practice's own."""
        own = {path.name.removesuffix(ENDING) for path in self._folder.glob(f"*{ENDING}")}
        return sorted({*FORMATS, *filter(_NAME.fullmatch, own)})

    def laid_out(self, name: str, fill: Fill) -> str:
        """A note in the format `name`. Raises `Refused` when there is none or it cannot be used."""
        if name in FORMATS:
            return rendered(FORMATS[name], fill)
        template = self._template(name)
        try:
            return _laid_out(template, name, fill)
        except _TROUBLE as trouble:
            raise self._unusable(name, one_line(str(trouble))) from trouble

    def require(self, name: str) -> None:
        """Raise `Refused` unless a note can be laid out in `name`, and says nothing until it is written."""
        stub = self.laid_out(name, Fill(rows=("Panic: /10",), asks_risk=True))
        if not is_untouched(stub):
            said = next((m.text for m in meanings_of(stub) if m.what not in _SAID_NOTHING), stub.strip())
            raise Refused(
                f"The note format {name} has words that would be taken for yours: “{one_line(said)[:60]}”.",
                "Make them the title of a section, or a comment on a line of its own: <!-- … -->.",
            )

    def _template(self, name: str) -> Template:
        file = self._folder / f"{name}{ENDING}"
        if not _NAME.fullmatch(name) or not file.is_file():
            raise Refused(
                f"There is no note format {one_line(name)[:60]}.",
                f"Choose among {', '.join(self.names())}, or make your own: NAME{ENDING} in {self._folder}.",
            )
        try:
            source = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as trouble:
            raise self._unusable(name, "it cannot be read as UTF-8 text") from trouble
        if len(source) > _LARGEST or _MARK in source:
            raise self._unusable(name, "it is too long, or no text")
        try:
            return _ENVIRONMENT.from_string(source)
        except TemplateSyntaxError as wrong:
            raise self._unusable(name, f"line {wrong.lineno}: {one_line(wrong.message or '')}") from wrong
        except (RecursionError, MemoryError) as trouble:
            raise self._unusable(name, "its parts lie too deep in one another") from trouble

    def _unusable(self, name: str, why: str) -> Refused:
        return Refused(
            f"The note format {name} cannot be used: {why.rstrip('.')}.",
            f"Mend {self._folder / name}{ENDING}; see docs/notes.md.",
        )


class _OwnFormats(ImmutableSandboxedEnvironment):
    """Titles and plain words need no sums, and none of what could take hours or all memory."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
        )
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def call_binop(self, _context: Context, operator: str, _left: object, _right: object) -> object:
        """Refuse what was intercepted."""
        raise SecurityError(f"{operator} is not for note formats")


_ENVIRONMENT = _OwnFormats()


def _laid_out(template: Template, name: str, fill: Fill) -> str:
    """Run the template, then put under each of its sections what belongs there, letter by letter."""
    sections = _Sections()
    text = ""
    for piece in template.generate(section=sections.declare):
        text += piece
        if len(text) > _LARGEST:
            raise ValueError("what it lays out is too long")
    lines = "\n".join(line.strip() for line in text.splitlines())
    tidy = re.sub(r"\n{3,}", "\n\n", lines).strip()
    first, *others = blocks(sections.as_format(name), fill)
    below = re.sub(f"{_MARK}(\\d+){_MARK}", lambda found: others[int(found[1])], tidy)
    return "\n\n".join(filter(None, (first, below))) + "\n"


class _Sections:
    """What a template says of its sections."""

    def __init__(self) -> None:
        self._headings: list[Heading] = []
        self._markers_under = self._risk_under = FREE_TEXT

    def declare(self, field: str, title: str, *, markers: bool = False, risk: bool = False) -> str:
        """`section("plan", "Until next time")` in a template: the place of that section."""
        if field not in FIELDS:
            raise ValueError(f"a section is of one of {', '.join(FIELDS)}, not of {field}")
        if not any(map(str.isalpha, title)) or len(title) > _LONGEST_TITLE or _NOT_IN_A_TITLE & set(title):
            raise ValueError("the title of a section is a few plain words")
        if markers:
            self._markers_under = field
        if risk:
            self._risk_under = field
        self._headings.append(Heading(field, heading_line(field, one_line(title))))
        return f"{_MARK}{len(self._headings) - 1}{_MARK}"

    def as_format(self, name: str) -> NoteFormat:
        """What was said, as one of our formats says it."""
        return NoteFormat(name, name, tuple(self._headings), self._markers_under, self._risk_under)
