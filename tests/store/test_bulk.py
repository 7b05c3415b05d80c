"""Many rows are written as one would be."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from sqlmodel import select

from models import tables
from sync.store.bulk import insert_rows
from tests.practice import Practice


def run_row(row_id: str, started_at: datetime) -> dict[str, Any]:
    return {
        "id": row_id,
        "kind": "test",
        "started_at": started_at,
        "finished_at": started_at,
        "outcome": "fine",
        "counts": {"read": 3},
    }


MOMENTS = [
    datetime(2026, 6, 10, 8, tzinfo=UTC),
    datetime(2026, 6, 10, 8, 0, 0, 123456, tzinfo=UTC),
    datetime(1901, 1, 2, 3, 4, 5, tzinfo=UTC),
    datetime(2026, 6, 10, 8, tzinfo=timezone(timedelta(hours=-7))),
]


def test_rows_written_at_once_are_stored_as_single_ones(practice: Practice) -> None:
    with practice.app.writing() as records:
        insert_rows(records, tables.Run, [run_row(f"bulk{n}", at) for n, at in enumerate(MOMENTS)])
        for number, at in enumerate(MOMENTS):
            records.db.add(tables.Run(**run_row(f"single{number}", at)))

    with practice.app.reading() as records:
        stored = {row.id: row for row in records.db.exec(select(tables.Run)).all()}
        written = "SELECT id, CAST(started_at AS VARCHAR) FROM run WHERE kind = 'test'"
        texts = {row[0]: row[1] for row in records.db.connection().exec_driver_sql(written)}
    for number, at in enumerate(MOMENTS):
        assert at == stored[f"bulk{number}"].started_at == stored[f"single{number}"].started_at
        assert {"read": 3} == stored[f"bulk{number}"].counts
        assert texts[f"single{number}"] == texts[f"bulk{number}"]
