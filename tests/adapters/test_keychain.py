"""The system's keychain: only trusted back ends, never a hang, and one line for whatever goes wrong."""

import threading
from collections.abc import Callable, Iterator

import keyring
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from models.errors import KeyMissing, KeyUnsafe
from sync.adapters import keychain
from sync.adapters.keychain import trusted_backend, trusted_keychain_available
from sync.adapters.keys import Keychain

KEY = bytes(range(32))


class MemoryKeyring(KeyringBackend):
    """A keychain in memory; `trouble` is raised instead of an answer, `forgets` loses what it is given."""

    priority = 0.0

    def __init__(self, trouble: Exception | None = None, *, forgets: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble = trouble
        self.forgets = forgets

    def get_password(self, service: str, username: str) -> str | None:
        if self.trouble:
            raise self.trouble
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if not self.forgets:
            self.kept[service, username] = password


class SecretService(MemoryKeyring):
    """The same under the name of a back end that is trusted."""


SecretService.__module__, SecretService.__qualname__ = "keyring.backends.SecretService", "Keyring"


class Chain(keyring.backends.chainer.ChainerBackend):
    """A chain of the members it is given."""

    priority = 0.0
    backends: list[KeyringBackend] = []  # noqa: RUF012 - set for each test

    def __init__(self, *members: KeyringBackend) -> None:
        self.backends = list(members)


def _made(kind: Callable[[], KeyringBackend]) -> KeyringBackend:
    return kind()


@pytest.fixture(autouse=True)
def _restored_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def backend() -> SecretService:
    chosen = SecretService()
    keyring.set_keyring(chosen)
    return chosen


@pytest.mark.usefixtures("backend")
def test_a_kept_key_is_read_back() -> None:
    Keychain("practice-sync", "default").write(KEY)

    assert Keychain("practice-sync", "default").read() == KEY
    with pytest.raises(KeyMissing, match="no key named practice-sync, other"):
        Keychain("practice-sync", "other").read()


@pytest.mark.usefixtures("backend")
def test_a_key_is_never_written_over_another() -> None:
    Keychain("practice-sync", "default").write(KEY)

    with pytest.raises(KeyUnsafe, match="left alone"):
        Keychain("practice-sync", "default").write(bytes(32))
    assert Keychain("practice-sync", "default").read() == KEY


def test_a_damaged_entry_is_called_damaged(backend: SecretService) -> None:
    backend.kept["practice-sync", "default"] = KEY.hex()

    with pytest.raises(KeyUnsafe, match="the keychain is damaged"):
        Keychain("practice-sync", "default").read()


@pytest.mark.parametrize(
    "untrusted",
    [MemoryKeyring(), _made(keyring.backends.fail.Keyring), _made(keyring.backends.null.Keyring)],
    ids=["unknown", "fail", "null"],
)
def test_a_back_end_that_is_not_trusted_is_never_used(untrusted: KeyringBackend) -> None:
    keyring.set_keyring(untrusted)

    assert not trusted_keychain_available()
    with pytest.raises(KeyUnsafe, match="no keychain on this machine that can be trusted"):
        Keychain("practice-sync", "default").write(KEY)
    with pytest.raises(KeyMissing, match="no keychain on this machine that can be trusted"):
        Keychain("practice-sync", "default").read()
    assert {} == getattr(untrusted, "kept", {})


def test_of_a_chain_the_first_member_alone_is_used() -> None:
    first, second = SecretService(), MemoryKeyring()
    keyring.set_keyring(Chain(first, second))

    Keychain("practice-sync", "default").write(KEY)

    assert first is trusted_backend()
    assert (1, 0) == (len(first.kept), len(second.kept))


def test_a_chain_that_begins_with_an_untrusted_back_end_is_not_used() -> None:
    keyring.set_keyring(Chain(MemoryKeyring(), SecretService()))
    assert not trusted_keychain_available()

    keyring.set_keyring(Chain())
    assert not trusted_keychain_available()


@pytest.mark.parametrize("trouble", [KeyringLocked("prompt dismissed"), OSError("no bus"), RuntimeError()])
def test_a_keychain_in_trouble_is_one_line_for_people(backend: SecretService, trouble: Exception) -> None:
    backend.trouble = trouble

    with pytest.raises(KeyMissing, match="not to be had: The keychain"):
        Keychain("practice-sync", "default").read()
    with pytest.raises(KeyUnsafe, match="not kept: The keychain"):
        Keychain("practice-sync", "default").write(KEY)


def test_a_keychain_that_forgets_is_noticed_while_writing(backend: SecretService) -> None:
    backend.forgets = True

    with pytest.raises(KeyUnsafe, match="did not keep"):
        Keychain("practice-sync", "default").write(KEY)


def test_a_silent_keychain_does_not_hang_us(backend: SecretService, monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()
    monkeypatch.setattr(keychain, "ASKING_SECONDS", 0.05)
    monkeypatch.setattr(SecretService, "get_password", lambda *_: never.wait(30))

    with pytest.raises(KeyMissing, match="did not answer within"):
        Keychain("practice-sync", "default").read()
    never.set()


def test_looking_for_a_keychain_neither_hangs_nor_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()
    monkeypatch.setattr(keychain, "LOOKING_SECONDS", 0.05)
    monkeypatch.setattr(keyring, "get_keyring", lambda: never.wait(30))
    assert not trusted_keychain_available()
    never.set()

    def broken() -> KeyringBackend:
        raise ModuleNotFoundError("the back end named in the environment is not installed")

    monkeypatch.setattr(keyring, "get_keyring", broken)
    assert not trusted_keychain_available()


def test_an_available_keychain_is_found(backend: SecretService) -> None:
    assert backend is trusted_backend()
    assert trusted_keychain_available()
