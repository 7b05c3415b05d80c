"""Writes many rows at once, at nearly the bare driver's speed; a first reading may bring thousands."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import insert
from sqlmodel import SQLModel

from sync.store.records import Records

Convert = Callable[[Any], Any]


def insert_rows(records: Records, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, which all name the same columns, in one statement run once for each.

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
    ready = zip(*(columns[name] for name in order), strict=True)
    if compiled.positional:
        connection.exec_driver_sql(str(compiled), list(ready))
    else:
        connection.exec_driver_sql(str(compiled), [dict(zip(order, row, strict=True)) for row in ready])


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
