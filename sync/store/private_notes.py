"""Keeps private notes. One job reads them here and nothing else does: a test of the layout holds to that."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from models import tables
from sync.store.private_moves import private_place
from sync.store.records import Records


@dataclass(frozen=True, slots=True)
class PrivateText:
    """One saved text of a private note."""

    number: int
    saved_at: datetime
    body: str


def private_texts(records: Records, session_id: str, author_id: str) -> list[PrivateText]:
    """Every text that an author has saved of a session for herself, oldest first."""
    note = _note_of(records, session_id, author_id)
    if note is None:
        return []
    row = tables.PrivateNoteRevision
    query = select(row).where(col(row.private_note_id) == note.id).order_by(col(row.number))
    vault = records.private_vault_of(author_id, note.client_id)
    return [
        PrivateText(
            each.number,
            each.saved_at,
            vault.open(each.body_sealed, private_place(each.id, note.client_id, each.number)),
        )
        for each in records.db.exec(query)
    ]


def save_private_text(
    records: Records, session: tables.Session, author_id: str, body: str, now: datetime
) -> int:
    """Keep a text behind those that the author has of this locked session; its number."""
    note = _note_of(records, session.id, author_id)
    if note is None:
        note = tables.PrivateNote(
            session_id=session.id,
            client_id=session.client_id,
            author_id=author_id,
            created_at=now,
            updated_at=now,
        )
        records.db.add(note)
        records.db.flush()
    row_id, number = tables.new_id(), note.revision + 1
    vault = records.private_vault_of(author_id, note.client_id)
    sealed = vault.seal(body, private_place(row_id, note.client_id, number))
    records.db.add(
        tables.PrivateNoteRevision(
            id=row_id, private_note_id=note.id, number=number, body_sealed=sealed, saved_at=now
        )
    )
    note.revision, note.updated_at = number, now
    records.db.add(note)
    records.db.flush()
    return number


def _note_of(records: Records, session_id: str, author_id: str) -> tables.PrivateNote | None:
    row = tables.PrivateNote
    query = select(row).where(col(row.session_id) == session_id, col(row.author_id) == author_id)
    return records.db.exec(query).first()
