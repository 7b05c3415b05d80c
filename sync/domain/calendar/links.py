"""A connected calendar as a value: whose it is, how its titles are read, how reading it goes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LinkState(StrEnum):
    """How reading a calendar goes."""

    FINE = "fine"
    UNREACHABLE = "unreachable"
    SIGN_IN = "sign_in"
    UNAVAILABLE = "unavailable"
    SUSPECT = "suspect"
    PAUSED = "paused"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class CalendarLink:
    """One connected calendar, opened. All moments are UTC."""

    id: str
    account_id: str
    practitioner_id: str
    calendar_id: str
    state: LinkState
    state_since: datetime
    dedicated: bool = False
    title_pattern: str | None = None
    time_zone: str | None = None
    access_role: str | None = None
    trouble: str | None = None
    last_read_at: datetime | None = None
    last_snapshot_at: datetime | None = None
    sync_token: str | None = None
    token_fingerprint: str | None = None
