"""Keeps the mails of a day in the outbox: of each kind one for each day, whoever puts it there."""

from datetime import date, datetime

from sqlmodel import col, select

from models.tables import Message
from sync.domain.briefing.day_moments import DayMail
from sync.domain.briefing.outbox import MessageKind, MessageStatus
from sync.domain.briefing.quiet import after_quiet
from sync.domain.briefing.wall_clock import day_key
from sync.store.outbox import Arming, mail_row, put
from sync.store.records import Records


def is_settled(records: Records, practitioner_id: str, kind: MessageKind, day: date) -> bool:
    """Whether it was put out, or passed over, for this day."""
    query = select(Message.id).where(
        col(Message.about_id) == practitioner_id,
        col(Message.about_at) == day_key(day),
        col(Message.kind) == kind,
    )
    return records.db.exec(query).first() is not None


def put_day_mail(records: Records, mail: DayMail, arming: Arming, now: datetime) -> None:
    """Have a mail of the day sent; what comes late does not come in quiet hours."""
    in_its_hour = arming.quiet is not None and arming.quiet.around(mail.due_at) is not None
    at = mail.due_at if in_its_hour else max(mail.due_at, after_quiet(now, arming.quiet))
    _insert(records, mail, arming, {"expires_at": mail.ends_at, "next_attempt_at": at})


def pass_over(records: Records, mail: DayMail, arming: Arming, reason: str) -> None:
    """Note that a mail of the day is not sent, and why: that is decided once."""
    passed = {"status": MessageStatus.SKIPPED, "expires_at": mail.due_at, "reason": reason}
    _insert(records, mail, arming, passed)


def _insert(records: Records, mail: DayMail, arming: Arming, more: dict[str, object]) -> None:
    about = arming.practitioner_id
    row = mail_row(records, mail.kind, about, day_key(mail.day), mail.due_at, arming)
    put(records, {**row, **more})
