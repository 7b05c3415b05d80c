"""Finds what is remembered of a calendar's sessions, by event, to compare the calendar with it."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from pydantic_core import to_json
from sqlalchemy import ColumnElement, Row, func, or_, select

from models import tables
from models.vault import Place
from sync.domain.calendar.changes import NAMES_ANOTHER
from sync.domain.calendar.values import Details, KnownSession, Window
from sync.store.records import Records

CHUNK = 500
"""How many ids stand in one question."""

LARGE_CHUNK = 5000
"""How many where thousands are asked about at once; SQLite takes 32,766, PostgreSQL 65,535."""

_session = tables.Session.__table__.c  # type: ignore[attr-defined] # SQLModel adds it to the class
_event = tables.EventLink.__table__.c  # type: ignore[attr-defined] # likewise
_flag = tables.SessionFlag.__table__.c  # type: ignore[attr-defined] # likewise
_entry = tables.LedgerEntry.__table__.c  # type: ignore[attr-defined] # likewise

known_columns = (
    _session.id.label("session_id"),
    _session.client_id,
    _event.event_id,
    _session.starts_at,
    _session.ends_at,
    _session.time_zone,
    _session.status,
    _session.cancel_reason,
    _session.cancelled_by,
    _session.said_by,
    _session.before_mark,
    _event.recurring_event_id,
    _session.client_declined,
    _event.etag,
    _event.updated_at,
    (_event.role == "alias").label("is_alias"),
    _event.original_start,
    _event.missing_since,
    (_session.calendar_link_id != _event.calendar_link_id).label("is_elsewhere"),
)


def etags_in(records: Records, link_id: str, window: Window) -> dict[str, str]:
    """The events of one calendar's sessions that take place and overlap `window`, with their etags.

    An event whose etag is not known has an empty one.
    """
    query = (
        select(_event.event_id, func.coalesce(_event.etag, ""))
        .join_from(tables.EventLink, tables.Session, _event.session_id == _session.id)
        .where(*_expected_in(link_id, window.starts_at, window.ends_at))
    )
    return dict(records.db.connection().execute(query).all())


def count_ahead(records: Records, link_id: str, now: datetime, window: Window) -> int:
    """How many sessions of one calendar within `window` lie ahead and are to take place."""
    query = (
        select(func.count())
        .select_from(tables.EventLink)
        .join(tables.Session, _event.session_id == _session.id)
        .where(*_expected_in(link_id, window.starts_at, window.ends_at), _session.starts_at > now)
    )
    return records.db.connection().execute(query).scalar_one()


def _expected_in(link_id: str, starts_at: datetime, ends_at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        *ending_after(link_id, starts_at),
        _event.role == "current",
        _session.status != "cancelled",
        _session.starts_at < ends_at,
    )


def known_by_event(records: Records, link_id: str, event_ids: Collection[str]) -> dict[str, KnownSession]:
    """The sessions tied to these events, wherever they lie."""
    found: dict[str, KnownSession] = {}
    ids = list(event_ids) if len(event_ids) <= CHUNK or _has_events(records, link_id) else []
    for start in range(0, len(ids), LARGE_CHUNK):
        chunk = ids[start : start + LARGE_CHUNK]
        query = (
            select(*known_columns)
            .join_from(tables.EventLink, tables.Session, _event.session_id == _session.id)
            .where(_event.calendar_link_id == link_id, _event.event_id.in_(chunk))
        )
        found |= _by_event(records.db.connection().execute(query))
    return found


def known_of_series(records: Records, link_id: str, series: Collection[str]) -> list[KnownSession]:
    """Every session of these series, whenever it lies, by each event that it has or (`is_alias`) had."""
    found: list[KnownSession] = []
    ids = list(series)
    for start in range(0, len(ids), CHUNK):
        query = (
            select(*known_columns)
            .join_from(tables.EventLink, tables.Session, _event.session_id == _session.id)
            .where(
                _event.calendar_link_id == link_id,
                _event.recurring_event_id.in_(ids[start : start + CHUNK]),
            )
        )
        found += _by_event(records.db.connection().execute(query)).values()
    return found


def known_from(records: Records, link_id: str, moment: datetime) -> dict[str, KnownSession]:
    """The sessions of one calendar that begin at `moment` or later, by the event they are tied to now."""
    before = moment - timedelta(seconds=1)  # an hour without length ends when it begins
    query = (
        select(*known_columns)
        .join_from(tables.EventLink, tables.Session, _event.session_id == _session.id)
        .where(*ending_after(link_id, before), _session.starts_at >= moment, _event.role == "current")
    )
    return _by_event(records.db.connection().execute(query))


def ending_after(link_id: str, moment: datetime) -> tuple[ColumnElement[bool], ...]:
    """The sessions of a calendar that end after `moment`, with the events that they have there.

    It keeps a question about the present clear of the past. The end has an index to begin at; the
    calendar's events have one too, which would lead through all that ever was, so it is put out of reach.
    """
    return (
        func.coalesce(_event.calendar_link_id, "") == link_id,
        _session.calendar_link_id == link_id,
        _session.ends_at > moment,
    )


def _has_events(records: Records, link_id: str) -> bool:
    """Whether there is anything to find: at a first reading of thousands there is not."""
    query = select(_event.id).where(_event.calendar_link_id == link_id).limit(1)
    return records.db.connection().execute(query).first() is not None


def _by_event(rows: Iterable[Row[Any]]) -> dict[str, KnownSession]:
    return {row.event_id: KnownSession(**row._mapping) for row in rows}


def with_details(records: Records, known: Iterable[KnownSession]) -> dict[str, KnownSession]:
    """The same sessions, by event id, with their details, and what was asked and said of whose they are."""
    remembered = list(known)
    opened: dict[str, tuple[Details, bool, bool]] = {}
    for start in range(0, len(remembered), CHUNK):
        chunk = list(dict.fromkeys(k.session_id for k in remembered[start : start + CHUNK]))
        asked, said = flagged(records, NAMES_ANOTHER, chunk), spoken_of(records, chunk)
        query = select(_session.id, _session.client_id, _session.details_sealed).where(_session.id.in_(chunk))
        for session_id, client_id, sealed in records.db.connection().execute(query):
            details = open_details(records, session_id, client_id, sealed)
            opened[session_id] = details, session_id in asked, session_id in said
    return {
        k.event_id: replace(k, details=details, is_asked=is_asked, is_said=is_said)
        for k in remembered
        for details, is_asked, is_said in [opened[k.session_id]]
    }


def open_details(records: Records, session_id: str, client_id: str, sealed: bytes) -> Details:
    """The words of an event as they were kept with its session."""
    text = records.vault_of(client_id).open(sealed, details_place(session_id, client_id))
    return Details(**json.loads(text))


def seal_details(records: Records, session_id: str, client_id: str, details: Details) -> bytes:
    """Seal the words of an event for its session."""
    words = {"title": details.title, "video_link": details.video_link, "location": details.location}
    return records.vault_of(client_id).seal(_compact(words), details_place(session_id, client_id))


def _compact(words: dict[str, str | None]) -> str:
    """JSON, by the quick writer; half a letter, which that one refuses, by Python's own."""
    try:
        return to_json(words).decode()
    except ValueError:
        return json.dumps(words)


def details_place(session_id: str, client_id: str) -> Place:
    """Where a session's details stand."""
    return Place("session", "details", session_id, client_id)


def spoken_of(records: Records, session_ids: Collection[str]) -> set[str]:
    """Those of these sessions whose client she told while they had the title that is kept with them.

    Where her word answered a question the title is another's: it was held back until then.
    """
    asked: set[str] = set()
    said: set[str] = set()
    ids = list(session_ids)
    for start in range(0, len(ids), CHUNK):
        query = (
            select(_entry.session_id, _entry.kind)
            .where(
                _entry.session_id.in_(ids[start : start + CHUNK]),
                or_(_entry.kind == "assigned", _entry.detail.startswith(f"{NAMES_ANOTHER}: ")),
            )
            .order_by(_entry.seen_at, _entry.kind.desc())
        )
        for session_id, kind in records.db.connection().execute(query):
            if kind == "flagged":
                asked.add(session_id)
            elif kind == "assigned" and session_id not in asked:
                said.add(session_id)
            else:
                asked.discard(session_id)
                if kind == "assigned":
                    said.discard(session_id)
    return said


def flagged(records: Records, kind: str, session_ids: Collection[str]) -> set[str]:
    """Those of these sessions that carry a flag which nobody has settled."""
    found: set[str] = set()
    ids = list(session_ids)
    for start in range(0, len(ids), CHUNK):
        query = select(_flag.session_id).where(
            _flag.session_id.in_(ids[start : start + CHUNK]),
            _flag.kind == kind,
            _flag.settled_at.is_(None),
        )
        found.update(records.db.connection().execute(query).scalars())
    return found


def series_clients(
    records: Records, link_id: str, series: Collection[str], recent: datetime | None = None
) -> dict[str, str]:
    """Which client each of these series belongs to, where its known sessions agree on one.

    Sessions that end at `recent` or later go before older ones: what a series is now tells whose it
    is, and its years need not be read.
    """
    owners = {} if recent is None else _recent_owners(records, link_id, series, recent)
    owners |= _owners(records, link_id, [series_id for series_id in series if series_id not in owners])
    return {series_id: next(iter(who)) for series_id, who in owners.items() if len(who) == 1}


def _recent_owners(
    records: Records, link_id: str, series: Collection[str], recent: datetime
) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = {}
    query = (
        select(_event.recurring_event_id, _session.client_id)
        .join_from(tables.EventLink, tables.Session, _event.session_id == _session.id)
        .where(*ending_after(link_id, recent), _session.stands_alone.is_(False))
        .distinct()
    )
    for series_id, client_id in records.db.connection().execute(query) if series else ():
        if series_id in series:
            owners.setdefault(series_id, set()).add(client_id)
    return owners


def _owners(records: Records, link_id: str, ids: Sequence[str]) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = {}
    for start in range(0, len(ids), CHUNK):
        query = (
            select(_event.recurring_event_id, _session.client_id)
            .join_from(tables.EventLink, tables.Session, _event.session_id == _session.id)
            .where(
                _event.calendar_link_id == link_id,
                _event.recurring_event_id.in_(ids[start : start + CHUNK]),
                _session.stands_alone.is_(False),
            )
            .distinct()
        )
        for recurring_event_id, client_id in records.db.connection().execute(query):
            owners.setdefault(recurring_event_id, set()).add(client_id)
    return owners
