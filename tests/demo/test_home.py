"""The sample's home: a place of its own, away from everything that is the user's."""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.demo.home import found_practice, make_home, own_surroundings
from sync.errors import Refused
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World


@pytest.fixture(autouse=True)
def temporary_files_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_the_key_does_not_lie_in_the_home() -> None:
    homes = [make_home(None), make_home(Path(tempfile.gettempdir()) / "chosen")]

    assert [False, False] == [home.key_folder.is_relative_to(home.folder) for home in homes]


def test_removing_what_was_made_removes_home_and_key() -> None:
    for home in (make_home(None), make_home(Path(tempfile.gettempdir()) / "chosen")):
        assert any(home.folder.is_relative_to(made) for made in home.made)
        assert any(home.key_folder.is_relative_to(made) for made in home.made)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")

    with pytest.raises(Refused, match="not empty"):
        make_home(folder)
    with pytest.raises(Refused, match="not empty"):
        make_home(folder / "letter.txt")
    assert ["letter.txt"] == [file.name for file in folder.iterdir()]


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()

    assert folder == make_home(folder).folder


def test_a_folder_that_cannot_be_made_is_refused_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    home = make_home(tmp_path / "letter.txt" / "home")
    now = datetime(2026, 6, 10, tzinfo=UTC)

    with pytest.raises(Refused, match="cannot be written") as refusal:
        found_practice(home, Sandbox(World(lambda: now)), now)

    assert "--home" in refusal.value.advice


def test_the_users_own_settings_and_proxies_stay_out_and_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = {
        "PRACTICE_SYNC_HOME": "/mine",
        "PRACTICE_SYNC_DATABASE__URL": "sqlite:////mine.db",
        "http_proxy": "http://proxy.example:3128",
        "HTTP_PROXY": "http://proxy.example:3128",
    }
    for name, value in mine.items():
        monkeypatch.setenv(name, value)

    with own_surroundings() as set_aside:
        inside = set(mine) & set(os.environ)

    assert set() == inside
    assert ("PRACTICE_SYNC_DATABASE__URL",) == set_aside
    assert mine == {name: os.environ.get(name) for name in mine}
