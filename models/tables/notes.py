"""Notes: their state, every saved text, signings and addenda, what was understood, what they are to rate."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.ids import new_id


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
    """A note's text as it was saved; never changed, never removed.

    `based_on` is the revision that its writer had before her, where that is known.
    """

    __tablename__ = "note_revision"
    __table_args__ = (UniqueConstraint("note_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    note_id: str = Field(foreign_key="note.id")
    number: int
    body_sealed: bytes = Field(repr=False)
    saved_at: datetime
    based_on: int | None = None


class NoteSigning(SQLModel, table=True):
    """That a practitioner signed a revision. `hash_sealed` holds its text, who and when together.

    Since `reopened_at` the note is a draft again; `reason_sealed` says why.
    """

    __tablename__ = "note_signing"

    id: str = Field(default_factory=new_id, primary_key=True)
    note_id: str = Field(foreign_key="note.id", index=True)
    revision: int
    signed_by: str = Field(foreign_key="practitioner.id")
    signed_at: datetime
    hash_sealed: bytes = Field(repr=False)
    reopened_at: datetime | None = None
    reason_sealed: bytes | None = Field(default=None, repr=False)


class NoteAddendum(SQLModel, table=True):
    """What was added to a signed note: by whom, when, why. Never changed, never removed."""

    __tablename__ = "note_addendum"
    __table_args__ = (UniqueConstraint("note_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    note_id: str = Field(foreign_key="note.id")
    number: int
    written_by: str = Field(foreign_key="practitioner.id")
    written_at: datetime
    reason_sealed: bytes = Field(repr=False)
    text_sealed: bytes = Field(repr=False)
    hash_sealed: bytes = Field(repr=False)


class NoteReadingRow(SQLModel, table=True):
    """What was understood in a note's latest text; can be made again from it at any time."""

    __tablename__ = "note_reading"

    note_id: str = Field(foreign_key="note.id", primary_key=True)
    client_id: str = Field(foreign_key="client.id", index=True)
    revision: int
    parser_version: int
    reading_sealed: bytes = Field(repr=False)


class Marker(SQLModel, table=True):
    """What is followed for a client, rated from nought to `scale`; `anchors_sealed` says what its ends mean.

    Since `retired_at` it is asked for no more.
    """

    __table_args__ = (UniqueConstraint("client_id", "name_index"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    client_id: str = Field(foreign_key="client.id", index=True)
    name_sealed: bytes = Field(repr=False)
    name_index: str
    domain: str
    higher_is_better: bool
    scale: float
    anchors_sealed: bytes | None = Field(default=None, repr=False)
    created_at: datetime
    retired_at: datetime | None = None
