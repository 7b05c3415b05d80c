"""Reads sessions with all that hangs on them, and writes what a person says became of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import col, select

from models import tables
from sync.domain.attendance.states import is_counted, status_at
from sync.domain.briefing.outbox import MessageKind, shown_status
from sync.domain.people import Client
from sync.domain.session_record import BriefingFate, MoveSeen, Participant, SessionRecord
from sync.store.clients import clients
from sync.store.known_sessions import CHUNK, open_details
from sync.store.links import links
from sync.store.records import Records

Row = TypeVar("Row")
SessionRow = tables.Session
"""A session's row, for a job that changes it."""


@dataclass(frozen=True, slots=True)
class SessionFilter:
    """Which sessions are wanted; None means any. Moments are UTC; `starts_before` is excluded."""

    starts_from: datetime | None = None
    starts_before: datetime | None = None
    client_id: str | None = None
    practitioner_id: str | None = None
    status: str | None = None
    ids: tuple[str, ...] | None = None


def session_records(records: Records, wanted: SessionFilter, now: datetime) -> list[SessionRecord]:
    """The sessions that fit, by start, seen from `now`."""
    rows = [
        row
        for row in records.db.exec(_query(wanted))
        if wanted.status is None or status_at(row.status, row.ends_at, now) == wanted.status
    ]
    if not rows:
        return []
    around = _Around.of(records, rows)
    return [around.record(records, row, now) for row in rows]


def session_record(records: Records, session_id: str, now: datetime) -> SessionRecord:
    """One session by id."""
    return session_records(records, SessionFilter(ids=(session_id,)), now)[0]


def find_sessions(records: Records, said: str) -> list[str]:
    """The ids of the sessions that are, or begin with, `said`."""
    if not said:
        return []
    session = tables.Session
    query = select(session.id).where(col(session.id).startswith(said, autoescape=True)).limit(5)
    return list(records.db.exec(query))


def session_row(records: Records, session_id: str) -> tables.Session:
    """The row of one session, to read or to write what a person says."""
    return records.db.get_one(tables.Session, session_id)


def lock_session(records: Records, session_id: str) -> tables.Session:
    """The row of one session, held until the transaction ends: it is given to no other client meanwhile."""
    query = select(tables.Session).where(col(tables.Session.id) == session_id)
    return records.db.exec(query.with_for_update().execution_options(populate_existing=True)).one()


def client_sessions(records: Records, client_id: str) -> list[tables.Session]:
    """Every session of a client, by start."""
    session = tables.Session
    query = select(session).where(col(session.client_id) == client_id)
    return list(records.db.exec(query.order_by(col(session.starts_at), col(session.id))))


def numbers_of(sessions: Iterable[tables.Session]) -> dict[str, int]:
    """Which session with her client each is, counting those that take place; `sessions` are by start."""
    counts: dict[str, int] = defaultdict(int)
    numbers: dict[str, int] = {}
    for session in sessions:
        if is_counted(session.status, is_history=session.is_history):
            counts[session.client_id] += 1
            numbers[session.id] = counts[session.client_id]
    return numbers


def _query(wanted: SessionFilter) -> Any:
    session = tables.Session
    query = select(session).order_by(col(session.starts_at), col(session.id))
    if wanted.starts_from is not None:
        query = query.where(col(session.starts_at) >= wanted.starts_from)
    if wanted.starts_before is not None:
        query = query.where(col(session.starts_at) < wanted.starts_before)
    if wanted.client_id is not None:
        query = query.where(col(session.client_id) == wanted.client_id)
    if wanted.practitioner_id is not None:
        query = query.where(col(session.practitioner_id) == wanted.practitioner_id)
    if wanted.ids is not None:
        query = query.where(col(session.id).in_(wanted.ids))
    return query


def _by(
    key: Callable[[Row], str], query_for: Callable[[Sequence[str]], Iterable[Row]], ids: Sequence[str]
) -> dict[str, list[Row]]:
    """Rows of another table, grouped by the session they belong to, asked for in pieces."""
    found: dict[str, list[Row]] = defaultdict(list)
    for start in range(0, len(ids), CHUNK):
        for row in query_for(ids[start : start + CHUNK]):
            found[key(row)].append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Around:
    """What hangs on a set of sessions, read in a few questions."""

    people: dict[str, Client]
    calendars: dict[str, str]
    numbers: dict[str, int]
    events: dict[str, list[tables.EventLink]]
    moves: dict[str, list[tables.LedgerEntry]]
    notes: dict[str, list[tables.Note]]
    mails: dict[str, list[tables.Message]]
    attendance: dict[str, list[tables.Attendance]]
    flags: dict[str, list[tables.SessionFlag]]

    @classmethod
    def of(cls, records: Records, rows: Sequence[tables.Session]) -> "_Around":
        ids = [row.id for row in rows]
        db = records.db
        event, entry, note = tables.EventLink, tables.LedgerEntry, tables.Note
        mail, attendance, flag = tables.Message, tables.Attendance, tables.SessionFlag
        return cls(
            people={person.id: person for person in clients(records)},
            calendars={link.id: link.calendar_id for link in links(records)},
            numbers=_numbers(records, {row.client_id for row in rows}),
            events=_by(
                lambda row: row.session_id,
                lambda some: db.exec(
                    select(event).where(col(event.session_id).in_(some), col(event.role) == "current")
                ),
                ids,
            ),
            moves=_by(
                lambda row: row.session_id,
                lambda some: db.exec(
                    select(entry)
                    .where(col(entry.session_id).in_(some), col(entry.kind).in_(("moved", "relinked")))
                    .order_by(col(entry.seen_at))
                ),
                ids,
            ),
            notes=_by(
                lambda row: row.session_id,
                lambda some: db.exec(select(note).where(col(note.session_id).in_(some))),
                ids,
            ),
            mails=_by(
                lambda row: row.about_id,
                lambda some: db.exec(
                    select(mail).where(col(mail.about_id).in_(some), col(mail.kind) == MessageKind.BRIEFING)
                ),
                ids,
            ),
            attendance=_by(
                lambda row: row.session_id,
                lambda some: db.exec(select(attendance).where(col(attendance.session_id).in_(some))),
                ids,
            ),
            flags=_by(
                lambda row: row.session_id,
                lambda some: db.exec(
                    select(flag).where(col(flag.session_id).in_(some), col(flag.settled_at).is_(None))
                ),
                ids,
            ),
        )

    def record(self, records: Records, row: tables.Session, now: datetime) -> SessionRecord:
        person = self.people[row.client_id]
        status = status_at(row.status, row.ends_at, now)
        event = self.events[row.id][0] if self.events.get(row.id) else None
        note = self.notes[row.id][0] if self.notes.get(row.id) else None
        return SessionRecord(
            id=row.id,
            calendar_id=self.calendars[row.calendar_link_id],
            event_id=event.event_id if event else "",
            ical_uid=event.ical_uid if event else None,
            client_id=person.id,
            client_code=person.code,
            client_name=person.name,
            practitioner_id=row.practitioner_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            time_zone=row.time_zone,
            status=status,
            is_history=row.is_history,
            cancelled_by=row.cancelled_by,
            notice_hours=row.notice_hours,
            late=row.late,
            client_declined=row.client_declined,
            details=open_details(records, row.id, row.client_id, row.details_sealed),
            participants=_participants(person, status, self.attendance.get(row.id, [])),
            number=self.numbers.get(row.id),
            moves=tuple(
                MoveSeen(move.from_starts_at, move.to_starts_at, move.seen_at)
                for move in self.moves.get(row.id, [])
                if move.from_starts_at and move.to_starts_at and move.from_starts_at != move.to_starts_at
            ),
            note_id=note.id if note else None,
            note_status=note.status if note else None,
            briefing=_fate(self.mails.get(row.id, []), row.starts_at),
            flags=tuple(flag.kind for flag in self.flags.get(row.id, [])),
        )


def _numbers(records: Records, client_ids: set[str]) -> dict[str, int]:
    session = tables.Session
    query = select(session).order_by(col(session.starts_at), col(session.id))
    if len(client_ids) <= CHUNK:
        query = query.where(col(session.client_id).in_(client_ids))
    return numbers_of(records.db.exec(query))


def _participants(
    person: Client, status: str, differing: Sequence[tables.Attendance]
) -> tuple[Participant, ...]:
    if not person.members:
        return (Participant(person.id, person.name, status),)
    said = {row.member_id: row.state for row in differing}
    return tuple(
        Participant(member.id, member.name, said.get(member.id, status)) for member in person.members
    )


def _fate(mails: Sequence[tables.Message], starts_at: datetime) -> BriefingFate | None:
    """The briefing for the present start; else the latest one for an earlier start."""
    if not mails:
        return None
    mail = max(mails, key=lambda row: (row.about_at == starts_at, row.due_at))
    return BriefingFate(shown_status(mail.status), mail.due_at, mail.sent_at, mail.reason)


def current_event(records: Records, session_id: str) -> str | None:
    """The id of the event that a session is tied to now."""
    event = tables.EventLink
    query = select(event.event_id).where(col(event.session_id) == session_id, col(event.role) == "current")
    return records.db.exec(query).first()


def client_codes(records: Records) -> dict[str, str]:
    """The client's code of every session, by the session's id."""
    session, person = tables.Session, tables.Client
    query = select(session.id, person.code).join(person, col(person.id) == col(session.client_id))
    return {row[0]: row[1] for row in records.db.exec(query)}
