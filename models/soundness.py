"""Asks a database whether it is sound."""

from sqlalchemy import text

from models.database import Database
from models.errors import DatabaseDamaged


def require_sound(database: Database) -> None:
    """Raise `DatabaseDamaged` when a SQLite file has damaged pages or records that point nowhere.

    PostgreSQL checks its pages itself, on every read.
    """
    if database.dialect != "sqlite":
        return
    with database.reading() as db:
        connection = db.connection()
        answer = connection.execute(text("PRAGMA quick_check")).scalar()
        stray = connection.execute(text("PRAGMA foreign_key_check")).first()
    if answer != "ok" or stray is not None:
        raise DatabaseDamaged("The database file is damaged.")
