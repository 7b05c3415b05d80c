"""What a therapist does with a note: read it with what is carried forward, write it, look back."""

from dataclasses import dataclass
from datetime import datetime

from sync.app import App
from sync.domain.attendance.states import HELD, SCHEDULED
from sync.domain.notes.carry import CarriedForward, carried_forward
from sync.domain.notes.formats import headings_of
from sync.domain.notes.parsing import read_note
from sync.domain.notes.private_head import is_headed_private
from sync.domain.notes.signing import is_late_entry
from sync.domain.notes.states import SIGNED
from sync.domain.notes.stub import is_untouched, stub_fill
from sync.domain.notes.values import NoteReading
from sync.domain.progress.markers import markers_to_rate, scales_to_rate
from sync.domain.session_record import SessionRecord
from sync.errors import Refused
from sync.jobs.marks import settle
from sync.store.markers import markers_of
from sync.store.notes import body_of, lay_stubs, lock_note, note_of, save_revision, written_notes
from sync.store.practitioners import practitioner
from sync.store.records import Records
from sync.store.revisions import Revision, beside_latest, revisions, saved_meanwhile
from sync.store.sessions import lock_session, session_record, session_row
from sync.store.signing import NoteLife, life_of

SIGNED_STANDS = "This note is signed, and a signed note does not change."


def see_history(session_id: str) -> str:
    """Where every saved text of a note is listed."""
    return f"See `practice-sync note history {session_id[:8]}`."


def add_to_it(session_id: str) -> str:
    """What to do where a signed note is to be changed."""
    return f"Add what is to be said: `practice-sync note amend {session_id[:8]} --reason WHY`."


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A note as the therapist meets it: its text (a stub's when unwritten), and what stands beside it.

    `late_entry`: it was signed later after the session than the settings allow for. `beside`: revisions that
    were saved while the latest was being written, so that their words are no part of it.
    """

    session: SessionRecord
    status: str
    revision: int
    body: str
    reading: NoteReading
    carried: CarriedForward
    life: NoteLife
    late_entry: bool
    beside: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did: the revision's number, and what was understood. `new` is False for equal text.

    `beside`: revisions that were saved meanwhile by another hand and are no part of this text.
    """

    revision: int
    reading: NoteReading
    new: bool
    beside: tuple[int, ...] = ()


def open_note(app: App, session_id: str, now: datetime) -> OpenNote:
    """The note of a session; an unwritten one is laid out in its format, with the markers to rate."""
    with app.reading() as records:
        session = session_record(records, session_id, now)
        note = note_of(records, session_id)
        before = written_notes(records, session.client_id, before=session.starts_at)
        body = None if note is None else body_of(records, note)
        name = note.format if note else practitioner(records, session.practitioner_id).note_format
        if body is None:
            own = markers_of(records, session.client_id)
            asked = stub_fill(markers_to_rate(before, own), scales_to_rate(before, own))
            body = app.note_formats.laid_out(name, asked)
        life = NoteLife() if note is None else life_of(records, note)
        limit = app.settings.notes.late_entry_hours
        return OpenNote(
            session=session,
            status=note.status if note else "stub",
            revision=note.revision if note else 0,
            body=body,
            reading=read_note(body, headings_of(name)),
            carried=carried_forward(before),
            life=life,
            late_entry=life.signed is not None
            and is_late_entry(session.ends_at, life.signed.signed_at, limit),
            beside=() if note is None else beside_latest(records, note),
        )


def write_note(app: App, session_id: str, body: str, now: datetime, based_on: int | None = None) -> Saved:
    """Keep `body` as the session's note: a new revision, never in place of an earlier one.

    `based_on` is the revision that its writer had before her. Where others were saved since, all are kept:
    this one is the latest, and what is returned names the others.

    Saved after the session's start it also says that the session was held. Text equal to the latest
    revision changes nothing. Raises `Refused` for a text without words and for a signed note.
    """
    require_progress(session_id, body)
    with app.writing() as records:
        session = lock_session(records, session_id)
        if note_of(records, session_id) is None:
            lay_stubs(records, [(session_id, session.client_id, _format(records, session_id))], now)
        note = lock_note(records, session_id)
        headings = headings_of(note.format)
        if is_untouched(body, headings):
            raise Refused(
                "There are no words in this note yet, so nothing was saved.", "Write it and save again."
            )
        reading = read_note(body, headings)
        if note.status == SIGNED:
            raise Refused(SIGNED_STANDS, add_to_it(session_id))
        if body_of(records, note) == body:
            return Saved(note.revision, reading, new=False)
        if based_on is not None and based_on > note.revision:
            raise Refused(f"The note has no revision {based_on}.", see_history(session_id))
        number = save_revision(records, note, body, reading, now, based_on)
        if session.status == SCHEDULED and session.starts_at <= now:
            settle(records, session, HELD, now)
    return Saved(number, reading, True, saved_meanwhile(based_on, number))


def require_progress(session_id: str, text: str) -> None:
    """Return quietly unless `text` says of itself that it is private: then `Refused`."""
    if is_headed_private(text):
        raise Refused(
            "This text, or a part of it, is headed as private, so it is not saved where others may read it.",
            f"Save what is private with `practice-sync note private write {session_id[:8]} --file DRAFT`, "
            "or take that head off.",
        )


def _format(records: Records, session_id: str) -> str:
    return practitioner(records, session_row(records, session_id).practitioner_id).note_format


def note_life(app: App, session_id: str) -> NoteLife:
    """Who signed a session's note and when, and what was added to it."""
    with app.reading() as records:
        note = note_of(records, session_id)
        return NoteLife() if note is None else life_of(records, note)


def note_history(app: App, session_id: str) -> list[Revision]:
    """Every saved text of a session's note, oldest first."""
    with app.reading() as records:
        note = note_of(records, session_id)
        return [] if note is None else revisions(records, note)
