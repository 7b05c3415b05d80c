"""The places that can keep the root key: the system's keychain, a private file, a systemd credential."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from models.errors import KeyMissing, KeyUnsafe
from sync.adapters.keychain import (
    KeychainSilent,
    read_keychain,
    trusted_keychain_available,
    write_keychain,
)
from sync.adapters.private_files import create_private, read_plain, read_private, require_outside
from sync.ports import KeyStore
from sync.settings import Settings

__all__ = ["KeyFile", "Keychain", "SystemdCredential", "key_store", "trusted_keychain_available"]

KEY_SIZE = 32
SERVICE = "practice-sync"
CREDENTIAL = "practice-sync-root-key"
"""Its name as a systemd credential: `LoadCredentialEncrypted=practice-sync-root-key:…`."""

_FIRST_LINE = "# Root key of Practice Sync. Keep it secret, and apart from backups."


def key_store(settings: Settings, environ: Mapping[str, str] | None = None) -> KeyStore:
    """The place that `key.place` names; `environ`, else the process's own, tells where credentials are."""
    match settings.key.place:
        case "keychain":
            return Keychain(SERVICE, settings.key.account)
        case "systemd":
            return SystemdCredential(CREDENTIAL, environ)
        case "file":
            return KeyFile(settings.key.file, settings.data_folders)


class KeyFile:
    """The key in a file of mode 0600 that lies in none of the `forbidden` folders, where the data is."""

    def __init__(self, path: Path, forbidden: Sequence[Path]) -> None:
        self.path = path
        self._forbidden = tuple(forbidden)

    def read(self) -> bytes:
        """The key; `KeyMissing` when there is no file, `KeyUnsafe` when it is loose, misplaced or damaged."""
        require_outside(self.path, self._forbidden)
        content = read_private(self.path)
        if content is None:
            raise KeyMissing(f"There is no key file at {self.path}.")
        return _key_in(content, str(self.path))

    def write(self, key: bytes) -> None:
        """Make the file; `KeyUnsafe` when something stands there already, or the place will not do."""
        require_outside(self.path, self._forbidden)
        try:
            create_private(self.path, f"{_FIRST_LINE}\n{_key_line(key)}\n".encode())
        except FileExistsError as exists:
            raise KeyUnsafe(
                f"There is a key file at {self.path} already; it was left alone.",
                "If no database needs it any more, move it away yourself.",
            ) from exists


class Keychain:
    """The key in the keychain of the system's user."""

    def __init__(self, service: str, account: str) -> None:
        self._service = service
        self._account = account

    def read(self) -> bytes:
        """The key; `KeyMissing` when the keychain has none or does not answer, `KeyUnsafe` for damage."""
        try:
            kept = read_keychain(self._service, self._account)
        except KeychainSilent as silent:
            raise KeyMissing(
                f"The root key is not to be had: {silent}",
                "Log in to the desktop and unlock the keychain, or run `practice-sync init --recover`.",
            ) from silent
        if kept is None:
            raise KeyMissing(f"The keychain has no key named {self._service}, {self._account}.")
        return _key_in(kept.encode(), "the keychain")

    def write(self, key: bytes) -> None:
        """Keep the key; `KeyUnsafe` when the keychain has one under this name, or cannot keep it."""
        try:
            if read_keychain(self._service, self._account) is not None:
                raise KeyUnsafe(
                    f"The keychain has a key named {self._service}, {self._account}; it was left alone.",
                    "If no database needs it any more, delete it in the keychain's own program.",
                )
            write_keychain(self._service, self._account, _key_line(key))
        except KeychainSilent as silent:
            raise KeyUnsafe(
                f"The root key was not kept: {silent}",
                "Unlock the keychain, or choose a key file instead (`key.place`).",
            ) from silent


class SystemdCredential:
    """The key as systemd hands it over: `$CREDENTIALS_DIRECTORY/<name>`, its content as in a key file."""

    def __init__(self, name: str, environ: Mapping[str, str] | None = None) -> None:
        self._name = name
        self._folder = (os.environ if environ is None else environ).get("CREDENTIALS_DIRECTORY")

    def read(self) -> bytes:
        """The key; `KeyMissing` when systemd hands over none, `KeyUnsafe` for damage."""
        content = read_credential(self._name, self._folder)
        if content is None:
            raise KeyMissing(
                f"systemd handed over no credential named {self._name}.",
                f"Add `LoadCredentialEncrypted={self._name}:…` to the service, and start it by systemd.",
            )
        return _key_in(content, f"the credential {self._name}")

    def write(self, key: bytes) -> None:  # noqa: ARG002 - the port's shape
        """Always `KeyUnsafe`: credentials are made by the machine's administrator."""
        raise KeyUnsafe(
            "A systemd credential cannot be made from here.",
            "Set up with a key file, seal it with `systemd-creds encrypt`, then set `key.place` to systemd.",
        )


def read_credential(name: str, folder: str | None) -> bytes | None:
    """The content of one systemd credential; None without one.

    Owner and mode are systemd's affair: where it uses access lists, they look loose and are not.
    """
    return read_plain(Path(folder) / name) if folder else None


def _key_line(key: bytes) -> str:
    """The key in hexadecimal and a checksum, which tells a damaged key from another database's."""
    if len(key) != KEY_SIZE:
        raise ValueError(f"a root key has {KEY_SIZE} bytes, not {len(key)}")
    return f"{key.hex()} {_checksum(key)}"


def _key_in(content: bytes, where: str) -> bytes:
    lines = content.decode("ascii", "replace").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    try:
        key, checksum = bytes.fromhex(words[0]), words[1]
        if len(words) == 2 and len(key) == KEY_SIZE and checksum == _checksum(key):
            return key
    except (IndexError, ValueError):
        pass
    raise KeyUnsafe(
        f"The root key in {where} is damaged.",
        "Put your copy of it back, or run `practice-sync init --recover` with your recovery code.",
    ) from None


def _checksum(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:8]
