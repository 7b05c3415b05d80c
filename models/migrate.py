"""Brings a database to the schema that this program knows, and says when it is not there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from models.database import Database
from models.errors import DatabaseDamaged
from models.schema import HEAD, schema_version


def migrate(database: Database) -> bool:
    """Run what is missing, all or nothing; whether anything was.

    Raises `DatabaseDamaged` when foreign keys do not hold afterwards; nothing is kept then.
    """
    if schema_version(database) == HEAD:
        return False
    with database.engine.connect() as connection:
        if database.dialect == "sqlite":
            # A table rebuilt with foreign keys on would take its children's rows along. Said to the driver
            # itself: within a transaction, which any other way would begin, SQLite does not listen.
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        connection.execution_options(write=True)
        with connection.begin():
            command.upgrade(_config(connection), HEAD)
            _check_foreign_keys(connection, database.dialect)
        connection.invalidate()  # the next one is opened with foreign keys on again
    return True


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _check_foreign_keys(connection: Connection, dialect: str) -> None:
    if dialect != "sqlite":
        return
    if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise DatabaseDamaged("After the migration some records pointed nowhere, so it was undone.")
