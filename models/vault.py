"""The vault: seals and opens private words with the keys derived from one root key.

It knows no database and no file. The root's own keys (HKDF-SHA256, RFC 5869, one label each) seal what
belongs to no client and wrap each client's data key; that data key, random, seals what belongs to the client,
so that without it no copy of her words can be read.
"""

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.envelope import KEY_ID_SIZE, Place, key_id_of, open_bytes, seal_bytes
from models.errors import SealBroken, WrongKey

__all__ = ["KEY_SIZE", "ClientVault", "Place", "Vault", "new_root_key"]

KEY_SIZE = 32
CLIENTS_KEPT = 1024
"""How many clients' ciphers stay in memory: more than one practice sees in a year."""

_CHECK_PLACE = Place("vault", "check", "root")
_CHECK_WORDS = "practice-sync"


def new_root_key() -> bytes:
    """32 fresh random bytes."""
    return os.urandom(KEY_SIZE)


class Vault:
    """Everything the root key can do. Nothing of it, printed, shows a key."""

    __slots__ = ("_clients", "_digests", "_indexes", "_private", "_service", "_wrapping", "key_id")

    def __init__(self, root: bytes) -> None:
        if len(root) != KEY_SIZE:
            raise ValueError(f"a root key has {KEY_SIZE} bytes, not {len(root)}")
        self.key_id = _derive(root, "key id", KEY_ID_SIZE)
        self._service = AESGCM(_derive(root, "service"))
        self._wrapping = AESGCM(_derive(root, "wrapping"))
        self._private = hmac.new(_derive(root, "private notes"), digestmod=hashlib.sha256)
        self._indexes = hmac.new(_derive(root, "blind index"), digestmod=hashlib.sha256)
        self._digests = hashlib.blake2b(key=_derive(root, "digest"), digest_size=16)
        self._clients = lru_cache(CLIENTS_KEPT)(self._unwrap)

    def __repr__(self) -> str:
        return f"Vault(key {self.key_name})"

    @property
    def key_name(self) -> str:
        """Says which root key this is, in eight hexadecimal digits; safe to print."""
        return self.key_id.hex()

    def check_value(self) -> bytes:
        """A value to keep beside the data, by which `verify` knows the key again."""
        return self.seal(_CHECK_WORDS, _CHECK_PLACE)

    def verify(self, check: bytes) -> None:
        """Return quietly if this root made `check`; else `WrongKey`, or `SealBroken` if it was damaged."""
        self.open(check, _CHECK_PLACE)

    def seal(self, text: str, place: Place) -> bytes:
        """Seal a text that belongs to no client. Any text can be sealed, half a surrogate pair too."""
        return seal_bytes(self._service, self.key_id, _encode(text), place)

    def open(self, sealed: bytes, place: Place) -> str:
        """Open what `seal` sealed for `place`; `WrongKey` if another root did, else `SealBroken`."""
        self._require_own_key(sealed, place)
        return _decode(open_bytes(self._service, sealed, place))

    def new_client_key(self, client_id: str) -> bytes:
        """A fresh data key for a client, wrapped: keep it with the client, and hand it to `client`."""
        return seal_bytes(self._wrapping, self.key_id, os.urandom(KEY_SIZE), _key_place(client_id))

    def client(self, client_id: str, wrapped: bytes) -> "ClientVault":
        """The vault of one client; `WrongKey` or `SealBroken` when her wrapped key does not open."""
        return self._clients(client_id, wrapped)

    def private(self, author_id: str, client_id: str, wrapped: bytes) -> "ClientVault":
        """The vault of what one author keeps of one client for herself alone.

        Its key is HMAC-SHA256, under a key of its own of the root's, of the author's id and the client's data
        key: neither the client's vault nor another author's opens it, and without the data key nobody does.
        """
        keyed = self._private.copy()
        keyed.update(_encode(_unambiguous((author_id,))) + self._unwrap_key(client_id, wrapped))
        return ClientVault(client_id, keyed.digest())

    def rewrap(self, client_id: str, wrapped: bytes, former: "Vault") -> bytes:
        """The client's data key, wrapped by the `former` root, wrapped anew by this one."""
        data_key = former._unwrap_key(client_id, wrapped)
        return seal_bytes(self._wrapping, self.key_id, data_key, _key_place(client_id))

    def forget_clients(self) -> None:
        """Drop every client's cipher from memory, as after an erasure."""
        self._clients.cache_clear()

    def blind_index(self, purpose: str, value: str) -> str:
        """32 hexadecimal digits by which equal values are found without being readable.

        The caller normalises `value`; the same value has another index for another `purpose`.
        """
        return _keyed_hash(self._indexes, (purpose, value))

    def digest(self, *parts: str) -> str:
        """32 hexadecimal digits that the same parts always give, and nobody without the key can guess."""
        keyed = self._digests.copy()  # BLAKE2b's keyed mode is a MAC (RFC 7693), at a third of the cost
        keyed.update(_encode(_unambiguous(parts)))
        return keyed.hexdigest()

    def _unwrap(self, client_id: str, wrapped: bytes) -> "ClientVault":
        return ClientVault(client_id, self._unwrap_key(client_id, wrapped))

    def _unwrap_key(self, client_id: str, wrapped: bytes) -> bytes:
        place = _key_place(client_id)
        self._require_own_key(wrapped, place)
        return open_bytes(self._wrapping, wrapped, place)

    def _require_own_key(self, sealed: bytes, place: Place) -> None:
        key_id = key_id_of(sealed, place)
        if key_id != self.key_id:
            raise WrongKey(f"This was sealed with key {key_id.hex()}; the key found is {self.key_name}.")


class ClientVault:
    """Seals and opens what belongs to one client, with her own data key."""

    __slots__ = ("_cipher", "_client_id", "_key_id")

    def __init__(self, client_id: str, data_key: bytes) -> None:
        self._client_id = client_id
        self._key_id = _derive(data_key, "key id", KEY_ID_SIZE)
        self._cipher = AESGCM(data_key)

    def __repr__(self) -> str:
        return f"ClientVault({self._client_id})"

    def seal(self, text: str, place: Place) -> bytes:
        """Seal a text of this client."""
        return seal_bytes(self._cipher, self._key_id, _encode(text), place)

    def open(self, sealed: bytes, place: Place) -> str:
        """Open what `seal` sealed for `place`; `SealBroken` otherwise.

        A value under another data key is `SealBroken`, not `WrongKey`: the root key proved right when this
        client's key was unwrapped, so one record is at fault and no other.
        """
        if key_id_of(sealed, place) != self._key_id:
            raise SealBroken(
                f"A sealed value belongs to another client: {place.table}.{place.column}, row {place.row}."
            )
        return _decode(open_bytes(self._cipher, sealed, place))


def _derive(key: bytes, label: str, size: int = KEY_SIZE) -> bytes:
    """One key of many: HKDF-SHA256 without salt, since `key` is uniformly random (RFC 5869, 3.1)."""
    return HKDF(SHA256(), size, salt=None, info=f"practice-sync/1/{label}".encode()).derive(key)


def _key_place(client_id: str) -> Place:
    return Place("vault", "data_key", client_id, client_id)


def _keyed_hash(keyed: hmac.HMAC, parts: tuple[str, ...]) -> str:
    """HMAC-SHA256 cut to 128 bits."""
    started = keyed.copy()
    started.update(_encode(_unambiguous(parts)))
    return started.digest()[:16].hex()


def _unambiguous(parts: tuple[str, ...]) -> str:
    """The parts in one text, each with its length before it, so ("ab", "c") is not ("a", "bc")."""
    return "".join([f"{len(part)}:{part}" for part in parts])


def _encode(text: str) -> bytes:
    """UTF-8 that also takes a lone surrogate, which JSON may bring: nothing written is refused or altered."""
    return text.encode("utf-8", "surrogatepass")


def _decode(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")
