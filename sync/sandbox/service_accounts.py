"""Service accounts that an administrator lets read for others: their assertions, checked (RFC 7523)."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

AUDIENCE = "https://oauth2.googleapis.com/token"
"""What Google's own library always names, wherever it sends the assertion."""
GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LONGEST_LIFE = 3600
_SHA256_MARK = bytes.fromhex("3031300d060960864801650304020105000420")  # RFC 8017, 9.2


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """One service account: its public key, and the scopes that its domain's administrator entered for it."""

    email: str
    client_id: str
    modulus: int
    exponent: int
    delegated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sound assertion asks for: scopes, on behalf of one person."""

    subject: str
    scopes: tuple[str, ...]


class BadAssertion(Exception):
    """An assertion that Google refuses: with this error and these words."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error = error
        self.description = description


def read_assertion(
    assertion: str, accounts: Mapping[str, ServiceAccount], audiences: set[str], now: datetime
) -> Asked:
    """Check an assertion and say what it asks for. Raises `BadAssertion`."""
    try:
        signed, _, signature = assertion.rpartition(".")
        header, claims = (json.loads(_decoded(part)) for part in signed.split("."))
        account = accounts.get(claims["iss"])
        seal = _decoded(signature)
        issued, expires = int(claims["iat"]), int(claims["exp"])
    except (ValueError, LookupError, TypeError):
        raise BadAssertion("invalid_grant", "Bad Request") from None
    if account is None:
        raise BadAssertion("invalid_grant", "Invalid grant: account not found")
    if header.get("alg") != "RS256" or not _is_signed(account, signed.encode(), seal):
        raise BadAssertion("invalid_grant", "Invalid JWT Signature.")
    if claims.get("aud") not in audiences:
        raise BadAssertion("invalid_grant", "Invalid JWT: Failed audience check.")
    if expires - issued > LONGEST_LIFE or not issued - 300 <= now.timestamp() < expires:
        raise BadAssertion("invalid_grant", "Invalid JWT: Token must be a short-lived token.")
    return _delegated(account, claims)


def _delegated(account: ServiceAccount, claims: Mapping[str, Any]) -> Asked:
    scopes = tuple(str(claims.get("scope", "")).split())
    if not scopes or not account.delegated.issuperset(scopes):
        words = "Client is unauthorized to retrieve access tokens using this method, or client not "
        raise BadAssertion("unauthorized_client", f"{words}authorized for any of the scopes requested.")
    return Asked(str(claims.get("sub", "")), scopes)


def _is_signed(account: ServiceAccount, signed: bytes, seal: bytes) -> bool:
    """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2.2)."""
    size = (account.modulus.bit_length() + 7) // 8
    found = pow(int.from_bytes(seal), account.exponent, account.modulus).to_bytes(size)
    digest = _SHA256_MARK + hashlib.sha256(signed).digest()
    padding = b"\xff" * (size - len(digest) - 3)
    return found == b"\x00\x01" + padding + b"\x00" + digest


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
