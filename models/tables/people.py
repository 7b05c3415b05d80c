"""Who works here, and for whom: practitioners, clients, and what points to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.ids import new_id


class Practitioner(SQLModel, table=True):
    """Who works here, and how they want their briefings and notes; None means the settings' default.

    `color_meanings` says what a colour in the calendar means: its id to an attendance state. `digest_at`,
    `preview_at` and `follow_up_at` are hours of her wall clock (`07:00`), `quiet_hours` a stretch of them
    (`21:00-06:30`); None means that she wants none.
    `certificate_sealed` is what her mail is encrypted to (PEM).
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    name_sealed: bytes = Field(repr=False)
    email_sealed: bytes = Field(repr=False)
    email_index: str = Field(unique=True)
    time_zone: str | None = None
    lead_minutes: int | None = None
    privacy: str | None = None
    note_format: str = "soap"
    color_meanings: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    digest_at: str | None = None
    preview_at: str | None = None
    follow_up_at: str | None = None
    quiet_hours: str | None = None
    certificate_sealed: bytes | None = Field(default=None, repr=False)
    certificate_ends_at: datetime | None = None
    email_confirmed_at: datetime | None = None
    confirm_code_sealed: bytes | None = Field(default=None, repr=False)
    confirm_sent_at: datetime | None = None
    created_at: datetime


class Client(SQLModel, table=True):
    """One person, couple, family or group; `key_wrapped` is the key that all of theirs is sealed with.

    `status`: active · paused · ended · merged; then `merged_into_id` is who holds what was theirs.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    practitioner_id: str = Field(foreign_key="practitioner.id", index=True)
    code: str = Field(unique=True)
    kind: str = "individual"
    name_sealed: bytes = Field(repr=False)
    name_index: str = Field(index=True)
    key_wrapped: bytes = Field(repr=False)
    status: str = "active"
    merged_into_id: str | None = None
    created_at: datetime


class ClientAlias(SQLModel, table=True):
    """Another name (`alias`), a mail address (`address`) or a whole title (`title`) that means her."""

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


class ClientMerge(SQLModel, table=True):
    """That two client records were found to be one person's; `moved` holds row ids by table, to undo it."""

    __tablename__ = "client_merge"

    id: str = Field(default_factory=new_id, primary_key=True)
    from_client_id: str = Field(foreign_key="client.id", index=True)
    into_client_id: str = Field(foreign_key="client.id")
    moved: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    merged_at: datetime
    undone_at: datetime | None = None
