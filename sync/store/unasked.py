"""Ends a question that no longer stands, without an answer of the therapist's."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from models import tables
from sync.domain.attendance.states import SCHEDULED
from sync.domain.calendar.changes import NAMES_ANOTHER
from sync.domain.calendar.flags import OVER
from sync.store import outbox
from sync.store.assigning import look_afresh
from sync.store.flags import flag_row, named_instead, settle_flags, waiting_flags
from sync.store.ledger import enter, ledger_row
from sync.store.links import link
from sync.store.records import Records
from sync.store.sessions import lock_session


def no_longer_ask(records: Records, session_id: str, kind: str, now: datetime, arming: outbox.Arming) -> bool:
    """Settle an open flag whose question holds no more; whether there was one.

    The ledger says so, and what was held back for it goes out after all: the briefing is armed again.
    """
    if flag_row(records, session_id, kind) is None:
        return False
    session = lock_session(records, session_id)
    settle_flags(records, session_id, now, kind)
    enter(records, ledger_row(session_id, "settled", now, detail=f"{kind}: {OVER}"))
    ahead = session.status == SCHEDULED and session.starts_at > now
    if ahead and link(records, session.calendar_link_id).is_read:
        outbox.arm(records, session_id, session.starts_at, arming)
    return True


def settle_as_one(
    records: Records, client_id: str, codes: Collection[str], now: datetime, arming: outbox.Arming
) -> None:
    """End what was asked of a client's sessions about those whose `codes` are hers too by now.

    Their words were held back; the next reading brings them.
    """
    flags = [row.session_id for row in waiting_flags(records) if row.kind == NAMES_ANOTHER]
    row = tables.Session
    hers = set(records.db.exec(select(row.id).where(col(row.client_id) == client_id))) & set(flags)
    over = [each for each, other in named_instead(records, hers).items() if other.code in codes]
    for session_id in over:
        no_longer_ask(records, session_id, NAMES_ANOTHER, now, arming)
    look_afresh(records, hers)


def look_again_at_settled(records: Records, client_ids: Collection[str]) -> None:
    """Have those of their sessions compared afresh of which it once was no longer asked whose they are."""
    entry, row = tables.LedgerEntry, tables.Session
    query = (
        select(row.id)
        .join(entry, col(entry.session_id) == col(row.id))
        .where(
            col(row.client_id).in_(client_ids),
            col(entry.kind) == "settled",
            col(entry.detail) == f"{NAMES_ANOTHER}: {OVER}",
        )
    )
    look_afresh(records, set(records.db.exec(query)))
