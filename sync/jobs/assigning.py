"""Gives a session that was matched wrongly to the client it is with, and learns from that."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.app import App
from sync.domain.attendance.states import SCHEDULED
from sync.domain.calendar.changes import NAMES_ANOTHER
from sync.domain.calendar.teaching import Lesson
from sync.domain.people import Client
from sync.errors import Refused
from sync.jobs.clients import look_again
from sync.jobs.merges import hold_people
from sync.jobs.teaching import teach
from sync.jobs.wishes import arming_for
from sync.store import outbox
from sync.store.assigning import STAYS, is_of_series, kept_by_word, look_afresh, series_of, stand_alone
from sync.store.clients import client
from sync.store.flags import open_flags, settle_flags
from sync.store.known_sessions import open_details
from sync.store.ledger import enter, ledger_row
from sync.store.links import link
from sync.store.records import Records
from sync.store.resealing import give_sessions
from sync.store.sessions import SessionRow, lock_session, session_row


@dataclass(frozen=True, slots=True)
class Assigned:
    """How many sessions are another client's now, what was learned, and how many briefings go out anew.

    `kept` are those of the series that stay whose they are, because that was said of them before.
    """

    sessions: int
    lesson: Lesson
    briefings: int
    kept: int = 0


def assign_session(
    app: App, session_id: str, client_id: str, now: datetime, *, series: bool = False, kept_too: bool = False
) -> Assigned:
    """Make a session, or with `series` all of its client's in the same series, this client's.

    Hours of which she said one by one that they stay whose they are stay so, unless `kept_too`.
    Notes and times stay as they are. Where it is this client's already, that is said to be right. A
    briefing that was sent for another client goes out anew. Raises `Refused`.
    """
    with app.writing() as records:
        hold_people(records, client(records, client_id).practitioner_id)
        session, person = lock_session(records, session_id), client(records, client_id)
        if session.practitioner_id != person.practitioner_id:
            raise Refused(
                "This client is another practitioner's.", "Choose one of hers: `practice-sync clients`."
            )
        repeats = is_of_series(records, session_id)
        ids = series_of(records, session) if series else [session_id]
        was_asked = NAMES_ANOTHER in open_flags(records, session_id)
        former = client(records, session.client_id)
        kept = set() if kept_too or former.id == person.id else kept_by_word(records, ids) - {session_id}
        ids = [each for each in ids if each not in kept]
        wrong = [] if former.id == person.id else ids
        give_sessions(records, wrong, person.id)
        sent = _settle(app, records, ids, former, person, now)
        if wrong:
            stand_alone(records, session_id, alone=repeats and not series)
        lesson = Lesson.NONE
        if wrong and not was_asked:  # else the calendar itself says whose it is by now
            lesson = _learn(app, records, session, person, now, one_hour=repeats and not series)
        look_afresh(records, wrong)
        look_again(records, person.practitioner_id)
        return Assigned(len(wrong), lesson, sent, len(kept))


def leave_as_they_are(app: App, records: Records, session_ids: Sequence[str], now: datetime) -> None:
    """Note in the caller's transaction that one client's sessions are with her, whatever they are called."""
    hold_people(records, session_row(records, session_ids[0]).practitioner_id)
    person = client(records, lock_session(records, session_ids[0]).client_id)
    _settle(app, records, session_ids, person, person, now)
    look_again(records, person.practitioner_id)


def _settle(
    app: App, records: Records, ids: Collection[str], former: Client, person: Client, now: datetime
) -> int:
    """Answer the flags, tell the ledger, see to the briefings; how many of these go out anew."""
    said = f"{former.code} to {person.code}" if former.id != person.id else f"{STAYS}{person.code}"
    arming = arming_for(app, records, person.practitioner_id)
    sent = 0
    for session_id in ids:
        settle_flags(records, session_id, now, NAMES_ANOTHER)
        enter(records, ledger_row(session_id, "assigned", now, detail=said))
        session = lock_session(records, session_id)
        ahead = session.status == SCHEDULED and session.starts_at > now
        if not ahead or not link(records, session.calendar_link_id).is_read:
            continue
        if former.id != person.id:
            sent += outbox.renew(records, session_id, session.starts_at, arming)
        else:
            outbox.arm(records, session_id, session.starts_at, arming)
    return sent


def _learn(
    app: App, records: Records, session: SessionRow, person: Client, now: datetime, *, one_hour: bool
) -> Lesson:
    if one_hour:
        return Lesson.ONE_HOUR
    details = open_details(records, session.id, session.client_id, session.details_sealed)
    return teach(app, records, person, details.title or "", now)
