"""Reads what became of sessions, many at once, and nothing else of them: no note, no name, no word."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
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
    row = tables.Session
    chosen: list[Any] = []
    if client_id is not None:
        chosen.append(col(row.client_id) == client_id)
    if practitioner_id is not None:
        chosen.append(col(row.practitioner_id) == practitioner_id)
    query = (
        select(
            col(row.client_id),
            col(row.id),
            col(row.starts_at),
            col(row.ends_at),
            col(row.status),
            col(row.created_at),
            col(row.cancelled_by),
            col(row.late),
            col(row.is_history),
            col(row.cancel_reason),
        )
        .where(*chosen)
        .order_by(col(row.starts_at), col(row.id))
    )
    changes = _changes(records, chosen)
    found: dict[str, list[SessionState]] = defaultdict(list)
    for whose, *stored, reason in records.db.connection().execute(query):
        if reason == CancelReason.DUPLICATE and stored[3] == CANCELLED:
            continue
        state = SessionState(*stored)
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
        .where(col(row.kind).in_(CHANGES))
        .order_by(col(row.seen_at), col(row.id))
    )
    if chosen:
        query = query.join(session, col(session.id) == col(row.session_id)).where(*chosen)
    found: dict[str, list[Happening]] = defaultdict(list)
    for told in records.db.connection().execute(query):
        found[told[0]].append(Happening(*told[1:]))
    return found
