"""The lines of a note, each with its place."""

import re
from typing import NamedTuple

from sync.domain.notes.labels import Label, read_label

_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")
_ODD_LINE_ENDS = re.compile("[\r\u2028\u2029]")


class Line(NamedTuple):
    """A line without its end, where it `start`s in the note (characters), and its label if it has a colon."""

    text: str
    start: int
    label: Label | None


def line_at(text: str, start: int) -> Line:
    """The line `text` that stands at `start`."""
    return Line(text, start, read_label(text) if ":" in text or "\uff1a" in text else None)


def lines_of(body: str) -> list[Line]:
    """The lines of a note, whatever ends them; a byte-order mark at the start is no word."""
    start = 1 if body.startswith("\ufeff") else 0
    if not _ODD_LINE_ENDS.search(body):
        return _split_plainly(body, start)
    lines = []
    for end in _LINE_END.finditer(body, start):
        lines.append(line_at(body[start : end.start()], start))
        start = end.end()
    lines.append(line_at(body[start:], start))
    return lines


def _split_plainly(body: str, start: int) -> list[Line]:
    lines = []
    for text in body[start:].split("\n"):
        lines.append(line_at(text, start))
        start += len(text) + 1
    return lines
