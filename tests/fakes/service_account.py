"""A service account with a key of its own, known to a sandbox."""

from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sync.sandbox.server import Sandbox
from sync.sandbox.service_accounts import ServiceAccount

EMAIL, CLIENT_ID = "reader@practice.iam.example", "104857600000000000001"


@cache
def a_key(number: int) -> rsa.RSAPrivateKey:
    """One of several keys; making one takes a moment."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def service_account(sandbox: Sandbox, *delegated: str) -> dict[str, Any]:
    """Let the sandbox know the account, with these scopes entered by the administrator; its key file."""
    numbers = a_key(0).public_key().public_numbers()
    sandbox.sign_in.service_accounts[EMAIL] = ServiceAccount(
        EMAIL, CLIENT_ID, numbers.n, numbers.e, frozenset(delegated)
    )
    return {
        "type": "service_account",
        "project_id": "practice",
        "private_key_id": "k1",
        "private_key": pem(a_key(0)),
        "client_email": EMAIL,
        "client_id": CLIENT_ID,
        "token_uri": sandbox.token_uri,
    }
