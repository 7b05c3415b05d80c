"""The outbox: which mails are to be sent, and when each is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, update
from sqlmodel import col, select

from models import tables
from models.tables import Message
from sync.domain.briefing.outbox import MessageKind, MessageStatus
from sync.domain.briefing.quiet import QuietHours, after_quiet, briefing_due
from sync.domain.briefing.telling import Told
from sync.store.bulk import INSERTS, insert_rows
from sync.store.records import Records

_message = Message.__table__.c  # type: ignore[attr-defined] # SQLModel adds it to the class
_OPEN = (MessageStatus.PENDING, MessageStatus.CLAIMED)
_ARRIVED = (MessageStatus.SENT, MessageStatus.DOUBTFUL, MessageStatus.HANDING_OVER)
"""In somebody's inbox, for all we know."""


@dataclass(frozen=True, slots=True)
class Arming:
    """How one practitioner's briefings are timed, and the right half of their Message-IDs."""

    practitioner_id: str
    lead: timedelta
    mail_domain: str
    quiet: QuietHours | None = None

    def due(self, starts_at: datetime) -> datetime:
        """When the briefing for a session that starts then is due."""
        return briefing_due(starts_at, self.lead, self.quiet)


def briefing_row(records: Records, session_id: str, starts_at: datetime, arming: Arming) -> dict[str, object]:
    """A briefing that is due for this session at this start."""
    return mail_row(records, MessageKind.BRIEFING, session_id, starts_at, arming.due(starts_at), arming)


def arm(records: Records, session_id: str, starts_at: datetime, arming: Arming) -> None:
    """See to it that a briefing is due for this session at this start, once (R97)."""
    disarm(records, session_id, "the session was moved", keep=starts_at)
    waiting = _briefing_for(records, session_id, starts_at)
    withdrawal = _withdrawal(records, session_id, starts_at, _ARRIVED)
    if waiting is None:
        insert_rows(records, Message, [briefing_row(records, session_id, starts_at, arming)])
    elif withdrawal is not None and (waiting.status in _ARRIVED or waiting.doubts):
        withdrawal.status = MessageStatus.WITHDRAWN  # so that what follows it is sent anew once only
        withdrawal.reason = "the session takes place after all"
        _send_anew(records, waiting, arming.due(starts_at), arming)
    elif waiting.status in (MessageStatus.WITHDRAWN, MessageStatus.SKIPPED, MessageStatus.FAILED):
        waiting.status = MessageStatus.PENDING
        waiting.reason = None
        waiting.due_at = waiting.next_attempt_at = arming.due(starts_at)
        records.db.add(waiting)
    records.db.flush()  # what follows within the same reading may withdraw it again


def renew(records: Records, session_id: str, starts_at: datetime, arming: Arming) -> bool:
    """See to it that the briefing is made of what holds now; whether one that has left is sent once more.

    Whoever is making one at this moment finds it taken away before it is handed over.
    """
    mail = _briefing_for(records, session_id, starts_at)
    if mail is None:
        insert_rows(records, Message, [briefing_row(records, session_id, starts_at, arming)])
        return False
    if mail.status in _ARRIVED or mail.doubts:
        _send_anew(records, mail, arming.due(starts_at), arming)
        return True
    mail.status = MessageStatus.PENDING
    mail.reason = mail.lease_owner = mail.lease_until = None
    records.db.add(mail)
    records.db.flush()
    return False


def _briefing_for(records: Records, session_id: str, starts_at: datetime) -> Message | None:
    query = select(Message).where(
        col(Message.about_id) == session_id,
        col(Message.about_at) == starts_at,
        col(Message.kind) == MessageKind.BRIEFING,
    )
    return records.db.exec(query).first()


def replaced_by(
    records: Records, session_id: str, starts_at: datetime, *, sent_until: datetime | None = None
) -> tuple[datetime, str] | None:
    """The start and the Message-ID of what was last mailed for another start of this session, if anything.

    Only what had been sent for certain by `sent_until`, if that is given.
    """
    query = select(Message.about_at, Message.message_id).where(
        col(Message.about_id) == session_id,
        col(Message.about_at) != starts_at,
        col(Message.kind) == MessageKind.BRIEFING,
        or_(col(Message.status).in_(_ARRIVED), col(Message.doubts) > 0),
    )
    if sent_until is not None:
        query = query.where(col(Message.sent_at) <= sent_until)
    return records.db.exec(query.order_by(col(Message.next_attempt_at).desc())).first()


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
        update(Message)
        .where(*stale)
        .values(status=MessageStatus.WITHDRAWN, reason=reason, lease_owner=None, lease_until=None)
    )


def disarm_calendar(records: Records, link_id: str, reason: str) -> None:
    """Withdraw what is not yet sent for any session of one calendar."""
    of_calendar = select(tables.Session.id).where(col(tables.Session.calendar_link_id) == link_id)
    records.db.connection().execute(
        update(Message)
        .where(
            _message.about_id.in_(of_calendar),
            _message.kind == MessageKind.BRIEFING,
            _message.status.in_(_OPEN),
        )
        .values(status=MessageStatus.WITHDRAWN, reason=reason, lease_owner=None, lease_until=None)
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
            or_(col(Message.status).in_(_ARRIVED), col(Message.doubts) > 0),
        )
    ).first()
    if sent is None:
        return
    earlier = _withdrawal(records, session_id, starts_at, (*_ARRIVED, MessageStatus.WITHDRAWN))
    if earlier is not None:
        _send_anew(records, earlier, now, arming)
    else:
        put(records, mail_row(records, MessageKind.WITHDRAWAL, session_id, starts_at, now, arming))


def _withdrawal(
    records: Records, session_id: str, starts_at: datetime, statuses: Iterable[MessageStatus]
) -> Message | None:
    query = select(Message).where(
        col(Message.about_id) == session_id,
        col(Message.about_at) == starts_at,
        col(Message.kind) == MessageKind.WITHDRAWAL,
        col(Message.status).in_(list(statuses)),
    )
    return records.db.exec(query).first()


def _send_anew(records: Records, mail: Message, due_at: datetime, arming: Arming) -> None:
    """Have a mail sent whose like was sent before, under another Message-ID: a reader drops a double."""
    token = records.vault.digest("message", mail.message_id)
    mail.message_id = _message_id(mail.kind, token, arming)
    mail.status = MessageStatus.PENDING
    mail.due_at = mail.next_attempt_at = due_at
    mail.attempts = mail.doubts = 0
    mail.reason = mail.sent_at = mail.lease_owner = mail.lease_until = None
    records.db.add(mail)


def put(records: Records, row: dict[str, object]) -> bool:
    """Put one mail into the outbox unless the same is there already; whether it was new."""
    same = select(Message.id).where(
        col(Message.about_id) == row["about_id"],
        col(Message.about_at) == row["about_at"],
        col(Message.kind) == row["kind"],
    )
    if records.db.exec(same).first() is not None:
        return False
    connection = records.db.connection()  # of two workers who look at once, one finds it put after all
    putting = INSERTS[connection.dialect.name](Message).on_conflict_do_nothing().returning(_message.id)
    return connection.execute(putting, [{"id": tables.new_id(), **row}]).first() is not None


def put_notice(
    records: Records,
    kind: str,
    about_id: str,
    about_at: datetime,
    arming: Arming,
    due_at: datetime | None = None,
) -> bool:
    """Have a mail sent at once that does not end with a session: an alert, a test.

    `due_at` is the moment of asking where `about_at` lies before it. What nobody waits for stays until
    quiet hours are over.
    """
    row = mail_row(records, kind, about_id, about_at, due_at or about_at, arming)
    if kind in (MessageKind.ALERT, MessageKind.MENDED, MessageKind.REMINDER):
        row["next_attempt_at"] = after_quiet(due_at or about_at, arming.quiet)
    return put(records, row | {"expires_at": None})


def notices_about(records: Records, about_ids: Iterable[str], kind: str) -> list[Told]:
    """The notices of one kind about any of some things, by the moment they were put out."""
    query = select(Message).where(col(Message.about_id).in_(list(about_ids)), col(Message.kind) == kind)
    mails = records.db.exec(query.order_by(col(Message.due_at)))
    return [Told(mail.about_id, mail.about_at, mail.due_at, mail.status in _ARRIVED) for mail in mails]


def undelivered_notices(records: Records, now: datetime) -> list[str]:
    """Why each alert or report of the last 30 days was not delivered: failed, in doubt, or tried in vain."""
    query = select(Message.reason).where(
        col(Message.kind).in_([MessageKind.ALERT, MessageKind.MENDED, MessageKind.REPORT]),
        col(Message.due_at) >= now - timedelta(days=30),
        or_(
            col(Message.status).in_([MessageStatus.FAILED, MessageStatus.DOUBTFUL]),
            and_(col(Message.status) == MessageStatus.PENDING, col(Message.attempts) > 0),
        ),
    )
    return [reason or "" for reason in records.db.exec(query.order_by(col(Message.due_at)))]


def noticed_since(records: Records, kind: str, about_id: str, since: datetime) -> bool:
    """Whether a notice of this kind about this thing was put in the outbox at `since` or later."""
    query = select(Message.id).where(
        col(Message.kind) == kind, col(Message.about_id) == about_id, col(Message.about_at) >= since
    )
    return records.db.exec(query).first() is not None


def mail_row(
    records: Records, kind: str, about_id: str, about_at: datetime, due_at: datetime, arming: Arming
) -> dict[str, object]:
    """A mail of one kind about a thing at its moment; it is worthless from that moment on."""
    token = records.vault.digest("message", kind, about_id, about_at.isoformat(), arming.practitioner_id)
    return {
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
        "message_id": _message_id(kind, token, arming),
    }


def _message_id(kind: str, token: str, arming: Arming) -> str:
    return f"<{kind[0]}.{token}@{arming.mail_domain}>"


def retime(records: Records, arming: Arming) -> None:
    """Make every briefing that is still to come due when it is due by now."""
    rows = records.db.exec(
        select(Message).where(
            col(Message.practitioner_id) == arming.practitioner_id,
            col(Message.kind) == MessageKind.BRIEFING,
            col(Message.status) == MessageStatus.PENDING,
            col(Message.attempts) == 0,
        )
    )
    for row in rows:
        row.due_at = row.next_attempt_at = arming.due(row.about_at)
        records.db.add(row)


def messages(records: Records, kind: str | None = None) -> list[Message]:
    """What is and was in the outbox, by the moment it was due."""
    query = select(Message).order_by(col(Message.due_at), col(Message.id))
    if kind is not None:
        query = query.where(col(Message.kind) == kind)
    return list(records.db.exec(query))
