"""Keeps who signed a note and when, what was added to it since, and whether it is still what was signed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from models import tables
from models.vault import Place
from sync.domain.notes.formats import headings_of
from sync.domain.notes.parsing import read_note
from sync.domain.notes.signing import signature_of
from sync.domain.notes.states import DRAFT, SIGNED
from sync.domain.notes.values import AddendumReading
from sync.store.practitioners import practitioner
from sync.store.records import Records
from sync.store.revisions import revision_body


@dataclass(frozen=True, slots=True)
class Signing:
    """That a revision was signed; since `reopened_at` it no longer holds, and `reason` says why.

    `intact` is False where the text, the name or the moment is not what was signed.
    """

    revision: int
    signed_by: str
    signed_at: datetime
    intact: bool
    reopened_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Addendum:
    """What was added to a signed note; `intact` as for a signing."""

    number: int
    written_by: str
    written_at: datetime
    reason: str
    text: str
    intact: bool


@dataclass(frozen=True, slots=True)
class NoteLife:
    """What became of a note since it was written, oldest first."""

    signings: tuple[Signing, ...] = ()
    addenda: tuple[Addendum, ...] = ()

    @property
    def signed(self) -> Signing | None:
        """The signing that holds."""
        last = self.signings[-1] if self.signings else None
        return last if last is not None and last.reopened_at is None else None


def sign(records: Records, note: tables.Note, body: str, signed_by: str, now: datetime) -> None:
    """Let `body`, the latest text of a locked note, be signed by this practitioner."""
    now = _after_the_last(records, note.id, now)
    row_id = tables.new_id()
    place = signing_place("hash", row_id, note.client_id, note.revision)
    signature = signature_of((body,), signed_by, now)
    records.db.add(
        tables.NoteSigning(
            id=row_id,
            note_id=note.id,
            revision=note.revision,
            signed_by=signed_by,
            signed_at=now,
            hash_sealed=records.vault_of(note.client_id).seal(signature, place),
        )
    )
    note.status, note.signed_at = SIGNED, now
    records.db.add(note)
    records.db.flush()


def _after_the_last(records: Records, note_id: str, now: datetime) -> datetime:
    """`now`, but behind all that became of a note before: a clock that was set back changes no order."""
    moments = [m for row in _signing_rows(records, note_id) for m in (row.signed_at, row.reopened_at) if m]
    return max([now, *(moment + timedelta(microseconds=1) for moment in moments)])


def reopen(records: Records, note: tables.Note, reason: str, now: datetime) -> None:
    """Make a locked, signed note a draft again; that it was signed stays known."""
    row = _signing_rows(records, note.id)[-1]
    place = signing_place("reason", row.id, note.client_id, row.revision)
    row.reopened_at = now
    row.reason_sealed = records.vault_of(note.client_id).seal(reason, place)
    note.status, note.signed_at = DRAFT, None
    records.db.add(row)
    records.db.add(note)
    records.db.flush()


def add_addendum(
    records: Records, note: tables.Note, words: tuple[str, str], written_by: str, now: datetime
) -> int:
    """Add `words`, the reason and the text, to a locked, signed note; the addendum's number."""
    row_id, number = tables.new_id(), len(_addendum_rows(records, note.id)) + 1
    vault = records.vault_of(note.client_id)
    sealed = {
        f"{column}_sealed": vault.seal(said, addendum_place(column, row_id, note.client_id, number))
        for column, said in zip(
            ("reason", "text", "hash"), (*words, signature_of(words, written_by, now)), strict=True
        )
    }
    records.db.add(
        tables.NoteAddendum(
            id=row_id, note_id=note.id, number=number, written_by=written_by, written_at=now, **sealed
        )
    )
    records.db.flush()
    return number


def first_signed_at(records: Records, note: tables.Note) -> datetime | None:
    """When a note was signed for the first time."""
    rows = _signing_rows(records, note.id)
    return rows[0].signed_at if rows else None


def signing_moments(
    records: Records, note: tables.Note
) -> tuple[list[tuple[datetime, datetime | None]], list[datetime]]:
    """When a note was signed and opened again, and when it was added to; nothing sealed is opened."""
    signings = [(row.signed_at, row.reopened_at) for row in _signing_rows(records, note.id)]
    return signings, [row.written_at for row in _addendum_rows(records, note.id)]


def life_of(records: Records, note: tables.Note) -> NoteLife:
    """Who signed a note and what was added to it; every text is held against its hash."""
    return NoteLife(
        tuple(_signing(records, row, note) for row in _signing_rows(records, note.id)),
        tuple(_addendum(records, row, note.client_id) for row in _addendum_rows(records, note.id)),
    )


def addenda_read(records: Records, client_id: str) -> dict[str, list[AddendumReading]]:
    """What the addenda of a client's notes say, oldest first, by note."""
    addendum, note = tables.NoteAddendum, tables.Note
    query = select(addendum, note.format).join(note, col(note.id) == col(addendum.note_id))
    query = query.where(col(note.client_id) == client_id).order_by(col(addendum.number))
    found: dict[str, list[AddendumReading]] = defaultdict(list)
    for row, note_format in records.db.exec(query):
        place = addendum_place("text", row.id, client_id, row.number)
        text = records.vault_of(client_id).open(row.text_sealed, place)
        reading = read_note(text, headings_of(note_format))
        found[row.note_id].append(AddendumReading(row.written_at, reading))
    return found


def signing_place(column: str, row_id: str, client_id: str, revision: int) -> Place:
    """Where the hash of a signing, or the reason for reopening, stands."""
    return Place("note_signing", column, row_id, client_id, revision)


def addendum_place(column: str, row_id: str, client_id: str, number: int) -> Place:
    """Where the reason, the text or the hash of an addendum stands."""
    return Place("note_addendum", column, row_id, client_id, number)


def _signing_rows(records: Records, note_id: str) -> list[tables.NoteSigning]:
    row = tables.NoteSigning
    query = select(row).where(col(row.note_id) == note_id).order_by(col(row.signed_at))
    return list(records.db.exec(query))


def _addendum_rows(records: Records, note_id: str) -> list[tables.NoteAddendum]:
    row = tables.NoteAddendum
    return list(records.db.exec(select(row).where(col(row.note_id) == note_id).order_by(col(row.number))))


def _signing(records: Records, row: tables.NoteSigning, note: tables.Note) -> Signing:
    vault = records.vault_of(note.client_id)
    # What holds is read for what was signed, so the latest text must be it.
    number = row.revision if row.reopened_at is not None else note.revision
    said = signature_of((revision_body(records, note, number),), row.signed_by, row.signed_at)
    kept = vault.open(row.hash_sealed, signing_place("hash", row.id, note.client_id, row.revision))
    reason = row.reason_sealed
    return Signing(
        row.revision,
        practitioner(records, row.signed_by).name,
        row.signed_at,
        said == kept and number == row.revision,
        row.reopened_at,
        vault.open(reason, signing_place("reason", row.id, note.client_id, row.revision)) if reason else None,
    )


def _addendum(records: Records, row: tables.NoteAddendum, client_id: str) -> Addendum:
    vault = records.vault_of(client_id)
    reason = vault.open(row.reason_sealed, addendum_place("reason", row.id, client_id, row.number))
    text = vault.open(row.text_sealed, addendum_place("text", row.id, client_id, row.number))
    kept = vault.open(row.hash_sealed, addendum_place("hash", row.id, client_id, row.number))
    intact = kept == signature_of((reason, text), row.written_by, row.written_at)
    return Addendum(
        row.number, practitioner(records, row.written_by).name, row.written_at, reason, text, intact
    )
