"""`briefing feedback`: say of a line that it is wrong or of no use, and it does not come back."""

from collections.abc import Sequence

import click

from sync.commands.meaning import the_session
from sync.commands.opening import opened_app
from sync.commands.showing import show_json, show_text
from sync.domain.progress.statements import Verdict
from sync.jobs.feedback import Said, lines_of, say_of_line, take_line_back

SHOWN_OF_KEY = 8
_CALLED = {Verdict.WRONG: "called wrong", Verdict.DISMISSED: "of no use"}


@click.command()
@click.argument("session")
@click.option("--list", "listing", is_flag=True, help="Show the lines with their keys. So without options.")
@click.option("--wrong", multiple=True, metavar="KEY", help="This line is wrong: do not say it again.")
@click.option("--not-useful", multiple=True, metavar="KEY", help="It is of no use: do not say it again.")
@click.option("--take-back", multiple=True, metavar="KEY", help="Say it again after all.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def feedback(
    session: str,
    wrong: tuple[str, ...],
    not_useful: tuple[str, ...],
    take_back: tuple[str, ...],
    **shown: bool,
) -> None:
    """Say of lines of SESSION's briefing that they are wrong or of no use.

    They do not come back, on the progress page neither, until their words or what they rest on change. What
    is about safety and what was agreed is always said.
    """
    with opened_app() as app:
        now = app.now()
        with app.reading() as records:
            session_id = the_session(records, session)
        for verdict, keys in ((Verdict.WRONG, wrong), (Verdict.DISMISSED, not_useful)):
            for key in keys:
                line = say_of_line(app, session_id, key, verdict, now)
                show_text(f"Not said again: {line.words}", err=shown["as_json"])
        for key in take_back:
            line = take_line_back(app, session_id, key, now)
            show_text(f"Said again when it is due: {line.words}", err=shown["as_json"])
        if not (shown["listing"] or shown["as_json"]) and (wrong or not_useful or take_back):
            return
        with app.reading() as records:
            lines = lines_of(app, records, session_id, now)
    if shown["as_json"]:
        show_json([{"key": each.key, "words": each.words, "verdict": each.verdict} for each in lines])
        return
    show_lines(lines)


def show_lines(lines: Sequence[Said]) -> None:
    """Each line behind its key; below them those that are not said any more."""
    if not lines:
        click.echo("No line of this briefing can be called wrong: safety and what was agreed always stand.")
    for each in lines:
        called = f" [{_CALLED[each.verdict]}]" if each.verdict else ""
        show_text(f"{each.words}{called}", f"{each.key[:SHOWN_OF_KEY]}  ")
