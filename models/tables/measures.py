"""What a client works towards, and what the questionnaires gave."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from models.tables.ids import new_id


class MeasureResult(SQLModel, table=True):
    """One questionnaire, answered on a day; which one, and all that was answered, is sealed.

    It is never changed: what was entered by mistake is voided, with its reason, and entered anew.
    """

    __tablename__ = "measure_result"

    id: str = Field(default_factory=new_id, primary_key=True)
    client_id: str = Field(foreign_key="client.id", index=True)
    session_id: str | None = Field(default=None, foreign_key="session.id")
    taken_on: date
    result_sealed: bytes = Field(repr=False)
    entered_at: datetime
    voided_at: datetime | None = None
    void_reason_sealed: bytes | None = Field(default=None, repr=False)


class Goal(SQLModel, table=True):
    """What a client works towards; `words_sealed` says it, and by what it is followed.

    `state`: open · met · set_aside, since `closed_on`.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    client_id: str = Field(foreign_key="client.id", index=True)
    words_sealed: bytes = Field(repr=False)
    state: str = "open"
    since: date
    closed_on: date | None = None
    created_at: datetime
