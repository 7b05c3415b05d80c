"""Writes many rows at once, at nearly the bare driver's speed; a first reading may bring thousands."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from typing import Any, cast

from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

from sync.store.records import Records

Convert = Callable[[Any], Any]

MOST_VALUES = 32_766
"""How many values one statement of SQLite's takes (https://sqlite.org/limits.html, since 3.32)."""

MOST_WAITING = 8
"""How many inserts may be ready and not yet written: enough to keep both sides busy."""

Insert = Callable[[type[SQLModel], Sequence[Mapping[str, Any]]], None]


@contextmanager
def writing_behind(records: Records) -> Iterator[Insert]:
    """Insert rows in a thread of their own, in order, while the next ones are made ready.

    Inside the block nothing else may use `records.db`. What goes wrong is raised in the block or at its end.
    """
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(1, "writing-behind") as hand:

        def insert(table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
            waiting.append(hand.submit(insert_rows, records, table, rows))
            if len(waiting) > MOST_WAITING:
                waiting.popleft().result()

        yield insert
        for writing in waiting:
            writing.result()


def insert_rows(records: Records, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, which all name the same columns.

    SQLAlchemy's own way looks at every row and value anew; this looks at each column once.
    """
    if not rows:
        return
    connection = records.db.connection()
    names = list(rows[0])
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=names)
    columns: dict[str, Sequence[Any]] = dict(
        zip(names, zip(*(row.values() for row in rows), strict=True), strict=True)
    )
    is_sqlite = connection.dialect.name == "sqlite"
    for name, convert in compiled._bind_processors.items():
        columns[name] = _converted(columns[name], cast(Convert, convert), is_sqlite=is_sqlite)
    order = compiled.positiontup or names
    ready = list(zip(*(columns[name] for name in order), strict=True))
    if is_sqlite:
        _insert_together(connection, str(compiled), ready)
    else:
        connection.exec_driver_sql(str(compiled), [dict(zip(order, row, strict=True)) for row in ready])


def _insert_together(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert many rows by each statement: while SQLite is busy with one, other threads may work."""
    head, values, one = statement.partition(" VALUES ")
    at_once = MOST_VALUES // len(rows[0])
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        together = f"{head}{values}{','.join([one] * len(some))}"
        connection.exec_driver_sql(together, tuple(chain.from_iterable(some)))


def _converted(values: Sequence[Any], convert: Convert, *, is_sqlite: bool) -> Sequence[Any]:
    """What the driver takes for a column's values.

    SQLite's driver takes bytes and numbers as they are, and a moment in UTC is put into its text directly.
    """
    kind = type(next((value for value in values if value is not None), None))
    if not is_sqlite or kind not in (datetime, bytes, bool, int):
        return [convert(value) for value in values]
    if kind is not datetime:
        return values
    return [
        _sqlite_text(value) if value is not None and value.tzinfo is UTC else convert(value)
        for value in values
    ]


@lru_cache(maxsize=65_536)
def _sqlite_text(moment: datetime) -> str:
    """SQLAlchemy's text for a moment on SQLite, kept because the same ones stand in several tables."""
    return moment.isoformat(" ", "microseconds")[: len("2026-06-10 08:00:00.000000")]
