"""Flags: what about a session waits for the therapist's word."""

from datetime import datetime

from sqlmodel import col, select

from models import tables
from sync.domain.calendar.changes import NAMES_ANOTHER
from sync.store.ledger import enter, ledger_row
from sync.store.records import Records


def raise_flag(records: Records, session_id: str, kind: str, now: datetime) -> bool:
    """Raise a flag once; whether it was new. One that was settled is not raised again.

    But for whose a session is: the event was changed since, and may name a third client by now.
    """
    flag = tables.SessionFlag
    same = select(flag).where(col(flag.session_id) == session_id, col(flag.kind) == kind)
    row = records.db.exec(same).first()
    if row is None:
        row = flag(session_id=session_id, kind=kind, raised_at=now)
    elif row.settled_at is None or kind != NAMES_ANOTHER:
        return False
    row.raised_at, row.settled_at = now, None
    records.db.add(row)
    records.db.flush()
    enter(records, ledger_row(session_id, "flagged", now, detail=kind))
    return True


def open_flags(records: Records, session_id: str) -> list[str]:
    """The kinds of flags of a session that nobody has settled."""
    flag = tables.SessionFlag
    query = select(flag.kind).where(col(flag.session_id) == session_id, col(flag.settled_at).is_(None))
    return list(records.db.exec(query))


def settle_flags(records: Records, session_id: str, now: datetime, kind: str | None = None) -> None:
    """It is known what holds: every flag of the session, or that of one kind, is settled."""
    flag = tables.SessionFlag
    query = select(flag).where(col(flag.session_id) == session_id, col(flag.settled_at).is_(None))
    if kind is not None:
        query = query.where(col(flag.kind) == kind)
    for row in records.db.exec(query):
        row.settled_at = now
        records.db.add(row)
