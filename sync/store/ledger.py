"""The ledger: what was seen of a session, and when."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select

from models import tables
from sync.domain.session_story import Happening
from sync.store.bulk import insert_rows
from sync.store.records import Records

LedgerRow = dict[str, Any]
LedgerEntry = tables.LedgerEntry


def ledger_row(session_id: str, kind: str, seen_at: datetime, **more: Any) -> LedgerRow:
    """One entry: `happened_at` by the calendar's own word, `from_starts_at`, `to_starts_at`, `detail`."""
    return {
        "session_id": session_id,
        "kind": kind,
        "seen_at": seen_at,
        "happened_at": None,
        "from_starts_at": None,
        "to_starts_at": None,
        "detail": None,
        **more,
    }


def enter(records: Records, *rows: LedgerRow) -> None:
    """Write entries; they are never changed."""
    insert_rows(records, tables.LedgerEntry, rows)


def story_of_session(records: Records, session_id: str) -> list[Happening]:
    """The same as values, oldest first."""
    return [
        Happening(
            entry.kind,
            entry.seen_at,
            entry.happened_at,
            entry.from_starts_at,
            entry.to_starts_at,
            entry.detail,
        )
        for entry in ledger_of(records, session_id)
    ]


def ledger_of(records: Records, session_id: str) -> list[LedgerEntry]:
    """The story of one session, oldest first."""
    query = select(LedgerEntry).where(col(LedgerEntry.session_id) == session_id)
    return list(records.db.exec(query.order_by(col(LedgerEntry.seen_at))))
