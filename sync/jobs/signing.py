"""Signs a note, opens it again within its grace period, and adds to it what comes later.

Until users sign in for themselves, whoever holds the session is who signs and who adds.
"""

from dataclasses import dataclass
from datetime import datetime

from sync.app import App
from sync.domain.attendance.states import HELD, SCHEDULED
from sync.domain.notes.formats import headings_of
from sync.domain.notes.parsing import read_note
from sync.domain.notes.signing import is_late_entry, may_reopen_until
from sync.domain.notes.states import SIGNED
from sync.domain.notes.values import NoteReading
from sync.errors import Refused
from sync.jobs.marks import settle
from sync.jobs.notes import require_progress
from sync.store.notes import NoteRow, body_of, lock_note, note_of
from sync.store.records import Records
from sync.store.sessions import SessionRow, lock_session
from sync.store.signing import add_addendum, first_signed_at, life_of, reopen, sign


@dataclass(frozen=True, slots=True)
class Signed:
    """What signing did: which revision, whether that was late, and until when it may be reopened (UTC)."""

    revision: int
    late_entry: bool
    reopens_until: datetime


@dataclass(frozen=True, slots=True)
class Added:
    """An addendum that was kept: its number, and what was understood in it."""

    number: int
    reading: NoteReading


def sign_note(app: App, session_id: str, now: datetime) -> Signed:
    """Sign the latest text of a session's note: from then on it does not change.

    Signed after the session's start it also says that the session was held. Raises `Refused` for what
    is unwritten, signed already, or still ahead.
    """
    with app.writing() as records:
        session, note = _hold(records, session_id)
        body = body_of(records, note)
        if body is None:
            raise _unwritten(session_id)
        if note.status == SIGNED:
            raise Refused("This note is signed already.", f"See `practice-sync note show {session_id[:8]}`.")
        if session.starts_at > now:
            raise Refused(
                "This session has not begun yet; until then its note is preparation.", "Sign it afterwards."
            )
        sign(records, note, body, session.practitioner_id, now)
        if session.status == SCHEDULED:
            settle(records, session, HELD, now)
        limits = app.settings.notes
        first = first_signed_at(records, note) or now
        return Signed(
            note.revision,
            is_late_entry(session.ends_at, now, limits.late_entry_hours),
            may_reopen_until(first, limits.grace_hours),
        )


def reopen_note(app: App, session_id: str, reason: str, now: datetime) -> None:
    """Make a signed note a draft again, within the grace period and while nothing was added to it."""
    _require(reason, "why it is opened again")
    with app.writing() as records:
        _, note = _hold_signed(records, session_id)
        if life_of(records, note).addenda:
            raise Refused(
                "This note has an addendum, so it stays as it was signed.",
                f"Add another: `practice-sync note amend {session_id[:8]} --reason WHY`.",
            )
        first = first_signed_at(records, note)
        if first is None or now > may_reopen_until(first, app.settings.notes.grace_hours):
            raise Refused(
                "The time in which a signed note may be opened again is over.",
                f"Add to it instead: `practice-sync note amend {session_id[:8]} --reason WHY`.",
            )
        reopen(records, note, reason.strip(), now)


def amend_note(app: App, session_id: str, reason: str, text: str, now: datetime) -> Added:
    """Add a dated text to a signed note, which stays as it is. Raises `Refused`."""
    _require(reason, "why something is added")
    require_progress(session_id, text)
    if not text.strip():
        raise Refused("There are no words in this addendum, so nothing was saved.", "Write it and try again.")
    with app.writing() as records:
        session, note = _hold_signed(records, session_id)
        number = add_addendum(records, note, (reason.strip(), text), session.practitioner_id, now)
        return Added(number, read_note(text, headings_of(note.format)))


def require_signed(app: App, session_id: str) -> None:
    """Return quietly if a session's note is signed; `Refused` otherwise, before anything is typed."""
    with app.reading() as records:
        _signed(session_id, note_of(records, session_id))


def _unwritten(session_id: str) -> Refused:
    return Refused(
        "This note is not written yet, so there is nothing to sign.",
        f"Write it first: `practice-sync note edit {session_id[:8]}`.",
    )


def _hold(records: Records, session_id: str) -> tuple[SessionRow, NoteRow]:
    session = lock_session(records, session_id)
    if note_of(records, session_id) is None:
        raise _unwritten(session_id)
    return session, lock_note(records, session_id)


def _hold_signed(records: Records, session_id: str) -> tuple[SessionRow, NoteRow]:
    session = lock_session(records, session_id)
    _signed(session_id, note_of(records, session_id))
    return session, _signed(session_id, lock_note(records, session_id))


def _signed(session_id: str, note: NoteRow | None) -> NoteRow:
    if note is None or note.status != SIGNED:
        raise Refused(
            "This note is not signed, so it can simply be changed.",
            f"Run `practice-sync note edit {session_id[:8]}`.",
        )
    return note


def _require(reason: str, what: str) -> None:
    if not reason.strip():
        raise Refused(f"The reason is missing: {what}.", "Give it with `--reason`.")
