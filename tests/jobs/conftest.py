"""A practice for each test of a job: on SQLite, and where the database has a say on both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.practice import Practice, open_practice


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'home' / 'practice.db'}"


@pytest.fixture
def practice(tmp_path: Path, sqlite_url: str) -> Iterator[Practice]:
    opened = open_practice(tmp_path, sqlite_url)
    yield opened
    opened.app.close()


@pytest.fixture
def on_each(tmp_path: Path, database_url: str) -> Iterator[Practice]:
    """The same practice on SQLite and on PostgreSQL."""
    opened = open_practice(tmp_path, database_url)
    yield opened
    opened.app.close()
