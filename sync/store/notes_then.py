"""Reads a client's notes as they were at an earlier moment: of each the text that was its latest then."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from models import tables
from sync.domain.notes.addenda import with_addenda
from sync.domain.notes.formats import headings_of
from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import WrittenNote
from sync.store.records import Records
from sync.store.revisions import revision_body
from sync.store.signing import addenda_read, signing_moments


def notes_then(records: Records, client_id: str, before: datetime, at: datetime) -> tuple[WrittenNote, ...]:
    """Every note that had text at `at`, of sessions starting before `before`, oldest first."""
    note, session, revision = tables.Note, tables.Session, tables.NoteRevision
    latest = func.max(revision.number)
    query = (
        select(note, session.starts_at, latest)
        .join(session, col(session.id) == col(note.session_id))
        .join(revision, col(revision.note_id) == col(note.id))
        .where(
            col(note.client_id) == client_id,
            col(session.starts_at) < before,
            col(revision.saved_at) <= at,
        )
        .group_by(col(note.id), col(session.id))
        .order_by(col(session.starts_at), col(note.id))
    )
    added = addenda_read(records, client_id)
    return tuple(
        with_addenda(
            WrittenNote(
                row.session_id,
                starts_at,
                _was_signed(records, row, at),
                read_note(revision_body(records, row, number), headings_of(row.format)),
            ),
            [each for each in added.get(row.id, ()) if each.written_at <= at],
        )
        for row, starts_at, number in records.db.exec(query).all()
    )


def _was_signed(records: Records, note: tables.Note, at: datetime) -> bool:
    signings, _ = signing_moments(records, note)
    return any(signed <= at and (reopened is None or reopened > at) for signed, reopened in signings)
