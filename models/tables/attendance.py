"""What was said of a client's rhythm: how often she comes, planned pauses, how the work ended."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from models.tables.ids import new_id


class ClientCadence(SQLModel, table=True):
    """Every so many days, from a day on; `valid_from` None: for as long as anything is known."""

    __tablename__ = "client_cadence"

    id: str = Field(default_factory=new_id, primary_key=True)
    client_id: str = Field(foreign_key="client.id", index=True)
    days: int
    valid_from: date | None = None
    said_at: datetime


class ClientPause(SQLModel, table=True):
    """A planned pause; `until_on` is the first day after it, None while it is open."""

    __tablename__ = "client_pause"

    id: str = Field(default_factory=new_id, primary_key=True)
    client_id: str = Field(foreign_key="client.id", index=True)
    from_on: date
    until_on: date | None = None
    reason_sealed: bytes | None = Field(default=None, repr=False)
    said_at: datetime


class ClientEnding(SQLModel, table=True):
    """That the work ended, by the therapist's word; `reopened_on` where it went on after all.

    `kind`: planned · client-told · unplanned · practitioner · transfer · practical · unknown.
    """

    __tablename__ = "client_ending"

    id: str = Field(default_factory=new_id, primary_key=True)
    client_id: str = Field(foreign_key="client.id", index=True)
    ended_on: date
    kind: str
    goals_met: bool | None = None
    reopened_on: date | None = None
    said_at: datetime
