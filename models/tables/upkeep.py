"""What the service keeps for itself: keys' marks, the outbox, leases, and traces of its work."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.ids import new_id


class KeySlot(SQLModel, table=True):
    """What proves a root key right (`check`) and what a recovery code opens (`recovery`)."""

    __tablename__ = "key_slot"

    kind: str = Field(primary_key=True)
    value: bytes
    created_at: datetime


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
