"""The stored permission keeps its secrets to itself and is refreshed once for all threads."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore
from typing import Any

import pytest
from google.auth.transport import Request, Response

from sync.adapters.google_credentials import SharedCredentials, StoredCredentials
from sync.errors import SignInNeeded

STORED = StoredCredentials(
    client_id="id-of-client",
    client_secret="secret-of-client",
    refresh_token="lasting-token",
    token_uri="http://127.0.0.1:1/token",
    scopes=("openid", "email"),
    sub="10001",
    email="t@practice.example",
    granted_at="2026-06-10T08:00:00Z",
)


def test_what_is_stored_is_read_back() -> None:
    assert StoredCredentials.from_json(STORED.to_json()) == STORED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        json.dumps(json.loads(STORED.to_json()) | {"refresh_token": None}),
        json.dumps(json.loads(STORED.to_json()) | {"scopes": 5}),
        json.dumps(json.loads(STORED.to_json()) | {"scopes": [5]}),
        json.dumps(json.loads(STORED.to_json()) | {"more": "x"}),
    ],
)
def test_a_damaged_permission_asks_for_a_new_sign_in(text: str) -> None:
    with pytest.raises(SignInNeeded):
        StoredCredentials.from_json(text)


def test_the_repr_shows_no_secret_and_no_address() -> None:
    text = repr(STORED)

    for word in ("id-of-client", "secret-of-client", "lasting-token", "10001", "t@practice.example"):
        assert word not in text


class TokenAnswer(Response):
    def __init__(self, token: str) -> None:
        self._token = token

    @property
    def status(self) -> int:
        return 200

    @property
    def headers(self) -> dict[str, str]:
        return {}

    @property
    def data(self) -> bytes:
        return json.dumps({"access_token": self._token, "expires_in": 3600}).encode()


class TokenEndpoint(Request):
    """Gives a new token each time, after `before_answering`."""

    def __init__(self, before_answering: Callable[[], object] = lambda: None) -> None:
        self.asked: list[str] = []
        self._before_answering = before_answering

    def __call__(self, url: str, *_: Any, body: bytes = b"", **__: Any) -> TokenAnswer:
        self.asked.append(url + "?" + body.decode())
        self._before_answering()
        return TokenAnswer(f"token-{len(self.asked)}")


class WatchedCredentials(SharedCredentials):
    """Says each time that someone looks at the token."""

    looks = Semaphore(0)
    _token: str | None = None

    @property
    def token(self) -> str | None:
        self.looks.release()
        return self._token

    @token.setter
    def token(self, value: str | None) -> None:
        self._token = value


def test_the_refresh_goes_to_the_stored_address_and_names_no_scope() -> None:
    endpoint = TokenEndpoint()

    SharedCredentials(STORED).refresh(endpoint)

    (asked,) = endpoint.asked
    assert asked.startswith("http://127.0.0.1:1/token?")
    assert "refresh_token=lasting-token" in asked
    assert "scope=" not in asked


def test_threads_that_find_the_token_stale_share_one_refresh() -> None:
    credentials, threads = WatchedCredentials(STORED), 5

    def until_all_have_looked() -> bool:
        # The refreshing thread has looked twice, every other one once.
        return all(credentials.looks.acquire(timeout=10) for _ in range(threads + 1))

    endpoint = TokenEndpoint(until_all_have_looked)
    with ThreadPoolExecutor(threads) as pool:
        for refreshed in [pool.submit(credentials.refresh, endpoint) for _ in range(threads)]:
            refreshed.result(30)

    assert len(endpoint.asked) == 1
    assert credentials.token == "token-1"


def test_a_token_that_google_refused_is_replaced() -> None:
    endpoint, credentials = TokenEndpoint(), SharedCredentials(STORED)

    credentials.refresh(endpoint)
    credentials.refresh(endpoint)

    assert credentials.token == "token-2"
