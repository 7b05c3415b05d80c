"""`progress`: a client's way over months, from the notes seen together."""

from typing import Any

import click

from sync.commands.meaning import the_client
from sync.commands.opening import opened_app
from sync.commands.progress_json import progress_json
from sync.commands.progress_page import SHOWN_OF_KEY, page
from sync.commands.sheet import sheet_options, show_sheet, wish_of
from sync.commands.showing import show_json, show_text
from sync.domain.progress.statements import Verdict
from sync.jobs.page_verdicts import say_of_pair
from sync.jobs.progress import progress_of

_UNDO = {
    Verdict.PINNED: (
        "Pinned: these words stay. To see them no more: `practice-sync progress {code} --dismiss {key}`"
    ),
    Verdict.DISMISSED: (
        "Dismissed: these words are not shown again. To have them back: "
        "`practice-sync progress {code} --pin {key}`"
    ),
}


@click.command()
@click.argument("client")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--pin", multiple=True, metavar="KEY", help="Words of then and now: keep showing these.")
@click.option("--dismiss", multiple=True, metavar="KEY", help="Words of then and now: never these again.")
@sheet_options
def progress(
    client: str, as_json: bool, pin: tuple[str, ...], dismiss: tuple[str, ...], **options: Any
) -> None:
    """Show how CLIENT (a code, name or id) is getting on, from all notes seen together."""
    wish = wish_of(as_json, options)
    with opened_app() as app:
        with app.reading() as records:
            person = the_client(records, client)
        for verdict, keys in ((Verdict.PINNED, pin), (Verdict.DISMISSED, dismiss)):
            for key in keys:
                judged = say_of_pair(app, person.id, key, verdict, app.now())
                undo = _UNDO[verdict].format(code=person.code, key=judged[:SHOWN_OF_KEY])
                show_text(undo, err=as_json or wish is not None)
        if wish is not None:
            show_sheet(app, person, wish, app.now())
            return
        seen = progress_of(app, person.id, app.now())
    if as_json:
        show_json(progress_json(seen))
        return
    if pin or dismiss:
        click.echo()
    for line in page(seen):
        show_text(*line) if line else click.echo()
