"""Ties a session to another event when an edit of its series gave every hour another id (C4)."""

from sqlalchemy import update
from sqlmodel import col, select

from models import tables
from sync.domain.calendar.changes import MOVED_AFTER, RELINKED_BY_GUESS, Follow
from sync.domain.calendar.planning import details_of
from sync.domain.calendar.values import Event
from sync.store import outbox
from sync.store.creations import Applying, link_row
from sync.store.flags import raise_flag
from sync.store.known_sessions import seal_details
from sync.store.ledger import enter, ledger_row
from sync.store.records import Records


def follow(records: Records, change: Follow, applying: Applying) -> None:
    """Tie the session to the event; the ids that it had stay as aliases, so that nothing loses it.

    A session that has begun keeps its event and its time: the new id becomes an alias, and the
    therapist is asked where the times differ.
    """
    known, appointment, now = change.known, change.appointment, applying.now
    moved = appointment.starts_at != known.starts_at
    if known.starts_at <= now:
        _tie(records, known.session_id, appointment.event, applying, role="alias")
        if moved:
            raise_flag(records, known.session_id, MOVED_AFTER, now)
        return
    _demote(records, known.session_id)
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
    )
    enter(records, entry)
    if change.guess:
        raise_flag(records, known.session_id, RELINKED_BY_GUESS, now)
    if moved:
        outbox.arm(records, known.session_id, appointment.starts_at, applying.arming)


def _demote(records: Records, session_id: str) -> None:
    link = tables.EventLink
    records.db.connection().execute(
        update(link).where(col(link.session_id) == session_id).values(role="alias")
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
            if name != "id":
                setattr(known, name, value)
        records.db.add(known)
    records.db.flush()
