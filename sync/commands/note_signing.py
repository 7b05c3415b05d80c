"""`note sign`, `note reopen`, `note amend`: what is fixed, and how it is added to."""

from typing import IO

import click

from sync.commands.editing import edited_privately
from sync.commands.note_session import session_and_zone
from sync.commands.note_words import show_not_understood, understood
from sync.commands.opening import opened_app
from sync.commands.showing import local, show_text
from sync.commands.texts import read_text
from sync.jobs.signing import Added, amend_note, reopen_note, require_signed, sign_note


@click.command(short_help="Sign the note of SESSION.")
@click.argument("session")
def sign(session: str) -> None:
    """Sign the note of SESSION: its text does not change from then on; what comes later is added."""
    with opened_app() as app:
        session_id, zone = session_and_zone(app, session)
        done = sign_note(app, session_id, app.now())
        now = app.now()
    late = " A late entry: it is marked as one." if done.late_entry else ""
    click.echo(f"Signed: revision {done.revision}.{late}")
    if done.reopens_until > now:
        show_text(
            f"Until {local(done.reopens_until, zone)} it can be opened again: "
            f"`practice-sync note reopen {session_id[:8]} --reason WHY`."
        )


@click.command(short_help="Open a note again soon after it was signed.")
@click.argument("session")
@click.option("--reason", required=True, help="Why; it is kept with the note.")
def reopen(session: str, reason: str) -> None:
    """Make the signed note of SESSION a draft again. `notes.grace_hours` says how long that can be done."""
    with opened_app() as app:
        session_id, _ = session_and_zone(app, session)
        reopen_note(app, session_id, reason, app.now())
    click.echo("Opened again: it is a draft until you sign it.")


@click.command(short_help="Add to the signed note of SESSION.")
@click.argument("session")
@click.option("--reason", required=True, help="Why; it is shown with the addendum.")
@click.option("--file", "source", type=click.File("rb"), help="- reads standard input; else your editor.")
def amend(session: str, reason: str, source: IO[bytes] | None) -> None:
    """Add a dated text to the signed note of SESSION, which itself stays as it is."""
    with opened_app() as app:
        session_id, _ = session_and_zone(app, session)
        require_signed(app, session_id)
        if source is not None:
            _report(amend_note(app, session_id, reason, read_text(source), app.now()))
            return
        with edited_privately("", f"practice-sync note amend {session} --reason WHY --file DRAFT") as text:
            if not text.strip():
                click.echo("Nothing was added.")
                return
            _report(amend_note(app, session_id, reason, text, app.now()))


def _report(added: Added) -> None:
    show_text(f"Kept as addendum {added.number}. Understood: {understood(added.reading)}.")
    show_not_understood(added.reading)
