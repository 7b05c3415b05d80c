"""Keeps the offers to carry a cancelled session's note to another session, and carries it (R43)."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from models import tables
from models.vault import Place
from sync.domain.attendance.states import CANCELLED, SCHEDULED
from sync.domain.calendar.carries import Slot, possible_carries
from sync.domain.calendar.values import CancelReason
from sync.domain.notes.formats import headings_of
from sync.domain.notes.parsing import read_note
from sync.domain.notes.states import DRAFT, VOID
from sync.store.ledger import enter, ledger_row
from sync.store.notes import body_of, save_revision
from sync.store.private_moves import carry_private_notes
from sync.store.records import Records
from sync.store.sessions import session_row

Offer = tables.CarryOffer


def offer_carries(records: Records, practitioner_id: str, now: datetime) -> None:
    """Offer each note of a session that the calendar lost to the one new session of that client and day."""
    gone = _gone(records, practitioner_id, now)
    if not gone:
        return
    offered = {(o.from_session_id, o.to_session_id) for o in records.db.exec(select(Offer))}
    unwritten = _unwritten(records, {slot.client_id for slot in gone}, now)
    for from_id, to_id in possible_carries(gone, unwritten):
        if (from_id, to_id) not in offered:
            records.db.add(Offer(from_session_id=from_id, to_session_id=to_id, offered_at=now))
    records.db.flush()


def _gone(records: Records, practitioner_id: str, now: datetime) -> list[Slot]:
    session, note = tables.Session, tables.Note
    query = select(session).join(note, col(note.session_id) == col(session.id))
    wanted = query.where(
        col(session.practitioner_id) == practitioner_id,
        col(session.starts_at) > now,
        col(session.status) == CANCELLED,
        col(session.cancel_reason) == CancelReason.DELETED.value,
        col(note.revision) > 0,
    )
    return [_slot(row) for row in records.db.exec(wanted)]


def _unwritten(records: Records, client_ids: set[str], now: datetime) -> list[Slot]:
    session, note = tables.Session, tables.Note
    query = select(session).join(note, col(note.session_id) == col(session.id), isouter=True)
    wanted = query.where(
        col(session.client_id).in_(client_ids),
        col(session.starts_at) > now,
        col(session.status) == SCHEDULED,
        col(note.id).is_(None) | (col(note.revision) == 0),
    )
    return [_slot(row) for row in records.db.exec(wanted)]


def _slot(row: tables.Session) -> Slot:
    return Slot(row.id, row.client_id, row.starts_at, row.time_zone)


def open_offers(records: Records) -> list[Offer]:
    """The offers that wait and still make sense: one session gone, the other to take place."""
    waiting = records.db.exec(
        select(Offer).where(col(Offer.outcome).is_(None)).order_by(col(Offer.offered_at))
    )
    return [
        offer
        for offer in waiting
        if session_row(records, offer.from_session_id).status == CANCELLED
        and session_row(records, offer.to_session_id).status != CANCELLED
    ]


def hold_offer(records: Records, offer_id: str) -> Offer | None:
    """An offer that nobody has answered, held until the transaction ends: of two answers the first holds."""
    query = select(Offer).where(col(Offer.id) == offer_id, col(Offer.outcome).is_(None))
    return records.db.exec(query.with_for_update().execution_options(populate_existing=True)).first()


def settle_offer(records: Records, offer: Offer, outcome: str, now: datetime) -> None:
    """Note what became of an offer; it is not made again."""
    offer.outcome, offer.settled_at = outcome, now
    records.db.add(offer)
    records.db.flush()


def carry_note(records: Records, old: tables.Note, new: tables.Note, now: datetime) -> None:
    """Move every saved text of `old` to `new`, of one client; words that `new` has stay the latest.

    Private notes of the session go along.
    """
    words = body_of(records, new)
    before, vault = new.revision, records.vault_of(old.client_id)
    text = tables.NoteRevision
    for row in records.db.exec(
        select(text).where(col(text.note_id) == old.id).order_by(col(text.number))
    ).all():
        body = vault.open(row.body_sealed, Place("note_revision", "body", row.id, old.client_id, row.number))
        row.note_id, row.number = new.id, before + row.number
        row.based_on = None if row.based_on is None else before + row.based_on
        row.body_sealed = vault.seal(body, Place("note_revision", "body", row.id, old.client_id, row.number))
        records.db.add(row)
        new.revision = row.number
        words = words if before else body
    if not before:
        new.format = old.format
    reading = tables.NoteReadingRow
    records.db.connection().execute(delete(reading).where(col(reading.note_id) == old.id))
    old.revision, old.status, old.updated_at = 0, VOID, now
    new.status = DRAFT
    records.db.add(old)
    records.db.add(new)
    records.db.flush()
    if words is not None:
        save_revision(records, new, words, read_note(words, headings_of(new.format)), now)
    carry_private_notes(records, old.session_id, new.session_id)
    from_at = session_row(records, old.session_id).starts_at
    to_at = session_row(records, new.session_id).starts_at
    enter(
        records,
        ledger_row(old.session_id, "carried", now, to_starts_at=to_at),
        ledger_row(new.session_id, "carried", now, from_starts_at=from_at),
    )
