"""Writes new sessions, all at once: a first reading may bring thousands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models import tables
from sync.domain.calendar.changes import Create
from sync.domain.calendar.links import CalendarLink
from sync.domain.calendar.matching import NewClient
from sync.domain.calendar.planning import details_of, new_client_names
from sync.domain.calendar.values import Event
from sync.domain.calendar.words import words
from sync.domain.people import free_code
from sync.store import outbox
from sync.store.bulk import Insert, writing_behind
from sync.store.clients import add_client, client_named, codes, hold_names
from sync.store.flags import raise_flag
from sync.store.known_sessions import seal_details
from sync.store.ledger import ledger_row
from sync.store.marked import attendance_when_met, ledger_when_met
from sync.store.records import Records

BATCH = 2000
"""How many sessions are made ready while the ones before them are written."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Applying:
    """What holds while one reading's changes are carried out."""

    link: CalendarLink
    now: datetime
    arming: outbox.Arming
    late_cancel_hours: float


def create_sessions(
    records: Records, creates: Sequence[Create], applying: Applying
) -> dict[tuple[str, ...], str]:
    """Write the new sessions, each with its event link, ledger entry and, if ahead, its briefing.

    Gives the ids of the clients that new names stand for, by their folded words.
    """
    owners = _owners(records, creates, applying)
    ids = tables.new_ids(len(creates))
    owned = [(id_, create, _owner(create, owners)) for id_, create in zip(ids, creates, strict=True)]
    records.fetch_vaults({client_id for _, _, client_id in owned})  # now: below, the records are busy
    flagged: list[tuple[str, str]] = []
    with writing_behind(records) as insert:
        for start in range(0, len(owned), BATCH):
            flagged += _create_some(records, owned[start : start + BATCH], applying, insert)
    for session_id, kind in flagged:
        raise_flag(records, session_id, kind, applying.now)
    return owners


def _create_some(
    records: Records, owned: Iterable[tuple[str, Create, str]], applying: Applying, insert: Insert
) -> list[tuple[str, str]]:
    """Write some of them; those that wait for a word, each with its flag."""
    sessions: list[Row] = []
    links: list[Row] = []
    ledger: list[Row] = []
    mails: list[Row] = []
    flagged: list[tuple[str, str]] = []
    for session_id, create, client_id in owned:
        appointment = create.appointment
        sessions.append(_session_row(records, session_id, client_id, create, applying))
        links.append(link_row(session_id, appointment.event, applying.link.id))
        entry = ledger_row(
            session_id,
            "created",
            applying.now,
            happened_at=appointment.event.updated_at,
            to_starts_at=appointment.starts_at,
            detail="history" if create.past else None,
        )
        ledger += (entry, *ledger_when_met(session_id, create, applying.now))
        if appointment.starts_at > applying.now:
            mails.append(outbox.briefing_row(records, session_id, appointment.starts_at, applying.arming))
        if create.flag is not None:
            flagged.append((session_id, create.flag))
    insert(tables.Session, sessions)
    insert(tables.EventLink, links)
    insert(tables.LedgerEntry, ledger)
    insert(tables.Message, mails)
    return flagged


def _owner(create: Create, owners: Mapping[tuple[str, ...], str]) -> str:
    return owners[words(create.owner.name)] if isinstance(create.owner, NewClient) else create.owner


def _owners(records: Records, creates: Iterable[Create], applying: Applying) -> dict[tuple[str, ...], str]:
    """The clients that clear new names stand for, made where nobody of that name is known yet."""
    owners: dict[tuple[str, ...], str] = {}
    named = new_client_names(creates)
    if not named:
        return owners
    hold_names(records)
    taken = codes(records)
    for folded, name in named.items():
        known = client_named(records, applying.link.practitioner_id, name)
        if known is None:
            code = free_code(name, taken)
            taken.add(code)
            known = add_client(records, applying.link.practitioner_id, name, applying.now, code=code).id
        owners[folded] = known
    return owners


def _session_row(
    records: Records, session_id: str, client_id: str, create: Create, applying: Applying
) -> dict[str, Any]:
    appointment = create.appointment
    return {
        "id": session_id,
        "client_id": client_id,
        "practitioner_id": applying.link.practitioner_id,
        "calendar_link_id": applying.link.id,
        "starts_at": appointment.starts_at,
        "ends_at": appointment.ends_at,
        "time_zone": appointment.time_zone,
        **attendance_when_met(create, applying.now),
        "client_declined": appointment.client_declined,
        "is_history": create.past is not None,
        "stands_alone": False,
        "details_sealed": seal_details(records, session_id, client_id, details_of(appointment)),
        "created_at": applying.now,
    }


def link_row(session_id: str, event: Event, link_id: str) -> dict[str, Any]:
    """What ties a session to the event that it is read from."""
    return {
        "session_id": session_id,
        "calendar_link_id": link_id,
        "event_id": event.event_id,
        "recurring_event_id": event.recurring_event_id,
        "original_start": event.original_start,
        "ical_uid": event.ical_uid,
        "etag": event.etag,
        "updated_at": event.updated_at,
        "role": "current",
        "organizer_is_self": event.organizer_is_self,
    }
