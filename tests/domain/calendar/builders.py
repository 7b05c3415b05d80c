"""Builders for the calendar side: an event, what is remembered of one, the people, the rules."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sync.domain.calendar.matching import ClientEvidence, Directory
from sync.domain.calendar.planning import Rules
from sync.domain.calendar.reading import read_event
from sync.domain.calendar.values import Appointment, Attendee, Details, Event, KnownSession

NOW = datetime(2026, 6, 10, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def at(day: int, hour: int = 14, minute: int = 0) -> datetime:
    """A moment in June 2026, UTC."""
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


def event(event_id: str = "ev1", start: datetime | None = None, **more: Any) -> Event:
    """A timed event of 50 minutes, on 16 June at 14:00 unless said otherwise."""
    start = start or at(16)
    usual: dict[str, Any] = {"ends_at": start.replace(minute=50), "time_zone": BERLIN, "title": "Jo Bloggs"}
    return Event(event_id, starts_at=start, **{**usual, **more})


def appointment(title: str = "Jo Bloggs", **more: Any) -> Appointment:
    """Our reading of an event with this title."""
    reading = read_event(event(title=title, **more), BERLIN)
    assert isinstance(reading, Appointment)
    return reading


def known(event_id: str = "ev1", start: datetime | None = None, **more: Any) -> KnownSession:
    """What is remembered of `event(event_id, start)`."""
    start = start or at(16)
    usual: dict[str, Any] = {
        "session_id": f"s-{event_id}",
        "client_id": "jo",
        "ends_at": start.replace(minute=50),
        "time_zone": BERLIN,
        "status": "scheduled",
        "details": Details("Jo Bloggs"),
    }
    return KnownSession(event_id=event_id, starts_at=start, **{**usual, **more})


def guest(address: str = "jo@post.example", response: str = "accepted") -> Attendee:
    """An invited client."""
    return Attendee(address, response)


def myself(response: str) -> Attendee:
    """The practitioner's own answer."""
    return Attendee("ana@practice.example", response, is_self=True)


JO = ClientEvidence("jo", "JB", ("Jo Bloggs",), ("jo@post.example",))
MIA = ClientEvidence("mia", "MS", ("Mia Stone", "Mimi"), ("mia@post.example",))


def rules(*clients: ClientEvidence, now: datetime = NOW, **more: Any) -> Rules:
    """The rules of a mixed calendar with Jo and Mia, unless other clients are given."""
    return Rules(now, BERLIN, Directory.of(clients or (JO, MIA)), **more)


def tied(*sessions: KnownSession) -> Mapping[str, KnownSession]:
    """Sessions by event id."""
    return {session.event_id: session for session in sessions}
