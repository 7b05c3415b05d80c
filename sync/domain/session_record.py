"""A session as it is shown: the record with all that hangs on it, opened, seen from one moment."""

from dataclasses import dataclass
from datetime import datetime

from sync.domain.calendar.values import Details


@dataclass(frozen=True, slots=True)
class Participant:
    """A client, or a member of one, and what became of the session for them."""

    id: str
    name: str
    attendance: str


@dataclass(frozen=True, slots=True)
class MoveSeen:
    """One move as the ledger has it."""

    from_starts_at: datetime
    to_starts_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class BriefingFate:
    """Where the briefing for this start is on its way."""

    status: str
    due_at: datetime
    sent_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session. `status` is as seen at the moment of asking; `number` counts those that take place.

    `is_history`: it was over before its calendar was connected, and has no stub and no briefing.
    """

    id: str
    calendar_id: str
    event_id: str
    ical_uid: str | None
    client_id: str
    client_code: str
    client_name: str
    practitioner_id: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    status: str
    is_history: bool
    cancelled_by: str | None
    notice_hours: float | None
    late: bool
    client_declined: bool
    details: Details
    participants: tuple[Participant, ...]
    number: int | None
    moves: tuple[MoveSeen, ...]
    note_id: str | None
    note_status: str | None
    briefing: BriefingFate | None
    flags: tuple[str, ...]
