"""Passwords: kept where the root key is kept, found again there, and refused where others get at them."""

from pathlib import Path

import keyring
import pytest

from models.errors import KeyUnsafe
from sync.adapters.secret_store import SMTP_PASSWORD, SecretStore, secret_store
from sync.settings import load_settings
from tests.adapters.test_keychain import SecretService, _restored_keyring

__all__ = ["_restored_keyring"]

PASSWORD = "correct horse ü battery"


@pytest.fixture
def files(tmp_path: Path) -> SecretStore:
    return SecretStore(None, tmp_path / "secrets", [tmp_path / "data"])


def test_a_password_nobody_gave_is_none(files: SecretStore) -> None:
    assert None is files.read(SMTP_PASSWORD)


def test_a_password_in_a_file_is_read_back_and_may_change(files: SecretStore) -> None:
    files.write(SMTP_PASSWORD, "first")
    files.write(SMTP_PASSWORD, PASSWORD)

    assert files.read(SMTP_PASSWORD) == PASSWORD
    assert [0o600] == [path.stat().st_mode & 0o777 for path in files.folder.iterdir()]


@pytest.mark.parametrize("typed", [f"{PASSWORD}\n", f"{PASSWORD}\r\n", PASSWORD])
def test_the_line_end_of_a_hand_made_file_is_not_part_of_it(files: SecretStore, typed: str) -> None:
    files.write(SMTP_PASSWORD, "first")
    (files.folder / SMTP_PASSWORD).write_bytes(typed.encode())

    assert files.read(SMTP_PASSWORD) == PASSWORD


@pytest.mark.parametrize("content", [b"", b"\n", b"two\nlines", b"\xff", b"nul\x00"])
def test_a_damaged_password_is_told_without_showing_it(files: SecretStore, content: bytes) -> None:
    files.write(SMTP_PASSWORD, "first")
    (files.folder / SMTP_PASSWORD).write_bytes(content)

    with pytest.raises(KeyUnsafe, match="The smtp-password is kept in a damaged form") as told:
        files.read(SMTP_PASSWORD)
    assert "lines" not in str(told.value)


@pytest.mark.parametrize("typed", ["", "two\nlines", "nul\x00"])
def test_a_password_that_is_no_line_is_not_kept(files: SecretStore, typed: str) -> None:
    with pytest.raises(KeyUnsafe, match="one line"):
        files.write(SMTP_PASSWORD, typed)
    assert not files.folder.exists()


def test_a_password_others_may_read_is_refused(files: SecretStore) -> None:
    files.write(SMTP_PASSWORD, PASSWORD)
    (files.folder / SMTP_PASSWORD).chmod(0o644)

    with pytest.raises(KeyUnsafe, match="by others"):
        files.read(SMTP_PASSWORD)


def test_a_password_beside_the_data_is_refused(tmp_path: Path) -> None:
    store = SecretStore(None, tmp_path / "data" / "secrets", [tmp_path / "data"])

    with pytest.raises(KeyUnsafe, match="beside what it locks"):
        store.write(SMTP_PASSWORD, PASSWORD)
    with pytest.raises(KeyUnsafe, match="beside what it locks"):
        store.read(SMTP_PASSWORD)


def test_systemd_may_hand_over_a_password(tmp_path: Path) -> None:
    (tmp_path / "practice-sync-smtp-password").write_text(PASSWORD)
    store = SecretStore(None, tmp_path / "secrets", credentials=str(tmp_path))

    assert store.read(SMTP_PASSWORD) == PASSWORD
    store.write(SMTP_PASSWORD, "from the file")
    assert store.read(SMTP_PASSWORD) == "from the file"


def test_with_a_keychain_the_password_is_kept_there(tmp_path: Path) -> None:
    keyring.set_keyring(SecretService())
    store = SecretStore("default", tmp_path / "secrets")
    store.write(SMTP_PASSWORD, PASSWORD)

    assert store.read(SMTP_PASSWORD) == PASSWORD
    assert None is SecretStore("other", tmp_path / "secrets").read(SMTP_PASSWORD)
    assert not store.folder.exists()


def test_a_keychain_in_trouble_leaves_the_other_places(tmp_path: Path) -> None:
    keyring.set_keyring(SecretService(OSError("no bus")))
    SecretStore(None, tmp_path / "secrets").write(SMTP_PASSWORD, PASSWORD)
    store = SecretStore("default", tmp_path / "secrets")

    assert store.read(SMTP_PASSWORD) == PASSWORD
    with pytest.raises(KeyUnsafe, match="was not kept"):
        store.write(SMTP_PASSWORD, "second")


def test_the_settings_choose_where_passwords_are(tmp_path: Path) -> None:
    environ = {"PRACTICE_SYNC_KEY__FILE": str(tmp_path / "keys" / "root.key")}
    home = tmp_path / "home"

    by_file = secret_store(load_settings(home, environ), {"CREDENTIALS_DIRECTORY": "/run/credentials"})
    by_keychain = secret_store(load_settings(home, environ | {"PRACTICE_SYNC_KEY__PLACE": "keychain"}), {})

    assert (None, tmp_path / "keys" / "secrets", "/run/credentials") == (
        by_file.account,
        by_file.folder,
        by_file.credentials,
    )
    assert by_keychain.account is not None
