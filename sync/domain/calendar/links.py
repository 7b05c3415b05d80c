"""A connected calendar as a value: whose it is, how its titles are read, how reading it goes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PUBLISHED = "ics"
"""The kind of account that is a published calendar: a secret address, or a file."""


class LinkState(StrEnum):
    """How reading a calendar goes. `stale` is never kept, only shown: see `shown_state`."""

    FINE = "fine"
    UNREACHABLE = "unreachable"
    SIGN_IN = "sign_in"
    UNAVAILABLE = "unavailable"
    SUSPECT = "suspect"
    PAUSED = "paused"
    REMOVED = "removed"
    STALE = "stale"


ASLEEP = (LinkState.PAUSED, LinkState.REMOVED)
"""What only a person ends: how a reading went says nothing about it."""


ADDRESS_LOST = (LinkState.SIGN_IN, LinkState.UNAVAILABLE)
"""What it looks like when a published calendar got another address: refused, or not found."""


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
    proved_account_id: str | None = None
    history_since: datetime | None = None
    history_read_to: datetime | None = None
    history_done_at: datetime | None = None

    @property
    def is_proved(self) -> bool:
        """Whether what is known of it was seen through the account that it is read through now (R86)."""
        return self.proved_account_id in (None, self.account_id)

    @property
    def is_read(self) -> bool:
        """Whether it is asked for changes at all: neither paused nor removed."""
        return self.state not in ASLEEP

    @property
    def history_reached(self) -> datetime | None:
        """Up to when the past that is wanted has been read; None when none is wanted, or all is read."""
        return self.history_read_to or self.history_since if self.history_done_at is None else None

    @property
    def is_removed(self) -> bool:
        """Whether a person ended the connection; what came of it stays."""
        return self.state is LinkState.REMOVED


def shown_state(link: CalendarLink, now: datetime, stale_after: timedelta) -> LinkState:
    """How reading a calendar goes as seen at `now` (aware), with regard to how old the last reading is.

    Nobody need have noticed: a worker that does not run notes nothing.
    """
    if link.state is not LinkState.FINE:
        return link.state
    is_old = now - (link.last_read_at or link.state_since) > stale_after
    return LinkState.STALE if is_old else LinkState.FINE


def stale_after(snapshot_minutes: int) -> timedelta:
    """How old a reading may be: two of the intervals at which at least all is read afresh."""
    return timedelta(minutes=2 * snapshot_minutes)
