"""The records of an empty practice, on each engine in turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.practice import Practice, open_practice


@pytest.fixture
def practice(tmp_path: Path, database_url: str) -> Iterator[Practice]:
    opened = open_practice(tmp_path, database_url)
    yield opened
    opened.app.close()
