"""Reads a text that is given as a file or on standard input."""

from typing import IO

from sync.errors import Refused

LARGEST = 1_000_000
"""Characters of one note; more is not a note but a mistake."""


def read_text(source: IO[bytes]) -> str:
    """The text in `source`, with its line ends as they are; `Refused` when it is none or too long."""
    try:
        text = source.read(4 * LARGEST + 1).decode()
    except (UnicodeDecodeError, OSError) as trouble:
        raise Refused("The text cannot be read as UTF-8.", "Save the file as UTF-8 text.") from trouble
    if len(text) > LARGEST:
        raise Refused("This text is too long for a note.", "A note may have a million characters.")
    return text
