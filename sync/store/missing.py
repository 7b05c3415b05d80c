"""Remembers since when a source whose silence proves nothing has lacked an event."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from models import tables
from sync.store.known_sessions import CHUNK
from sync.store.records import Records

_event = tables.EventLink.__table__.c  # type: ignore[attr-defined] # SQLModel adds it to the class
_session = tables.Session.__table__.c  # type: ignore[attr-defined] # likewise


def note_missing(records: Records, link_id: str, event_ids: Collection[str], now: datetime) -> None:
    """A complete reading lacked these events, and of those noted before no other: the rest is back."""
    hers = _event.calendar_link_id == link_id
    connection = records.db.connection()
    query = select(_event.event_id).where(hers, _event.missing_since.is_not(None))
    before = set(connection.execute(query).scalars())
    for ids, since in ((before - set(event_ids), None), (set(event_ids) - before, now)):
        changed = sorted(ids)
        for start in range(0, len(changed), CHUNK):
            chunk = changed[start : start + CHUNK]
            connection.execute(
                update(tables.EventLink).where(hers, _event.event_id.in_(chunk)).values(missing_since=since)
            )


def missing_ahead(records: Records, now: datetime) -> dict[str, datetime]:
    """The sessions ahead that a reading lacked, by id, with since when: they are looked for once more.

    Only what the session is read from counts: an hour that another calendar still shows is not missing.
    """
    query = (
        select(_session.id, _event.missing_since)
        .join_from(tables.EventLink, tables.Session, _event.session_id == _session.id)
        .where(
            _event.missing_since.is_not(None),
            _event.role == "current",
            _event.calendar_link_id == _session.calendar_link_id,
            _session.status == "scheduled",
            _session.starts_at > now,
        )
    )
    return dict(records.db.connection().execute(query).all())
