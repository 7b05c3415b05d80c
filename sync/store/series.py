"""Remembers what the masters of series looked like, so that an edit of a whole series can be followed."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import exists
from sqlmodel import col, select

from models import tables
from sync.domain.calendar.relinking import SeriesMaster
from sync.domain.calendar.values import KnownSession
from sync.store.known_sessions import CHUNK
from sync.store.records import Records


def unknown_series(records: Records, link_id: str, now: datetime, limit: int) -> list[str]:
    """Series with hours ahead whose master was never asked for; at most `limit`."""
    event, session, series = tables.EventLink, tables.Session, tables.Series
    here = (
        select(event.recurring_event_id)
        .where(col(event.calendar_link_id) == link_id, col(event.recurring_event_id).is_not(None))
        .distinct()
        .subquery()
    )  # Read from the index alone: mostly all of them are known, and no hour need be looked at.
    known = exists().where(
        col(series.calendar_link_id) == link_id,
        col(series.recurring_event_id) == here.c.recurring_event_id,
    )
    ahead = exists().where(
        col(event.calendar_link_id) == link_id,
        col(event.recurring_event_id) == here.c.recurring_event_id,
        col(event.role) == "current",
        col(session.id) == col(event.session_id),
        col(session.starts_at) > now,
    )
    query = select(here.c.recurring_event_id).where(~known, ahead).limit(limit)
    return [series_id for series_id in records.db.exec(query) if series_id]


def unknown_of(records: Records, link_id: str, sessions: Iterable[KnownSession]) -> list[str]:
    """The series of these sessions' events whose master was never asked for."""
    ids = {session.recurring_event_id for session in sessions if session.recurring_event_id}
    return sorted(ids - remembered_masters(records, link_id, ids).keys())


def remembered_masters(
    records: Records, link_id: str, series_ids: Collection[str]
) -> dict[str, SeriesMaster]:
    """What these masters looked like when they were last read, by recurring event id."""
    series = tables.Series
    found: dict[str, SeriesMaster] = {}
    ids = list(series_ids)
    for start in range(0, len(ids), CHUNK):
        query = select(series).where(
            col(series.calendar_link_id) == link_id,
            col(series.recurring_event_id).in_(ids[start : start + CHUNK]),
        )
        for row in records.db.exec(query):
            found[row.recurring_event_id] = SeriesMaster(
                row.recurring_event_id, row.starts_at, row.time_zone, tuple(row.recurrence)
            )
    return found


def keep_masters(records: Records, link_id: str, masters: Iterable[SeriesMaster], now: datetime) -> None:
    """Remember masters as they were read at `now`; one without a start could not be read (R47).

    Of one that was known and is gone, what was known stays: it may come back from the bin as it was.
    """
    series = tables.Series
    for master in masters:
        row = records.db.exec(
            select(series).where(
                col(series.calendar_link_id) == link_id,
                col(series.recurring_event_id) == master.recurring_event_id,
            )
        ).first()
        if row is not None and master.starts_at is None:
            continue
        row = row or series(
            calendar_link_id=link_id, recurring_event_id=master.recurring_event_id, read_at=now
        )
        row.starts_at = master.starts_at
        row.time_zone = master.time_zone
        row.recurrence = list(master.recurrence)
        row.read_at = now
        records.db.add(row)
    records.db.flush()
