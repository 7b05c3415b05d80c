"""Keeps the notes: stubs, every saved text as a revision, and what was understood in the latest."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import col, select

from models import tables
from models.vault import Place
from sync.domain.calendar.links import LinkState
from sync.domain.notes.addenda import with_addenda
from sync.domain.notes.formats import headings_of
from sync.domain.notes.parsing import read_note
from sync.domain.notes.reading_json import PARSER_VERSION, from_json, to_json
from sync.domain.notes.states import DRAFT, SIGNED, STUB, VOID
from sync.domain.notes.values import NoteReading, WrittenNote
from sync.domain.session_story import NoteMoments
from sync.store.bulk import INSERTS
from sync.store.records import Records
from sync.store.revisions import insert_revision, revision_body
from sync.store.signing import addenda_read, signing_moments

NoteRow = tables.Note
"""A note's row, for a job that changes it."""


def sessions_without_note(
    records: Records, starts_from: datetime, starts_before: datetime, *, held: bool = False
) -> list[tuple[str, str, str]]:
    """Sessions that take place in [from, before) and have no note yet: (session, client, practitioner).

    Of what was over before its calendar was connected no note is expected, and of what was to come when
    its calendar was removed nobody knows whether it takes place.
    `held` until the transaction ends, they are given to no other client meanwhile.
    """
    session, calendar = tables.Session, tables.CalendarLink
    query = (
        select(session.id, session.client_id, session.practitioner_id)
        .join(calendar, col(calendar.id) == col(session.calendar_link_id))
        .join(tables.Note, col(tables.Note.session_id) == col(session.id), isouter=True)
        .where(
            col(tables.Note.id).is_(None),
            or_(
                col(calendar.state) != LinkState.REMOVED, col(session.starts_at) <= col(calendar.state_since)
            ),
            col(session.starts_at) >= starts_from,
            col(session.starts_at) < starts_before,
            col(session.status).in_(("scheduled", "held")),
            col(session.is_history).is_(False),
        )
        .order_by(col(session.starts_at))
    )
    if held:
        query = query.with_for_update(read=True, of=session)
    return [(row[0], row[1], row[2]) for row in records.db.exec(query)]


def lay_stubs(records: Records, stubs: Iterable[tuple[str, str, str]], now: datetime) -> int:
    """Write a stub for each (session, client, note format) that has none yet, whoever lays it; how many."""
    rows: list[dict[str, Any]] = [
        {
            "id": tables.new_id(),
            "session_id": session_id,
            "client_id": client_id,
            "format": note_format,
            "status": STUB,
            "revision": 0,
            "created_at": now,
            "updated_at": now,
        }
        for session_id, client_id, note_format in stubs
    ]
    if not rows:
        return 0
    connection = records.db.connection()
    laying = INSERTS[connection.dialect.name](tables.Note).on_conflict_do_nothing(
        index_elements=["session_id"]
    )
    return len(connection.execute(laying.returning(col(tables.Note.id)), rows).all())


def void_stub(records: Records, session_id: str) -> None:
    """Hide an untouched stub of a cancelled session; a note with words stays as it is (R35)."""
    _restate(records, session_id, STUB, VOID)


def revive_stub(records: Records, session_id: str) -> None:
    """Show the stub of a restored session again."""
    _restate(records, session_id, VOID, STUB)


def _restate(records: Records, session_id: str, before: str, after: str) -> None:
    note = tables.Note
    records.db.connection().execute(
        update(note)
        .where(col(note.session_id) == session_id, col(note.status) == before)
        .values(status=after)
    )


def note_of(records: Records, session_id: str) -> tables.Note | None:
    """The note of a session, if one has been laid."""
    return records.db.exec(select(tables.Note).where(col(tables.Note.session_id) == session_id)).first()


def lock_note(records: Records, session_id: str) -> tables.Note:
    """The note of a session, held until the transaction ends: of two who save at once one waits."""
    query = select(tables.Note).where(col(tables.Note.session_id) == session_id)
    query = query.with_for_update().execution_options(populate_existing=True)
    return records.db.exec(query).one()


def save_revision(
    records: Records,
    note: tables.Note,
    body: str,
    reading: NoteReading,
    now: datetime,
    based_on: int | None = None,
) -> int:
    """Keep `body` as the note's next revision; its number. The earlier ones stay as they are."""
    insert_revision(records, note, body, now, based_on)
    if note.status in (STUB, VOID):
        note.status = DRAFT
    place = reading_place(note.id, note.client_id, note.revision)
    records.db.merge(
        tables.NoteReadingRow(
            note_id=note.id,
            client_id=note.client_id,
            revision=note.revision,
            parser_version=PARSER_VERSION,
            reading_sealed=records.vault_of(note.client_id).seal(to_json(reading), place),
        )
    )
    records.db.flush()
    return note.revision


def reading_place(note_id: str, client_id: str, number: int) -> Place:
    """Where what was understood in a note's latest text stands."""
    return Place("note_reading", "reading", note_id, client_id, number)


def body_of(records: Records, note: tables.Note) -> str | None:
    """The latest text of a note; None while it is a stub."""
    if note.revision == 0:
        return None
    return revision_body(records, note, note.revision)


def note_moments(records: Records, session_id: str) -> NoteMoments:
    """When what happened to a session's note; no text is opened."""
    note = note_of(records, session_id)
    if note is None:
        return NoteMoments()
    row = tables.NoteRevision
    query = select(row.saved_at).where(col(row.note_id) == note.id).order_by(col(row.number))
    signings, amended = signing_moments(records, note)
    return NoteMoments(
        saved=tuple(records.db.exec(query)),
        signed=[signed_at for signed_at, _ in signings],
        reopened=[reopened_at for _, reopened_at in signings if reopened_at is not None],
        amended=amended,
    )


def written_notes(
    records: Records, client_id: str, before: datetime | None = None
) -> tuple[WrittenNote, ...]:
    """Every note with text of one client, of sessions starting before `before`, oldest first."""
    note, session, understood = tables.Note, tables.Session, tables.NoteReadingRow
    query = (
        select(note, session.starts_at, understood)
        .join(session, col(session.id) == col(note.session_id))
        .join(understood, col(understood.note_id) == col(note.id))
        .where(col(note.client_id) == client_id, col(note.revision) > 0)
        .order_by(col(session.starts_at), col(note.id))
    )
    if before is not None:
        query = query.where(col(session.starts_at) < before)
    added = addenda_read(records, client_id)
    return tuple(
        with_addenda(
            WrittenNote(row.session_id, starts_at, row.status == SIGNED, _reading(records, row, kept)),
            added.get(row.id, ()),
        )
        for row, starts_at, kept in records.db.exec(query)
    )


def _reading(records: Records, note: tables.Note, kept: tables.NoteReadingRow) -> NoteReading:
    """What was understood; read from the text again when the parser has changed since."""
    if kept.parser_version != PARSER_VERSION or kept.revision != note.revision:
        return read_note(revision_body(records, note, note.revision), headings_of(note.format))
    place = reading_place(note.id, note.client_id, kept.revision)
    return from_json(records.vault_of(note.client_id).open(kept.reading_sealed, place))
