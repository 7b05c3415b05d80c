"""Setting up a practice, setting it up again, and opening it on a fresh machine."""

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.errors import (
    DatabaseDamaged,
    DatabaseMissing,
    KeyMissing,
    KeyUnsafe,
    PracticeError,
    SealBroken,
    VaultError,
    WrongKey,
)
from models.recovery import CodeMistyped, new_recovery_code
from sync.app import open_app
from sync.errors import Refused, SettingsError
from sync.settings import load_settings
from sync.setup import SetUp, recover, require_new_home, set_up
from sync.store.clients import add_client, clients
from sync.store.practitioners import add_practitioner

NOW = datetime(2026, 6, 10, 8, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def found(home: Path) -> SetUp:
    """A practice with one client, Jo."""
    made = set_up(home, NOW, use_keychain=False)
    app = open_app(made.settings)
    with app.writing() as records:
        ana = add_practitioner(records, "Ana Okafor", "ana@practice.example", NOW)
        add_client(records, ana.id, "Jo Bloggs", NOW)
    app.close()
    return made


def names(home: Path) -> list[str]:
    """The clients, as far as the key that is here opens them."""
    app = open_app(load_settings(home))
    with app.reading() as records:
        known = [client.name for client in clients(records)]
    app.close()
    return known


def contents(*folders: Path) -> dict[str, bytes]:
    """Every file but SQLite's own journal and index, which reading may make and remove."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes() for path in files if not path.name.endswith(("-wal", "-shm"))}


def another_practices_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A sound key file that belongs to another practice."""
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XDG_CONFIG_HOME", str(tmp_path / "elsewhere" / "config"))
        made = set_up(tmp_path / "elsewhere" / "home", NOW, use_keychain=False)
    return made.settings.key.file.read_bytes()


def test_the_first_set_up_makes_all_and_tells_the_recovery_code(home: Path) -> None:
    made = set_up(home, NOW, use_keychain=False)

    assert made.migrated
    assert made.recovery_code is not None
    assert {"settings.toml", "practice.db"} <= {path.name for path in home.iterdir()}
    assert not made.settings.key.file.is_relative_to(home), "the key would be copied with every backup"
    assert 0o600 == made.settings.key.file.stat().st_mode & 0o777
    assert made.recovery_code not in repr(made)


def test_the_recovery_code_is_kept_nowhere(home: Path, tmp_path: Path) -> None:
    code = set_up(home, NOW, use_keychain=False).recovery_code or ""

    bare = code.replace("-", "").encode()
    assert [] == [name for name, held in contents(tmp_path).items() if code.encode() in held or bare in held]


def test_setting_up_twice_changes_nothing(home: Path, tmp_path: Path) -> None:
    found(home)
    before = contents(tmp_path)

    again = set_up(home, NOW, use_keychain=False)

    assert (False, None) == (again.migrated, again.recovery_code)
    assert before == contents(tmp_path)
    assert ["Jo Bloggs"] == names(home)


def test_what_is_wrong_with_the_key_is_told_apart_before_anything_is_written(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = found(home).settings.key.file
    own, other = key.read_bytes(), another_practices_key(tmp_path, monkeypatch)
    said: list[tuple[str, str]] = []

    def trouble(kind: type[PracticeError]) -> None:
        before = contents(home)
        for action in (lambda: open_app(load_settings(home)), lambda: set_up(home, NOW, use_keychain=False)):
            with pytest.raises(kind) as raised:
                action()
            said.append((str(raised.value), raised.value.advice))
        assert before == contents(home)

    key.unlink()
    trouble(KeyMissing)
    assert not key.exists(), "a new key was made for a database that has one"
    key.write_bytes(other)
    key.chmod(0o600)
    trouble(WrongKey)
    key.write_bytes(own)
    key.chmod(0o644)
    trouble(KeyUnsafe)
    key.write_bytes(own.replace(own.split()[-1], b"00000000"))
    key.chmod(0o600)
    trouble(KeyUnsafe)

    assert said[0::2] == said[1::2], "the door and the set-up should say the same"
    assert 4 == len(set(said))
    key.write_bytes(own)
    assert ["Jo Bloggs"] == names(home)


def fresh_machine(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Another machine with another place for keys, onto which only the database was copied."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "fresh" / "config"))
    there = tmp_path / "fresh" / "home"
    there.mkdir(parents=True)
    shutil.copy(home / "practice.db", there)
    return there


def test_the_recovery_code_opens_the_database_on_a_fresh_machine(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = found(home)
    there = fresh_machine(home, monkeypatch, tmp_path)
    code = made.recovery_code or ""

    opened = recover(there, lambda: code.lower().replace("-", " "))

    assert opened.settings.key.file.is_relative_to(tmp_path / "fresh")
    assert ["Jo Bloggs"] == names(there)
    assert opened.recovery_code is None


@pytest.mark.parametrize(
    ("typed", "error"),
    [("", CodeMistyped), ("ABCD", CodeMistyped), (new_recovery_code(), WrongKey)],
    ids=["nothing", "too little", "another practice's"],
)
def test_a_wrong_recovery_code_is_refused_and_nothing_is_written(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, error: type[VaultError]
) -> None:
    found(home)
    there = fresh_machine(home, monkeypatch, tmp_path)
    before = contents(tmp_path / "fresh")

    with pytest.raises(error):
        recover(there, lambda: typed)

    assert before == contents(tmp_path / "fresh")


def test_where_there_is_no_database_there_is_nothing_to_recover(home: Path) -> None:
    home.mkdir()

    with pytest.raises(DatabaseMissing):
        recover(home, lambda: pytest.fail("the code was asked for in vain"))

    assert [] == list(home.iterdir())


def test_a_damaged_recovery_slot_is_told_from_a_wrong_code(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = found(home).recovery_code or ""
    there = fresh_machine(home, monkeypatch, tmp_path)
    _spoil_recovery_slot(there / "practice.db")

    with pytest.raises(SealBroken):
        recover(there, lambda: code)


def _spoil_recovery_slot(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE key_slot SET value = x'01020304' WHERE kind = 'recovery'")


def test_a_recovery_over_the_key_that_is_there_leaves_it_alone(home: Path) -> None:
    made = found(home)
    key = made.settings.key.file
    before = key.read_bytes()

    with pytest.raises(KeyUnsafe):
        recover(home, lambda: made.recovery_code or "")

    assert before == key.read_bytes()
    assert ["Jo Bloggs"] == names(home)


def test_a_set_up_that_was_interrupted_after_its_key_goes_on_with_that_key(home: Path) -> None:
    made = set_up(home, NOW, use_keychain=False)
    for file in home.glob("practice.db*"):
        file.unlink()
    key = made.settings.key.file.read_bytes()

    again = set_up(home, NOW, use_keychain=False)

    assert (True, key) == (again.migrated, made.settings.key.file.read_bytes())
    assert again.recovery_code not in (None, made.recovery_code)
    open_app(again.settings).close()


def test_a_set_up_that_was_interrupted_after_its_settings_goes_on(home: Path) -> None:
    made = set_up(home, NOW, use_keychain=False)
    settings = (home / "settings.toml").read_bytes()
    for file in [*home.glob("practice.db*"), made.settings.key.file]:
        file.unlink()

    again = set_up(home, NOW, use_keychain=False)

    assert settings == (home / "settings.toml").read_bytes()
    assert again.recovery_code is not None


def test_a_database_without_its_keys_mark_is_not_opened(home: Path) -> None:
    made = set_up(home, NOW, use_keychain=False)
    with sqlite3.connect(home / "practice.db") as connection:
        connection.execute("DELETE FROM key_slot")

    with pytest.raises(PracticeError, match="not finished"):
        open_app(made.settings)


def test_a_damaged_database_is_never_set_up_anew(home: Path) -> None:
    set_up(home, NOW, use_keychain=False)
    (home / "practice.db").write_bytes(b"not a database at all")

    with pytest.raises(DatabaseDamaged):
        set_up(home, NOW, use_keychain=False)

    assert b"not a database at all" == (home / "practice.db").read_bytes()


def test_her_own_settings_are_never_replaced(home: Path, tmp_path: Path) -> None:
    home.mkdir()
    own = f'# mine\n[key]\nplace = "file"\nfile = "{tmp_path / "keys" / "mine"}"\n'
    (home / "settings.toml").write_text(own)

    made = set_up(home, NOW, use_keychain=False)

    assert own == (home / "settings.toml").read_text()
    assert tmp_path / "keys" / "mine" == made.settings.key.file


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SettingsError):
        set_up(tmp_path / "file" / "home", NOW, use_keychain=False)


def test_a_folder_with_something_else_in_it_is_no_new_home(home: Path) -> None:
    home.mkdir()
    require_new_home(home)
    (home / "letters").touch()

    with pytest.raises(Refused):
        require_new_home(home)

    (home / "settings.toml").touch()
    require_new_home(home)
