"""The sandbox over real HTTP, on a free port of this machine's loopback address."""

import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from sync.sandbox.faults import Faults
from sync.sandbox.gmail import Gmail
from sync.sandbox.http import Hangup, Recorded, Reply, make_request
from sync.sandbox.oauth import SignIn
from sync.sandbox.router import AUTH_PATH, REVOKE_PATH, TOKEN_PATH, Router
from sync.sandbox.world import World

SECONDS_TO_END = 5.0


class Sandbox:
    """A Google that runs on this machine, from `start` to `stop` or within a `with`.

    `requests` has everything that was asked; `faults` are switched on and off while it runs;
    `sign_in` knows who granted what, `gmail` which mails were sent.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.faults = Faults()
        self.requests: list[Recorded] = []
        self.sign_in = SignIn(world)
        self.gmail = Gmail()
        self._server: _Server | None = None
        self._thread: Thread | None = None
        self._origin = ""

    def start(self, port: int = 0) -> Self:
        """Listen on `port` of 127.0.0.1, or on a free one."""
        router = Router(self.world, self.faults, self.requests, self.sign_in, gmail=self.gmail)
        self._server = _Server(router, port)
        self._origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="sandbox", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening and close every connection. Twice is the same as once."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.hang_up()
            self._server.server_close()
            self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def api_root(self) -> str:
        """Where the Calendar API is, with its service path."""
        return f"{self._origin}/calendar/v3/"

    @property
    def gmail_root(self) -> str:
        """Where the Gmail API is; its paths begin with `gmail/v1`."""
        return f"{self._origin}/"

    @property
    def auth_uri(self) -> str:
        """Where a person allows access."""
        return self._origin + AUTH_PATH

    @property
    def token_uri(self) -> str:
        """Where tokens are given."""
        return self._origin + TOKEN_PATH

    @property
    def revoke_uri(self) -> str:
        """Where tokens are taken back."""
        return self._origin + REVOKE_PATH

    def client_secrets(self) -> dict[str, dict[str, Any]]:
        """The file that Google gives the maker of a desktop client, pointing here."""
        return {
            "installed": {
                "client_id": self.sign_in.client_id,
                "client_secret": self.sign_in.client_secret,
                "project_id": "sandbox",
                "auth_uri": self.auth_uri,
                "token_uri": self.token_uri,
                "redirect_uris": ["http://localhost"],
            }
        }

    def grant(self, account: str, scopes: list[str]) -> dict[str, Any]:
        """Allow `scopes` without a browser; returns all that a client needs to go on with."""
        return {
            **self.sign_in.grant(account, scopes),
            "account": account,
            "sub": self.world.add_account(account),
            "scopes": list(scopes),
            "client_id": self.sign_in.client_id,
            "client_secret": self.sign_in.client_secret,
            "token_uri": self.token_uri,
        }


class _Server(ThreadingHTTPServer):
    """Listens, and can hang up on every client at once."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, router: Router, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Connection)
        self.router = router
        self.stopping = Event()
        self._open: set[socket.socket] = set()
        self._threads_of_clients: list[Thread] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve one connection in a thread of its own, which can be waited for."""
        self._open.add(request)
        self._threads_of_clients = [thread for thread in self._threads_of_clients if thread.is_alive()]
        thread = Thread(
            target=self.process_request_thread,
            args=(request, client_address),
            name="sandbox client",
            daemon=True,
        )
        self._threads_of_clients.append(thread)
        thread.start()

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End every connection, as a machine does that goes down, and wait until all have noticed."""
        self.stopping.set()
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                self._open.discard(connection)
        for thread in self._threads_of_clients:
            thread.join(SECONDS_TO_END)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report whatever went wrong, except that a client went away: that is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Connection(BaseHTTPRequestHandler):
    """One kept-alive connection."""

    protocol_version = "HTTP/1.1"
    server_version = "Sandbox"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = make_request(self.command, self.path, dict(self.headers.items()), body)
        reply = self.server.router.answer(request)
        self.server.stopping.wait(reply.delay)
        if isinstance(reply, Hangup):
            self.close_connection = True
        else:
            self._send(reply)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815  # the names http.server calls

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Keep nothing: addresses carry calendar ids."""
