"""Finds and notes what there is to it when a session turns out to be another client's."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from models import tables
from sync.domain.calendar.series_ids import series_root
from sync.store.known_sessions import CHUNK, open_details
from sync.store.records import Records

STAYS = "stays "
"""Begins the word in the ledger that a session is with the client whose it is."""


def is_of_series(records: Records, session_id: str) -> bool:
    """Whether a session's event is one of a series."""
    return _root_of(records, session_id) is not None


def series_of(records: Records, session: tables.Session) -> list[str]:
    """The sessions of this one's client that are tied to the same series, however often it was split."""
    root = _root_of(records, session.id)
    event, row = tables.EventLink, tables.Session
    query = (
        select(row.id, event.recurring_event_id)
        .join(event, col(event.session_id) == col(row.id))
        .where(
            col(row.client_id) == session.client_id,
            col(row.calendar_link_id) == session.calendar_link_id,
            col(row.stands_alone).is_(False),
            col(event.recurring_event_id).is_not(None),
        )
    )
    tied = {
        each for each, series_id in records.db.exec(query) if series_id and series_root(series_id) == root
    }
    return sorted(tied | {session.id})


def series_roots(records: Records, session_ids: Collection[str]) -> dict[str, str]:
    """What is equal for the sessions of one client in one series; those that stand alone are left out."""
    event, row, ids, roots = tables.EventLink, tables.Session, list(session_ids), {}
    for start in range(0, len(ids), CHUNK):
        query = (
            select(row.id, row.client_id, row.calendar_link_id, event.recurring_event_id)
            .join(event, col(event.session_id) == col(row.id))
            .where(
                col(row.id).in_(ids[start : start + CHUNK]),
                col(row.stands_alone).is_(False),
                col(event.role) == "current",
                col(event.recurring_event_id).is_not(None),
            )
        )
        for session_id, client_id, link_id, series_id in records.db.exec(query):
            roots[session_id] = f"{client_id} {link_id} {series_root(series_id or '')}"
    return roots


def kept_by_word(records: Records, session_ids: Collection[str]) -> set[str]:
    """Those of these sessions of which she last said that they are with the client whose they are."""
    entry, ids = tables.LedgerEntry, list(session_ids)
    said: dict[str, str] = {}
    for start in range(0, len(ids), CHUNK):
        query = (
            select(entry.session_id, entry.detail)
            .where(col(entry.session_id).in_(ids[start : start + CHUNK]), col(entry.kind) == "assigned")
            .order_by(col(entry.seen_at))
        )
        said |= {session_id: detail or "" for session_id, detail in records.db.exec(query)}
    return {session_id for session_id, detail in said.items() if detail.startswith(STAYS)}


def _root_of(records: Records, session_id: str) -> str | None:
    event = tables.EventLink
    query = select(event.recurring_event_id).where(
        col(event.session_id) == session_id, col(event.role) == "current"
    )
    found = records.db.exec(query).first()
    return None if found is None else series_root(found)


def standing_alone(records: Records, session_ids: Collection[str]) -> set[str]:
    """Those of these sessions of which whose they are was said of that hour only."""
    row, ids, found = tables.Session, list(session_ids), set[str]()
    for start in range(0, len(ids), CHUNK):
        chunk = col(row.id).in_(ids[start : start + CHUNK])
        found.update(records.db.exec(select(row.id).where(chunk, col(row.stands_alone).is_(True))))
    return found


def stand_alone(records: Records, session_id: str, *, alone: bool) -> None:
    """Note whether what was said of a session was said of this hour only."""
    row = records.db.get_one(tables.Session, session_id)
    row.stands_alone = alone
    records.db.add(row)
    records.db.flush()


def look_afresh(records: Records, session_ids: Collection[str]) -> None:
    """Have the events of these sessions compared at the next reading as if they had been changed."""
    event = tables.EventLink
    ids = list(session_ids)
    for start in range(0, len(ids), CHUNK):
        tied = col(event.session_id).in_(ids[start : start + CHUNK])
        records.db.connection().execute(update(event).where(tied).values(etag=None))


def titles_of_others(records: Records, practitioner_id: str, client_id: str, since: datetime) -> set[str]:
    """What a practitioner's sessions with her other clients, from `since` on, are called."""
    row = tables.Session
    query = select(row.id, row.client_id, row.details_sealed).where(
        col(row.practitioner_id) == practitioner_id,
        col(row.client_id) != client_id,
        col(row.ends_at) >= since,
    )
    opened = (open_details(records, *each) for each in records.db.exec(query))
    return {details.title for details in opened if details.title}
