"""Keeps what questionnaires gave: added, voided with a reason, never overwritten."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import and_, col, select

from models import tables
from models.errors import DatabaseBehind
from models.vault import Place
from sync.domain.progress.evidence import Evidence
from sync.domain.progress.instruments.known import instrument_called
from sync.domain.progress.measures import MeasureResult
from sync.store.records import Records


def measure_results(
    records: Records, client_id: str, *, until: date | None = None
) -> tuple[MeasureResult, ...]:
    """Everything that was entered for a client, by day, voided results too; only up to a day, if given."""
    row, session = tables.MeasureResult, tables.Session
    query = (
        select(row, session.id, session.starts_at)
        .join(
            session,
            and_(col(session.id) == col(row.session_id), col(session.client_id) == col(row.client_id)),
            isouter=True,
        )
        .where(col(row.client_id) == client_id)
        .order_by(col(row.taken_on), col(row.entered_at), col(row.id))
    )
    if until is not None:
        query = query.where(col(row.taken_on) <= until)
    return tuple(
        _opened(records, result, None if session_id is None else Evidence(session_id, starts_at))
        for result, session_id, starts_at in records.db.exec(query).all()
    )


def add_result(records: Records, client_id: str, result: MeasureResult) -> MeasureResult:
    """Keep a result; its id is made here."""
    row_id = tables.new_id()
    said = {
        "instrument": result.instrument.name,
        "version": result.version,
        "total": result.total,
        "answers": result.answers,
    }
    sealed = records.vault_of(client_id).seal(json.dumps(said), result_place(row_id, client_id))
    row = tables.MeasureResult(
        id=row_id,
        client_id=client_id,
        session_id=None if result.session is None else result.session.session_id,
        taken_on=result.taken_on,
        result_sealed=sealed,
        entered_at=result.entered_at,
    )
    records.db.add(row)
    records.db.flush()
    return _opened(records, row, result.session)


def find_results(records: Records, said: str) -> list[tables.MeasureResult]:
    """The rows whose id is, or begins with, `said`."""
    if not said:
        return []
    row = tables.MeasureResult
    return list(records.db.exec(select(row).where(col(row.id).startswith(said, autoescape=True)).limit(5)))


def void_result(records: Records, row: tables.MeasureResult, reason: str, now: datetime) -> None:
    """Let a result count no more. What was entered stays."""
    place = reason_place(row.id, row.client_id)
    row.voided_at, row.void_reason_sealed = now, records.vault_of(row.client_id).seal(reason, place)
    records.db.add(row)
    records.db.flush()


def rows_of(records: Records, client_id: str) -> Sequence[tables.MeasureResult]:
    """The rows of a client."""
    row = tables.MeasureResult
    return records.db.exec(select(row).where(col(row.client_id) == client_id).order_by(col(row.id))).all()


def result_place(row_id: str, client_id: str) -> Place:
    """Where a result stands."""
    return Place("measure_result", "result", row_id, client_id)


def reason_place(row_id: str, client_id: str) -> Place:
    """Where the reason stands why a result was voided."""
    return Place("measure_result", "void_reason", row_id, client_id)


def _opened(records: Records, row: tables.MeasureResult, session: Evidence | None) -> MeasureResult:
    vault = records.vault_of(row.client_id)
    said = json.loads(vault.open(row.result_sealed, result_place(row.id, row.client_id)))
    instrument = instrument_called(said["instrument"])
    if instrument is None:
        raise DatabaseBehind(
            "A result is of a questionnaire that this program does not know.",
            "A newer Practice Sync wrote it: update this one.",
        )
    reason = None
    if row.void_reason_sealed is not None:
        reason = vault.open(row.void_reason_sealed, reason_place(row.id, row.client_id))
    return MeasureResult(
        id=row.id,
        instrument=instrument,
        version=said["version"],
        taken_on=row.taken_on,
        total=said["total"],
        answers=None if said["answers"] is None else tuple(said["answers"]),
        session=session,
        entered_at=row.entered_at,
        voided_at=row.voided_at,
        void_reason=reason,
    )
