"""Keeps every saved text of a note."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from models import tables
from models.vault import Place
from sync.store.records import Records


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved text of a note; `based_on` is the revision its writer had before her, where known."""

    number: int
    saved_at: datetime
    body: str
    based_on: int | None = None

    @property
    def beside(self) -> tuple[int, ...]:
        """The revisions that were saved meanwhile, so that its writer had none of their words before her."""
        return saved_meanwhile(self.based_on, self.number)


def saved_meanwhile(based_on: int | None, number: int) -> tuple[int, ...]:
    """What was saved between `based_on` and revision `number`, written from it."""
    return () if based_on is None else tuple(range(based_on + 1, number))


def insert_revision(
    records: Records, note: tables.Note, body: str, now: datetime, based_on: int | None
) -> None:
    """Keep `body` behind the latest text of a locked note, whose `revision` it becomes."""
    row_id, number = tables.new_id(), note.revision + 1
    sealed = records.vault_of(note.client_id).seal(body, revision_place(row_id, note.client_id, number))
    records.db.add(
        tables.NoteRevision(
            id=row_id, note_id=note.id, number=number, body_sealed=sealed, saved_at=now, based_on=based_on
        )
    )
    note.revision, note.updated_at = number, now
    records.db.add(note)


def revision_place(revision_id: str, client_id: str, number: int) -> Place:
    """Where a saved text stands."""
    return Place("note_revision", "body", revision_id, client_id, number)


def revision_body(records: Records, note: tables.Note, number: int) -> str:
    """One saved text of a note."""
    row = tables.NoteRevision
    found = records.db.exec(select(row).where(col(row.note_id) == note.id, col(row.number) == number)).one()
    return _opened(records, found, note.client_id)


def beside_latest(records: Records, note: tables.Note) -> tuple[int, ...]:
    """The revisions that were saved beside the latest text of a note and are no part of it."""
    row = tables.NoteRevision
    query = select(row.based_on).where(col(row.note_id) == note.id, col(row.number) == note.revision)
    return saved_meanwhile(records.db.exec(query).first(), note.revision)


def revisions(records: Records, note: tables.Note) -> list[Revision]:
    """Every saved text of a note, oldest first."""
    row = tables.NoteRevision
    rows = records.db.exec(select(row).where(col(row.note_id) == note.id).order_by(col(row.number)))
    return [
        Revision(each.number, each.saved_at, _opened(records, each, note.client_id), each.based_on)
        for each in rows
    ]


def _opened(records: Records, row: tables.NoteRevision, client_id: str) -> str:
    return records.vault_of(client_id).open(row.body_sealed, revision_place(row.id, client_id, row.number))
