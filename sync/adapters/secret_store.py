"""Passwords that are not the root key, such as the mail server's: kept where the root key is kept."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import KeyUnsafe
from sync.adapters.keychain import KeychainSilent, read_keychain, write_keychain
from sync.adapters.keys import SERVICE, read_credential
from sync.adapters.private_files import read_private, replace_private, require_outside
from sync.settings import Settings

SMTP_PASSWORD = "smtp-password"  # noqa: S105 - the secret's name, not the secret


@dataclass(frozen=True, slots=True)
class SecretStore:
    """Where this installation's passwords are: the keychain if `account` is given, `folder`, systemd.

    A systemd credential is named `practice-sync-<name>`.
    """

    account: str | None
    folder: Path
    forbidden: Sequence[Path] = ()
    credentials: str | None = None

    def read(self, name: str) -> str | None:
        """The secret: from the keychain, else its file, else systemd; None when nowhere.

        Raises `KeyUnsafe` for a file that others may read, that lies with the data or is damaged.
        """
        kept = self._in_keychain(name)
        if kept is not None:
            return kept
        path = self.folder / name
        require_outside(path, self.forbidden)
        content = read_private(path)
        if content is None:
            content = read_credential(f"{SERVICE}-{name}", self.credentials)
        return None if content is None else _one_line(content, name)

    def write(self, name: str, secret: str) -> None:
        """Keep the secret in place of a former one; raises `KeyUnsafe` when it cannot be kept safely."""
        if not secret or not secret.isprintable():
            raise KeyUnsafe(f"The {name} must be one line of text.", "Type it again, without a line break.")
        if self.account is None:
            require_outside(self.folder / name, self.forbidden)
            replace_private(self.folder / name, f"{secret}\n".encode())
            return
        try:
            write_keychain(SERVICE, self._entry(name), secret)
        except KeychainSilent as silent:
            raise KeyUnsafe(
                f"The {name} was not kept: {silent}", "Unlock the keychain and try again."
            ) from silent

    def _in_keychain(self, name: str) -> str | None:
        if self.account is None:
            return None
        try:
            return read_keychain(SERVICE, self._entry(name))
        except KeychainSilent:
            return None  # the other places are asked; the root key's own reading says what is wrong

    def _entry(self, name: str) -> str:
        return f"{self.account}/{name}"


def secret_store(settings: Settings, environ: Mapping[str, str] | None = None) -> SecretStore:
    """The store that goes with `key.place`; its files lie in `secrets/` beside the key file."""
    return SecretStore(
        account=settings.key.account if settings.key.place == "keychain" else None,
        folder=settings.key.file.parent / "secrets",
        forbidden=settings.data_folders,
        credentials=(os.environ if environ is None else environ).get("CREDENTIALS_DIRECTORY"),
    )


def _one_line(content: bytes, name: str) -> str:
    try:
        secret = content.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        secret = ""
    if not secret or not secret.isprintable():
        raise KeyUnsafe(
            f"The {name} is kept in a damaged form.", "Enter it again: it must be one line of text."
        )
    return secret
