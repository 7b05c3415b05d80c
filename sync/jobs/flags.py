"""What about sessions waits for the therapist's word, and what her answer does."""

from dataclasses import dataclass
from datetime import datetime

from sync.app import App
from sync.domain.attendance import states
from sync.domain.calendar import flags
from sync.domain.calendar.changes import NAMES_ANOTHER
from sync.domain.calendar.flags import MEANINGS, FlagMeaning
from sync.domain.calendar.heeding import PRACTITIONER
from sync.domain.calendar.values import CancelReason
from sync.domain.session_record import SessionRecord
from sync.errors import Refused
from sync.jobs.assigning import assign_session
from sync.jobs.marks import mark
from sync.jobs.wishes import applying_for, arming_for, zone_of
from sync.store import outbox
from sync.store.flags import FlagRow, flag_row, settle_flags, waiting_flags
from sync.store.follows import unfollow
from sync.store.ledger import enter, ledger_row
from sync.store.links import link, want_snapshot
from sync.store.notes import void_stub
from sync.store.records import Records
from sync.store.sessions import SessionFilter, SessionRow, lock_session, session_records, session_row

_MARKS = {
    flags.HELD: states.HELD,
    flags.NO_SHOW: states.NO_SHOW,
    flags.CANCELLED: states.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class WaitingFlag:
    """One open flag with its session. `said_starts_at` is when the calendar has the session now."""

    session: SessionRecord
    kind: str
    meaning: FlagMeaning
    raised_at: datetime
    said_starts_at: datetime | None
    time_zone: str


def waiting(app: App, now: datetime) -> list[WaitingFlag]:
    """Every open flag, by the start of its session; `time_zone` is the practitioner's."""
    with app.reading() as records:
        rows = waiting_flags(records)
        wanted = SessionFilter(ids=tuple({row.session_id for row in rows}))
        found = session_records(records, wanted, now)
        zones = {p: zone_of(app, records, p) for p in {session.practitioner_id for session in found}}
    by_session = {session.id: session for session in found}
    return [
        WaitingFlag(session, row.kind, _meaning(row.kind), row.raised_at, row.said_starts_at, zone)
        for row in sorted(rows, key=lambda row: (by_session[row.session_id].starts_at, row.kind))
        for session in [by_session[row.session_id]]
        for zone in [zones[session.practitioner_id]]
    ]


def _meaning(kind: str) -> FlagMeaning:
    return MEANINGS.get(kind, FlagMeaning("The calendar contradicts the record.", {flags.KEEP: "leave it"}))


def settle(app: App, session_id: str, kind: str, answer: str, now: datetime) -> None:
    """Do what `answer` to an open flag says, and settle it. Raises `Refused` where there is none."""
    if kind == NAMES_ANOTHER and answer == flags.KEEP:
        _stays_with_its_client(app, session_id, now)
        return
    with app.writing() as records:
        session = lock_session(records, session_id)
        row = flag_row(records, session_id, kind)
        if row is None:
            raise _not_open()
        answers = _meaning(kind).answers
        if answer not in answers:
            raise Refused("That is no answer to this flag.", f"Say one of: {', '.join(answers)}.")
        enter(records, ledger_row(session_id, "settled", now, detail=f"{kind}: {answer}"))
        _answer(app, records, session, row, answer, now)
        settle_flags(records, session_id, now, kind=kind)


def _not_open() -> Refused:
    return Refused("This session has no such open flag.", "See `practice-sync sessions flags`.")


def _stays_with_its_client(app: App, session_id: str, now: datetime) -> None:
    with app.reading() as records:
        if flag_row(records, session_id, NAMES_ANOTHER) is None:
            raise _not_open()
        client_id = session_row(records, session_id).client_id
    assign_session(app, session_id, client_id, now)


def _answer(
    app: App, records: Records, session: SessionRow, row: FlagRow, answer: str, now: datetime
) -> None:
    match answer:
        case flags.HELD | flags.NO_SHOW | flags.CANCELLED:
            mark(app, records, session, _MARKS[answer], now)
        case flags.MOVED:
            _take_the_calendars_time(app, records, session, row, now)
        case flags.DUPLICATE:
            _take_out(records, session)
        case flags.WRONG:
            calendar = link(records, session.calendar_link_id)
            unfollow(records, session, applying_for(app, records, calendar, now))


def _take_the_calendars_time(
    app: App, records: Records, session: SessionRow, row: FlagRow, now: datetime
) -> None:
    """The record takes the time that the calendar says; ahead, it takes place like any other again."""
    starts_at, ends_at = row.said_starts_at, row.said_ends_at
    if starts_at is None or ends_at is None:
        raise Refused("The calendar's time is not known.", "Run `practice-sync pull --full` and try again.")
    if starts_at > now and session.status in (states.HELD, states.NO_SHOW):
        raise Refused(
            "This session is marked as over, and the calendar's time is still to come.",
            "Mark it as scheduled first, or keep its time.",
        )
    moved = ledger_row(session.id, "moved", now, from_starts_at=session.starts_at, to_starts_at=starts_at)
    enter(records, moved | {"detail": "by her word"})
    session.starts_at, session.ends_at = starts_at, ends_at
    records.db.add(session)
    records.db.flush()
    if starts_at > now:
        outbox.arm(records, session.id, starts_at, arming_for(app, records, session.practitioner_id))
    want_snapshot(records, session.calendar_link_id)


def _take_out(records: Records, session: SessionRow) -> None:
    """A double is no cancellation by anybody, so it counts neither way."""
    session.status = states.CANCELLED
    session.cancel_reason = CancelReason.DUPLICATE
    session.said_by = PRACTITIONER
    records.db.add(session)
    records.db.flush()
    void_stub(records, session.id)
    outbox.disarm(records, session.id, "it was a double of another session")
