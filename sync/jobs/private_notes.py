"""What an author does with a private note: write it, and read it again. Nobody else can.

Until users sign in for themselves, the author is whoever holds the session. A private note says nothing
of the session: neither that it was held nor that it has a note.
"""

from dataclasses import dataclass
from datetime import datetime

from sync.app import App
from sync.domain.notes.parsing import read_note
from sync.errors import Refused
from sync.store.practitioners import practitioner
from sync.store.private_notes import PrivateText, private_texts, save_private_text
from sync.store.revisions import saved_meanwhile
from sync.store.sessions import lock_session, session_record


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """Every text of a private note, oldest first, and what it is headed with: whose, when, for whom alone."""

    author: str
    client_code: str
    starts_at: datetime
    texts: tuple[PrivateText, ...]

    @property
    def body(self) -> str:
        """The latest text; empty while there is none."""
        return self.texts[-1].body if self.texts else ""


@dataclass(frozen=True, slots=True)
class PrivatelySaved:
    """What saving did. `misplaced` is what the text holds that counts only in the progress note."""

    revision: int
    new: bool
    beside: tuple[int, ...] = ()
    misplaced: tuple[str, ...] = ()


def open_private_note(app: App, session_id: str, now: datetime) -> PrivateNote:
    """The private note of a session."""
    with app.reading() as records:
        session = session_record(records, session_id, now)
        return PrivateNote(
            practitioner(records, session.practitioner_id).name,
            session.client_code,
            session.starts_at,
            tuple(private_texts(records, session_id, session.practitioner_id)),
        )


def write_private_note(
    app: App, session_id: str, body: str, now: datetime, based_on: int | None = None
) -> PrivatelySaved:
    """Keep `body` as the session's private note: a new text behind the earlier ones. Raises `Refused`.

    `based_on` is the text that its writer had before her, as for a progress note.
    """
    if not body.strip():
        raise Refused(
            "There are no words in this note yet, so nothing was saved.", "Write it and save again."
        )
    with app.writing() as records:
        session = lock_session(records, session_id)
        author_id = session.practitioner_id
        before = private_texts(records, session_id, author_id)
        if before and before[-1].body == body:
            return PrivatelySaved(before[-1].number, new=False)
        number = save_private_text(records, session, author_id, body, now)
    return PrivatelySaved(number, True, saved_meanwhile(based_on, number), _misplaced(body))


def _misplaced(body: str) -> tuple[str, ...]:
    reading = read_note(body)
    return tuple(
        what for what, said in (("risk", reading.risk), ("the plan", reading.plan)) if said is not None
    )
