"""Ends a question that no longer stands, without an answer of the therapist's."""

from datetime import datetime

from sync.domain.attendance.states import SCHEDULED
from sync.domain.calendar.flags import OVER
from sync.store import outbox
from sync.store.flags import flag_row, settle_flags
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
