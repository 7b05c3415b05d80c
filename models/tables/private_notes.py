"""Private notes: the author's own, apart from the record and under a key of their own."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.ids import new_id


class PrivateNote(SQLModel, table=True):
    """What one author keeps of one session for herself; only with her key its texts open."""

    __tablename__ = "private_note"
    __table_args__ = (UniqueConstraint("session_id", "author_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    session_id: str = Field(foreign_key="session.id")
    client_id: str = Field(foreign_key="client.id", index=True)
    author_id: str = Field(foreign_key="practitioner.id")
    revision: int = 0
    created_at: datetime
    updated_at: datetime


class PrivateNoteRevision(SQLModel, table=True):
    """A private note's text as it was saved; never changed, never removed."""

    __tablename__ = "private_note_revision"
    __table_args__ = (UniqueConstraint("private_note_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    private_note_id: str = Field(foreign_key="private_note.id")
    number: int
    body_sealed: bytes = Field(repr=False)
    saved_at: datetime
