"""The way of one mail out of the outbox: claimed, handed over, and what became of it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, literal, or_, update
from sqlmodel import select

from models.tables import Message
from sync.domain.briefing.outbox import COUNTED_ON, TOO_LATE, MessageStatus
from sync.store.records import Records

SENDING = timedelta(minutes=2)
"""How long one process may be busy with one mail before another takes it for dead."""

SECOND_TRY = timedelta(minutes=5)
"""When a doubtful delivery is tried again, once, with the same Message-ID."""

LONGEST_WAIT = timedelta(days=7)
"""How long before it left a mail was due, at the most that is worth looking at."""

BEGUN = "the session had begun"

_message = Message.__table__.c  # type: ignore[attr-defined] # SQLModel adds it to the class


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


def tidy(records: Records, now: datetime) -> int:
    """Settle what was left behind: dead senders' mails, and mails that are of no more use; how many expired.

    A sender that died before the hand-over has certainly not sent; one that died in it is in doubt
    (R100). What was in doubt before stays so.
    """
    run = records.db.connection().execute
    over = _message.lease_until <= now
    again = case((_message.doubts > 0, MessageStatus.DOUBTFUL), else_=MessageStatus.PENDING)
    run(
        update(Message)
        .where(_message.status == MessageStatus.CLAIMED, over)
        .values(status=again, lease_owner=None, lease_until=None)
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
    run(
        update(Message)
        .where(_message.status == MessageStatus.SKIPPED, _message.expires_at > now)
        .values(status=MessageStatus.PENDING, reason=None)
    )
    tried = and_(_message.attempts > 0, _message.reason.is_not(None))
    why = case(*[(_message.kind == kind, literal(words)) for kind, words in TOO_LATE.items()], else_=BEGUN)
    expired = run(
        update(Message)
        .where(_message.status == MessageStatus.PENDING, _message.expires_at <= now)
        .values(status=MessageStatus.SKIPPED, reason=case((tried, why + "; " + _message.reason), else_=why))
    )
    return expired.rowcount


def given_up(records: Records, now: datetime) -> set[str]:
    """Whose mails they count on were tried in vain and are too late at `now`, before `tidy` settles them."""
    query = select(Message.practitioner_id).where(
        _message.status == MessageStatus.PENDING,
        _message.kind.in_(COUNTED_ON),
        _message.expires_at <= now,
        _message.attempts > 0,
    )
    return set(records.db.exec(query))


def departures(records: Records, since: datetime) -> dict[str, list[datetime]]:
    """When mails left since `since`, by the practitioner they went to; some may have left twice."""
    query = select(Message).where(
        _message.status.in_([MessageStatus.SENT, MessageStatus.DOUBTFUL]),
        _message.due_at > since - LONGEST_WAIT,  # so that the index helps
    )
    left: dict[str, list[datetime]] = defaultdict(list)
    for mail in records.db.exec(query):
        at = mail.sent_at or mail.next_attempt_at - SECOND_TRY
        if at > since:
            left[mail.practitioner_id].append(at)
    return left


def hold_back(records: Records, practitioner_id: str, now: datetime, until: datetime, reason: str) -> int:
    """Leave what is due to one practitioner until `until`; how many mails."""
    held = records.db.connection().execute(
        update(Message)
        .where(
            _message.practitioner_id == practitioner_id,
            _message.status.in_([MessageStatus.PENDING, MessageStatus.DOUBTFUL]),
            _message.due_at <= now,
            _message.next_attempt_at < until,
        )
        .values(
            next_attempt_at=until,
            reason=case((_message.status == MessageStatus.PENDING, reason), else_=_message.reason),
        )
    )
    return held.rowcount


def claim(
    records: Records, owner: str, now: datetime, claimed_at: datetime, without: Collection[str] = ()
) -> Outgoing | None:
    """Take the mail that has been due for longest at `now`; None when none is due.

    It is ours for `SENDING` from `claimed_at`, which in a long pass lies well after `now`. Mails to the
    practitioners `without` are left.
    """
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
            _message.practitioner_id.not_in(without),
        )
        .order_by(_message.due_at, _message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return None
    row.status = MessageStatus.CLAIMED
    row.lease_owner = owner
    row.lease_until = claimed_at + SENDING
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


def is_handed_over(records: Records, mail: Outgoing) -> bool:
    """Whether the point of no return was passed."""
    query = select(Message.status).where(_message.id == mail.id)
    return records.db.exec(query).first() == MessageStatus.HANDING_OVER


def mark_sent(records: Records, mail: Outgoing, now: datetime, known_as: str | None = None) -> None:
    """It was accepted, and is known by that name where it was taken, if a name was given."""
    reason = f"Gmail has it as {known_as}" if known_as else None
    _settle(records, mail, MessageStatus.HANDING_OVER, status=MessageStatus.SENT, sent_at=now, reason=reason)


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
