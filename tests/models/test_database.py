"""The database: all or nothing, one state at a time, and plain words for what a person can mend."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import select

from models import tables
from models.database import Database, open_database
from models.errors import (
    DatabaseDamaged,
    DatabaseError,
    DatabaseMissing,
    DatabaseUnreachable,
    DatabaseUnwritable,
)
from models.migrate import migrate

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database, on each engine in turn."""
    opened = open_database(database_url, create=True)
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A migrated SQLite file, closed."""
    path = tmp_path / "practice.db"
    opened = open_database(f"sqlite:///{path}", create=True)
    migrate(opened)
    opened.close()
    return path


def run(kind: str = "pull") -> tables.Run:
    return tables.Run(kind=kind, started_at=NOON, finished_at=NOON, outcome="fine", counts={})


def kinds(database: Database) -> list[str]:
    with database.reading() as db:
        return sorted(db.exec(select(tables.Run.kind)))


def test_what_a_transaction_wrote_is_kept_and_can_be_read_after_it(database: Database) -> None:
    with database.transaction() as db:
        written = run()
        db.add(written)

    assert ("pull", ["pull"]) == (written.kind, kinds(database))


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with suppress(ZeroDivisionError), database.transaction() as db:
        db.add(run())
        db.flush()
        _ = 1 // 0

    assert [] == kinds(database)


def test_a_reading_cannot_leave_anything_behind(database: Database) -> None:
    with database.reading() as db:
        db.add(run())
        db.flush()

    assert [] == kinds(database)


def test_a_reading_sees_one_state(database: Database) -> None:
    with database.reading() as db:
        before = list(db.exec(select(tables.Run.kind)))
        with database.transaction() as other:
            other.add(run())
        after = list(db.exec(select(tables.Run.kind)))

    assert ([], [], ["pull"]) == (before, after, kinds(database))


def test_two_writers_wait_for_each_other(database: Database) -> None:
    holds, others = Event(), []

    def other_writes() -> None:
        holds.wait(10)
        with database.transaction() as db:
            others.append(list(db.exec(select(tables.Run.kind))))
            db.add(run("second"))

    thread = Thread(target=other_writes)
    thread.start()
    with database.transaction() as db:
        db.add(run("first"))
        db.flush()
        if database.dialect == "sqlite":
            holds.set()
            thread.join(0.2)
            assert thread.is_alive(), "the second writer did not wait at its start"
    holds.set()
    thread.join(10)

    assert ([["first"]], ["first", "second"]) == (others, kinds(database))


def test_on_sqlite_a_write_transaction_takes_the_lock_at_its_start(file: Path) -> None:
    database, other = open_database(f"sqlite:///{file}"), sqlite3.connect(file, timeout=0)
    with database.transaction() as db:
        db.connection()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    with database.reading() as db:
        db.exec(select(tables.Run.kind)).all()
        other.execute("BEGIN IMMEDIATE")
    other.close()
    database.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("foreign_keys", 1), ("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1)],
)
def test_on_sqlite_every_connection_is_safe(file: Path, pragma: str, value: object) -> None:
    database = open_database(f"sqlite:///{file}")
    with database.reading() as db:
        assert value == db.connection().execute(text(f"PRAGMA {pragma}")).scalar()
    database.close()


def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as db:
        db.add(tables.Member(client_id="nobody", position=1, name_sealed=b""))


def test_a_moment_comes_back_in_utc_and_one_without_a_zone_is_refused(database: Database) -> None:
    west = NOON.astimezone(timezone(timedelta(hours=-7)))
    with database.transaction() as db:
        db.add(tables.Run(kind="a", started_at=west, finished_at=west, outcome="fine", counts={}))

    with database.reading() as db:
        [row] = db.exec(select(tables.Run))
    assert (NOON, timedelta(0)) == (row.started_at, row.started_at.utcoffset())
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(StatementError), database.transaction() as db:
        db.add(tables.Run(kind="b", started_at=naive, finished_at=naive, outcome="fine", counts={}))


def test_a_rehearsal_leaves_nothing_though_all_goes_as_ever_within_it(database: Database) -> None:
    with database.rehearsal() as rehearsed:
        with rehearsed.transaction() as db:
            written = run("rehearsed")
            db.add(written)
        within = (kinds(rehearsed), written.kind)
        with suppress(ZeroDivisionError), rehearsed.transaction() as db:
            db.add(run("undone"))
            db.flush()
            _ = 1 // 0
        after_a_failure = kinds(rehearsed)

    assert (["rehearsed"], "rehearsed") == within
    assert ["rehearsed"] == after_a_failure
    assert [] == kinds(database)


def test_after_a_rehearsal_that_failed_the_database_writes_as_ever(database: Database) -> None:
    with suppress(ZeroDivisionError), database.rehearsal() as rehearsed:
        with rehearsed.transaction() as db:
            db.add(run("rehearsed"))
        _ = 1 // 0

    with database.transaction() as db:
        db.add(run("real"))
    assert ["real"] == kinds(database)


def test_a_missing_file_is_not_made_unless_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "not there" / "practice.db"

    with pytest.raises(DatabaseMissing):
        open_database(f"sqlite:///{path}")

    assert not path.parent.exists()


def test_an_empty_file_is_no_database_yet(tmp_path: Path) -> None:
    (tmp_path / "practice.db").touch()

    with pytest.raises(DatabaseMissing):
        open_database(f"sqlite:///{tmp_path / 'practice.db'}")


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "practice.db"

    open_database(f"sqlite:///{path}", create=True).close()

    assert [0o700, 0o600] == [place.stat().st_mode & 0o777 for place in (path.parent, path)]


@pytest.mark.parametrize("create", [False, True])
def test_a_damaged_header_is_told_and_the_file_left_as_it_is(file: Path, create: bool) -> None:
    content = b"Sqlite format 3\x00" + file.read_bytes()[16:]
    file.write_bytes(content)

    with pytest.raises(DatabaseDamaged):
        open_database(f"sqlite:///{file}", create=create)

    assert content == file.read_bytes()


def test_a_damaged_page_is_told_when_it_is_met(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[100:4096] = b"\xff" * 3996
    file.write_bytes(content)

    with pytest.raises(DatabaseDamaged):
        kinds(open_database(f"sqlite:///{file}"))


def test_a_folder_in_the_files_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnwritable):
        open_database(f"sqlite:///{tmp_path}", create=True)


def test_a_place_that_no_folder_can_be_made_in_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").touch()

    with pytest.raises(DatabaseUnwritable):
        open_database(f"sqlite:///{tmp_path / 'home' / 'practice.db'}", create=True)


def write(database: Database, *before: str, rows: int = 1) -> None:
    """Write rows after some statements on the same connection."""
    with database.transaction() as db:
        for statement in before:
            db.connection().execute(text(statement))
        db.add_all([run("x" * 100) for _ in range(rows)])


def test_a_read_only_database_is_told_and_nothing_is_kept(file: Path) -> None:
    database = open_database(f"sqlite:///{file}")

    with pytest.raises(DatabaseUnwritable, match="read-only"):
        write(database, "PRAGMA query_only = ON")  # modes would not stop an administrator
    database.close()

    assert [] == kinds(open_database(f"sqlite:///{file}"))


def test_a_journal_that_cannot_be_made_is_told(file: Path) -> None:
    journal = file.with_name(f"{file.name}-wal")
    journal.unlink(missing_ok=True)
    journal.mkdir()

    with pytest.raises(DatabaseUnwritable):
        open_database(f"sqlite:///{file}")


def test_a_full_disk_is_told_and_nothing_is_kept(file: Path) -> None:
    database = open_database(f"sqlite:///{file}")

    with pytest.raises(DatabaseUnwritable, match="full"):
        write(database, "PRAGMA max_page_count = 1", rows=2000)

    assert [] == kinds(database)
    database.close()


def test_another_kind_of_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="not supported"):
        open_database("oracle://somewhere/x")


def test_a_server_that_does_not_answer_is_told() -> None:
    with pytest.raises(DatabaseUnreachable):
        open_database("postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=2")


def test_an_error_never_repeats_what_was_to_be_written(database: Database) -> None:
    with database.transaction() as db:
        db.add(tables.KeySlot(kind="Jo Bloggs", value=b"", created_at=NOON))

    with pytest.raises(IntegrityError) as raised, database.transaction() as db:
        db.add(tables.KeySlot(kind="Jo Bloggs", value=b"zebra", created_at=NOON))

    assert "zebra" not in str(raised.value)


def test_nobody_has_to_wait_for_a_rehearsal(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'practice.db'}", create=True)
    migrate(database)

    with database.rehearsal() as rehearsed, rehearsed.transaction() as db:
        db.add(run("rehearsed"))
        db.flush()
        with database.transaction() as meanwhile:
            meanwhile.add(run("real"))

    assert ["real"] == kinds(database)
    database.close()
