"""`note`: read, write, edit and look back at the note of a session."""

import sys
from dataclasses import replace
from typing import IO

import click

from sync.commands.editing import edited_privately
from sync.commands.note_checking import check
from sync.commands.note_overdue import overdue
from sync.commands.note_private import private
from sync.commands.note_session import session_and_zone
from sync.commands.note_showing import (
    CHANGED,
    addendum_lines,
    beside_words,
    happening_line,
    happenings,
    life_json,
    signed_line,
)
from sync.commands.note_signing import amend, reopen, sign
from sync.commands.note_words import show_not_understood, understood
from sync.commands.opening import opened_app
from sync.commands.showing import WIDTH, local, show_json, show_text, show_verbatim, wrapped
from sync.commands.texts import read_text
from sync.domain.briefing.display import block
from sync.domain.notes.comment import as_comment, carried_lines, drop_comment
from sync.domain.notes.rendering import fill_of
from sync.domain.notes.states import SIGNED
from sync.errors import Refused
from sync.jobs.notes import (
    SIGNED_STANDS,
    OpenNote,
    Saved,
    add_to_it,
    note_history,
    note_life,
    open_note,
    see_history,
    write_note,
)

_BESIDE = "  | "


@click.group()
def note() -> None:
    """Notes: write, read, sign. SESSION is an id from `practice-sync sessions`."""


note.add_command(sign)
note.add_command(reopen)
note.add_command(amend)
note.add_command(private)
note.add_command(overdue)
note.add_command(check)


@note.command()
@click.argument("session")
@click.option("--as", "as_format", metavar="FORMAT", help="Lay its text out in another format, unsaved.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def show(session: str, as_format: str | None, as_json: bool) -> None:
    """Show the note of SESSION, with what is carried forward beside it.

    In a file or a pipe the text stands alone, ready for `note write`; all else is on standard error.
    """
    with opened_app() as app:
        session_id, zone = session_and_zone(app, session)
        opened = open_note(app, session_id, app.now())
        if as_format:
            app.note_formats.require(as_format)
        if as_format and opened.revision:
            body = app.note_formats.laid_out(as_format, fill_of(opened.reading.sections))
            opened = replace(opened, body=body)
    if as_json:
        show_json(_note_json(opened))
        return
    _show_head(opened, zone, err=not sys.stdout.isatty())
    show_verbatim(opened.body)
    for addendum in opened.life.addenda:
        click.echo()
        for line in addendum_lines(addendum, zone):
            click.echo(line)


@note.command()
@click.argument("session")
@click.option("--file", "source", type=click.File("rb"), required=True, help="- reads standard input.")
@click.option("--revision", type=click.IntRange(0), help="The one it was written from; 0 is the stub.")
def write(session: str, source: IO[bytes], revision: int | None) -> None:
    """Save a text as the note of SESSION. What was there before stays as a revision.

    With --revision you are told of what was saved meanwhile.
    """
    with opened_app() as app:
        session_id, _ = session_and_zone(app, session)
        body = drop_comment(read_text(source))
        _report(session_id, write_note(app, session_id, body, app.now(), revision))


@note.command()
@click.argument("session")
def edit(session: str) -> None:
    """Open the note of SESSION in $EDITOR."""
    with opened_app() as app:
        session_id, zone = session_and_zone(app, session)
        opened = open_note(app, session_id, app.now())
        beside = as_comment(opened.carried, lambda moment: local(moment, zone)[:15])
        if opened.status == SIGNED:
            raise Refused(SIGNED_STANDS, add_to_it(session_id))
        save_with = f"practice-sync note write {session} --file DRAFT"
        with edited_privately(f"{beside}{opened.body}", save_with) as text:
            body = drop_comment(text)
            if body == opened.body:
                click.echo("Nothing was changed.")
                return
            _report(session_id, write_note(app, session_id, body, app.now(), opened.revision))


@note.command(short_help="Show what happened to a note, or an earlier text.")
@click.argument("session")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--revision", type=click.IntRange(1), help="Show the text of this one.")
def history(session: str, as_json: bool, revision: int | None) -> None:
    """Show when the note of SESSION was saved, signed and added to, or one of its earlier texts."""
    with opened_app() as app:
        session_id, zone = session_and_zone(app, session)
        saved, life = note_history(app, session_id), note_life(app, session_id)
    if as_json:
        show_json(happenings(saved, life))
    elif revision is not None:
        chosen = [each for each in saved if each.number == revision]
        if not chosen:
            raise Refused("The note has no such revision.", see_history(session_id))
        click.echo(chosen[0].body, nl=not chosen[0].body.endswith("\n"))
    elif not saved:
        click.echo("Nothing was written yet.")
    else:
        for each in happenings(saved, life):
            click.echo(happening_line(each, zone))


def _show_head(opened: OpenNote, zone: str, *, err: bool) -> None:
    """What stands above the text: whose it is, what became of it, what is carried forward."""
    when = local(opened.session.starts_at, zone)
    click.echo(f"{opened.session.client_code} · {when} · {opened.status}", err=err)
    if signed := signed_line(opened.life, zone, late=opened.late_entry):
        show_text(signed, err=err)
    if opened.life.signed and not opened.life.signed.intact:
        show_text(CHANGED, "! ", err=err)
    if opened.beside:
        show_text(beside_words(opened.session.id, opened.beside), "! ", err=err)
    for line in carried_lines(opened.carried, lambda moment: local(moment, zone)[:15]):
        for piece in wrapped(block(line), WIDTH - len(_BESIDE)).split("\n"):
            click.echo(f"{_BESIDE}{piece}".rstrip(), err=err)
    show_not_understood(opened.reading, err=err)
    click.echo(err=err)


def _report(session_id: str, saved: Saved) -> None:
    if not saved.new:
        click.echo("Nothing new: this text is saved already.")
        return
    show_text(f"Saved as revision {saved.revision}. Understood: {understood(saved.reading)}.")
    show_not_understood(saved.reading)
    if saved.beside:
        show_text(beside_words(session_id, saved.beside), "! ")


def _note_json(opened: OpenNote) -> dict[str, object]:
    return {
        "session_id": opened.session.id,
        "status": opened.status,
        "revision": opened.revision,
        "beside": opened.beside,
        **life_json(opened.life, late=opened.late_entry),
        "body": opened.body,
        "understood": opened.reading,
        "carried_forward": opened.carried,
    }
