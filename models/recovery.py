"""The recovery code: words on paper that open a kept copy of the root key on any machine.

A code is 27 random symbols of Crockford's base 32 (135 bits) and its check symbol (its value mod 37), in
seven groups of four. That much chance needs no slow key derivation: nobody tries 2^134 codes.
"""

import hashlib
import os
import secrets
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.errors import SealBroken, WrongKey
from models.vault import KEY_SIZE

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 28
GROUP_LENGTH = 4

_LOOK_ALIKES = str.maketrans("OIL", "011")
_VERSION = b"\x01"
_SALT_SIZE = 16
_NONCE_SIZE = 12
_CHECKSUM_SIZE = 4
_SLOT_SIZE = len(_VERSION) + _SALT_SIZE + _NONCE_SIZE + KEY_SIZE + 16 + _CHECKSUM_SIZE


class CodeMistyped(WrongKey):
    """What was typed cannot be any recovery code: a typing error, not another installation's code."""

    advice = "Compare it with the paper, group by group, and type it again."


def new_recovery_code() -> str:
    """A fresh code to print: `XXXX-XXXX-…`, 28 symbols."""
    while True:
        number = secrets.randbits(5 * (CODE_LENGTH - 1))
        # Crockford's five extra check symbols (*~$=U) are hard to dictate: a code needing one is passed over.
        if number % 37 < len(ALPHABET):
            symbols = _symbols(number) + ALPHABET[number % 37]
            return "-".join(symbols[i : i + GROUP_LENGTH] for i in range(0, CODE_LENGTH, GROUP_LENGTH))


def read_recovery_code(typed: str) -> str:
    """The 28 symbols meant by `typed`: case, spaces and hyphens do not matter, O is 0, I and L are 1.

    Raises `CodeMistyped` when a symbol is missing, too many, impossible or wrong.
    """
    folded = unicodedata.normalize("NFKC", typed).upper()
    symbols = "".join(c for c in folded if unicodedata.category(c)[0] not in "ZPC").translate(_LOOK_ALIKES)
    if len(symbols) != CODE_LENGTH:
        raise CodeMistyped(
            f"A recovery code has {CODE_LENGTH} letters and digits; {len(symbols)} were typed."
        )
    if not set(symbols) <= set(ALPHABET):
        raise CodeMistyped("A letter was typed that no recovery code contains.")
    if _number(symbols[:-1]) % 37 != ALPHABET.index(symbols[-1]):
        raise CodeMistyped("There is a typing error in the recovery code.")
    return symbols


def recovery_slot(root: bytes, code: str) -> bytes:
    """The root key wrapped for `code`, to keep beside the data; useless without the code.

    Layout: 0x01 | salt (16) | nonce (12) | wrapped key and tag (48) | checksum (4), which tells a damaged
    slot from a wrong code. Raises `CodeMistyped`.
    """
    if len(root) != KEY_SIZE:
        raise ValueError(f"a root key has {KEY_SIZE} bytes, not {len(root)}")
    salt, nonce = os.urandom(_SALT_SIZE), os.urandom(_NONCE_SIZE)
    wrapped = _code_cipher(code, salt).encrypt(nonce, root, _VERSION + salt)
    slot = _VERSION + salt + nonce + wrapped
    return slot + _checksum(slot)


def open_recovery_slot(slot: bytes, code: str) -> bytes:
    """The root key kept in `slot`.

    Raises `CodeMistyped`, `WrongKey` when the code is another installation's, `SealBroken` for a damaged
    slot.
    """
    body = _require_sound(slot)
    salt, nonce, wrapped = body[1:17], body[17:29], body[29:]
    try:
        return _code_cipher(code, salt).decrypt(nonce, wrapped, _VERSION + salt)
    except InvalidTag as refused:
        raise WrongKey(
            "The recovery code is typed soundly, but it is not the one of this database.",
            "Look for the code that was printed when this database was set up.",
        ) from refused


def _require_sound(slot: bytes) -> bytes:
    body, checksum = slot[:-_CHECKSUM_SIZE], slot[-_CHECKSUM_SIZE:]
    if slot[:1] != _VERSION and checksum == _checksum(body):
        raise SealBroken(
            f"The recovery slot has the unknown version {slot[0]}.",
            "It was written by a newer Practice Sync: update, then try again.",
        )
    if len(slot) != _SLOT_SIZE or checksum != _checksum(body):
        raise SealBroken(
            "The recovery slot in this database is damaged.", "Try again with another backup of the database."
        )
    return body


def _code_cipher(code: str, salt: bytes) -> AESGCM:
    symbols = read_recovery_code(code)
    kdf = HKDF(SHA256(), KEY_SIZE, salt=salt, info=b"practice-sync/1/recovery slot")
    return AESGCM(kdf.derive(symbols.encode("ascii")))


def _checksum(slot: bytes) -> bytes:
    return hashlib.sha256(slot).digest()[:_CHECKSUM_SIZE]


def _symbols(number: int) -> str:
    return "".join(ALPHABET[(number >> 5 * i) & 31] for i in reversed(range(CODE_LENGTH - 1)))


def _number(symbols: str) -> int:
    number = 0
    for symbol in symbols:
        number = number << 5 | ALPHABET.index(symbol)
    return number
