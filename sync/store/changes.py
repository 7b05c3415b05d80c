"""Carries out a list of changes in the records, all within the caller's transaction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from models import tables
from sync.domain.attendance.notice import Notice, notice_given
from sync.domain.attendance.states import CANCELLED, SCHEDULED
from sync.domain.calendar.changes import (
    NAMES_ANOTHER,
    Answered,
    Ask,
    Cancel,
    Change,
    Create,
    Decline,
    Describe,
    Flag,
    Follow,
    HandOver,
    Join,
    Missed,
    Move,
    Part,
    Restore,
    TakeBack,
    Touch,
)
from sync.domain.calendar.planning import details_of
from sync.domain.calendar.values import Appointment, Event, KnownSession
from sync.store import outbox
from sync.store.clients import client
from sync.store.copies import with_copies
from sync.store.creations import Applying, create_sessions
from sync.store.flags import Another, raise_flag
from sync.store.follows import follow, hand_over, join, part
from sync.store.inbox import put_question
from sync.store.known_sessions import seal_details
from sync.store.ledger import LedgerRow, enter, ledger_row
from sync.store.marked import heed, said_after_start
from sync.store.notes import revive_stub, void_stub
from sync.store.records import Records
from sync.store.unasked import no_longer_ask

_link = tables.EventLink.__table__.c  # type: ignore[attr-defined] # SQLModel adds it to the class


def apply_changes(records: Records, changes: Sequence[Change], applying: Applying) -> Counter[str]:
    """Do what `changes` list; how many of each were done, by the words of the pass report."""
    changes = with_copies(records, changes, applying)
    done: Counter[str] = Counter()
    creates = [change for change in changes if isinstance(change, Create)]
    create_sessions(records, creates, applying)
    done["created"] = len(creates)
    for change in changes:
        if _apply(records, change, applying):
            done[_COUNTED_AS.get(type(change), "noted")] += 1
    return done


_COUNTED_AS: dict[type[Change], str] = {
    Move: "moved",
    Cancel: "cancelled",
    Restore: "restored",
    Ask: "unmatched",
}


def _apply(records: Records, change: Change, applying: Applying) -> bool:
    """Carry out one change of a session that is known; whether there was anything new in it."""
    match change:
        case Create():
            return False
        case Move(known, appointment):
            _move(records, known, appointment, applying)
        case Cancel():
            return _cancel(records, change, applying)
        case Missed(known, _, event) | TakeBack(known, event):
            heed(records, change, applying.now)
            _note_version(records, known, event)
        case Restore(known, appointment):
            _restore(records, known, appointment, applying)
        case Decline(known, appointment):
            _decline(records, known, appointment, applying)
        case Describe(known, appointment):
            sealed = seal_details(records, known.session_id, known.client_id, details_of(appointment))
            _update(records, known, appointment.event, details_sealed=sealed)
        case Flag() | Answered():
            return _flag(records, change, applying)
        case Touch(known, event):
            _note_version(records, known, event)
        case Follow() | Join() | HandOver() | Part():
            _tie_anew(records, change, applying)
        case Ask(appointment, reason, _):
            return put_question(records, applying.link.id, appointment, reason, applying.now)
    return True


def _flag(records: Records, change: Flag | Answered, applying: Applying) -> bool:
    if isinstance(change, Answered):
        return no_longer_ask(records, change.known.session_id, change.kind, applying.now, applying.arming)
    appointment, other = change.appointment, None
    said = None if appointment is None else (appointment.starts_at, appointment.ends_at)
    if change.kind == NAMES_ANOTHER:
        code = "" if change.other_id is None else client(records, change.other_id).code
        other = Another(code, change.changed_at)
    return raise_flag(records, change.known.session_id, change.kind, applying.now, said, other)


def _tie_anew(records: Records, change: Follow | Join | HandOver | Part, applying: Applying) -> None:
    """Change which events the session is tied to."""
    match change:
        case Follow():
            follow(records, change, applying)
        case Join():
            _join(records, change, applying)
        case HandOver():
            hand_over(records, change, applying)
        case Part(known):
            part(records, known, applying)


def _move(records: Records, known: KnownSession, appointment: Appointment, applying: Applying) -> None:
    _update(records, known, appointment.event, **_times(appointment))
    if appointment.starts_at == known.starts_at:
        return  # only its length changed: no other moment, no other briefing
    enter(records, _followed("moved", known, appointment, applying.now))
    _arm(records, known, appointment, applying)


def _arm(records: Records, known: KnownSession, appointment: Appointment, applying: Applying) -> None:
    if appointment.starts_at > applying.now:
        outbox.arm(records, known.session_id, appointment.starts_at, applying.arming)
    else:
        outbox.disarm(records, known.session_id, "the session had begun")


def _join(records: Records, change: Join, applying: Applying) -> None:
    """Tie the copy; where it leads a session that has not begun, the session is as the copy says."""
    join(records, change, applying)
    known = replace(change.known, event_id=change.appointment.event.event_id)
    if not change.leads or known.starts_at <= applying.now:
        return
    if known.status == CANCELLED:
        _restore(records, known, change.appointment, applying)
        return
    _move(records, known, change.appointment, applying)
    details = details_of(change.appointment)
    sealed = seal_details(records, known.session_id, known.client_id, details)
    _update(records, known, None, details_sealed=sealed, client_declined=change.appointment.client_declined)


def _cancel(records: Records, change: Cancel, applying: Applying) -> bool:
    """Cancel a session that was not; of one that is, only note who cancelled."""
    known = change.known
    if known.status == CANCELLED:
        _update(records, known, None, cancelled_by=change.by)
        return False
    begun = known.starts_at <= applying.now
    notice = _notice(change, applying)
    _update(
        records,
        known,
        None,
        status=CANCELLED,
        cancel_reason=change.reason.value,
        cancelled_by=change.by,
        notice_hours=notice.hours,
        late=notice.late or change.late,
        **said_after_start(change, applying.now),
    )
    entry = ledger_row(
        known.session_id,
        "cancelled",
        applying.now,
        happened_at=change.happened_at,
        from_starts_at=known.starts_at,
        detail=change.reason.value,
    )
    enter(records, entry)
    void_stub(records, known.session_id)
    outbox.disarm(records, known.session_id, "the session was cancelled")
    if not begun:
        outbox.withdraw_sent(records, known.session_id, known.starts_at, applying.now, applying.arming)
    return True


def _notice(change: Cancel, applying: Applying) -> Notice:
    """The notice given; when it was written only after the start, nobody knows."""
    starts_at, happened_at = change.known.starts_at, change.happened_at
    if starts_at <= applying.now and (happened_at is None or happened_at >= starts_at):
        return Notice(None, late=False)
    return notice_given(
        starts_at, happened_at, applying.link.last_read_at, applying.now, applying.late_cancel_hours
    )


def _restore(records: Records, known: KnownSession, appointment: Appointment, applying: Applying) -> None:
    _update(
        records,
        known,
        appointment.event,
        **_times(appointment),
        status=SCHEDULED,
        cancel_reason=None,
        cancelled_by=None,
        notice_hours=None,
        late=False,
        said_by=None,
        before_mark=None,
        client_declined=appointment.client_declined,
        details_sealed=seal_details(records, known.session_id, known.client_id, details_of(appointment)),
    )
    enter(records, _followed("restored", known, appointment, applying.now))
    revive_stub(records, known.session_id)
    _arm(records, known, appointment, applying)


def _decline(records: Records, known: KnownSession, appointment: Appointment, applying: Applying) -> None:
    declined = appointment.client_declined
    _update(records, known, appointment.event, client_declined=declined)
    answer = "declined" if declined else "accepted again"
    at = appointment.event.updated_at
    enter(records, ledger_row(known.session_id, "declined", applying.now, happened_at=at, detail=answer))


def _followed(kind: str, known: KnownSession, appointment: Appointment, now: datetime) -> LedgerRow:
    return ledger_row(
        known.session_id,
        kind,
        now,
        happened_at=appointment.event.updated_at,
        from_starts_at=known.starts_at,
        to_starts_at=appointment.starts_at,
    )


def _times(appointment: Appointment) -> dict[str, Any]:
    return {
        "starts_at": appointment.starts_at,
        "ends_at": appointment.ends_at,
        "time_zone": appointment.time_zone,
    }


def _update(records: Records, known: KnownSession, event: Event | None, **values: Any) -> None:
    records.db.connection().execute(
        update(tables.Session).where(col(tables.Session.id) == known.session_id).values(**values)
    )
    if event is not None:
        _note_version(records, known, event)


def _note_version(records: Records, known: KnownSession, event: Event) -> None:
    """Note which version of the event this was; what a sparse answer leaves out is kept (R69)."""
    values: dict[str, Any] = {
        "etag": event.etag,
        "updated_at": event.updated_at,
        "organizer_is_self": event.organizer_is_self,
    }
    if event.recurring_event_id is not None:
        values["recurring_event_id"] = event.recurring_event_id
    if event.ical_uid is not None:
        values["ical_uid"] = event.ical_uid
    records.db.connection().execute(
        update(tables.EventLink)
        .where(_link.session_id == known.session_id, _link.event_id == known.event_id)
        .values(**values)
    )
