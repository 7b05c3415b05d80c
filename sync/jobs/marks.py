"""What a person says became of a session: held, missed, cancelled by whom, or scheduled after all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.app import App
from sync.domain.attendance.notice import Notice, notice_given, notice_said
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


@dataclass(frozen=True, slots=True)
class Cancelling:
    """Who cancelled, and how many hours before the start, where a person says it."""

    by: str = "unknown"
    notice_hours: float | None = None


NOTHING_SAID = Cancelling()


def mark_session(
    app: App, session_id: str, status: str, now: datetime, how: Cancelling = NOTHING_SAID
) -> None:
    """Write what a person says; it also settles every flag of the session.

    `how` it was cancelled goes with that status alone. Raises `Refused` for a session that is still ahead and
    marked as over, for a notice that would lie in the future, and for one that a merge made the double of
    another: nothing is said of one meeting twice.
    """
    with app.writing() as records:
        mark(app, records, session_row(records, session_id), status, now, how)


def mark(
    app: App,
    records: Records,
    session: SessionRow,
    status: str,
    now: datetime,
    how: Cancelling = NOTHING_SAID,
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
        _cancel(app, records, session, how, now)
    else:
        _uncancel(app, records, session, now)
    # What is taken back before the start leaves room for a word in the calendar.
    session.said_by = None if status == SCHEDULED and session.starts_at > now else PRACTITIONER
    session.before_mark = None
    settle(records, session, status, now, _cancelled_at(session, how))


def settle(
    records: Records, session: SessionRow, status: str, now: datetime, happened_at: datetime | None = None
) -> None:
    """Set the status, tell the ledger (when it happened, if that was said), settle the flags."""
    session.status = status
    records.db.add(session)
    records.db.flush()
    enter(records, ledger_row(session.id, "marked", now, detail=status, happened_at=happened_at))
    settle_flags(records, session.id, now)


def _cancel(app: App, records: Records, session: SessionRow, how: Cancelling, now: datetime) -> None:
    notice = _notice(app, session, how, now)
    session.cancel_reason = CancelReason.MARKED
    session.cancelled_by = how.by
    session.notice_hours = notice.hours
    session.late = notice.late
    void_stub(records, session.id)
    outbox.disarm(records, session.id, "the session was cancelled")


def _notice(app: App, session: SessionRow, how: Cancelling, now: datetime) -> Notice:
    """As she says it; else as it is known from before; else up to now, and after the start nobody knows."""
    limit, said_at = app.settings.attendance.late_cancel_hours, _cancelled_at(session, how)
    if how.notice_hours is not None and said_at is not None:
        if said_at > now:
            raise Refused(
                "So short a notice is still to come: the session is further ahead than that.",
                "Leave out `--notice`, and it is counted from now.",
            )
        return notice_said(how.notice_hours, limit)
    if session.status == CANCELLED and session.notice_hours is not None:
        return Notice(session.notice_hours, session.late)
    if session.starts_at > now:
        return notice_given(session.starts_at, None, now, now, limit)
    return Notice(None, late=False)


def _cancelled_at(session: SessionRow, how: Cancelling) -> datetime | None:
    hours = how.notice_hours
    return None if hours is None else session.starts_at - timedelta(hours=hours)


def _uncancel(app: App, records: Records, session: SessionRow, now: datetime) -> None:
    session.cancel_reason = session.cancelled_by = session.notice_hours = None
    session.late = False
    revive_stub(records, session.id)
    if session.starts_at > now:
        outbox.arm(records, session.id, session.starts_at, arming_for(app, records, session.practitioner_id))
