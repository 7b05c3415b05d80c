"""The sandbox without sockets: stands where the client library expects an HTTP transport."""

from collections.abc import Mapping
from http.client import RemoteDisconnected
from typing import Any

import httplib2

from sync.sandbox.faults import Faults
from sync.sandbox.http import Hangup, Recorded, make_request
from sync.sandbox.oauth import SignIn
from sync.sandbox.router import Router
from sync.sandbox.world import World


class InProcessHttp:
    """An `httplib2.Http` whose every request is answered by a world, whatever host it names.

    Without an `Authorization` header a request is answered as `account`, or by default as someone who
    sees every calendar as its owner does. `timeout` is in seconds; a slower answer is a `TimeoutError`
    at once, for nothing here waits.
    """

    def __init__(
        self,
        world: World,
        faults: Faults | None = None,
        requests: list[Recorded] | None = None,
        account: str | None = None,
        timeout: float | None = None,
    ) -> None:
        self.faults = Faults() if faults is None else faults
        self.requests: list[Recorded] = [] if requests is None else requests
        self.sign_in = SignIn(world)
        self.timeout = timeout
        self.connections: dict[str, object] = {}
        self.follow_redirects = True
        self.redirect_codes = frozenset((300, 301, 302, 303, 307, 308))
        self._router = Router(
            world, self.faults, self.requests, self.sign_in, lets_everyone_in=True, stranger=account
        )

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        redirections: int = 5,  # noqa: ARG002  # part of the transport's call; nothing here redirects
        connection_type: Any = None,  # noqa: ARG002  # part of the transport's call; nothing connects
    ) -> tuple[httplib2.Response, bytes]:
        """The answer. Raises what a socket would: `RemoteDisconnected`, `TimeoutError`."""
        content = body.encode() if isinstance(body, str) else body or b""
        reply = self._router.answer(make_request(method, uri, headers or {}, content))
        if self.timeout is not None and reply.delay > self.timeout:
            raise TimeoutError("timed out")
        if isinstance(reply, Hangup):
            raise RemoteDisconnected("Remote end closed connection without response")
        fields = {"content-type": reply.content_type, "content-length": str(len(reply.body))}
        lowered = {name.lower(): value for name, value in reply.headers}
        return httplib2.Response({"status": str(reply.status), **fields, **lowered}), reply.body

    def close(self) -> None:
        """Nothing is open."""
