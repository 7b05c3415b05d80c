"""Which schema this program knows; asked at every start, without loading the migration tool."""

from sqlalchemy import inspect, text

from models.database import Database
from models.errors import DatabaseBehind

HEAD = "0009"
"""The latest migration; a test compares it with the files."""


def schema_version(database: Database) -> str | None:
    """The schema that the database has; None for an empty one."""
    with database.reading() as db:
        connection = db.connection()
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if found is None else str(found)


def require_schema(database: Database) -> None:
    """Raise `DatabaseBehind` unless the database has exactly the schema that this program knows."""
    found = schema_version(database)
    if found is None:
        raise DatabaseBehind("The database is empty: it has not been set up.")
    if found > HEAD:
        raise DatabaseBehind(
            "The database was made by a newer version of this program.",
            "Install that version or a newer one.",
        )
    if found != HEAD:
        raise DatabaseBehind("The database was made by an older version of this program.")
