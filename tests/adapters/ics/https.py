"""A real HTTPS server on this machine that answers as it is told to, and counts who came."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme

from sync.adapters.ics_fetch import Network
from sync.adapters.ics_network import NetworkRules

HOST = "calendar.example"


@dataclass
class Answer:
    """What the server says; `raw` instead of everything else."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None


@dataclass
class Asked:
    """One request."""

    path: str
    headers: Mapping[str, str]


Answering = Callable[[Asked], Answer]


@dataclass
class HttpsHost:
    """`port` on loopback; `requests` keeps what was asked, `connections` who connected."""

    port: int
    authority: trustme.CA
    answering: Answering
    requests: list[Asked] = field(default_factory=list)
    connections: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}/calendar/secret-3f9a/basic.ics"

    def network(self, **more: object) -> Network:
        """The network with this one host allowed, found on loopback, its certificate trusted."""
        trust = ssl.create_default_context()
        self.authority.configure_trust(trust)
        rules = NetworkRules.allowing([f"{HOST}:{self.port}"])
        how: dict[str, object] = {"rules": rules, "resolve": lambda _h, _p: ["127.0.0.1"], "trust": trust}
        return Network(**{**how, **more})  # type: ignore[arg-type]


@contextmanager
def https_host(
    answering: Answering | None = None, authority: trustme.CA | None = None, name: str = HOST
) -> Iterator[HttpsHost]:
    """A running host; `answering` may be exchanged while it runs."""
    authority = authority or trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)

    class Handler(BaseHTTPRequestHandler):
        timeout = 20

        def do_GET(self) -> None:  # its name there
            asked = Asked(self.path, dict(self.headers.items()))
            host.requests.append(asked)
            answer = host.answering(asked)
            self.close_connection = True
            if answer.raw is not None:
                self.wfile.write(answer.raw)
                return
            self.send_response(answer.status)
            for each in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(*each)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 32

        def finish_request(
            self, request: socket.socket | tuple[bytes, socket.socket], address: object
        ) -> None:
            assert isinstance(request, socket.socket)
            host.connections.append(str(address))
            secure = context.wrap_socket(request, server_side=True)
            super().finish_request(secure, address)
            secure.close()

        def handle_error(self, request: object, address: object) -> None:
            pass  # a client that breaks off is what some tests are about

    server = Server(("127.0.0.1", 0), Handler)
    host = HttpsHost(server.server_address[1], authority, answering or (lambda _asked: Answer()))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
