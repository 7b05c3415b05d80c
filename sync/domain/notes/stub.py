"""Lays the stub of a note: headings and the labels of what is to be rated, never a last value."""

from collections.abc import Mapping, Sequence

from sync.domain.notes.formats import KNOWN_HEADINGS, HeadingIndex, NoteFormat
from sync.domain.notes.parsing import read_note
from sync.domain.notes.rendering import Fill, rendered
from sync.domain.notes.values import NoteReading, Rating

_USUAL_SCALE = 10.0


def stub_fill(marker_labels: Sequence[str], scales: Mapping[str, float] | None = None) -> Fill:
    """What an unwritten note asks for: `Panic: /10` for each label, and an empty `Risk:`.

    `scales` gives the scale of a label where it is not ten. Values are never carried into a note.
    """
    scales = scales or {}
    labels = {" ".join(label.split()): scales.get(label, _USUAL_SCALE) for label in marker_labels}
    rows = tuple(f"{label}: /{scale:.0f}" for label, scale in labels.items() if label)
    return Fill(rows=rows, asks_risk=True)


def stub_body(
    note_format: NoteFormat, marker_labels: Sequence[str], scales: Mapping[str, float] | None = None
) -> str:
    """The body of an unwritten note in one of our formats: its headings, and what `stub_fill` asks for."""
    return rendered(note_format, stub_fill(marker_labels, scales))


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
