"""Moves private notes with their sessions. Nothing that is read in here is handed to anybody."""

from collections.abc import Collection

from sqlmodel import col, select

from models import tables
from models.vault import Place
from sync.store.records import Records


def give_private_notes(records: Records, session_ids: Collection[str], client_id: str) -> None:
    """Let the private notes of these sessions, which are locked, be under this client's key."""
    note = tables.PrivateNote
    for row in list(records.db.exec(select(note).where(col(note.session_id).in_(session_ids)))):
        for text in _texts_of(records, row):
            _seal_anew(records, row, text, client_id, text.number)
        row.client_id = client_id
        records.db.add(row)
    records.db.flush()


def carry_private_notes(records: Records, old_session_id: str, new_session_id: str) -> None:
    """Let the private notes of one session be another's of the same client; both are locked.

    Where an author has one of either, the texts of the older stand first and those of the other stay the
    latest.
    """
    there = {row.author_id: row for row in _notes_of(records, new_session_id)}
    for row in _notes_of(records, old_session_id):
        if row.author_id in there:
            _put_before(records, row, there[row.author_id])
        else:
            row.session_id = new_session_id
            records.db.add(row)
    records.db.flush()


def private_place(revision_id: str, client_id: str, number: int) -> Place:
    """Where a saved text of a private note stands."""
    return Place("private_note_revision", "body", revision_id, client_id, number)


def _put_before(records: Records, old: tables.PrivateNote, new: tables.PrivateNote) -> None:
    """Put the texts of `old` before those of `new`, whose numbers grow by as many."""
    earlier, later = _texts_of(records, old), _texts_of(records, new)
    for text in reversed(later):  # from the last on, so that no two have one number meanwhile
        _seal_anew(records, new, text, new.client_id, text.number + len(earlier))
    for text in earlier:
        text.private_note_id = new.id
        records.db.add(text)
    new.revision += len(earlier)
    records.db.add(new)
    records.db.flush()
    records.db.delete(old)


def _seal_anew(
    records: Records,
    note: tables.PrivateNote,
    text: tables.PrivateNoteRevision,
    client_id: str,
    number: int,
) -> None:
    place = private_place(text.id, note.client_id, text.number)
    body = records.private_vault_of(note.author_id, note.client_id).open(text.body_sealed, place)
    vault = records.private_vault_of(note.author_id, client_id)
    text.body_sealed = vault.seal(body, place._replace(client=client_id, revision=number))
    text.number = number
    records.db.add(text)
    records.db.flush()


def _notes_of(records: Records, session_id: str) -> list[tables.PrivateNote]:
    note = tables.PrivateNote
    return list(records.db.exec(select(note).where(col(note.session_id) == session_id)))


def _texts_of(records: Records, note: tables.PrivateNote) -> list[tables.PrivateNoteRevision]:
    text = tables.PrivateNoteRevision
    query = select(text).where(col(text.private_note_id) == note.id).order_by(col(text.number))
    return list(records.db.exec(query))
