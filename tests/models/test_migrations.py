"""Bringing a database to the schema this program knows: from nothing, once, all or nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from models import tables
from models.database import Database, open_database
from models.errors import DatabaseBehind
from models.migrate import migrate
from models.migrations import versions
from models.schema import HEAD, require_schema, schema_version


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    """A database with nothing in it, on each engine in turn."""
    opened = open_database(database_url, create=True)
    yield opened
    opened.close()


def table_names(database: Database) -> set[str]:
    with database.engine.connect() as connection:
        return set(inspect(connection).get_table_names())


def test_from_nothing_the_migrations_make_exactly_the_tables_of_the_models(empty: Database) -> None:
    assert migrate(empty)

    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [] == compare_metadata(context, SQLModel.metadata)
    assert set(SQLModel.metadata.tables) | {"alembic_version"} == table_names(empty)
    assert tables.Session.__tablename__ in table_names(empty)


def test_migrating_twice_does_nothing_the_second_time(empty: Database) -> None:
    assert [True, False] == [migrate(empty), migrate(empty)]


def test_the_head_is_the_latest_of_the_files() -> None:
    files = sorted(Path(str(versions.__path__[0])).glob("m*.py"))
    texts = [file.read_text() for file in files]
    revisions = [match[1] for one in texts if (match := re.search(r'^revision = "(\w+)"', one, re.MULTILINE))]

    assert HEAD == revisions[-1]
    assert revisions == sorted(set(revisions))
    assert len(files) == len(revisions)


def test_foreign_keys_are_off_during_a_migration_and_on_after_it(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'practice.db'}", create=True)
    during: list[object] = []

    def look(connection: Connection) -> None:
        cursor = connection.connection.cursor()
        cursor.execute("PRAGMA foreign_keys")
        during.extend(cursor.fetchall())

    event.listen(database.engine, "commit", look)
    migrate(database)
    event.remove(database.engine, "commit", look)

    with database.reading() as db:
        after = db.connection().execute(text("PRAGMA foreign_keys")).scalar()
    assert ([(0,)], 1) == (during, after)
    database.close()


def test_a_migration_that_fails_half_way_leaves_nothing(empty: Database) -> None:
    with empty.engine.connect() as connection, connection.execution_options(write=True).begin():
        connection.execute(text("CREATE TABLE session (in_the_way INTEGER)"))

    with pytest.raises(DBAPIError):
        migrate(empty)

    assert {"session"} == table_names(empty)
    assert schema_version(empty) is None


def test_an_empty_database_is_behind_and_says_what_to_do(empty: Database) -> None:
    with pytest.raises(DatabaseBehind, match="empty") as raised:
        require_schema(empty)

    assert "practice-sync init" in raised.value.advice


def set_version(database: Database, version: str) -> None:
    with database.transaction() as db:
        db.connection().execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


def test_only_the_schema_that_this_program_knows_will_do(empty: Database) -> None:
    migrate(empty)
    require_schema(empty)

    set_version(empty, "9999")
    with pytest.raises(DatabaseBehind, match="newer") as newer:
        require_schema(empty)
    set_version(empty, "0000")
    with pytest.raises(DatabaseBehind, match="older"):
        require_schema(empty)

    assert "init" not in newer.value.advice
