"""What became of each mail about a session or a day, why, and what is to be done about it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from models.tables import Message
from sync.app import App
from sync.commands.showing import short, show_json, show_table, show_text
from sync.domain.briefing.day_moments import WISHES
from sync.domain.briefing.fates import MailFate, remedy_of
from sync.domain.briefing.outbox import MessageKind, MessageStatus, shown_status
from sync.jobs.mail_channels import stops
from sync.jobs.wishes import zones
from sync.store.mail_stops import MailStop
from sync.store.outbox import messages
from sync.store.practitioners import practitioners
from sync.store.sessions import client_codes

NEWS = timedelta(days=1)
"""How long after its session began something is still said about a mail that did not arrive."""


def show_fates(app: App, *, as_json: bool) -> None:
    """Show the mails about sessions and days, and below them what is to be done about those in trouble."""
    rows = _rows(app)
    with app.reading() as records:
        owners, zone_by_owner = practitioners(records), zones(app, records)
    zone_by_address = {person.email: zone_by_owner[person.id] for person in owners}
    if as_json:
        show_json([{name: value for name, value in row.items() if name != "is_news"} for row in rows])
        return
    show_table(
        ["Session", "Client", "Begins", "Status", "Sent", "Why"],
        [
            [
                (row["session_id"] or "")[:8],
                row["client_code"] or "",
                short(row["session_starts_at"], zone_by_address[row["to"]]),
                _fate(row["kind"], row["status"]),
                _sent(row, zone_by_address[row["to"]]),
                row["reason"] or "",
            ]
            for row in rows
        ],
        "No briefings yet.",
    )
    for row in rows:
        if row["remedy"] and row["is_news"]:
            show_text(f"{row['reason'] or ''} {row['remedy']}", f"{(row['session_id'] or row['kind'])[:8]}  ")


def _sent(row: dict[str, Any], zone: str) -> str:
    """When it was sent; as long as it waits, when it is due, or is tried again."""
    if row["remedy"] and row["next_attempt_at"] is not None:
        return f"again {short(row['next_attempt_at'], zone)[4:]}"
    if row["status"] == "pending":
        return f"due {short(row['due_at'], zone)[4:]}"
    return short(row["sent_at"], zone)


def _fate(kind: str, status: str) -> str:
    return status if kind == MessageKind.BRIEFING else f"{kind.replace('_', '-')} {status}"


def _mail_fate(mail: Message, stopped: Mapping[str, MailStop]) -> MailFate:
    stop = stopped.get(mail.practitioner_id) if mail.attempts else None
    return MailFate(mail.status, mail.attempts, mail.doubts, stop.advice if stop else "")


def _next_try(mail: Message) -> datetime | None:
    """When a mail is tried again that was tried before; None where it is not."""
    waits = mail.status == MessageStatus.PENDING and mail.attempts
    return (
        mail.next_attempt_at
        if waits or (mail.status == MessageStatus.DOUBTFUL and mail.doubts == 1)
        else None
    )


def _is_of_a_day(mail: Message) -> bool:
    """Whether it is a digest and the like, but for days that had nothing to say."""
    return mail.kind in WISHES and (mail.attempts > 0 or mail.status == MessageStatus.PENDING)


def _rows(app: App) -> list[dict[str, Any]]:
    now = app.now()
    stopped = stops(app, now)
    with app.reading() as records:
        addresses = {person.id: person.email for person in practitioners(records)}
        codes = client_codes(records)
        return [
            {
                "id": mail.id,
                "kind": mail.kind,
                "session_id": mail.about_id if mail.about_id in codes else None,
                "client_code": codes.get(mail.about_id),
                "session_starts_at": mail.about_at if mail.about_id in codes else None,
                "due_at": mail.due_at,
                "sent_at": mail.sent_at,
                "status": shown_status(mail.status),
                "to": addresses[mail.practitioner_id],
                "message_id": mail.message_id,
                "attempts": mail.attempts,
                "reason": mail.reason,
                "next_attempt_at": _next_try(mail),
                "remedy": remedy_of(
                    _mail_fate(mail, stopped), mail.about_id[:8] if mail.about_id in codes else ""
                ),
                "is_news": mail.about_at > now - NEWS,
            }
            for mail in messages(records)
            if mail.about_id in codes or _is_of_a_day(mail)
        ]
