"""Gives a session that was matched wrongly to the client it is with, and learns from that."""

from collections.abc import Collection
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
from sync.store.assigning import is_of_series, look_afresh, series_of, stand_alone
from sync.store.clients import client
from sync.store.flags import open_flags, settle_flags
from sync.store.known_sessions import open_details
from sync.store.ledger import enter, ledger_row
from sync.store.links import link
from sync.store.records import Records
from sync.store.resealing import give_sessions
from sync.store.sessions import SessionRow, lock_session


@dataclass(frozen=True, slots=True)
class Assigned:
    """How many sessions are another client's now, what was learned, and how many briefings go out anew."""

    sessions: int
    lesson: Lesson
    briefings: int


def assign_session(
    app: App, session_id: str, client_id: str, now: datetime, *, series: bool = False
) -> Assigned:
    """Make a session, or with `series` all of its client's in the same series, this client's.

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
        return Assigned(len(wrong), lesson, sent)


def _settle(
    app: App, records: Records, ids: Collection[str], former: Client, person: Client, now: datetime
) -> int:
    """Answer the flags, tell the ledger, see to the briefings; how many of these go out anew."""
    said = f"{former.code} to {person.code}" if former.id != person.id else f"stays {person.code}"
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
