"""`briefing`: see one before it is sent, and what became of each."""

import webbrowser
from datetime import datetime
from pathlib import Path

import click

from sync.adapters.loopback_page import show_once
from sync.commands.briefing_feedback import feedback, show_lines
from sync.commands.mail_fates import show_fates
from sync.commands.meaning import Moment, moment_in, the_session
from sync.commands.opening import opened_app
from sync.commands.private_file import write_private
from sync.commands.showing import show_text
from sync.domain.briefing.privacy import Privacy
from sync.errors import Refused
from sync.jobs.brief import privacy_of
from sync.jobs.feedback import lines_of
from sync.jobs.preview import PreviewWish, preview_letter, remarks
from sync.store.practitioners import practitioner
from sync.store.sessions import session_row

HOUR_ALONE = "Mail carries the hour alone, as you chose; this is the whole page, with codes for names."


@click.group()
def briefing() -> None:
    """Briefings: preview, list, feedback."""


@briefing.command()
@click.argument("session")
@click.option(
    "--privacy",
    type=click.Choice([p.value for p in Privacy]),
    help="As mail of this kind would look; the whole page unless said.",
)
@click.option("--at", "moment", type=Moment(), help="As of this moment; now unless said.")
@click.option("--html", "file", type=click.Path(path_type=Path), help="Write the mail as it would look.")
@click.option("--keys", is_flag=True, help="Show below it by which key each line can be called wrong.")
@click.option("--open", "in_browser", is_flag=True, help="Show it in your browser; no file is left behind.")
def preview(
    session: str, privacy: str | None, moment: datetime | None, file: Path | None, **shown: bool
) -> None:
    """Show the briefing for SESSION as it is now, or was or will be at another moment. Nothing is sent."""
    with opened_app() as app:
        now = app.now()
        at = now if moment is None else moment_in(app, moment)
        with app.reading() as records:
            session_id = the_session(records, session)
            person = practitioner(records, session_row(records, session_id).practitioner_id)
            by_mail = privacy_of(app, person)
            wish = PreviewWish(Privacy(privacy) if privacy else _at_home(by_mail), at, now)
            letter = preview_letter(app, records, session_id, wish)
            said = remarks(app, records, session_id, wish)
            keyed = lines_of(app, records, session_id, at) if shown["keys"] else ()
    if privacy is None and by_mail is Privacy.LINK:
        said = (*said, HOUR_ALONE)
    for remark in said:
        show_text(remark, err=True)
    page = app.renderer.preview_html(letter)
    if file is not None:
        write_private(file, page)
        show_text(f"Written to {file}. It holds clinical words: remove it when you have looked.")
    if shown["in_browser"]:
        _show(page)
    if file is None and not shown["in_browser"]:
        click.echo(letter.text, nl=False)
    if shown["keys"]:
        click.echo()
        show_lines(keyed)


def _at_home(by_mail: Privacy) -> Privacy:
    """What is shown on her own machine: the page itself, where mail says no more than that there is one."""
    return Privacy.CODE if by_mail is Privacy.LINK else by_mail


def _show(page: str) -> None:
    if not show_once(page, webbrowser.open):
        raise Refused("No browser came for the page.", "Write it into a file: `--html FILE`.")
    click.echo("Shown in your browser, once: no file is left behind.", err=True)


briefing.add_command(feedback)


@briefing.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_(as_json: bool) -> None:
    """The fate of each briefing, and of each digest, preview and follow-up."""
    with opened_app() as app:
        show_fates(app, as_json=as_json)
