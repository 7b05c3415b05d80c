"""What a pull asks the database leads to the present directly, however much past is stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from sync.jobs.pull import pull_all
from sync.jobs.visit import PullWish
from tests.jobs.looking import NEXT_WEEK, instance, move, weekly
from tests.practice import Practice

LONG = ("session", "event_link", "ledger_entry", "note", "note_revision", "message")
"""The tables that grow with the years."""


@contextmanager
def asked(practice: Practice) -> Iterator[list[tuple[str, Any]]]:
    """Every question and change of rows within the block, with its values."""
    said: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, values: Any, _context: object, many: bool) -> None:
        if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE")) and not many:
            said.append((statement, values))

    event.listen(practice.app.db.engine, "before_cursor_execute", note)
    yield said
    event.remove(practice.app.db.engine, "before_cursor_execute", note)


def long_ways(practice: Practice, statement: str, values: Any) -> list[str]:
    """The steps of SQLite's plan that walk through a whole table, or through all of one calendar."""
    with practice.app.db.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    steps = [str(row[-1]) for row in rows]
    return [
        step
        for step in steps
        if any(
            step.startswith((f"SCAN {table} ", f"SEARCH {table} ")) or step == f"SCAN {table}"
            for table in LONG
        )
        and (step.startswith("SCAN") or step.endswith("(calendar_link_id=?)"))
    ]


def unchanged(practice: Practice) -> None:
    """Nothing happened since."""


def one_hour_moved(practice: Practice) -> None:
    later = NEXT_WEEK + timedelta(days=7)
    move(practice, instance(SERIES, later), later + timedelta(hours=2))


def whole_series_renamed(practice: Practice) -> None:
    practice.world.edit_all(practice.calendar_id, SERIES, {"summary": "Jo"})


def one_hour_deleted(practice: Practice) -> None:
    practice.world.delete(practice.calendar_id, instance(SERIES, NEXT_WEEK))


SERIES = "weekly"


@pytest.mark.parametrize("happening", [unchanged, one_hour_moved, whole_series_renamed, one_hour_deleted])
def test_no_question_of_a_pull_walks_through_the_past(practice: Practice, happening: Any) -> None:
    practice.client("Jo Bloggs")
    weekly(practice, id=SERIES, start=NEXT_WEEK - timedelta(days=14))
    practice.once()
    happening(practice)
    practice.clock.forward(hours=1)

    with asked(practice) as said:
        pull_all(practice.app, practice.clock(), PullWish(full=True))

    assert len(said) > 10
    assert [] == [(way, text) for text, values in said for way in long_ways(practice, text, values)]
