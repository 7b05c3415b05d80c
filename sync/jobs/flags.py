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
from sync.domain.people import Client
from sync.domain.session_record import SessionRecord
from sync.errors import Refused
from sync.jobs.assigning import leave_as_they_are
from sync.jobs.marks import mark
from sync.jobs.wishes import applying_for, arming_for, zone_of
from sync.store import outbox
from sync.store.assigning import series_of, series_roots
from sync.store.clients import find_client
from sync.store.flags import FlagRow, flag_row, named_instead, settle_flags, waiting_flags
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
    """One open flag with its session.

    `said_starts_at` is when the calendar has the session now. `other` is the client whom its title
    means now. What has an equal `series` is about hours of one series.
    """

    session: SessionRecord
    kind: str
    meaning: FlagMeaning
    raised_at: datetime
    said_starts_at: datetime | None
    time_zone: str
    other: Client | None = None
    series: str | None = None

    @property
    def what(self) -> str:
        """What was seen, with the client concerned."""
        if self.other is None:
            return self.meaning.what
        return f"Its title means {self.other.code} ({self.other.name}) now. If the hour is theirs:"


def waiting(app: App, now: datetime) -> list[WaitingFlag]:
    """Every open flag, by the start of its session; `time_zone` is the practitioner's."""
    with app.reading() as records:
        rows = waiting_flags(records)
        ids = tuple({row.session_id for row in rows})
        found = session_records(records, SessionFilter(ids=ids), now)
        zones = {p: zone_of(app, records, p) for p in {session.practitioner_id for session in found}}
        others = _others(records, [row.session_id for row in rows if row.kind == NAMES_ANOTHER])
        series = series_roots(records, ids)
    by_session = {session.id: session for session in found}
    return [
        WaitingFlag(
            session=session,
            kind=row.kind,
            meaning=_meaning(row.kind),
            raised_at=row.raised_at,
            said_starts_at=row.said_starts_at,
            time_zone=zones[session.practitioner_id],
            other=others.get(session.id) if row.kind == NAMES_ANOTHER else None,
            series=series.get(session.id),
        )
        for row in sorted(rows, key=lambda row: (by_session[row.session_id].starts_at, row.kind))
        for session in [by_session[row.session_id]]
    ]


def _others(records: Records, session_ids: list[str]) -> dict[str, Client]:
    """The client whom each session's title means now, as far as one is known by that code."""
    named = named_instead(records, session_ids)
    people = {code: find_client(records, code) for code in {other.code for other in named.values()} - {""}}
    return {
        each: people[other.code][0] for each, other in named.items() if len(people.get(other.code, ())) == 1
    }


def _meaning(kind: str) -> FlagMeaning:
    return MEANINGS.get(kind, FlagMeaning("The calendar contradicts the record.", {flags.KEEP: "leave it"}))


def settle(app: App, session_id: str, kind: str, answer: str, now: datetime, *, series: bool = False) -> int:
    """Do what `answer` to an open flag says, and settle it; of how many sessions that was said.

    With `series` it is said of every session of its client's in the same series that has this flag; for
    all of them, or where one refuses for none. Raises `Refused` where there is no such flag.
    """
    with app.writing() as records:
        ids = _flagged(records, session_row(records, session_id), kind, series=series)
        answers = _meaning(kind).answers
        if answer not in answers:
            raise Refused("That is no answer to this flag.", f"Say one of: {', '.join(answers)}.")
        if kind == NAMES_ANOTHER and answer == flags.KEEP:
            leave_as_they_are(app, records, ids, now)
        else:
            for each in ids:
                _settle_one(app, records, each, kind, answer, now)
        return len(ids)


def _flagged(records: Records, session: SessionRow, kind: str, *, series: bool) -> list[str]:
    """The session, and with `series` the others of its series, as far as they have this flag open."""
    ids = series_of(records, session) if series else [session.id]
    if flag_row(records, session.id, kind) is None:
        raise Refused("This session has no such open flag.", "See `practice-sync sessions flags`.")
    return [each for each in ids if flag_row(records, each, kind) is not None]


def _settle_one(app: App, records: Records, session_id: str, kind: str, answer: str, now: datetime) -> None:
    session, row = lock_session(records, session_id), flag_row(records, session_id, kind)
    if row is None:  # what the first answer did settled the next one's flag as well
        return
    enter(records, ledger_row(session_id, "settled", now, detail=f"{kind}: {answer}"))
    _answer(app, records, session, row, answer, now)
    settle_flags(records, session_id, now, kind=kind)


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
