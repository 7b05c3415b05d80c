"""The hours with clients, the events they are tied to, and what was seen of them."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.ids import new_id


class Session(SQLModel, table=True):
    """The hour with a client. It has no calendar key of its own: `EventLink` ties it to events.

    `status`: scheduled · held · no_show · cancelled. That an hour is over and unanswered
    (`unconfirmed`) is a matter of the clock and is not stored. `is_history`: it was over before its
    calendar was connected, so that it has neither stub nor briefing. `stands_alone`: whose it is was
    said of this hour only, so that it tells nothing of its series. `said_by` is where it was said what became
    of it: `practitioner` in this program, `title` or `color` in the calendar; None for what only follows
    from the rest. `before_mark` is the status that a mark in the calendar took the place of.
    """

    __table_args__ = (
        Index("ix_session_client_id_starts_at", "client_id", "starts_at"),
        Index("ix_session_calendar_link_id_ends_at", "calendar_link_id", "ends_at"),
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
    is_history: bool = False
    stands_alone: bool = False
    said_by: str | None = None
    before_mark: str | None = None
    details_sealed: bytes = Field(repr=False)
    created_at: datetime


class EventLink(SQLModel, table=True):
    """Ties a session to a calendar event; `role`: current · alias (an id it once had) · copy.

    A copy is the same meeting in another calendar than the one that the session is read from.
    `missing_since` is when a source whose silence proves nothing first lacked the event.
    """

    __tablename__ = "event_link"
    __table_args__ = (
        UniqueConstraint("calendar_link_id", "event_id"),
        Index("ix_event_link_calendar_link_id_recurring_event_id", "calendar_link_id", "recurring_event_id"),
        Index("ix_event_link_ical_uid_original_start", "ical_uid", "original_start"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    session_id: str = Field(foreign_key="session.id", index=True)
    calendar_link_id: str = Field(foreign_key="calendar_link.id")
    event_id: str
    recurring_event_id: str | None = None
    original_start: str | None = None
    ical_uid: str | None = None
    etag: str | None = None
    updated_at: datetime | None = None
    role: str = "current"
    organizer_is_self: bool = True
    missing_since: datetime | None = None


class LedgerEntry(SQLModel, table=True):
    """One thing seen or said about a session: what, when the calendar says it was, when we saw it.

    `kind`: created · moved · cancelled · restored · declined · relinked · marked · flagged · settled
    · carried · assigned.
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
    """Something about a session that waits for the therapist's word.

    `said_…` is when the calendar has the session now, where it contradicts the record.
    """

    __tablename__ = "session_flag"
    __table_args__ = (UniqueConstraint("session_id", "kind"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    session_id: str = Field(foreign_key="session.id")
    kind: str
    raised_at: datetime
    said_starts_at: datetime | None = None
    said_ends_at: datetime | None = None
    settled_at: datetime | None = None


class CarryOffer(SQLModel, table=True):
    """That the note of a session which is gone may belong to another one: offered, never done (R43).

    `outcome`: carried · declined, or None while it waits.
    """

    __tablename__ = "carry_offer"
    __table_args__ = (UniqueConstraint("from_session_id", "to_session_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    from_session_id: str = Field(foreign_key="session.id")
    to_session_id: str = Field(foreign_key="session.id", index=True)
    offered_at: datetime
    outcome: str | None = None
    settled_at: datetime | None = None


class Attendance(SQLModel, table=True):
    """What became of a session for one member of a couple or group, where it differs."""

    __table_args__ = (UniqueConstraint("session_id", "member_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    session_id: str = Field(foreign_key="session.id")
    member_id: str = Field(foreign_key="member.id", index=True)
    state: str
