"""An empty SQLite database of today's schema, copied from one that was migrated once in this process."""

import atexit
import os
import shutil
from functools import cache
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from sqlalchemy import make_url

from models.database import open_database
from models.migrate import migrate

_PLACE = gettempdir()
"""Asked for before any test, for some have a place of their own, which goes with them."""


def lay_migrated(database_url: str) -> None:
    """Save a test the migration, which takes longer than most tests; PostgreSQL copies no faster."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return
    file = Path(url.database or "")
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_migrated_file(), file)


@cache
def _migrated_file() -> Path:
    folder = Path(mkdtemp(prefix="practice-sync-migrated-", dir=_PLACE))
    atexit.register(_remove, folder, os.getpid())
    file = folder / "practice.db"
    database = open_database(f"sqlite:///{file}", create=True)
    migrate(database)
    database.close()
    return file


def _remove(folder: Path, owner: int) -> None:
    """A child that was forked ends, too, and it is not the child's."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
