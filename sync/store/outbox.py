"""The outbox: which mails are due, who is sending each, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, insert, or_, update
from sqlmodel import col, select

from models import tables
from models.tables import Message
from sync.domain.briefing.outbox import MessageKind, MessageStatus
from sync.store.records import Records

SENDING = timedelta(minutes=2)
"""How long one process may be busy with one mail before another takes it for dead."""

SECOND_TRY = timedelta(minutes=5)
"""When a doubtful delivery is tried again, once, with the same Message-ID."""

_message = Message.__table__.c  # type: ignore[attr-defined] # SQLModel adds it to the class
_OPEN = (MessageStatus.PENDING, MessageStatus.CLAIMED)


@dataclass(frozen=True, slots=True)
class Arming:
    """How one practitioner's briefings are timed, and the right half of their Message-IDs."""

    practitioner_id: str
    lead: timedelta
    mail_domain: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail that this process has claimed."""

    id: str
    kind: str
    about_id: str
    about_at: datetime
    practitioner_id: str
    due_at: datetime
    expires_at: datetime | None
    message_id: str
    attempts: int
    doubts: int
    owner: str
    reason: str | None


def arm_new(records: Records, sessions: Iterable[tuple[str, datetime]], arming: Arming) -> None:
    """Put a briefing for each new session (id, start) into the outbox."""
    rows = [
        _row(records, MessageKind.BRIEFING, about, at, at - arming.lead, arming) for about, at in sessions
    ]
    if rows:
        records.db.connection().execute(insert(Message), rows)


def arm(records: Records, session_id: str, starts_at: datetime, arming: Arming) -> None:
    """See to it that a briefing is due for this session at this start, once (R97)."""
    disarm(records, session_id, "the session was moved", keep=starts_at)
    waiting = records.db.exec(
        select(Message).where(
            col(Message.about_id) == session_id,
            col(Message.about_at) == starts_at,
            col(Message.kind) == MessageKind.BRIEFING,
        )
    ).first()
    if waiting is None:
        arm_new(records, [(session_id, starts_at)], arming)
    elif waiting.status in (MessageStatus.WITHDRAWN, MessageStatus.SKIPPED):
        waiting.status = MessageStatus.PENDING
        waiting.reason = None
        waiting.due_at = waiting.next_attempt_at = starts_at - arming.lead
        records.db.add(waiting)


def disarm(records: Records, session_id: str, reason: str, keep: datetime | None = None) -> None:
    """Withdraw what is not yet sent for this session, but for a start to `keep`."""
    stale = [
        _message.about_id == session_id,
        _message.kind == MessageKind.BRIEFING,
        _message.status.in_(_OPEN),
    ]
    if keep is not None:
        stale.append(_message.about_at != keep)
    records.db.connection().execute(
        update(Message).where(*stale).values(status=MessageStatus.WITHDRAWN, reason=reason)
    )


def withdraw_sent(
    records: Records, session_id: str, starts_at: datetime, now: datetime, arming: Arming
) -> None:
    """Have a withdrawal sent when the briefing for this start is already in somebody's inbox."""
    sent = records.db.exec(
        select(Message.id).where(
            col(Message.about_id) == session_id,
            col(Message.about_at) == starts_at,
            col(Message.kind) == MessageKind.BRIEFING,
            col(Message.status).in_((MessageStatus.SENT, MessageStatus.DOUBTFUL)),
        )
    ).first()
    if sent is not None:
        put(records, _row(records, MessageKind.WITHDRAWAL, session_id, starts_at, now, arming))


def put(records: Records, row: dict[str, object]) -> bool:
    """Put one mail into the outbox unless the same is there already; whether it was new."""
    same = select(Message.id).where(
        col(Message.about_id) == row["about_id"],
        col(Message.about_at) == row["about_at"],
        col(Message.kind) == row["kind"],
    )
    if records.db.exec(same).first() is not None:
        return False
    records.db.connection().execute(insert(Message), [row])
    return True


def put_notice(
    records: Records, kind: str, about_id: str, about_at: datetime, arming: Arming, reason: str | None = None
) -> bool:
    """Have a mail sent at once that does not end with a session: an alert, a test."""
    row = _row(records, kind, about_id, about_at, about_at, arming)
    return put(records, row | {"expires_at": None, "reason": reason})


def _row(
    records: Records, kind: str, about_id: str, about_at: datetime, due_at: datetime, arming: Arming
) -> dict[str, object]:
    token = records.vault.digest("message", kind, about_id, about_at.isoformat(), arming.practitioner_id)
    return {
        "id": tables.new_id(),
        "kind": kind,
        "about_id": about_id,
        "about_at": about_at,
        "practitioner_id": arming.practitioner_id,
        "due_at": due_at,
        "expires_at": about_at,
        "status": MessageStatus.PENDING,
        "attempts": 0,
        "doubts": 0,
        "next_attempt_at": due_at,
        "message_id": f"<{kind[0]}.{token}@{arming.mail_domain}>",
    }


def retime(records: Records, practitioner_id: str, lead: timedelta) -> None:
    """Give every briefing that is still to come another lead time."""
    rows = records.db.exec(
        select(Message).where(
            col(Message.practitioner_id) == practitioner_id,
            col(Message.kind) == MessageKind.BRIEFING,
            col(Message.status) == MessageStatus.PENDING,
            col(Message.attempts) == 0,
        )
    )
    for row in rows:
        row.due_at = row.next_attempt_at = row.about_at - lead
        records.db.add(row)


def tidy(records: Records, now: datetime) -> int:
    """Settle what was left behind: dead senders' mails, and mails whose session has begun; how many expired.

    A sender that died before the hand-over has certainly not sent; one that died in it is in doubt (R100).
    """
    run = records.db.connection().execute
    over = _message.lease_until <= now
    run(
        update(Message)
        .where(_message.status == MessageStatus.CLAIMED, over)
        .values(status=MessageStatus.PENDING, lease_owner=None, lease_until=None)
    )
    run(
        update(Message)
        .where(_message.status == MessageStatus.HANDING_OVER, over)
        .values(
            status=MessageStatus.DOUBTFUL,
            doubts=_message.doubts + 1,
            reason="the sender stopped while handing it over",
            lease_owner=None,
            lease_until=None,
            next_attempt_at=now,
        )
    )
    expired = run(
        update(Message)
        .where(_message.status == MessageStatus.PENDING, _message.expires_at <= now)
        .values(status=MessageStatus.SKIPPED, reason="the session had begun")
    )
    return expired.rowcount


def claim(records: Records, owner: str, now: datetime) -> Outgoing | None:
    """Take the mail that has been due for longest, for `SENDING`; None when none is due."""
    ready = or_(
        _message.status == MessageStatus.PENDING,
        and_(_message.status == MessageStatus.DOUBTFUL, _message.doubts == 1),
    )
    row = records.db.exec(
        select(Message)
        .where(
            ready,
            _message.due_at <= now,
            _message.next_attempt_at <= now,
            or_(_message.expires_at.is_(None), _message.expires_at > now),
        )
        .order_by(_message.due_at, _message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return None
    row.status = MessageStatus.CLAIMED
    row.lease_owner = owner
    row.lease_until = now + SENDING
    row.attempts += 1
    records.db.add(row)
    records.db.flush()
    return Outgoing(
        id=row.id,
        kind=row.kind,
        about_id=row.about_id,
        about_at=row.about_at,
        practitioner_id=row.practitioner_id,
        due_at=row.due_at,
        expires_at=row.expires_at,
        message_id=row.message_id,
        attempts=row.attempts,
        doubts=row.doubts,
        owner=owner,
        reason=row.reason,
    )


def hand_over(records: Records, mail: Outgoing) -> bool:
    """Note that the next step cannot be taken back; False when the mail is no longer ours to send (R98)."""
    return _settle(records, mail, MessageStatus.CLAIMED, status=MessageStatus.HANDING_OVER)


def mark_sent(records: Records, mail: Outgoing, now: datetime) -> None:
    """It was accepted."""
    _settle(records, mail, MessageStatus.HANDING_OVER, status=MessageStatus.SENT, sent_at=now, reason=None)


def mark_postponed(records: Records, mail: Outgoing, next_attempt_at: datetime, reason: str) -> None:
    """It was certainly not accepted; it is tried again."""
    again = MessageStatus.DOUBTFUL if mail.doubts else MessageStatus.PENDING
    _settle(records, mail, None, status=again, next_attempt_at=next_attempt_at, reason=reason)


def mark_failed(records: Records, mail: Outgoing, reason: str) -> None:
    """It is not tried again: refused for good."""
    _settle(records, mail, None, status=MessageStatus.FAILED, reason=reason)


def mark_skipped(records: Records, mail: Outgoing, reason: str) -> None:
    """There is no longer any need for it."""
    _settle(records, mail, None, status=MessageStatus.WITHDRAWN, reason=reason)


def mark_doubtful(records: Records, mail: Outgoing, now: datetime, reason: str) -> None:
    """Nobody knows whether it was accepted."""
    _settle(
        records,
        mail,
        None,
        status=MessageStatus.DOUBTFUL,
        doubts=mail.doubts + 1,
        next_attempt_at=now + SECOND_TRY,
        reason=reason,
    )


def _settle(records: Records, mail: Outgoing, expected: MessageStatus | None, **values: object) -> bool:
    ours = [_message.id == mail.id, _message.lease_owner == mail.owner]
    if expected is not None:
        ours.append(_message.status == expected)
    if values["status"] is not MessageStatus.HANDING_OVER:
        values |= {"lease_owner": None, "lease_until": None}
    changed = records.db.connection().execute(update(Message).where(*ours).values(**values))
    return changed.rowcount == 1


def messages(records: Records, kind: str | None = None) -> list[Message]:
    """What is and was in the outbox, by the moment it was due."""
    query = select(Message).order_by(col(Message.due_at), col(Message.id))
    if kind is not None:
        query = query.where(col(Message.kind) == kind)
    return list(records.db.exec(query))
