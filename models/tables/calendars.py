"""The accounts and calendars that are connected, and what their series look like."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.ids import new_id


class Account(SQLModel, table=True):
    """One signed-in account of a calendar service; `subject_index` is Google's `sub`, blinded (R86).

    `kind`: google · service · ics · gmail, which is for mail alone. `granted_at` is when the permission
    was given, and `previous_grant_days` how long the one before it lasted until it was refused (R85).
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    practitioner_id: str = Field(foreign_key="practitioner.id", index=True)
    kind: str
    subject_index: str = Field(unique=True)
    email_sealed: bytes = Field(repr=False)
    credentials_sealed: bytes = Field(repr=False)
    granted_at: datetime | None = None
    previous_grant_days: float | None = None
    created_at: datetime


class CalendarLink(SQLModel, table=True):
    """One connected calendar, and how reading it goes.

    `state`: fine · unreachable · sign_in · unavailable · suspect · paused · removed. `last_read_at`
    is the last moment at which we knew the calendar as it was; while reading it fails, the worker leaves
    it alone until `next_try_at`. The past is wanted from `history_since` on and has been read up to
    `history_read_to`; at `history_done_at` it met the window.
    """

    __tablename__ = "calendar_link"
    __table_args__ = (UniqueConstraint("practitioner_id", "calendar_index"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    account_id: str = Field(foreign_key="account.id")
    practitioner_id: str = Field(foreign_key="practitioner.id", index=True)
    calendar_id_sealed: bytes = Field(repr=False)
    calendar_index: str
    dedicated: bool = False
    title_pattern: str | None = None
    time_zone: str | None = None
    access_role: str | None = None
    state: str = "fine"
    state_since: datetime
    trouble: str | None = None
    last_read_at: datetime | None = None
    last_snapshot_at: datetime | None = None
    sync_token_sealed: bytes | None = Field(default=None, repr=False)
    token_fingerprint: str | None = None
    history_since: datetime | None = None
    history_read_to: datetime | None = None
    history_done_at: datetime | None = None
    next_try_at: datetime | None = None
    proved_account_id: str | None = None
    created_at: datetime


class Series(SQLModel, table=True):
    """What a recurring event's master looked like when we last read it, to follow its edits exactly."""

    __table_args__ = (UniqueConstraint("calendar_link_id", "recurring_event_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    calendar_link_id: str = Field(foreign_key="calendar_link.id")
    recurring_event_id: str
    starts_at: datetime | None = None
    time_zone: str | None = None
    recurrence: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    read_at: datetime


class InboxItem(SQLModel, table=True):
    """An appointment that could not be matched with certainty; gone when settled or 30 days old."""

    __tablename__ = "inbox_item"
    __table_args__ = (UniqueConstraint("calendar_link_id", "event_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    calendar_link_id: str = Field(foreign_key="calendar_link.id")
    event_id: str
    recurring_event_id: str | None = None
    starts_at: datetime
    reason: str
    etag: str | None = None
    event_sealed: bytes = Field(repr=False)
    seen_at: datetime


class IgnoredEvent(SQLModel, table=True):
    """That an event or its series is no session: a keyed hash of its id and nothing more."""

    __tablename__ = "ignored_event"

    event_index: str = Field(primary_key=True)
    calendar_link_id: str = Field(foreign_key="calendar_link.id", index=True)
    ignored_on: date
