"""Makes sessions of one meeting one session, when their clients turn out to be one, and parts them again."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from models import tables
from sync.domain.attendance.states import CANCELLED, SCHEDULED
from sync.domain.calendar.changes import SHOWN_TWICE
from sync.domain.calendar.doubled import Doubled, doubled
from sync.domain.calendar.values import CancelReason
from sync.store import outbox
from sync.store.copies import COPY, around_of
from sync.store.flags import FlagRow, raise_flag, settle_flags, waiting_flags
from sync.store.ledger import enter, ledger_row
from sync.store.links import link, want_snapshot
from sync.store.notes import revive_stub, void_stub
from sync.store.records import Records
from sync.store.sessions import client_sessions, lock_session

Joined = dict[str, Any]
"""What stood in the rows of a double before it was joined, as `client_merge.moved` keeps it."""


def join_doubles(records: Records, client_id: str, practitioner_id: str, now: datetime) -> list[Joined]:
    """Make each meeting of a client that two sessions are for one session; what was changed.

    The events of the double are copies of the other's from then on, and the double is cancelled as one: it
    has no briefing and its untouched stub is hidden. Where both have a note with words, both stay and wait
    for a word.
    """
    ids = [row.id for row in client_sessions(records, client_id) if row.status != CANCELLED]
    around = around_of(records, practitioner_id, ids, now)
    found = doubled(around, _written(records, ids), _told(records, ids)) if around else []
    joined: list[Joined] = []
    for one in found:
        if one.both_written:
            raise_flag(records, one.double_id, SHOWN_TWICE, now)
            joined.append({"asked": one.double_id, "beside": one.kept_id})
        else:
            joined.append(_join(records, one, now))
    return joined


def _written(records: Records, session_ids: Collection[str]) -> set[str]:
    note = tables.Note
    query = select(note.session_id).where(col(note.session_id).in_(session_ids), col(note.revision) > 0)
    return set(records.db.exec(query))


def _told(records: Records, session_ids: Collection[str]) -> set[str]:
    session, attendance = tables.Session, tables.Attendance
    said = select(session.id).where(col(session.id).in_(session_ids), col(session.said_by).is_not(None))
    differing = select(attendance.session_id).where(col(attendance.session_id).in_(session_ids))
    return {*records.db.exec(said), *records.db.exec(differing)}


def _join(records: Records, one: Doubled, now: datetime) -> Joined:
    double, kept = lock_session(records, one.double_id), lock_session(records, one.kept_id)
    events = _events_of(records, double.id)
    joined: Joined = {
        "double": double.id,
        "kept": kept.id,
        "status": double.status,
        "reason": double.cancel_reason,
        "said_by": double.said_by,
        "events": {event.id: event.role for event in events},
        "flags": _settled(records, double.id, now),
        "kept_link": kept.calendar_link_id,
        "kept_event": next((e.id for e in _events_of(records, kept.id) if e.role == "current"), None),
    }
    for event in events:
        event.session_id = kept.id
        event.role = event.role if event.role == "alias" else COPY
        records.db.add(event)
    double.status, double.cancel_reason, double.said_by = CANCELLED, CancelReason.DUPLICATE, None
    records.db.add(double)
    records.db.flush()
    void_stub(records, double.id)
    outbox.disarm(records, double.id, "it was a double of another session")
    reason, starts_at = CancelReason.DUPLICATE.value, double.starts_at
    enter(records, ledger_row(double.id, "cancelled", now, from_starts_at=starts_at, detail=reason))
    return joined


def _settled(records: Records, session_id: str, now: datetime) -> list[str]:
    """Settle what waits of a double; the ids of those flags."""
    waiting = [row.id for row in waiting_flags(records) if row.session_id == session_id]
    settle_flags(records, session_id, now)
    return waiting


def to_part(joined: Collection[Joined], own: Collection[Joined], leaving: Collection[str]) -> list[Joined]:
    """Those of `joined` to be parted when the sessions `leaving` go to another client, in that order.

    All that are the `own` of the merge that is undone, and those of which one session leaves and the other
    stays. Where a session had become a double in its turn, that is parted first: only then it has its events.
    """
    parted: list[Joined] = []
    seen: list[Joined] = []

    def part(one: Joined) -> None:
        if one in seen:
            return
        seen.append(one)
        for later in joined:
            if "double" in later and later["double"] == one.get("kept"):
                part(later)
        parted.append(one)

    for one in reversed(list(joined)):
        sides = one.get("asked", one.get("double")), one.get("beside", one.get("kept"))
        if one in own or (sides[0] in leaving) != (sides[1] in leaving):
            part(one)
    return parted


def part_doubles(records: Records, joined: Iterable[Joined], now: datetime, arming: outbox.Arming) -> None:
    """Give every double back what it had, in this order; each is read from its own calendar again."""
    for one in joined:
        if "asked" in one:
            settle_flags(records, one["asked"], now, SHOWN_TWICE)
        else:
            _part(records, one, now, arming)


def _part(records: Records, one: Joined, now: datetime, arming: outbox.Arming) -> None:
    double, kept = lock_session(records, one["double"]), lock_session(records, one["kept"])
    _give_events_back(records, one, double)
    if kept.calendar_link_id == double.calendar_link_id:  # it was read from what was the double's
        kept.calendar_link_id = one["kept_link"]
        own = [event for event in _events_of(records, kept.id) if event.id == one["kept_event"]]
        for event in own:
            event.role, event.etag = "current", None
            records.db.add(event)
        want_snapshot(records, kept.calendar_link_id)
    records.db.add(kept)
    if (double.status, double.cancel_reason) != (CANCELLED, CancelReason.DUPLICATE):
        records.db.flush()
        return  # a person has said otherwise since
    double.status, double.cancel_reason, double.said_by = one["status"], one["reason"], one["said_by"]
    records.db.add(double)
    records.db.flush()
    revive_stub(records, double.id)
    for flag in records.db.exec(select(FlagRow).where(col(FlagRow.id).in_(one["flags"]))):
        flag.settled_at = None
        records.db.add(flag)
    enter(records, ledger_row(double.id, "restored", now, to_starts_at=double.starts_at))
    ahead = double.status == SCHEDULED and double.starts_at > now
    if ahead and link(records, double.calendar_link_id).is_read:
        outbox.arm(records, double.id, double.starts_at, arming)


def _give_events_back(records: Records, one: Joined, double: tables.Session) -> None:
    """The double's events, and what came in their place in its calendar since: that is read from then on."""
    roles: dict[str, str] = one["events"]
    back = [
        event
        for event in _events_of(records, one["kept"])
        if event.id in roles or (event.calendar_link_id == double.calendar_link_id and event.role != "alias")
    ]
    newer = [event for event in back if event.id not in roles]
    for event in back:
        was = roles.get(event.id, "current")
        event.session_id, event.etag = double.id, None
        event.role = "alias" if newer and was == "current" and event.id in roles else was
        records.db.add(event)
    records.db.flush()


def _events_of(records: Records, session_id: str) -> list[tables.EventLink]:
    event = tables.EventLink
    return list(
        records.db.exec(select(event).where(col(event.session_id) == session_id).order_by(col(event.id)))
    )
