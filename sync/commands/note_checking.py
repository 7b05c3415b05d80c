"""`note check`: what is understood in a text, before it is anybody's note."""

from typing import IO

import click

from sync.commands.note_words import understood
from sync.commands.showing import show_json, show_table, show_text
from sync.commands.texts import read_text
from sync.domain.notes.comment import drop_comment
from sync.domain.notes.formats import FORMATS, KNOWN_HEADINGS, headings_of
from sync.domain.notes.parsing import read_note
from sync.domain.notes.understanding import meanings_of
from sync.domain.phrasing import counted


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option(
    "--format",
    "note_format",
    type=click.Choice(sorted(FORMATS)),
    help="Read its headings as in this format; else as in any.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check(file: IO[bytes], note_format: str | None, as_json: bool) -> None:
    """Show line by line what is understood in FILE, a note's text; - reads standard input.

    Nothing is saved, and no database is needed.
    """
    body = drop_comment(read_text(file))
    headings = headings_of(note_format) if note_format else KNOWN_HEADINGS
    reading, meanings = read_note(body, headings), meanings_of(body, headings)
    if as_json:
        lines = [meaning._asdict() for meaning in meanings]
        show_json({"format": note_format, "lines": lines, "understood": reading})
        return
    rows = [(str(meaning.line), meaning.what, meaning.text) for meaning in meanings]
    show_table(["Line", "It is", "Words"], rows, "There are no words in this text.")
    click.echo()
    show_text(f"Understood: {understood(reading)}.")
    if reading.not_understood:
        unclear = counted(len(reading.not_understood), "line")
        show_text(f"Not understood: {unclear}. What stands there stays in the note, and counts for nothing.")
