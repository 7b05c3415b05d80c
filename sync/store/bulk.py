"""Writes many rows at once, at nearly the bare driver's speed; a first reading may bring thousands."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from typing import Any, cast

from sqlalchemy import Connection, Dialect, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from models import tables
from sync.store.records import Records

Convert = Callable[[Any], Any]

MOST_VALUES = 32_766
"""How many values one statement of SQLite's takes (https://sqlite.org/limits.html, since 3.32)."""

MOST_WAITING = 8
"""How many inserts may be ready and not yet written: enough to keep both sides busy."""

INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
"""The `INSERT` of each engine, which can leave alone what is there already."""

Insert = Callable[[type[SQLModel], Sequence[Mapping[str, Any]]], None]


@contextmanager
def writing_behind(records: Records) -> Iterator[Insert]:
    """Insert rows in a thread of their own, in order, while the next ones are made ready.

    Inside the block nothing else may use `records.db`. What goes wrong is raised in the block or at its end.
    """
    connection = records.db.connection()
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(1, "writing-behind") as hand:

        def insert(table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
            if rows:
                # What is made ready here is what needs Python: the hand is to be left to the database alone.
                waiting.append(hand.submit(_write, connection, *_made_ready(connection, table, rows)))
            if len(waiting) > MOST_WAITING:
                waiting.popleft().result()

        yield insert
        for writing in waiting:
            writing.result()


def insert_rows(records: Records, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, which all name the same columns; where they lack an `id`, each gets one.

    SQLAlchemy's own way looks at every row and value anew; this looks at each column once.
    """
    if rows:
        connection = records.db.connection()
        _write(connection, *_made_ready(connection, table, rows))


@dataclass(frozen=True, slots=True)
class _Statement:
    """An insert in the driver's words: its columns in their order, and what makes values ready for them."""

    text: str
    order: tuple[str, ...]
    converts: Mapping[str, Convert]


@lru_cache(maxsize=64)
def _statement(table: type[SQLModel], names: tuple[str, ...], dialect: Dialect) -> _Statement:
    compiled = insert(table).compile(dialect=dialect, column_keys=names)
    converts = cast(Mapping[str, Convert], compiled._bind_processors)
    return _Statement(str(compiled), tuple(compiled.positiontup or names), converts)


def _made_ready(
    connection: Connection, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]
) -> tuple[_Statement, list[tuple[Any, ...]]]:
    """The statement for some rows, and the rows as the driver takes them."""
    names = tuple(rows[0])
    columns: dict[str, Sequence[Any]] = dict(
        zip(names, zip(*[row.values() for row in rows], strict=True), strict=True)
    )
    if "id" not in columns:
        columns["id"] = tables.new_ids(len(rows))
    statement = _statement(table, tuple(columns), connection.dialect)
    is_sqlite = connection.dialect.name == "sqlite"
    for name, convert in statement.converts.items():
        columns[name] = _converted(columns[name], convert, is_sqlite=is_sqlite)
    return statement, list(zip(*[columns[name] for name in statement.order], strict=True))


def _write(connection: Connection, statement: _Statement, rows: Sequence[tuple[Any, ...]]) -> None:
    """Hand rows to the driver; to SQLite many by each statement, for meanwhile other threads may work."""
    if connection.dialect.name != "sqlite":
        named = [dict(zip(statement.order, row, strict=True)) for row in rows]
        connection.exec_driver_sql(statement.text, named)
        return
    head, values, one = statement.text.partition(" VALUES ")
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
    return moment.isoformat(" ", "microseconds")[: -len("+00:00")]
