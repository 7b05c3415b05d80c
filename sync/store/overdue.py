"""Finds the sessions that are over and whose note is missing, or written and not signed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from models import tables
from sync.domain.attendance.states import CANCELLED, HELD, SCHEDULED
from sync.domain.calendar.links import LinkState
from sync.domain.notes.states import DRAFT, STUB
from sync.store.records import Records


@dataclass(frozen=True, slots=True)
class OverdueNote:
    """A session that is over (UTC); its `note` is a `stub` (nothing is written) or a `draft` (not signed)."""

    session_id: str
    practitioner_id: str
    client_code: str
    starts_at: datetime
    ends_at: datetime
    note: str

    @property
    def is_written(self) -> bool:
        """Whether only the signing is missing."""
        return self.note == DRAFT


def overdue_notes(records: Records, now: datetime, practitioner_id: str | None = None) -> list[OverdueNote]:
    """What waits for its note at `now`, the longest first; nothing sealed is opened.

    No note is expected of a no-show, of what was over before its calendar was connected, or of an hour to
    come when its calendar was removed; one that was begun there is still to be signed.
    """
    session, client, note, calendar = tables.Session, tables.Client, tables.Note, tables.CalendarLink
    unsigned = and_(col(note.status) == DRAFT, col(session.status) != CANCELLED)
    query = (
        select(session, client.code, note.status)
        .join(client, col(client.id) == col(session.client_id))
        .join(calendar, col(calendar.id) == col(session.calendar_link_id))
        .join(note, col(note.session_id) == col(session.id), isouter=True)
        .where(col(session.ends_at) <= now, or_(_unwritten(), unsigned))
        .order_by(col(session.ends_at), col(session.id))
    )
    if practitioner_id is not None:
        query = query.where(col(session.practitioner_id) == practitioner_id)
    return [
        OverdueNote(
            row.id, row.practitioner_id, code, row.starts_at, row.ends_at, DRAFT if status == DRAFT else STUB
        )
        for row, code, status in records.db.exec(query)
    ]


def unwritten_since(records: Records, practitioner_id: str, before: datetime) -> list[datetime]:
    """When each session of hers ended that is over since `before` and has no note, the longest first."""
    session, note, calendar = tables.Session, tables.Note, tables.CalendarLink
    query = (
        select(session.ends_at)
        .join(calendar, col(calendar.id) == col(session.calendar_link_id))
        .join(note, col(note.session_id) == col(session.id), isouter=True)
        .where(col(session.practitioner_id) == practitioner_id, col(session.ends_at) <= before, _unwritten())
        .order_by(col(session.ends_at))
    )
    return list(records.db.exec(query))


def _unwritten() -> ColumnElement[bool]:
    """That a note of the joined session is expected, and nothing is written."""
    session, note, calendar = tables.Session, tables.Note, tables.CalendarLink
    return and_(
        or_(col(note.id).is_(None), col(note.revision) == 0),
        col(session.status).in_((SCHEDULED, HELD)),
        col(session.is_history).is_(False),
        or_(col(calendar.state) != LinkState.REMOVED, col(session.starts_at) <= col(calendar.state_since)),
    )
