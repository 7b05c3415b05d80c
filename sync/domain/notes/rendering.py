"""Renders a note from its canonical fields in any format: a stub, or what was written in another one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sync.domain.notes.formats import (
    ASSESSMENT,
    FIELDS,
    FREE_TEXT,
    INTERVENTIONS,
    KNOWN_HEADINGS,
    OBSERVATIONS,
    RESPONSE,
    RISK,
    NoteFormat,
)
from sync.domain.notes.heading_words import plain_name
from sync.domain.notes.values import Section

_RISK_ROW = "Risk:"
_APART = "risk apart"
"""The place of what is said under a heading of risk, in a format that has none: below what asks for it."""


@dataclass(frozen=True, slots=True)
class Fill:
    """What is put under a format's headings: `words` by canonical field, verbatim; the `rows` to rate.

    `asks_risk` adds an empty `Risk:`.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    asks_risk: bool = False


def fill_of(sections: Iterable[Section]) -> Fill:
    """What a note says, ready for another format. Ratings, tasks and the like stand in its lines."""
    words: dict[str, str] = {}
    for section in sections:
        words[section.field] = _joined(words.get(section.field, ""), section.text)
    return Fill(words)


def rendered(note_format: NoteFormat, fill: Fill) -> str:
    """The whole note, with a line end."""
    return _joined(*blocks(note_format, fill)) + "\n"


def blocks(note_format: NoteFormat, fill: Fill) -> list[str]:
    """What stands before the first heading of the format, then each heading with all below it."""
    placed = _placed(note_format, fill.words)
    titled = [(FREE_TEXT, "")]
    titled += [(heading.field, f"## {heading.title}") for heading in note_format.headings]
    result = []
    for place, title in titled:
        rows = "\n".join(fill.rows) if place == note_format.markers_under else ""
        is_risk_here = place == note_format.risk_under
        risk = _RISK_ROW if fill.asks_risk and is_risk_here else ""
        # What has a place of its own goes there once, also where a heading stands twice.
        words = placed.pop(place, "")
        result.append(_joined(title, rows, words, placed.pop(_APART, "") if is_risk_here else "", risk))
    return result


def heading_line(canonical: str, title: str) -> str:
    """A heading of a practice's own; where its title would not be known, it names its field."""
    name = plain_name(title)
    known = KNOWN_HEADINGS.labels.get(name) or KNOWN_HEADINGS.marked.get(name)
    return title if known == canonical else f"{title} <!-- {canonical} -->"


def _placed(note_format: NoteFormat, words: Mapping[str, str]) -> dict[str, str]:
    """The words by the field of the heading they come under, in the order of the fields."""
    own = {heading.field for heading in note_format.headings}
    placed: dict[str, str] = {}
    for canonical in FIELDS:
        text = words.get(canonical, "")
        place = canonical if canonical in own else _elsewhere(note_format, canonical)
        if place != FREE_TEXT:
            text = _deeper(text)
        if canonical == RISK and RISK not in own and text:
            text = f"## Risk\n\n{text}"
        placed[place] = _joined(placed.get(place, ""), text)
    return placed


def _elsewhere(note_format: NoteFormat, canonical: str) -> str:
    """Where a field goes that the format has no heading for."""
    if canonical in (OBSERVATIONS, INTERVENTIONS):
        return note_format.markers_under
    if canonical in (ASSESSMENT, RESPONSE):
        return note_format.risk_under
    return _APART if canonical == RISK else FREE_TEXT


def _deeper(text: str) -> str:
    """`text` with its own headings below the format's, so that none of them ends the section."""
    lines = text.split("\n")
    return "\n".join(f"### {line.lstrip('# ')}" if line.startswith(("# ", "## ")) else line for line in lines)


def _joined(*texts: str) -> str:
    return "\n\n".join(filter(None, texts))
