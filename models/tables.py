"""The tables: columns only. What is private stands in `…_sealed`; the rest is ids, times, states.

Ids are UUIDs made here, as text, because a sealed value is bound to its row's id before the row
exists. Moments are aware UTC (SQLModel's own column type refuses others). What belongs to a
client is sealed under that client's key, all else under the service key (`models.vault`).
"""

import os
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> str:
    """A new row's id: a random UUID (RFC 9562, version 4) as text.

    Put together here because a first reading makes tens of thousands, and `uuid4` takes twice the time.
    """
    h = os.urandom(16).hex()
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-{_VARIANT[h[16]]}{h[17:20]}-{h[20:]}"


_VARIANT = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}


class KeySlot(SQLModel, table=True):
    """What proves a root key right (`check`) and what a recovery code opens (`recovery`)."""

    __tablename__ = "key_slot"

    kind: str = Field(primary_key=True)
    value: bytes
    created_at: datetime


class Practitioner(SQLModel, table=True):
    """Who works here, and how they want their briefings and notes; None means the settings' default."""

    id: str = Field(default_factory=new_id, primary_key=True)
    name_sealed: bytes = Field(repr=False)
    email_sealed: bytes = Field(repr=False)
    email_index: str = Field(unique=True)
    time_zone: str | None = None
    lead_minutes: int | None = None
    privacy: str | None = None
    note_format: str = "soap"
    email_confirmed_at: datetime | None = None
    confirm_code_sealed: bytes | None = Field(default=None, repr=False)
    confirm_sent_at: datetime | None = None
    created_at: datetime


class Account(SQLModel, table=True):
    """One signed-in account of a calendar service; `subject_index` is Google's `sub`, blinded (R86)."""

    id: str = Field(default_factory=new_id, primary_key=True)
    practitioner_id: str = Field(foreign_key="practitioner.id", index=True)
    kind: str
    subject_index: str = Field(unique=True)
    email_sealed: bytes = Field(repr=False)
    credentials_sealed: bytes = Field(repr=False)
    created_at: datetime


class CalendarLink(SQLModel, table=True):
    """One connected calendar, and how reading it goes.

    `state`: fine · unreachable · sign_in · unavailable · suspect · paused. `last_read_at` is the
    last moment at which we knew the calendar as it was.
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
    created_at: datetime


class Client(SQLModel, table=True):
    """One person, couple, family or group; `key_wrapped` is the key that all of theirs is sealed with."""

    id: str = Field(default_factory=new_id, primary_key=True)
    practitioner_id: str = Field(foreign_key="practitioner.id", index=True)
    code: str = Field(unique=True)
    kind: str = "individual"
    name_sealed: bytes = Field(repr=False)
    name_index: str = Field(index=True)
    key_wrapped: bytes = Field(repr=False)
    cadence_days: int | None = None
    status: str = "active"
    created_at: datetime


class ClientAlias(SQLModel, table=True):
    """Another name (`alias`) or a mail address (`address`) that means this client."""

    __tablename__ = "client_alias"
    __table_args__ = (UniqueConstraint("client_id", "kind", "value_index"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    client_id: str = Field(foreign_key="client.id", index=True)
    kind: str
    value_sealed: bytes = Field(repr=False)
    value_index: str = Field(index=True)
    created_at: datetime


class Member(SQLModel, table=True):
    """One person of a couple, family or group."""

    id: str = Field(default_factory=new_id, primary_key=True)
    client_id: str = Field(foreign_key="client.id", index=True)
    position: int
    name_sealed: bytes = Field(repr=False)


class Session(SQLModel, table=True):
    """The hour with a client. It has no calendar key of its own: `EventLink` ties it to events.

    `status`: scheduled · held · no_show · cancelled. That an hour is over and unanswered
    (`unconfirmed`) is a matter of the clock and is not stored.
    """

    __table_args__ = (
        Index("ix_session_client_id_starts_at", "client_id", "starts_at"),
        Index("ix_session_calendar_link_id_starts_at", "calendar_link_id", "starts_at"),
        Index("ix_session_starts_at", "starts_at"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    client_id: str = Field(foreign_key="client.id")
    practitioner_id: str = Field(foreign_key="practitioner.id")
    calendar_link_id: str = Field(foreign_key="calendar_link.id")
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    status: str = "scheduled"
    cancel_reason: str | None = None
    cancelled_by: str | None = None
    notice_hours: float | None = None
    late: bool = False
    client_declined: bool = False
    details_sealed: bytes = Field(repr=False)
    created_at: datetime


class EventLink(SQLModel, table=True):
    """Ties a session to a calendar event; `role` is `current`, or `alias` for an id it once had."""

    __tablename__ = "event_link"
    __table_args__ = (UniqueConstraint("calendar_link_id", "event_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    session_id: str = Field(foreign_key="session.id", index=True)
    calendar_link_id: str = Field(foreign_key="calendar_link.id")
    event_id: str
    recurring_event_id: str | None = Field(default=None, index=True)
    original_start: str | None = None
    ical_uid: str | None = None
    etag: str | None = None
    updated_at: datetime | None = None
    role: str = "current"


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


class LedgerEntry(SQLModel, table=True):
    """One thing seen or said about a session: what, when the calendar says it was, when we saw it.

    `kind`: created · moved · cancelled · restored · declined · relinked · marked · flagged.
    """

    __tablename__ = "ledger_entry"

    id: str = Field(default_factory=new_id, primary_key=True)
    session_id: str = Field(foreign_key="session.id", index=True)
    kind: str
    seen_at: datetime
    happened_at: datetime | None = None
    from_starts_at: datetime | None = None
    to_starts_at: datetime | None = None
    detail: str | None = None


class SessionFlag(SQLModel, table=True):
    """Something about a session that waits for the therapist's word."""

    __tablename__ = "session_flag"
    __table_args__ = (UniqueConstraint("session_id", "kind"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    session_id: str = Field(foreign_key="session.id")
    kind: str
    raised_at: datetime
    settled_at: datetime | None = None


class Attendance(SQLModel, table=True):
    """What became of a session for one member of a couple or group, where it differs."""

    __table_args__ = (UniqueConstraint("session_id", "member_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    session_id: str = Field(foreign_key="session.id")
    member_id: str = Field(foreign_key="member.id", index=True)
    state: str


class Note(SQLModel, table=True):
    """One note for each session. `status`: stub · draft · signed · void; texts are its revisions."""

    id: str = Field(default_factory=new_id, primary_key=True)
    session_id: str = Field(foreign_key="session.id", unique=True)
    client_id: str = Field(foreign_key="client.id", index=True)
    format: str
    status: str = "stub"
    revision: int = 0
    created_at: datetime
    updated_at: datetime
    signed_at: datetime | None = None


class NoteRevision(SQLModel, table=True):
    """A note's text as it was saved; never changed, never removed."""

    __tablename__ = "note_revision"
    __table_args__ = (UniqueConstraint("note_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    note_id: str = Field(foreign_key="note.id")
    number: int
    body_sealed: bytes = Field(repr=False)
    saved_at: datetime


class NoteReadingRow(SQLModel, table=True):
    """What was understood in a note's latest text; can be made again from it at any time."""

    __tablename__ = "note_reading"

    note_id: str = Field(foreign_key="note.id", primary_key=True)
    client_id: str = Field(foreign_key="client.id", index=True)
    revision: int
    parser_version: int
    reading_sealed: bytes = Field(repr=False)


class Message(SQLModel, table=True):
    """The outbox: one row for each mail that is due, on its way, or has met its fate.

    `about_id` is the session's id, or a calendar link's for an alert, or a practitioner's.
    `status`: pending · claimed · handing_over · sent · failed · doubtful · withdrawn · skipped.
    No text is kept: a mail is composed at the moment it is sent.
    """

    __table_args__ = (
        UniqueConstraint("about_id", "about_at", "kind"),
        Index("ix_message_status_due_at", "status", "due_at"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    kind: str
    about_id: str
    about_at: datetime
    practitioner_id: str = Field(foreign_key="practitioner.id")
    due_at: datetime
    expires_at: datetime | None = None
    status: str = "pending"
    attempts: int = 0
    doubts: int = 0
    next_attempt_at: datetime
    lease_owner: str | None = None
    lease_until: datetime | None = None
    message_id: str = Field(unique=True)
    reason: str | None = None
    sent_at: datetime | None = None


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


class Lease(SQLModel, table=True):
    """Who may work on a thing until when; `fence` grows with every new holder."""

    name: str = Field(primary_key=True)
    owner: str
    fence: int
    until: datetime


class Run(SQLModel, table=True):
    """A trace of each piece of work, so that a silent worker and a dead one look different."""

    id: str = Field(default_factory=new_id, primary_key=True)
    kind: str
    started_at: datetime = Field(index=True)
    finished_at: datetime
    outcome: str
    counts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
