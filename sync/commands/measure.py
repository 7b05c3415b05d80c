"""`measure`: standard questionnaires, from their answers or their totals."""

import click

from sync.commands.measure_words import instrument_json, told
from sync.commands.showing import show_json, show_text
from sync.domain.progress.instruments.known import INSTRUMENTS


@click.group()
def measure() -> None:
    """Standard questionnaires: list them, enter answers or a total, show a course, void a mistake."""


@measure.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_(as_json: bool) -> None:
    """List the questionnaires: how each total reads, what counts as change, and whose it is."""
    if as_json:
        show_json([instrument_json(instrument) for instrument in INSTRUMENTS])
        return
    for number, instrument in enumerate(INSTRUMENTS):
        if number:
            click.echo()
        for text, lead in told(instrument):
            show_text(text, lead)
