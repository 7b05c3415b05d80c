"""The sealed form of one text: AES-256-GCM, bound to the place where it stands.

    0x01 | key id (4) | nonce (12) | ciphertext and tag (16)

The nonce is random: safe for 2^32 texts under one key (NIST SP 800-38D, 8.3), and a client's own key
seals far fewer.
"""

import os
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.errors import SealBroken

VERSION = b"\x01"
KEY_ID_SIZE = 4
NONCE_SIZE = 12
TAG_SIZE = 16
HEADER_SIZE = len(VERSION) + KEY_ID_SIZE
BODY_STARTS = HEADER_SIZE + NONCE_SIZE
OVERHEAD = BODY_STARTS + TAG_SIZE


class Place(NamedTuple):
    """Where a sealed value stands: it opens nowhere else. `row` and `client` are ids made here."""

    table: str
    column: str
    row: str
    client: str = ""
    revision: int = 0


def seal_bytes(cipher: AESGCM, key_id: bytes, content: bytes, place: Place) -> bytes:
    """Seal `content` for `place` alone."""
    header = VERSION + key_id
    nonce = os.urandom(NONCE_SIZE)
    return header + nonce + cipher.encrypt(nonce, content, _associated_data(header, place))


def open_bytes(cipher: AESGCM, sealed: bytes, place: Place) -> bytes:
    """Open what `seal_bytes` made; `SealBroken` when it was damaged, or sealed for another place or key."""
    header, nonce = sealed[:HEADER_SIZE], sealed[HEADER_SIZE:BODY_STARTS]
    try:
        return cipher.decrypt(nonce, sealed[BODY_STARTS:], _associated_data(header, place))
    except InvalidTag as broken:
        where = f"{place.table}.{place.column}, row {place.row}"
        raise SealBroken(f"A sealed value was damaged or moved: {where}.") from broken


def key_id_of(sealed: bytes, place: Place) -> bytes:
    """Which key sealed this; `SealBroken` when it is not a seal at all or of a version unknown here."""
    where = f"{place.table}.{place.column}, row {place.row}"
    if len(sealed) < OVERHEAD:
        raise SealBroken(f"A sealed value is cut short: {where}.")
    if sealed[:1] != VERSION:
        raise SealBroken(
            f"A sealed value has the unknown version {sealed[0]}: {where}.",
            "A newer Practice Sync wrote it, or it is damaged: update, or restore that record from a backup.",
        )
    return sealed[len(VERSION) : HEADER_SIZE]


def _associated_data(header: bytes, place: Place) -> bytes:
    """The header and the place; each part has its length before it, so no two places read alike."""
    table, column, row, client = place.table, place.column, place.row, place.client
    words = (
        f"{len(table)}:{table}{len(column)}:{column}{len(row)}:{row}{len(client)}:{client}{place.revision}"
    )
    return header + words.encode()
