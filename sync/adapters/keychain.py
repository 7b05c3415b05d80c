"""The system's keychain, if there is one that we trust; absent, locked or silent, it never hangs us."""

import threading
from collections.abc import Callable
from typing import TypeVar

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringError

T = TypeVar("T")

TRUSTED = frozenset(
    {
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
    }
)
"""Back ends that keep secrets encrypted. Any other, such as a plain-text file, is refused."""

LOOKING_SECONDS = 5.0
ASKING_SECONDS = 60.0
"""Long enough to type a password into the desktop's question, and no longer: a worker has no desktop."""


class KeychainSilent(Exception):
    """The keychain is absent, not trusted, locked, or did not answer; the text says which."""


def trusted_keychain_available() -> bool:
    """Whether this machine has a keychain that we trust. Never raises, and answers within seconds."""
    try:
        return trusted_backend() is not None
    except KeychainSilent:
        return False


def trusted_backend() -> KeyringBackend | None:
    """The keychain to use, or None when the one that is chosen here is not trusted.

    Of a chain, the first member counts, and is used alone: a chain would write on into the next.
    Raises `KeychainSilent`.
    """
    backend = _within(LOOKING_SECONDS, _chosen_backend)
    kind = type(backend)
    return backend if f"{kind.__module__}.{kind.__qualname__}" in TRUSTED else None


def read_keychain(service: str, account: str) -> str | None:
    """What the keychain keeps under these names, None when nothing; raises `KeychainSilent`."""
    backend = _require_backend()
    return _within(ASKING_SECONDS, lambda: backend.get_password(service, account))


def write_keychain(service: str, account: str, secret: str) -> None:
    """Keep `secret`, in place of what was there, and see that it is kept; raises `KeychainSilent`."""
    backend = _require_backend()
    _within(ASKING_SECONDS, lambda: backend.set_password(service, account, secret))
    if _within(ASKING_SECONDS, lambda: backend.get_password(service, account)) != secret:
        raise KeychainSilent("The keychain did not keep what it was given.")


def _chosen_backend() -> KeyringBackend:
    backend = keyring.get_keyring()
    if isinstance(backend, ChainerBackend):
        members: list[KeyringBackend] = backend.backends
        return members[0] if members else backend
    return backend


def _require_backend() -> KeyringBackend:
    backend = trusted_backend()
    if backend is None:
        raise KeychainSilent("There is no keychain on this machine that can be trusted.")
    return backend


def _within(seconds: float, ask: Callable[[], T]) -> T:
    """The answer of `ask`, or `KeychainSilent`.

    It runs in a thread that may be left behind: some keychains wait for a desktop that nobody sits at.
    """
    answers: list[T] = []
    refusals: list[Exception] = []

    def run() -> None:
        try:
            answers.append(ask())
        except Exception as refused:  # back ends let through whatever their system throws at them
            refusals.append(refused)

    thread = threading.Thread(target=run, name="keychain", daemon=True)
    thread.start()
    thread.join(seconds)
    if answers:
        return answers[0]
    if refusals:
        raise KeychainSilent(_reason(refusals[0])) from refusals[0]
    raise KeychainSilent(f"The keychain did not answer within {seconds:g} seconds.")


def _reason(refused: Exception) -> str:
    if isinstance(refused, KeyringError):
        return "The keychain is locked or refused to answer."
    return f"The keychain failed ({type(refused).__name__})."
