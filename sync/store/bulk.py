"""Writes many rows at once, at nearly the bare driver's speed; a first reading may bring thousands."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import insert
from sqlmodel import SQLModel

from sync.store.records import Records

Convert = Callable[[Any], Any]


def insert_rows(records: Records, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, which all name the same columns, in one statement run once for each.

    What the columns' types do to a value (SQLite has no moments of its own) is done here, and for a
    moment only once, because moments repeat and SQLAlchemy would convert each one anew.
    """
    if not rows:
        return
    connection = records.db.connection()
    names = list(rows[0])
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=names)
    columns = dict(zip(names, zip(*(row.values() for row in rows), strict=True), strict=True))
    for name, convert in compiled._bind_processors.items():
        columns[name] = tuple(_converted(columns[name], cast(Convert, convert), records.moments))
    order = compiled.positiontup or names
    ready = zip(*(columns[name] for name in order), strict=True)
    if compiled.positional:
        connection.exec_driver_sql(str(compiled), list(ready))
    else:
        connection.exec_driver_sql(str(compiled), [dict(zip(order, row, strict=True)) for row in ready])


def _converted(values: Iterable[Any], convert: Convert, seen: dict[datetime, Any]) -> Iterator[Any]:
    for value in values:
        if not isinstance(value, datetime):
            yield convert(value)
            continue
        if value not in seen:
            seen[value] = convert(value)
        yield seen[value]
