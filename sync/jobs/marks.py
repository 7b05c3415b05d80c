"""What a person says became of a session: held, missed, cancelled by whom, or scheduled after all."""

from datetime import datetime

from sync.app import App
from sync.domain.attendance.notice import notice_given
from sync.domain.attendance.states import CANCELLED, HELD, NO_SHOW, SCHEDULED
from sync.domain.calendar.heeding import PRACTITIONER
from sync.domain.calendar.values import CancelReason
from sync.errors import Refused
from sync.jobs.wishes import arming_for
from sync.store import outbox
from sync.store.flags import settle_flags
from sync.store.ledger import enter, ledger_row
from sync.store.notes import revive_stub, void_stub
from sync.store.records import Records
from sync.store.sessions import SessionRow, session_row

MARKS = (HELD, NO_SHOW, CANCELLED, SCHEDULED)
SAID_BY = ("client", "practitioner", "unknown")


def mark_session(app: App, session_id: str, status: str, now: datetime, by: str = "unknown") -> None:
    """Write what a person says; it also settles every flag of the session.

    `by` says who cancelled. Raises `Refused` for a session that is still ahead and marked as over, and
    for one that a merge made the double of another: nothing is said of one meeting twice.
    """
    with app.writing() as records:
        mark(app, records, session_row(records, session_id), status, now, by)


def mark(
    app: App, records: Records, session: SessionRow, status: str, now: datetime, by: str = "unknown"
) -> None:
    """Do what `mark_session` does within the caller's transaction."""
    if (session.status, session.cancel_reason, session.said_by) == (CANCELLED, CancelReason.DUPLICATE, None):
        raise Refused(
            "This session is the double of another one of the same meeting, since two records were merged.",
            "Mark that one, or part the records with `practice-sync clients merge --undo CODE`.",
        )
    if status in (HELD, NO_SHOW) and session.starts_at > now:
        raise Refused(
            "This session has not begun yet, so nothing can be said of how it went.",
            "Mark it after its start, or mark it as cancelled.",
        )
    if status == CANCELLED:
        _cancel(app, records, session, by, now)
    else:
        _uncancel(app, records, session, now)
    # What is taken back before the start leaves room for a word in the calendar.
    session.said_by = None if status == SCHEDULED and session.starts_at > now else PRACTITIONER
    session.before_mark = None
    settle(records, session, status, now)


def settle(records: Records, session: SessionRow, status: str, now: datetime) -> None:
    """Set the status, tell the ledger, settle the flags."""
    session.status = status
    records.db.add(session)
    records.db.flush()
    enter(records, ledger_row(session.id, "marked", now, detail=status))
    settle_flags(records, session.id, now)


def _cancel(app: App, records: Records, session: SessionRow, by: str, now: datetime) -> None:
    limit = app.settings.attendance.late_cancel_hours
    notice = notice_given(session.starts_at, None, now, now, limit) if session.starts_at > now else None
    session.cancel_reason = CancelReason.MARKED
    session.cancelled_by = by
    session.notice_hours = notice.hours if notice else None
    session.late = notice.late if notice else False
    void_stub(records, session.id)
    outbox.disarm(records, session.id, "the session was cancelled")


def _uncancel(app: App, records: Records, session: SessionRow, now: datetime) -> None:
    session.cancel_reason = session.cancelled_by = session.notice_hours = None
    session.late = False
    revive_stub(records, session.id)
    if session.starts_at > now:
        outbox.arm(records, session.id, session.starts_at, arming_for(app, records, session.practitioner_id))
