"""A small practice in the sandbox: one calendar, one weekly series, a clock that is set by hand."""

from collections.abc import Iterable, Iterator
from typing import Any

import google_auth_httplib2  # type: ignore[import-untyped]  # the library has no types
import httplib2
import pytest
from google.oauth2.credentials import Credentials

from sync.sandbox.in_process import InProcessHttp
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World
from tests.sandbox.practice import ANA, READING, Client, Clock, calendar_client


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    world = World(clock)
    world.add_calendar(ANA, time_zone="America/New_York", summary="Practice")
    return world


@pytest.fixture
def http(world: World) -> InProcessHttp:
    return InProcessHttp(world)


@pytest.fixture
def client(http: InProcessHttp) -> Client:
    return calendar_client(http)


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    with Sandbox(world) as running:
        yield running


@pytest.fixture
def over_http(sandbox: Sandbox) -> Iterator[Client]:
    http = authorized(sandbox)
    yield calendar_client(http, sandbox.api_root)
    http.close()


def authorized(sandbox: Sandbox, scopes: Iterable[str] = (READING,)) -> Any:
    """A signed-in transport over real HTTP."""
    granted = sandbox.grant(ANA, list(scopes))
    names = ("refresh_token", "token_uri", "client_id", "client_secret")
    credentials = Credentials(token=None, **{name: granted[name] for name in names})  # type: ignore[no-untyped-call]  # the library has no types
    return google_auth_httplib2.AuthorizedHttp(credentials, http=httplib2.Http(timeout=5))
