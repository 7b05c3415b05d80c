"""Sets up a practice: home folder, settings file, root key, database; opens one on a fresh machine."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.database import Database, open_database
from models.errors import DatabaseMissing, KeyMissing, VaultError
from models.key_slots import CHECK, RECOVERY, key_slot, lay_key_slot
from models.migrate import migrate
from models.recovery import new_recovery_code, open_recovery_slot, recovery_slot
from models.schema import schema_version
from models.vault import Vault, new_root_key
from sync.adapters.keys import key_store, trusted_keychain_available
from sync.errors import Refused, SettingsError
from sync.settings import FILE_NAME, Settings, first_settings_text, load_settings


@dataclass(frozen=True, slots=True)
class SetUp:
    """What setting up did. `recovery_code` is told this once and kept nowhere."""

    settings: Settings
    key_place: str
    migrated: bool
    recovery_code: str | None

    def __repr__(self) -> str:
        return f"SetUp(key in {self.key_place})"


def set_up(home: Path, now: datetime, *, use_keychain: bool | None = None) -> SetUp:
    """Make `home` a practice's home, or bring the one that is there up to date.

    The key goes to the system's keychain when a trusted one is there, else into a file outside the
    home. An existing key, database or settings file is never replaced. Raises a `PracticeError`.
    """
    settings = _settings_with_key_place(home, use_keychain)
    database = open_database(settings.database.url, create=True)
    try:
        migrated = migrate(database)
        code = _lay_key(settings, database, now)
    finally:
        database.close()
    return SetUp(settings, _words_for_place(settings), migrated, code)


def recover(home: Path, ask_code: Callable[[], str]) -> SetUp:
    """Open the database that lies in `home`, whose key is not on this machine, with the recovery code.

    The key is then kept at this machine's own place. Raises `DatabaseMissing`, `WrongKey` and others;
    nothing is written unless the code is right.
    """
    settings = load_settings(home)
    database = open_database(settings.database.url)
    try:
        slot, check = _slots(database)
        root = open_recovery_slot(slot, ask_code())
        Vault(root).verify(check)
        settings = _settings_with_key_place(home, None)
        key_store(settings).write(root)
        migrated = migrate(database)
    finally:
        database.close()
    return SetUp(settings, _words_for_place(settings), migrated, None)


def _slots(database: Database) -> tuple[bytes, bytes]:
    if schema_version(database) is None:
        raise DatabaseMissing("The database is empty: there is nothing to recover.")
    with database.reading() as db:
        slot, check = key_slot(db, RECOVERY), key_slot(db, CHECK)
    if slot is None or check is None:
        raise VaultError("This database has no recovery code.", "Put the original key back in its place.")
    return slot, check


def _settings_with_key_place(home: Path, use_keychain: bool | None) -> Settings:
    """The settings of `home`, with a first settings file written where there is none."""
    _make_home(home)
    file = home / FILE_NAME
    if not file.exists():
        keychain = trusted_keychain_available() if use_keychain is None else use_keychain
        settings = load_settings(home)
        text = (
            first_settings_text("keychain", key_account=settings.key.account)
            if keychain
            else first_settings_text("file", key_file=settings.key.file)
        )
        _write_new(file, text)
    return load_settings(home)


def _make_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as trouble:
        raise SettingsError(
            f"The home folder {home} cannot be made.", "Choose another with PRACTICE_SYNC_HOME."
        ) from trouble


def _write_new(file: Path, text: str) -> None:
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as trouble:
        raise SettingsError(
            f"The settings file {file} cannot be written.", "Make the folder writable, then try again."
        ) from trouble


def _lay_key(settings: Settings, database: Database, now: datetime) -> str | None:
    """See to it that key and database belong together; the recovery code if they are new."""
    with database.reading() as db:
        check = key_slot(db, CHECK)
    store = key_store(settings)
    if check is not None:
        Vault(store.read()).verify(check)
        return None
    root = _new_or_waiting_key(settings)
    code = new_recovery_code()
    with database.transaction() as db:
        lay_key_slot(db, CHECK, Vault(root).check_value(), now)
        lay_key_slot(db, RECOVERY, recovery_slot(root, code), now)
    return code


def _new_or_waiting_key(settings: Settings) -> bytes:
    """A new key, kept before anything is sealed with it; or the one that an interrupted set-up left."""
    store = key_store(settings)
    try:
        return store.read()
    except KeyMissing:
        root = new_root_key()
        store.write(root)
        return root


def _words_for_place(settings: Settings) -> str:
    match settings.key.place:
        case "keychain":
            return "the system's keychain"
        case "systemd":
            return "a systemd credential"
        case _:
            return f"the file {settings.key.file}"


def require_new_home(home: Path) -> None:
    """Raise `Refused` when something else already lives in `home`."""
    if (home / "practice.db").exists() and not (home / FILE_NAME).exists():
        raise Refused(
            f"The folder {home} holds a database, but neither its settings nor its key.",
            "Bring them along too, or run `practice-sync init --recover` with your recovery code.",
        )
    if home.exists() and any(home.iterdir()) and not (home / FILE_NAME).exists():
        raise Refused(
            f"The folder {home} is not empty and holds no practice.",
            "Choose another with PRACTICE_SYNC_HOME.",
        )
