"""Reads what became of sessions, many at once, and nothing else of them: no note, no name, no word."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import col

from models import tables
from sync.domain.attendance.changes import CHANGES, with_changes
from sync.domain.attendance.fates import SessionState
from sync.domain.attendance.states import CANCELLED
from sync.domain.calendar.values import CancelReason
from sync.domain.people import MERGED
from sync.domain.session_story import Happening
from sync.store.records import Records


@dataclass(frozen=True, slots=True)
class ClientCode:
    """A client as a manager knows her."""

    id: str
    code: str
    practitioner_id: str


def client_codes_of(records: Records, practitioner_id: str | None = None) -> list[ClientCode]:
    """Every client who is not part of another, by code; of one practitioner, if given."""
    row = tables.Client
    query = select(col(row.id), col(row.code), col(row.practitioner_id)).where(col(row.status) != MERGED)
    if practitioner_id is not None:
        query = query.where(col(row.practitioner_id) == practitioner_id)
    return [ClientCode(*found) for found in records.db.connection().execute(query.order_by(col(row.code)))]


def session_states(
    records: Records, late_hours: float, *, client_id: str | None = None, practitioner_id: str | None = None
) -> dict[str, list[SessionState]]:
    """What became of sessions, by client and by start; of one client or practitioner, if given.

    The double of another session is no session. Moved with less than `late_hours` of notice is moved late.
    """
    session = tables.Session
    chosen: list[Any] = []
    if client_id is not None:
        chosen.append(col(session.client_id) == client_id)
    if practitioner_id is not None:
        chosen.append(col(session.practitioner_id) == practitioner_id)
    query = (
        select(
            col(session.client_id),
            col(session.id),
            col(session.starts_at),
            col(session.ends_at),
            col(session.status),
            col(session.created_at),
            col(session.cancelled_by),
            col(session.late),
            col(session.is_history),
            col(session.cancel_reason),
        )
        .where(*chosen)
        .order_by(col(session.starts_at), col(session.id))
    )
    changes = _changes(records, chosen)
    # Asked for all at once: row by row the database layer takes half as long again.
    found: dict[str, list[SessionState]] = defaultdict(list)
    rows: Sequence[Any] = records.db.connection().execute(query).all()
    for row in rows:
        if row[-1] == CancelReason.DUPLICATE and row[4] == CANCELLED:
            continue
        whose, state = row[0], SessionState(*row[1:-1])
        if state.session_id in changes:
            state = with_changes(state, changes[state.session_id], late_hours)
        found[whose].append(state)
    return found


def _changes(records: Records, chosen: Sequence[Any]) -> dict[str, list[Happening]]:
    """What the ledger tells of moves and cancellations, by session, in the order in which it was seen."""
    row, session = tables.LedgerEntry, tables.Session
    query = (
        select(
            col(row.session_id),
            col(row.kind),
            col(row.seen_at),
            col(row.happened_at),
            col(row.from_starts_at),
            col(row.to_starts_at),
            col(row.detail),
        )
        .where(or_(col(row.kind).in_(CHANGES), col(row.detail).startswith(CANCELLED)))
        .order_by(col(row.seen_at), col(row.id))
    )
    if chosen:
        query = query.join(session, col(session.id) == col(row.session_id)).where(*chosen)
    found: dict[str, list[Happening]] = defaultdict(list)
    for told in records.db.connection().execute(query).all():
        found[told[0]].append(Happening(*told[1:]))
    return found
