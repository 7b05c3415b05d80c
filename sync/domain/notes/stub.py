"""Lays the stub of a note: headings and the labels of what is to be rated, never a last value."""

from collections.abc import Mapping, Sequence

from sync.domain.notes.formats import FREE_TEXT, KNOWN_HEADINGS, HeadingIndex, NoteFormat
from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import NoteReading, Rating

_USUAL_SCALE = 10.0


def stub_body(
    note_format: NoteFormat, marker_labels: Sequence[str], scales: Mapping[str, float] | None = None
) -> str:
    """The body of an unwritten note: `Panic: /10` for each label, an empty `Risk:`, the headings.

    `scales` gives the scale of a label where it is not ten. Values are never carried into a note.
    """
    scales = scales or {}
    labels = {" ".join(label.split()): scales.get(label, _USUAL_SCALE) for label in marker_labels}
    to_rate = [f"{label}: /{scale:.0f}" for label, scale in labels.items() if label]
    titles = [
        (FREE_TEXT, ""),
        *((heading.field, f"## {heading.title}") for heading in note_format.headings),
    ]
    blocks = [_block(note_format, field, title, to_rate) for field, title in titles]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _block(note_format: NoteFormat, field: str, title: str, to_rate: list[str]) -> str:
    rows = "\n".join(to_rate) if field == note_format.markers_under else ""
    risk = "Risk:" if field == note_format.risk_under else ""
    return "\n\n".join(filter(None, (title, rows, risk)))


def is_untouched(body: str, headings: HeadingIndex = KNOWN_HEADINGS) -> bool:
    """Whether `body` is still only a stub: nothing understood, no word beyond headings and labels."""
    return read_note(body, headings) == NoteReading()


def can_be_rated(label: str, scale: float) -> bool:
    """Whether a stub may ask for `label`: its row, filled in, is a rating of just that and says no more.

    Names of headings, days and risk are no markers, nor is a sentence.
    """
    top = f"{scale:.0f}"
    filled_in = read_note(f"{label}: {top}/{top}")
    return filled_in.ratings == (Rating(label, scale, scale),) and not filled_in.themes
