"""Ties a session to another event: after an edit of its series (C4), or in another calendar (R33, R75)."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from models import tables
from sync.domain.attendance.states import CANCELLED
from sync.domain.calendar.changes import MISSING_AFTER, MOVED_AFTER, RELINKED_BY_GUESS, Follow, HandOver, Join
from sync.domain.calendar.planning import details_of
from sync.domain.calendar.values import CancelReason, Event, KnownSession
from sync.store import outbox
from sync.store.bulk import insert_rows
from sync.store.copies import COPY
from sync.store.creations import Applying, link_row
from sync.store.flags import raise_flag, settle_flags
from sync.store.known_sessions import open_details, seal_details
from sync.store.ledger import LedgerEntry, enter, ledger_of, ledger_row
from sync.store.links import want_snapshot
from sync.store.notes import void_stub
from sync.store.records import Records
from sync.store.sessions import SessionRow

OTHER_CALENDAR = "other-calendar"
"""In the ledger: the session is read from another calendar now; nothing else changed."""


def follow(records: Records, change: Follow, applying: Applying) -> None:
    """Tie the session to the event; the ids that it had stay as aliases, so that nothing loses it.

    A session that has begun keeps its event and its time: the new id becomes an alias, and the
    therapist is asked where the times differ. A copy in another calendar than the session's moves nothing.
    """
    known, appointment, now = change.known, change.appointment, applying.now
    if known.is_elsewhere:
        part(records, known, applying)
        _tie(records, known.session_id, appointment.event, applying, role=COPY)
        return
    moved = appointment.starts_at != known.starts_at
    if known.starts_at <= now:
        _tie(records, known.session_id, appointment.event, applying, role="alias")
        if moved:
            said = (appointment.starts_at, appointment.ends_at)
            raise_flag(records, known.session_id, MOVED_AFTER, now, said)
        return
    _restate(records, known.session_id, "current", "alias")
    _tie(records, known.session_id, appointment.event, applying, role="current")
    records.db.connection().execute(
        update(tables.Session)
        .where(col(tables.Session.id) == known.session_id)
        .values(
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at,
            time_zone=appointment.time_zone,
            details_sealed=seal_details(records, known.session_id, known.client_id, details_of(appointment)),
        )
    )
    entry = ledger_row(
        known.session_id,
        "relinked",
        now,
        happened_at=appointment.event.updated_at,
        from_starts_at=known.starts_at,
        to_starts_at=appointment.starts_at,
        detail=known.event_id if change.guess else None,
    )
    enter(records, entry)
    if change.guess:
        raise_flag(records, known.session_id, RELINKED_BY_GUESS, now)
    if moved:
        outbox.arm(records, known.session_id, appointment.starts_at, applying.arming)


def unfollow(records: Records, session: SessionRow, applying: Applying) -> None:
    """A guess was wrong: the session is cancelled at its old time, and the event makes one of its own."""
    entry = _last_guess(records, session.id)
    if entry is None or entry.from_starts_at is None:
        return
    link, other_id = tables.EventLink, tables.new_id()
    events = select(link).where(col(link.session_id) == session.id, col(link.role) == "current")
    event = records.db.exec(events).one()
    details = open_details(records, session.id, session.client_id, session.details_sealed)
    other = session.model_dump() | {
        "id": other_id,
        "details_sealed": seal_details(records, other_id, session.client_id, details),
        "created_at": applying.now,
    }
    insert_rows(records, tables.Session, [other])
    event.session_id = other_id
    records.db.add(event)
    old = select(link).where(col(link.session_id) == session.id, col(link.event_id) == entry.detail)
    for row in records.db.exec(old):
        row.role, row.etag = "current", None
        records.db.add(row)
    now, back = applying.now, entry.from_starts_at
    enter(
        records,
        ledger_row(other_id, "created", now, to_starts_at=session.starts_at),
        ledger_row(session.id, "relinked", now, from_starts_at=session.starts_at, to_starts_at=back),
        ledger_row(session.id, "cancelled", now, from_starts_at=back, detail=CancelReason.DELETED.value),
    )
    if session.starts_at > now:
        outbox.arm(records, other_id, session.starts_at, applying.arming)
    outbox.disarm(records, session.id, "the session was cancelled")
    session.starts_at, session.ends_at = back, back + (session.ends_at - session.starts_at)
    session.status, session.cancel_reason, session.cancelled_by = CANCELLED, CancelReason.DELETED, "unknown"
    records.db.add(session)
    records.db.flush()
    void_stub(records, session.id)


def _last_guess(records: Records, session_id: str) -> LedgerEntry | None:
    entries = [entry for entry in ledger_of(records, session_id) if entry.kind == "relinked"]
    guesses = [entry for entry in entries if entry.detail not in (None, OTHER_CALENDAR)]
    return guesses[-1] if guesses else None


def join(records: Records, change: Join, applying: Applying) -> None:
    """Tie the session to a copy of its meeting, and with `leads` read it from there from now on (R75)."""
    known = change.known
    _part_within(records, known.session_id, applying.link.id)
    if not change.leads:
        _tie(records, known.session_id, change.appointment.event, applying, role=COPY)
        return
    stands = known.status != CANCELLED
    _restate(records, known.session_id, "current", COPY if stands else "alias")
    _tie(records, known.session_id, change.appointment.event, applying, role="current")
    _read_from(records, known.session_id, applying.link.id, applying)
    settle_flags(records, known.session_id, applying.now, kind=MISSING_AFTER)


def hand_over(records: Records, change: HandOver, applying: Applying) -> None:
    """Read the session from a copy of its meeting now that its own event is gone; the copy is asked soon."""
    session_id = change.known.session_id
    _restate(records, session_id, "current", "alias")
    _of_event(records, change.link_id, change.event_id, role="current", etag=None)
    _read_from(records, session_id, change.link_id, applying)
    want_snapshot(records, change.link_id)


def part(records: Records, known: KnownSession, applying: Applying) -> None:
    """A copy no longer stands; its id stays as one that the session had."""
    _of_event(records, applying.link.id, known.event_id, role="alias")


def _part_within(records: Records, session_id: str, link_id: str) -> None:
    """What the session had as a copy in this calendar before is an id that it had once."""
    link = tables.EventLink
    records.db.connection().execute(
        update(link)
        .where(
            col(link.session_id) == session_id, col(link.calendar_link_id) == link_id, col(link.role) == COPY
        )
        .values(role="alias")
    )


def _read_from(records: Records, session_id: str, link_id: str, applying: Applying) -> None:
    session = tables.Session
    records.db.connection().execute(
        update(session).where(col(session.id) == session_id).values(calendar_link_id=link_id)
    )
    enter(records, ledger_row(session_id, "relinked", applying.now, detail=OTHER_CALENDAR))


def _of_event(records: Records, link_id: str, event_id: str, **values: Any) -> None:
    link = tables.EventLink
    records.db.connection().execute(
        update(link)
        .where(col(link.calendar_link_id) == link_id, col(link.event_id) == event_id)
        .values(**values)
    )


def _restate(records: Records, session_id: str, before: str, after: str) -> None:
    """Give the session's events of one role another."""
    link = tables.EventLink
    records.db.connection().execute(
        update(link).where(col(link.session_id) == session_id, col(link.role) == before).values(role=after)
    )


def _tie(records: Records, session_id: str, event: Event, applying: Applying, *, role: str) -> None:
    link = tables.EventLink
    known = records.db.exec(
        select(link).where(
            col(link.calendar_link_id) == applying.link.id, col(link.event_id) == event.event_id
        )
    ).first()
    row = link_row(session_id, event, applying.link.id) | {"role": role}
    if known is None:
        records.db.add(link(**row))
    else:
        for name, value in row.items():
            setattr(known, name, value)
        records.db.add(known)
    records.db.flush()
