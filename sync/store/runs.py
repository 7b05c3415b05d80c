"""The trace of each piece of work."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from models import tables
from sync.store.records import Records

KEPT = timedelta(days=30)


def note_run(
    records: Records,
    kind: str,
    started_at: datetime,
    finished_at: datetime,
    outcome: str,
    counts: Mapping[str, int],
) -> None:
    """Leave a trace, and drop those older than `KEPT`."""
    run = tables.Run
    records.db.connection().execute(delete(run).where(col(run.started_at) < finished_at - KEPT))
    records.db.add(
        run(
            kind=kind,
            started_at=started_at,
            finished_at=finished_at,
            outcome=outcome,
            counts={name: number for name, number in counts.items() if number},
        )
    )


def last_worked(records: Records) -> datetime | None:
    """When calendars were last gone through, well or not, as far as a trace was left of it."""
    run = tables.Run
    query = select(run.finished_at).where(col(run.kind).in_(["pull", "pass"]))
    return records.db.exec(query.order_by(col(run.finished_at).desc()).limit(1)).first()


def last_finished(records: Records) -> datetime | None:
    """When the latest piece of work was finished, by the clock of then."""
    run = tables.Run
    return records.db.exec(select(run.finished_at).order_by(col(run.finished_at).desc()).limit(1)).first()


def failed_since(records: Records, kind: str, since: datetime) -> bool:
    """Whether the latest piece of work of this kind, at `since` or later, failed."""
    run = tables.Run
    query = select(run.outcome).where(col(run.kind) == kind, col(run.started_at) >= since)
    return (
        records.db.exec(query.order_by(col(run.started_at).desc(), col(run.finished_at).desc())).first()
        == "failed"
    )
