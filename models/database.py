"""Opens the database and hands out transactions; SQLite and PostgreSQL by one code."""

import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool
from sqlmodel import Session as DatabaseSession

from models.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseError,
    DatabaseMissing,
    DatabaseUnreachable,
    DatabaseUnwritable,
)

BUSY_SECONDS = 30
"""How long a writer waits for another; every write transaction is short."""


class Database:
    """One database, open. `transaction()` writes all or nothing; `reading()` sees one state."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._outer: Connection | None = None
        self._turn = threading.RLock()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @property
    def serves_threads(self) -> bool:
        """Whether several threads may use it at once: a rehearsal is one connection, for one thread."""
        return self._outer is None and not isinstance(self.engine.pool, StaticPool)

    @contextmanager
    def reading(self) -> Iterator[DatabaseSession]:
        """A handle to read with; what it sees does not change under it."""
        with self._session(write=False) as db:
            yield db

    @contextmanager
    def transaction(self) -> Iterator[DatabaseSession]:
        """A handle to write with: committed on leaving, undone on any error.

        On SQLite the write lock is taken at the start (`BEGIN IMMEDIATE`), so that two writers
        wait for each other instead of failing half-way.
        """
        with self._in_turn(), self._session(write=True) as db:
            yield db
            db.commit()

    @contextmanager
    def rehearsal(self) -> Iterator["Database"]:
        """A database in which everything works as ever, and of which nothing stays.

        For SQLite it is a copy in memory, so that nobody has to wait for its end; for PostgreSQL one
        transaction that is undone.
        """
        rehearsed = Database(_memory_copy(self.engine) if self.dialect == "sqlite" else self.engine)
        if self.dialect == "sqlite":
            try:
                yield rehearsed
            finally:
                rehearsed.close()
            return
        with _own_errors(), self.engine.connect() as connection:
            outer = connection.execution_options(write=True).begin()
            rehearsed._outer = connection
            try:
                yield rehearsed
            finally:
                outer.rollback()

    @contextmanager
    def _session(self, *, write: bool) -> Iterator[DatabaseSession]:
        with _own_errors():
            if self._outer is not None:
                with DatabaseSession(
                    self._outer, expire_on_commit=False, join_transaction_mode="create_savepoint"
                ) as db:
                    yield db
                return
            with self.engine.connect() as connection:
                options: dict[str, Any] = {"write": write}
                if not write and self.dialect == "postgresql":
                    options["isolation_level"] = "REPEATABLE READ"
                bound = connection.execution_options(**options)
                with DatabaseSession(bound, expire_on_commit=False) as db:
                    yield db

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """One writing thread of this process after the other.

        SQLite lets one write and has the others look again and again, now one, now another; many
        threads would wait needlessly, and one of them perhaps for too long.
        """
        if self.dialect != "sqlite":
            yield
            return
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise DatabaseBusy(_BUSY)
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def open_database(url: str, *, create: bool = False) -> Database:
    """Open the database at `url` (`sqlite:///…` or `postgresql+psycopg://…`).

    Raises `DatabaseMissing` when a SQLite file is not there and `create` is not asked for, and
    `DatabaseDamaged` when it is there but is no sound database. Nothing is ever created over,
    renamed or repaired.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as odd:
        raise DatabaseError(
            "`database.url` cannot be understood.", "See docs/settings.md for its form."
        ) from odd
    if parsed.get_backend_name() == "sqlite":
        _check_file(Path(parsed.database or ""), create=create)
        engine = create_engine(
            parsed,
            hide_parameters=True,
            connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif parsed.get_backend_name() == "postgresql":
        with _driver_named():
            engine = create_engine(parsed, hide_parameters=True, pool_pre_ping=True)
    else:
        raise DatabaseError(
            "The settings name a kind of database that is not supported.",
            "Use `sqlite:///…` or `postgresql+psycopg://…` in `database.url`.",
        )
    database = Database(engine)
    with _own_errors(), engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    return database


def _memory_copy(engine: Engine) -> Engine:
    """A copy of a SQLite database in memory, reached by one connection."""
    copy = create_engine(
        "sqlite://",
        hide_parameters=True,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
    )
    event.listen(copy, "connect", _prepare_sqlite)
    event.listen(copy, "begin", _begin_sqlite)
    with _own_errors(), engine.connect() as there, copy.connect() as here:
        original, target = there.connection.driver_connection, here.connection.driver_connection
        assert isinstance(original, sqlite3.Connection)  # noqa: S101 - this engine's own driver
        assert isinstance(target, sqlite3.Connection)  # noqa: S101 - likewise
        original.backup(target)
    return copy


@contextmanager
def _driver_named() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as missing:
        raise DatabaseError(
            "The PostgreSQL driver is not installed.", "Install it: `pip install 'practice-sync[postgres]'`."
        ) from missing


def _check_file(path: Path, *, create: bool) -> None:
    """Look before SQLite does, because it would silently create what is missing."""
    try:
        size = path.stat().st_size if path.exists() else 0
    except OSError as trouble:
        raise DatabaseUnwritable("The folder of the database cannot be read.") from trouble
    if size == 0 and not create:
        raise DatabaseMissing("There is no database yet.")
    if size == 0:
        _create_private(path)
        return
    try:
        with path.open("rb") as file:
            header = file.read(16)
    except OSError as trouble:
        raise DatabaseUnwritable("The database file cannot be read.") from trouble
    if header != b"SQLite format 3\x00":
        raise DatabaseDamaged("The database file is there, but it is not a SQLite database.")


def _create_private(path: Path) -> None:
    """Make the empty file ours alone; SQLite gives its journal the same rights."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as trouble:
        raise DatabaseUnwritable("The database cannot be created where the settings say.") from trouble


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that DDL is rolled back too
    connection.execute("PRAGMA page_size = 8192")  # of a new file: fewer pages to write, and to wait for
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a note acknowledged is a note on the disk
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cache_size = -32768")  # KiB: a first reading touches many index pages
    connection.execute("PRAGMA secure_delete = ON")


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


_BUSY = "Something else has held the database for too long."

_TROUBLES: tuple[tuple[str, type[DatabaseError], str], ...] = (
    (r"malformed|not a database|file is encrypted", DatabaseDamaged, "The database file is damaged."),
    (r"readonly|read-only", DatabaseUnwritable, "The database cannot be written: its disk is read-only."),
    (r"disk is full|No space left", DatabaseUnwritable, "The database cannot be written: the disk is full."),
    (r"unable to open|disk I/O error", DatabaseUnwritable, "The database file cannot be opened or written."),
    (r"database is locked", DatabaseBusy, _BUSY),
    (
        r"connection (failed|refused|timeout)|could not connect|server closed|terminating connection"
        r"|password authentication|does not exist",
        DatabaseUnreachable,
        "The PostgreSQL server did not let us in or did not answer.",
    ),
)


@contextmanager
def _own_errors() -> Iterator[None]:
    """Put the troubles that a person can mend into our words; all else is a bug and passes."""
    try:
        yield
    except NoConnectionFree as trouble:
        raise DatabaseBusy(_BUSY) from trouble
    except (DBAPIError, sqlite3.Error) as trouble:
        said = str(getattr(trouble, "orig", trouble))
        for pattern, error, what in _TROUBLES:
            if re.search(pattern, said, re.IGNORECASE):
                raise error(what) from trouble
        raise
