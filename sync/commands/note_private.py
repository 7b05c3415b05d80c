"""`note private`: what a therapist keeps of a session for herself alone."""

import sys
from typing import IO

import click

from sync.commands.editing import edited_privately
from sync.commands.note_session import session_and_zone
from sync.commands.note_showing import numbered
from sync.commands.opening import opened_app
from sync.commands.showing import local, show_json, show_text, show_verbatim
from sync.commands.texts import read_text
from sync.domain.notes.comment import drop_comment
from sync.domain.notes.private_head import HEAD, drop_head
from sync.domain.phrasing import listed
from sync.errors import Refused
from sync.jobs.private_notes import PrivatelySaved, open_private_note, write_private_note


@click.group(short_help="Notes for yourself alone: show, write, edit.")
def private() -> None:
    """Private notes, for the session's practitioner alone: no briefing, report or search reads them."""


@private.command()
@click.argument("session")
@click.option("--revision", type=click.IntRange(1), help="Show this one of its texts.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def show(session: str, revision: int | None, as_json: bool) -> None:
    """Show the private note of SESSION.

    In a file or a pipe its text has the mark above it by which it is known as private again.
    """
    with opened_app() as app:
        session_id, zone = session_and_zone(app, session)
        note = open_private_note(app, session_id, app.now())
    chosen = [text for text in note.texts if revision in (None, text.number)]
    if revision is not None and not chosen:
        raise Refused("The private note has no such revision.", "Leave out `--revision` to see the latest.")
    if as_json:
        show_json({"session_id": session_id, "author": note.author, "texts": chosen})
        return
    when = local(note.starts_at, zone)
    piped = not sys.stdout.isatty()
    click.echo(f"{note.client_code} · {when} · private note, for {note.author} alone", err=piped)
    if not chosen:
        click.echo("Nothing was written yet.", err=piped)
        return
    saved = local(chosen[-1].saved_at, zone)
    click.echo(f"Revision {chosen[-1].number} of {len(note.texts)}, saved {saved}\n", err=piped)
    show_verbatim(f"{HEAD if piped else ''}{chosen[-1].body}")


@private.command()
@click.argument("session")
@click.option("--file", "source", type=click.File("rb"), required=True, help="- reads standard input.")
def write(session: str, source: IO[bytes]) -> None:
    """Save a text as the private note of SESSION. What was there before stays as a revision."""
    with opened_app() as app:
        session_id, _ = session_and_zone(app, session)
        _report(session_id, write_private_note(app, session_id, _body(read_text(source)), app.now()))


@private.command()
@click.argument("session")
def edit(session: str) -> None:
    """Open the private note of SESSION in $EDITOR."""
    with opened_app() as app:
        session_id, _ = session_and_zone(app, session)
        note = open_private_note(app, session_id, app.now())
        save_with = f"practice-sync note private write {session} --file DRAFT"
        with edited_privately(f"{HEAD}{note.body}", save_with) as text:
            body = _body(text)
            if body == note.body or not body.strip():
                click.echo("Nothing was changed.")
                return
            _report(session_id, write_private_note(app, session_id, body, app.now(), len(note.texts)))


def _body(text: str) -> str:
    return drop_head(drop_comment(text))


def _report(session_id: str, saved: PrivatelySaved) -> None:
    if not saved.new:
        click.echo("Nothing new: this text is saved already.")
        return
    click.echo(f"Saved as revision {saved.revision} of the private note.")
    if saved.beside:
        show_text(
            f"The note was changed meanwhile: {numbered(saved.beside)} beside this text. All are kept. See "
            f"`practice-sync note private show {session_id[:8]} --revision {saved.beside[-1]}`.",
            "! ",
        )
    if saved.misplaced:
        counts = "counts" if len(saved.misplaced) == 1 else "count"
        show_text(
            f"Your words are kept as they are. But {listed(saved.misplaced)} {counts} only in the progress "
            f"note, which briefings read: `practice-sync note edit {session_id[:8]}`."
        )
