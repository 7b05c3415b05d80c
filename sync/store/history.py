"""Keeps how far the past of each calendar is wanted, and how far it has been read."""

from datetime import datetime

from sqlmodel import col, select

from models import tables
from sync.domain.calendar.links import ASLEEP, CalendarLink
from sync.store.known_sessions import ending_after
from sync.store.records import Records


def want_history(records: Records, link_id: str, since: datetime, *, again: bool = False) -> None:
    """Have the past read from `since` on, or from an earlier moment that was wanted before.

    What was read stays read, unless it is to be read `again` or `since` lies before it.
    """
    row = records.db.get_one(tables.CalendarLink, link_id)
    earlier = row.history_since is None or since < row.history_since
    if earlier:
        row.history_since = since
    if earlier or again:
        row.history_read_to = None
        row.history_done_at = None
    records.db.add(row)
    records.db.flush()


def note_history(
    records: Records, seen: CalendarLink, read_to: datetime, done_at: datetime | None = None
) -> bool:
    """Note how far the past has been read; in the transaction of what it brought.

    False, and nothing noted, when somebody has asked for another past since the calendar was `seen`.
    """
    row = records.db.get_one(tables.CalendarLink, seen.id, with_for_update=True, populate_existing=True)
    if (row.history_since, row.history_read_to) != (seen.history_since, seen.history_read_to):
        return False
    row.history_read_to = read_to
    row.history_done_at = done_at
    records.db.add(row)
    records.db.flush()
    return True


def unread_histories(records: Records) -> list[str]:
    """The calendars whose past is wanted and not read to its end, by id, the furthest behind first."""
    row = tables.CalendarLink
    query = select(row.id, row.history_read_to, row.history_since).where(
        col(row.history_since).is_not(None),
        col(row.history_done_at).is_(None),
        col(row.state).not_in(ASLEEP),
    )
    return [found[0] for found in sorted(records.db.exec(query), key=lambda r: (r[1] or r[2], r[0]))]


def events_ended_in(records: Records, link_id: str, after: datetime, to: datetime) -> set[str]:
    """The events of a calendar's sessions that took place, for all we know, and ended in (after, to]."""
    event, session = tables.EventLink, tables.Session
    query = (
        select(event.event_id)
        .join(session, col(session.id) == col(event.session_id))
        .where(
            *ending_after(link_id, after),
            col(session.ends_at) <= to,
            col(session.status) != "cancelled",
            col(event.role) == "current",
        )
    )
    return set(records.db.exec(query))
