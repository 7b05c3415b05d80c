"""Flags: what about a session waits for the therapist's word."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from models import tables
from sync.domain.calendar.changes import NAMES_ANOTHER, SHOWN_TWICE
from sync.store.known_sessions import CHUNK
from sync.store.ledger import enter, ledger_row
from sync.store.records import Records

Said = tuple[datetime, datetime]
"""When the calendar has a session now: its start and its end."""
FlagRow = tables.SessionFlag


@dataclass(frozen=True, slots=True)
class Another:
    """The code of the client whom an event names instead, and when the calendar says it was changed.

    The code is empty where it may be somebody who is not known.
    """

    code: str
    changed_at: datetime | None = None


def raise_flag(
    records: Records,
    session_id: str,
    kind: str,
    now: datetime,
    said: Said | None = None,
    other: Another | None = None,
) -> bool:
    """Raise a flag once; whether it was new. One that was settled comes back only if `said` differs.

    But for whose a session is: that is asked again when the event was changed since, or names a third
    client by now. And for one hour with two notes: its records were parted since, and joined again.
    """
    row = records.db.exec(
        select(FlagRow).where(col(FlagRow.session_id) == session_id, col(FlagRow.kind) == kind)
    ).first()
    if row is None:
        row = FlagRow(session_id=session_id, kind=kind, raised_at=now)
    elif not _is_news(records, row, said, other):
        return False
    if row.settled_at is not None:
        row.raised_at, row.settled_at = now, None
    if said is not None:
        row.said_starts_at, row.said_ends_at = said
    records.db.add(row)
    records.db.flush()
    to = None if said is None else said[0]
    entry = ledger_row(session_id, "flagged", now, detail=kind, to_starts_at=to)
    if other is not None:
        entry |= {"detail": f"{kind}: {other.code}", "happened_at": other.changed_at}
    enter(records, entry)
    return True


def named_instead(records: Records, session_ids: Collection[str]) -> dict[str, Another]:
    """The client whom the event of each of these sessions was last seen to name instead.

    Where it was seen since to do so no more, there is none.
    """
    entry, found = tables.LedgerEntry, {}
    ids = list(session_ids)
    for start in range(0, len(ids), CHUNK):
        query = (
            select(entry.session_id, entry.kind, entry.detail, entry.happened_at)
            .where(
                col(entry.session_id).in_(ids[start : start + CHUNK]),
                col(entry.kind).in_(("flagged", "settled")),
                col(entry.detail).startswith(f"{NAMES_ANOTHER}: "),
            )
            .order_by(col(entry.seen_at), col(entry.kind))
        )
        for session_id, kind, detail, changed_at in records.db.exec(query):
            if kind == "flagged":
                found[session_id] = Another((detail or "").partition(": ")[2], changed_at)
            else:
                found.pop(session_id, None)
    return found


def waiting_flags(records: Records) -> list[FlagRow]:
    """Every flag that nobody has settled."""
    return list(records.db.exec(select(FlagRow).where(col(FlagRow.settled_at).is_(None))))


def count_waiting(records: Records) -> int:
    """How many flags nobody has settled."""
    query = select(func.count()).select_from(FlagRow).where(col(FlagRow.settled_at).is_(None))
    return records.db.exec(query).one()


def flag_row(records: Records, session_id: str, kind: str) -> FlagRow | None:
    """One open flag of a session."""
    query = select(FlagRow).where(col(FlagRow.session_id) == session_id, col(FlagRow.kind) == kind)
    return records.db.exec(query.where(col(FlagRow.settled_at).is_(None))).first()


def _is_news(records: Records, row: FlagRow, said: Said | None, other: Another | None) -> bool:
    if row.kind == NAMES_ANOTHER:
        before = named_instead(records, [row.session_id]).get(row.session_id)
        if row.settled_at is None:
            return before is not None and other is not None and before.code != other.code
        return before is None or before != other
    if row.kind == SHOWN_TWICE:
        return row.settled_at is not None
    return said is not None and said != (row.said_starts_at, row.said_ends_at)


def open_flags(records: Records, session_id: str) -> list[str]:
    """The kinds of flags of a session that nobody has settled."""
    flag = tables.SessionFlag
    query = select(flag.kind).where(col(flag.session_id) == session_id, col(flag.settled_at).is_(None))
    return list(records.db.exec(query))


def settle_flags(records: Records, session_id: str, now: datetime, kind: str | None = None) -> None:
    """It is known what holds: every flag of the session, or that of one kind, is settled."""
    flag = tables.SessionFlag
    query = select(flag).where(col(flag.session_id) == session_id, col(flag.settled_at).is_(None))
    if kind is not None:
        query = query.where(col(flag.kind) == kind)
    for row in records.db.exec(query):
        row.settled_at = now
        records.db.add(row)
