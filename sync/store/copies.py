"""Finds the copies of a meeting that other calendars of the same practitioner show (R33, R75)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlmodel import col

from models import tables
from sync.domain.calendar.changes import MISSING_AFTER, Cancel, Change, Create, Flag, HandOver, Join
from sync.domain.calendar.links import CalendarLink, LinkState
from sync.domain.calendar.meetings import Around, Copy, Meeting, heirs, meeting_of, one_session_each
from sync.domain.calendar.values import Event, KnownSession, Window
from sync.store.creations import Applying
from sync.store.known_sessions import CHUNK, known_columns
from sync.store.records import Records

_session = tables.Session.__table__.c  # type: ignore[attr-defined] # SQLModel adds it to the class
_event = tables.EventLink.__table__.c  # type: ignore[attr-defined] # likewise
_flag = tables.SessionFlag.__table__.c  # type: ignore[attr-defined] # likewise
_link = tables.CalendarLink.__table__.c  # type: ignore[attr-defined] # likewise

_NOT_READ = (LinkState.PAUSED, LinkState.REMOVED, LinkState.UNAVAILABLE, LinkState.SIGN_IN)
COPY = "copy"
"""The role of an event that a session is tied to but not read from."""


def other_calendars(records: Records, practitioner_id: str, link_id: str) -> list[str]:
    """The ids of her calendars but this one; without any, no meeting can have a copy."""
    query = select(_link.id).where(_link.practitioner_id == practitioner_id, _link.id != link_id)
    return list(records.db.connection().execute(query).scalars())


def with_copies(records: Records, changes: Sequence[Change], applying: Applying) -> Sequence[Change]:
    """`changes`, where copies of a meeting that has a session join it. Holds the practitioner's meetings.

    Until the transaction ends no other calendar of hers is written: of two that bring the same new
    meeting at once, the second has to see the first.
    """
    practitioner_id = applying.link.practitioner_id
    if not changes or not other_calendars(records, practitioner_id, applying.link.id):
        return changes
    person = tables.Practitioner
    records.db.connection().execute(
        select(col(person.id)).where(col(person.id) == practitioner_id).with_for_update()
    )
    meetings = _meetings(change.appointment.event for change in changes if isinstance(change, Create))
    ids = {row.session_id for row in _tied_elsewhere(records, applying.link.id, practitioner_id, meetings)}
    ids |= {c.known.session_id for c in changes if isinstance(c, Cancel | Flag | Join)}
    around = Around(
        applying.link.id,
        applying.now,
        _order(records, practitioner_id, applying.link.id),
        _copies(records, ids),
    )
    return one_session_each(changes, around)


def heirs_of(records: Records, link: CalendarLink, now: datetime) -> list[HandOver]:
    """The standing sessions of a calendar that ends which another calendar of hers goes on to show."""
    query = (
        select(_session.id)
        .join_from(tables.EventLink, tables.Session, _event.session_id == _session.id)
        .where(_session.calendar_link_id == link.id, _session.status != "cancelled", _event.role == COPY)
    )
    ids = set(records.db.connection().execute(query).scalars())
    order = _order(records, link.practitioner_id, "")
    return heirs(Around(link.id, now, order, _copies(records, ids)))


def around_of(
    records: Records, practitioner_id: str, session_ids: Collection[str], now: datetime
) -> Around | None:
    """All that is known of the meetings of some sessions; None where no meeting can have a copy."""
    if len(other_calendars(records, practitioner_id, "")) < 2:
        return None
    return Around("", now, _order(records, practitioner_id, ""), _copies(records, session_ids))


def _meetings(events: Iterable[Event]) -> set[Meeting]:
    return {meeting for event in events if (meeting := meeting_of(event)) is not None}


@dataclass(frozen=True, slots=True)
class _Tie:
    session_id: str
    client_id: str
    meeting: Meeting


def _tied_elsewhere(
    records: Records, link_id: str, practitioner_id: str, meetings: Collection[Meeting]
) -> list[_Tie]:
    """The sessions that an event of these meetings in another of her calendars is tied to."""
    found: list[_Tie] = []
    asked = list(meetings)
    for start in range(0, len(asked), CHUNK):
        query = (
            select(_event.session_id, _session.client_id, _event.ical_uid, _event.original_start)
            .join_from(tables.EventLink, tables.Session, _event.session_id == _session.id)
            .where(
                _is_of(asked[start : start + CHUNK]),
                _event.calendar_link_id != link_id,
                _event.role != "alias",
                _session.practitioner_id == practitioner_id,
            )
        )
        found += [_Tie(row[0], row[1], (row[2], row[3])) for row in records.db.connection().execute(query)]
    return found


def _is_of(meetings: Sequence[Meeting]) -> ColumnElement[bool]:
    """Whether an event is of one of these; all hours of a series, years of them, share its UID."""
    hours = [meeting for meeting in meetings if meeting[1] is not None]
    singles = [uid for uid, original_start in meetings if original_start is None]
    return or_(
        tuple_(_event.ical_uid, _event.original_start).in_(hours),
        and_(_event.ical_uid.in_(singles), _event.original_start.is_(None)),
    )


def meeting_clients(
    records: Records, link_id: str, practitioner_id: str, events: Iterable[Event]
) -> dict[str, str]:
    """Whose the meetings of these events are by her other calendars, by event id."""
    if not other_calendars(records, practitioner_id, link_id):
        return {}
    meetings = {event.event_id: meeting_of(event) for event in events}
    asked = {meeting for meeting in meetings.values() if meeting is not None}
    owners: dict[Meeting | None, set[str]] = {}
    for tie in _tied_elsewhere(records, link_id, practitioner_id, asked):
        owners.setdefault(tie.meeting, set()).add(tie.client_id)
    return {
        event_id: next(iter(owners[meeting]))
        for event_id, meeting in meetings.items()
        if len(owners.get(meeting, ())) == 1
    }


def _order(records: Records, practitioner_id: str, reading: str) -> dict[str, int]:
    """Her calendars that are read, the earliest connected first; the one that is being read is."""
    query = select(_link.id, _link.state).where(_link.practitioner_id == practitioner_id)
    rows = records.db.connection().execute(query.order_by(_link.created_at, _link.id))
    return {id_: at for at, (id_, state) in enumerate(rows) if id_ == reading or state not in _NOT_READ}


def _copies(records: Records, session_ids: Collection[str]) -> dict[str, list[Copy]]:
    """Every event that these sessions are or were tied to, by session id."""
    found: dict[str, list[Copy]] = {}
    ids = list(session_ids)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        missed = _missed(records, chunk)
        for fields in _tied(records, _event.session_id.in_(chunk)):
            meeting = None if fields["ical_uid"] is None else (fields["ical_uid"], fields["original_start"])
            link_id, own = fields.pop("calendar_link_id"), fields.pop("organizer_is_self")
            del fields["ical_uid"]
            known = KnownSession(**fields)
            copy = Copy(known, link_id, meeting, own, known.session_id in missed)
            found.setdefault(known.session_id, []).append(copy)
    return found


def _tied(records: Records, wanted: ColumnElement[bool]) -> list[dict[str, Any]]:
    query = (
        select(*known_columns, _event.calendar_link_id, _event.organizer_is_self, _event.ical_uid)
        .join_from(tables.EventLink, tables.Session, _event.session_id == _session.id)
        .where(wanted)
    )
    return [dict(row._mapping) for row in records.db.connection().execute(query)]


def _missed(records: Records, session_ids: Sequence[str]) -> set[str]:
    query = select(_flag.session_id).where(
        _flag.session_id.in_(session_ids), _flag.kind == MISSING_AFTER, _flag.settled_at.is_(None)
    )
    return set(records.db.connection().execute(query).scalars())


def copies_in(
    records: Records, link_id: str, practitioner_id: str, window: Window
) -> dict[str, KnownSession]:
    """The copies that one calendar holds of sessions within `window`, by event id."""
    others = other_calendars(records, practitioner_id, link_id)
    if not others:
        return {}
    query = (
        select(*known_columns)
        .join_from(tables.EventLink, tables.Session, _event.session_id == _session.id)
        .where(
            func.coalesce(_event.calendar_link_id, "") == link_id,  # see `ending_after`
            _event.role == COPY,
            _session.calendar_link_id.in_(others),
            _session.ends_at > window.starts_at,
            _session.starts_at < window.ends_at,
            _session.status != "cancelled",
        )
    )
    rows = records.db.connection().execute(query)
    return {row.event_id: KnownSession(**row._mapping) for row in rows}
