"""Writes new sessions, all at once: a first reading may bring thousands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models import tables
from sync.domain.attendance.states import HELD, SCHEDULED
from sync.domain.calendar.changes import Create
from sync.domain.calendar.links import CalendarLink
from sync.domain.calendar.matching import NewClient
from sync.domain.calendar.planning import details_of, new_client_names
from sync.domain.calendar.values import Event
from sync.domain.calendar.words import words
from sync.domain.people import free_code
from sync.store import outbox
from sync.store.bulk import insert_rows
from sync.store.clients import add_client, client_named, codes, hold_names
from sync.store.known_sessions import seal_details
from sync.store.ledger import LedgerRow, enter, ledger_row
from sync.store.records import Records


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
    sessions: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    ledger: list[LedgerRow] = []
    armed: list[tuple[str, datetime]] = []
    for create in creates:
        owner = owners[words(create.owner.name)] if isinstance(create.owner, NewClient) else create.owner
        session_id = tables.new_id()
        appointment = create.appointment
        sessions.append(_session_row(records, session_id, owner, create, applying))
        links.append(link_row(session_id, appointment.event, applying.link.id))
        ledger.append(
            ledger_row(
                session_id,
                "created",
                applying.now,
                happened_at=appointment.event.updated_at,
                to_starts_at=appointment.starts_at,
                detail="history" if create.past else None,
            )
        )
        if appointment.starts_at > applying.now:
            armed.append((session_id, appointment.starts_at))
    if sessions:
        insert_rows(records, tables.Session, sessions)
        insert_rows(records, tables.EventLink, links)
        enter(records, *ledger)
        outbox.arm_new(records, armed, applying.arming)
    return owners


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
        "status": create.past.status if create.past else HELD if create.held else SCHEDULED,
        "cancel_reason": create.past.reason if create.past else None,
        "cancelled_by": create.past.by if create.past else None,
        "late": False,
        "client_declined": appointment.client_declined,
        "is_history": create.past is not None,
        "details_sealed": seal_details(records, session_id, client_id, details_of(appointment)),
        "created_at": applying.now,
    }


def link_row(session_id: str, event: Event, link_id: str) -> dict[str, Any]:
    """What ties a session to the event that it is read from."""
    return {
        "id": tables.new_id(),
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
