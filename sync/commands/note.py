"""`note`: read, write, edit and look back at the note of a session."""

from typing import IO

import click

from sync.app import App
from sync.commands.editing import edited_privately
from sync.commands.meaning import the_session
from sync.commands.opening import opened_app
from sync.commands.showing import local, show_json
from sync.domain.notes.comment import as_comment, drop_comment
from sync.domain.notes.values import NoteReading
from sync.domain.phrasing import counted
from sync.errors import Refused
from sync.jobs.notes import OpenNote, Saved, note_history, open_note, write_note
from sync.jobs.wishes import zone_of
from sync.store.sessions import session_row

LARGEST = 1_000_000
"""Characters of one note; more is not a note but a mistake."""


@click.group()
def note() -> None:
    """Notes: show, write, edit, history. SESSION is an id from `practice-sync sessions`."""


@note.command()
@click.argument("session")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def show(session: str, as_json: bool) -> None:
    """Show the note of SESSION, with what is carried forward beside it."""
    with opened_app() as app:
        session_id = _session(app, session)
        opened = open_note(app, session_id, app.now())
        zone = _zone(app, session_id)
    if as_json:
        show_json(_note_json(opened))
        return
    when = local(opened.session.starts_at, zone)
    click.echo(f"{opened.session.client_code} · {when} · {opened.status}")
    beside = as_comment(opened.carried, lambda moment: local(moment, zone)[:15])
    for line in beside.splitlines()[1:-1]:
        click.echo(f"  | {line}".rstrip())
    click.echo()
    click.echo(opened.body, nl=not opened.body.endswith("\n"))


@note.command()
@click.argument("session")
@click.option("--file", "source", type=click.File("rb"), required=True, help="- reads standard input.")
def write(session: str, source: IO[bytes]) -> None:
    """Save a text as the note of SESSION. What was there before stays as a revision."""
    with opened_app() as app:
        session_id = _session(app, session)
        try:
            text = source.read(4 * LARGEST + 1).decode()  # line ends stay as they are
        except (UnicodeDecodeError, OSError) as trouble:
            raise Refused("The text cannot be read as UTF-8.", "Save the file as UTF-8 text.") from trouble
        if len(text) > LARGEST:
            raise Refused("This text is too long for a note.", "A note may have a million characters.")
        _report(write_note(app, session_id, drop_comment(text), app.now()))


@note.command()
@click.argument("session")
def edit(session: str) -> None:
    """Open the note of SESSION in $EDITOR."""
    with opened_app() as app:
        session_id = _session(app, session)
        opened = open_note(app, session_id, app.now())
        zone = _zone(app, session_id)
        beside = as_comment(opened.carried, lambda moment: local(moment, zone)[:15])
        with edited_privately(f"{beside}{opened.body}") as text:
            body = drop_comment(text)
            if body == opened.body:
                click.echo("Nothing was changed.")
                return
            _report(write_note(app, session_id, body, app.now()))


@note.command(short_help="Show when a note was saved, or an earlier text.")
@click.argument("session")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--revision", type=click.IntRange(1), help="Show the text of this one.")
def history(session: str, as_json: bool, revision: int | None) -> None:
    """Show when the note of SESSION was saved, or one of its earlier texts."""
    with opened_app() as app:
        session_id = _session(app, session)
        saved = note_history(app, session_id)
        zone = _zone(app, session_id)
    if as_json:
        show_json(saved)
    elif revision is not None:
        chosen = [each for each in saved if each.number == revision]
        if not chosen:
            raise Refused("The note has no such revision.", "See `practice-sync note history SESSION`.")
        click.echo(chosen[0].body, nl=not chosen[0].body.endswith("\n"))
    elif not saved:
        click.echo("Nothing was written yet.")
    else:
        for each in saved:
            click.echo(f"{each.number:>4}  {local(each.saved_at, zone)}  {len(each.body.split())} words")


def _session(app: App, said: str) -> str:
    with app.reading() as records:
        return the_session(records, said)


def _zone(app: App, session_id: str) -> str:
    with app.reading() as records:
        return zone_of(app, records, session_row(records, session_id).practitioner_id)


def _report(saved: Saved) -> None:
    if not saved.new:
        click.echo("Nothing new: this text is saved already.")
        return
    click.echo(f"Saved as revision {saved.revision}. Understood: {understood(saved.reading)}.")


def understood(reading: NoteReading) -> str:
    """In a few words, what was found in a note."""
    counts = (
        (len(reading.ratings), "rating"),
        (len(reading.tasks), "task"),
        (len(reading.themes), "theme"),
        (len(reading.interventions), "intervention"),
    )
    found = [counted(number, word) for number, word in counts if number]
    found += ["a plan"] if reading.plan else []
    found += ["a risk line"] if reading.risk else []
    return ", ".join(found) or "text only"


def _note_json(opened: OpenNote) -> dict[str, object]:
    return {
        "session_id": opened.session.id,
        "status": opened.status,
        "revision": opened.revision,
        "body": opened.body,
        "understood": opened.reading,
        "carried_forward": opened.carried,
    }
