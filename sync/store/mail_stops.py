"""Remembers that nothing is sent for a while, because whoever carries mail did not let us in."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from models import tables
from sync.domain.briefing.outbox import STOP
from sync.store.records import Records

_KIND = "mail stop "


@dataclass(frozen=True, slots=True)
class MailStop:
    """Why nothing is sent, what mends it, and when it is tried again by itself.

    `identity` stands for what signed in: the stop is over where that has changed.
    """

    reason: str
    advice: str
    until: datetime
    identity: str = field(repr=False)


def stop_mail(records: Records, channel: str, identity: str, now: datetime, why: tuple[str, str]) -> None:
    """Stop a channel for `STOP`; `why` is the reason and what mends it."""
    reason, advice = why
    told = {"identity": _digest(records, identity), "advice": advice}
    kind = _KIND + channel
    records.db.add(tables.Run(kind=kind, started_at=now, finished_at=now, outcome=reason, counts=told))
    records.db.flush()


def lift_stops(records: Records) -> None:
    """Have mail tried again at once: somebody is there who sees what comes of it."""
    run = tables.Run
    records.db.connection().execute(delete(run).where(col(run.kind).startswith(_KIND)))


def mail_stops(records: Records, now: datetime) -> dict[str, MailStop]:
    """What stops which channel at `now`, unless that has been mended since: see `is_stopped`."""
    run = tables.Run
    query = select(run).where(col(run.kind).startswith(_KIND), col(run.started_at) > now - STOP)
    return {
        row.kind.removeprefix(_KIND): MailStop(
            row.outcome, row.counts["advice"], row.started_at + STOP, row.counts["identity"]
        )
        for row in records.db.exec(query.order_by(col(run.started_at)))
    }


def is_stopped(records: Records, stop: MailStop, identity: str) -> bool:
    """Whether a stop still holds for those who sign in with `identity`."""
    return stop.identity == _digest(records, identity)


def _digest(records: Records, identity: str) -> str:
    """The secret in it cannot be found out from this by trying: the digest has a key."""
    return records.vault.digest("mail stop", identity)
