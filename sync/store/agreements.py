"""Keeps what was said of a client's rhythm: cadences, planned pauses, endings."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import col, select

from models import tables
from models.vault import Place
from sync.domain.attendance.agreement import Agreement, Cadence, Ending, EndingType, Pause
from sync.store.records import Records

Row = TypeVar("Row", tables.ClientCadence, tables.ClientPause, tables.ClientEnding)


def agreements(records: Records, client_id: str | None = None) -> dict[str, Agreement]:
    """What was said, by client; of one only, if given. Why there is a pause is not opened."""
    cadences = _by_client(_rows(records, tables.ClientCadence, client_id))
    pauses = _by_client(_rows(records, tables.ClientPause, client_id))
    endings = _by_client(_rows(records, tables.ClientEnding, client_id))
    return {
        whose: Agreement(
            tuple(
                Cadence(row.days, row.valid_from)
                for row in sorted(cadences[whose], key=lambda row: row.valid_from or date.min)
            ),
            tuple(
                Pause(row.from_on, row.until_on) for row in sorted(pauses[whose], key=lambda row: row.from_on)
            ),
            tuple(
                Ending(row.ended_on, EndingType(row.kind), row.goals_met, row.reopened_on)
                for row in sorted(endings[whose], key=lambda row: row.ended_on)
            ),
        )
        for whose in {*cadences, *pauses, *endings}
    }


def agreement_of(records: Records, client_id: str) -> Agreement:
    """What was said of one client's rhythm."""
    return agreements(records, client_id).get(client_id, Agreement())


def pause_reasons(records: Records, client_id: str) -> dict[date, str]:
    """Why there is a pause, by its first day, where that was said; for the therapist's eyes."""
    own = records.vault_of(client_id)
    return {
        row.from_on: own.open(row.reason_sealed, reason_place(row.id, client_id))
        for row in _rows(records, tables.ClientPause, client_id)
        if row.reason_sealed is not None
    }


def add_cadence(records: Records, client_id: str, days: int, valid_from: date | None, now: datetime) -> None:
    """From a day on she comes every so many days; what was said for the same day no longer holds."""
    for row in _rows(records, tables.ClientCadence, client_id):
        if row.valid_from == valid_from:
            records.db.delete(row)
    records.db.add(tables.ClientCadence(client_id=client_id, days=days, valid_from=valid_from, said_at=now))
    records.db.flush()


def add_pause(records: Records, client_id: str, pause: Pause, now: datetime) -> None:
    """Keep a planned pause; its reason is sealed."""
    row_id = tables.new_id()
    reason = None
    if pause.reason:
        reason = records.vault_of(client_id).seal(pause.reason, reason_place(row_id, client_id))
    records.db.add(
        tables.ClientPause(
            id=row_id,
            client_id=client_id,
            from_on=pause.from_on,
            until_on=pause.until_on,
            reason_sealed=reason,
            said_at=now,
        )
    )
    records.db.flush()


def end_pauses(records: Records, client_id: str, today: date) -> int:
    """Let every pause that covers the day end with the day before, and take back those to come; how many."""
    changed = 0
    for row in _rows(records, tables.ClientPause, client_id):
        if row.until_on is not None and row.until_on <= today:
            continue
        changed += 1
        if row.from_on >= today:
            records.db.delete(row)
        else:
            row.until_on = today
            records.db.add(row)
    records.db.flush()
    return changed


def add_ending(records: Records, client_id: str, ending: Ending, now: datetime) -> None:
    """Keep that the work ended; an ending that still held is said anew by it."""
    for row in _rows(records, tables.ClientEnding, client_id):
        if row.reopened_on is None:
            records.db.delete(row)
    records.db.add(
        tables.ClientEnding(
            client_id=client_id,
            ended_on=ending.ended_on,
            kind=ending.kind,
            goals_met=ending.goals_met,
            said_at=now,
        )
    )
    records.db.flush()


def take_back_endings(records: Records, client_id: str, today: date) -> None:
    """The work goes on from today; an ending said for today or later was a mistake, and leaves no trace."""
    for row in _rows(records, tables.ClientEnding, client_id):
        if row.reopened_on is None and row.ended_on >= today:
            records.db.delete(row)
        elif row.reopened_on is None:
            row.reopened_on = today
            records.db.add(row)
    records.db.flush()


def reason_place(row_id: str, client_id: str) -> Place:
    """Where the reason of a pause stands."""
    return Place("client_pause", "reason", row_id, client_id)


def _rows(records: Records, table: type[Row], client_id: str | None) -> list[Row]:
    query: Any = select(table).order_by(col(table.said_at), col(table.id))
    if client_id is not None:
        query = query.where(col(table.client_id) == client_id)
    return list(records.db.exec(query))


def _by_client(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.client_id].append(row)
    return found
