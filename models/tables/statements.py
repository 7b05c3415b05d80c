"""Statements: what the therapist said of something that can be said of a client's way."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.ids import new_id


class Statement(SQLModel, table=True):
    """One verdict on a statement: `about` the client's `sheet` or the therapist's `page`.

    `said_sealed` holds the statement's key and the words it had when the verdict was given.
    """

    __table_args__ = (UniqueConstraint("client_id", "key_index", "about"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    client_id: str = Field(foreign_key="client.id", index=True)
    key_index: str
    about: str
    verdict: str
    said_sealed: bytes = Field(repr=False)
    said_at: datetime
