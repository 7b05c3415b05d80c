"""What the sandbox's Google refuses of a service account's assertion."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from google.auth import jwt
from google.auth.crypt import RSASigner

from sync.sandbox.server import Sandbox
from sync.sandbox.service_accounts import AUDIENCE, BadAssertion, read_assertion
from sync.sandbox.world import World
from tests.fakes.service_account import EMAIL, a_key, pem, service_account

NOW = datetime(2026, 6, 10, 8, tzinfo=UTC)
SCOPE = "https://www.googleapis.com/auth/calendar.events.readonly"
CLAIMS: dict[str, Any] = {
    "iss": EMAIL,
    "sub": "ana@practice.example",
    "scope": SCOPE,
    "aud": AUDIENCE,
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 3600,
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(World(lambda: NOW)) as sandbox:
        service_account(sandbox, SCOPE)
        yield sandbox


def signed(claims: dict[str, Any], number: int = 0) -> str:
    signer = RSASigner.from_string(pem(a_key(number)), "k1")  # type: ignore[no-untyped-call]
    return bytes(jwt.encode(signer, claims)).decode()  # type: ignore[no-untyped-call]


def test_a_sound_assertion_says_for_whom_and_what(sandbox: Sandbox) -> None:
    asked = read_assertion(signed(CLAIMS), sandbox.sign_in.service_accounts, {AUDIENCE}, NOW)

    assert ("ana@practice.example", (SCOPE,)) == (asked.subject, asked.scopes)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"iss": "nobody"}, "invalid_grant"),
        ({"aud": "https://elsewhere.example/token"}, "invalid_grant"),
        ({"exp": CLAIMS["iat"] + 3601}, "invalid_grant"),
        ({"iat": CLAIMS["iat"] - 7200, "exp": CLAIMS["iat"] - 3600}, "invalid_grant"),
        ({"iat": CLAIMS["iat"] + 600, "exp": CLAIMS["iat"] + 1200}, "invalid_grant"),
        ({"scope": f"{SCOPE} openid"}, "unauthorized_client"),
        ({"scope": ""}, "unauthorized_client"),
    ],
)
def test_an_assertion_that_is_not_in_order_is_refused(
    sandbox: Sandbox, change: dict[str, Any], error: str
) -> None:
    with pytest.raises(BadAssertion) as refused:
        read_assertion(signed(CLAIMS | change), sandbox.sign_in.service_accounts, {AUDIENCE}, NOW)

    assert error == refused.value.error


def test_an_assertion_that_another_signed_or_nobody_is_refused(sandbox: Sandbox) -> None:
    sound = signed(CLAIMS)
    for assertion in ("", "a.b.c", signed(CLAIMS, 1), f"{sound[:-6]}AAAAAA", sound.replace(".", "", 1)):
        with pytest.raises(BadAssertion):
            read_assertion(assertion, sandbox.sign_in.service_accounts, {AUDIENCE}, NOW)
