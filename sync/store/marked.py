"""Writes what a mark in the calendar, a word at the title's edge or a colour, does to a session."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from models import tables
from sync.domain.attendance.states import CANCELLED, HELD, NO_SHOW, SCHEDULED
from sync.domain.calendar.changes import Cancel, Create, Missed, TakeBack
from sync.domain.calendar.heeding import MARK_REASONS
from sync.domain.calendar.values import KnownSession
from sync.store.ledger import LedgerRow, enter, ledger_row
from sync.store.notes import revive_stub
from sync.store.records import Records

_NOT_CANCELLED: dict[str, Any] = {
    "cancel_reason": None,
    "cancelled_by": None,
    "notice_hours": None,
    "late": False,
}


def heed(records: Records, change: Missed | TakeBack, now: datetime) -> None:
    """Note that the client did not come, or that this was taken back: then the session is what it was."""
    known, session = change.known, tables.Session
    values: dict[str, Any]
    match change:
        case Missed(source=source):
            values = {"status": NO_SHOW, "said_by": source, "before_mark": _before(known)}
        case TakeBack():
            source = known.said_by or ""
            values = {"status": known.before_mark or SCHEDULED, "said_by": None, "before_mark": None}
    records.db.connection().execute(
        update(session).where(col(session.id) == known.session_id).values(**values, **_NOT_CANCELLED)
    )
    enter(records, _marked(known.session_id, str(values["status"]), source, change.event.updated_at, now))
    revive_stub(records, known.session_id)


def said_after_start(change: Cancel, now: datetime) -> dict[str, Any]:
    """What is kept beside a cancellation that the calendar marks after the session's start, to undo it."""
    if change.known.starts_at > now:
        return {"said_by": None, "before_mark": None}
    return {"said_by": change.reason.value, "before_mark": _before(change.known)}


def attendance_when_met(create: Create, now: datetime) -> dict[str, Any]:
    """The status columns of a new session: by its mark, if the hour has begun; else by its past, if any."""
    past, mark = create.past, create.appointment.mark
    usual = HELD if create.held else SCHEDULED
    values = _NOT_CANCELLED | {"status": usual, "said_by": None, "before_mark": None}
    if mark is not None and create.appointment.starts_at <= now:
        values |= {"status": mark.state, "said_by": mark.source, "before_mark": usual}
        if mark.state == CANCELLED:
            reason = MARK_REASONS[mark.source].value
            values |= {"cancel_reason": reason, "cancelled_by": mark.by, "late": mark.late}
    elif past is not None:
        values |= {"status": past.status, "cancel_reason": past.reason, "cancelled_by": past.by}
    return values


def ledger_when_met(session_id: str, create: Create, now: datetime) -> tuple[LedgerRow, ...]:
    """The entry for the mark of a new session, if it counts."""
    mark = create.appointment.mark
    if mark is None or create.appointment.starts_at > now:
        return ()
    return (_marked(session_id, mark.state, mark.source, create.appointment.event.updated_at, now),)


def _before(known: KnownSession) -> str:
    return known.before_mark or (known.status if known.status == HELD else SCHEDULED)


def _marked(
    session_id: str, status: str, source: str, happened_at: datetime | None, now: datetime
) -> LedgerRow:
    detail = f"{status} by {source}"
    return ledger_row(session_id, "marked", now, happened_at=happened_at, detail=detail)
