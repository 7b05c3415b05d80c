"""Many rows are written as one would be."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from models import tables
from sync.store.bulk import MOST_VALUES, insert_rows, writing_behind
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


def test_more_rows_than_one_statement_takes_are_all_written(practice: Practice) -> None:
    count = MOST_VALUES // len(run_row("", MOMENTS[0])) + 1

    with practice.app.writing() as records:
        insert_rows(records, tables.Run, [run_row(f"many{n}", MOMENTS[0]) for n in range(count)])

    assert count == len(run_ids(practice))


def test_what_is_written_behind_is_there_when_the_block_ends(practice: Practice) -> None:
    with practice.app.writing() as records:
        with writing_behind(records) as insert:
            for number in range(30):
                insert(tables.Run, [run_row(f"behind{number}", MOMENTS[0])])
        assert 30 == len(records.db.exec(select(tables.Run)).all())


@pytest.mark.parametrize("after", [0, 20])
def test_what_cannot_be_written_behind_is_said_and_nothing_is_kept(practice: Practice, after: int) -> None:
    def write() -> None:
        with practice.app.writing() as records, writing_behind(records) as insert:
            insert(tables.Run, [run_row("twice", MOMENTS[0]), run_row("twice", MOMENTS[0])])
            for number in range(after):
                insert(tables.Run, [run_row(f"after{number}", MOMENTS[0])])

    with pytest.raises(IntegrityError):
        write()

    assert [] == run_ids(practice)


def run_ids(practice: Practice) -> list[str]:
    with practice.app.reading() as records:
        return list(records.db.exec(select(tables.Run.id).where(col(tables.Run.kind) == "test")))
