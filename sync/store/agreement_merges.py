"""Joins what was said of the rhythm of two records that are one client's, and parts it again."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from models import tables
from sync.store.agreements import reason_place
from sync.store.records import Records
from sync.store.resealing import reseal

Joined = dict[str, Any]
"""The ids of the rows that went over, by table."""


def join_agreements(records: Records, gone_id: str, kept_id: str) -> Joined:
    """Let `kept` have what was said of `gone`: pauses and endings that are over, cadences where it has none.

    How the work stands now is for `kept`'s own record to say.
    """
    pause, ending = tables.ClientPause, tables.ClientEnding
    cadences = _ids(records, tables.ClientCadence, gone_id)
    joined = {
        "client_cadence": [] if _ids(records, tables.ClientCadence, kept_id) else cadences,
        "client_pause": _ids(records, pause, gone_id, col(pause.until_on).is_not(None)),
        "client_ending": _ids(records, ending, gone_id, col(ending.reopened_on).is_not(None)),
    }
    _give(records, joined, gone_id, kept_id)
    return joined


def part_agreements(records: Records, gone_id: str, kept_id: str, joined: Joined) -> None:
    """Give back what went over and is still there."""
    _give(records, joined, kept_id, gone_id)


def take_back_cadence(records: Records, client_id: str, days: int) -> None:
    """Let a cadence that an early merge lent, for as long as anything is known, no longer hold."""
    row = tables.ClientCadence
    lent = select(row).where(
        col(row.client_id) == client_id, col(row.days) == days, col(row.valid_from).is_(None)
    )
    for each in list(records.db.exec(lent)):
        records.db.delete(each)


def _ids(
    records: Records,
    table: type[tables.ClientCadence | tables.ClientPause | tables.ClientEnding],
    client_id: str,
    *only: ColumnElement[bool],
) -> list[str]:
    return sorted(records.db.exec(select(table.id).where(col(table.client_id) == client_id, *only)))


def _give(records: Records, joined: Joined, giver_id: str, client_id: str) -> None:
    for table in (tables.ClientCadence, tables.ClientPause, tables.ClientEnding):
        theirs = select(table).where(
            col(table.id).in_(joined[str(table.__tablename__)]), col(table.client_id) == giver_id
        )
        for row in list(records.db.exec(theirs)):
            if isinstance(row, tables.ClientPause) and row.reason_sealed is not None:
                place = reason_place(row.id, giver_id)
                row.reason_sealed = reseal(records, row.reason_sealed, place, client_id)
            row.client_id = client_id
            records.db.add(row)
    records.db.flush()
