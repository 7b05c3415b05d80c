"""Waits on this machine for Google's redirect at the end of a sign-in.

A browser asks a local address for more than the one thing that is meant: its icon, a prefetch, a
half-open connection kept in reserve. None of these may end the sign-in (RFC 8252 §7.3, §8.10).
"""

import html
import queue
import secrets
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

_ANSWER_SECONDS = 60  # how long the browser's tab may wait for us to settle with Google
_FAREWELL_SECONDS = 3
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Practice Sync</title>
<meta name="viewport" content="width=device-width">
<style>body{{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 1em}}</style>
</head><body><h1>{title}</h1><p>{text}</p></body></html>"""


@dataclass(frozen=True, slots=True)
class Redirect:
    """What Google sent the browser back with: a code, or the error that was given instead."""

    code: str = field(repr=False)
    error: str
    page: "queue.SimpleQueue[tuple[str, str]]" = field(default_factory=queue.SimpleQueue, repr=False)
    shown: threading.Event = field(default_factory=threading.Event, repr=False)

    def show(self, title: str, text: str) -> None:
        """Answer the browser, whose tab has been waiting since, with a small page.

        Returns when the page is on its way, so that the program may end right after.
        """
        self.page.put((title, text))
        self.shown.wait(_FAREWELL_SECONDS)


def redirect_of(query: dict[str, list[str]], state: str) -> Redirect | None:
    """The redirect that a query is, if it is ours: it brings our state, and a code or an error."""
    brought, code, error = (query.get(name, [""])[0] for name in ("state", "code", "error"))
    ours = secrets.compare_digest(brought.encode(), state.encode()) and bool(code or error)
    return Redirect(code, error) if ours else None


class LoopbackListener:
    """A listener on 127.0.0.1 while the context lasts; `port` 0 takes any free one."""

    def __init__(self, state: str, port: int = 0) -> None:
        """`state` is the word that the true redirect brings back. Raises OSError if `port` is taken."""
        self.redirects: queue.SimpleQueue[Redirect] = queue.SimpleQueue()
        self._state = state
        self._answered = threading.Lock()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.listener = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.server_port

    def wait(self, seconds: float) -> Redirect | None:
        """The first redirect with our state, or None when none came in time."""
        try:
            return self.redirects.get(timeout=seconds)
        except queue.Empty:
            return None

    def take(self, query: dict[str, list[str]]) -> Redirect | None:
        """Accept a redirect once, if it is ours: it brings our state, and a code or an error."""
        redirect = redirect_of(query, self._state)
        if redirect is None or not self._answered.acquire(blocking=False):
            return None
        self.redirects.put(redirect)
        return redirect

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    # Threads, for a browser opens connections on which it says nothing; they must not block the true one.
    daemon_threads = True
    listener: LoopbackListener


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path != "/":
            self._answer(404, "Nothing here", "The sign-in goes on in the other tab.")
            return
        redirect = self.server.listener.take(parse_qs(parts.query))
        if redirect is None:
            self._answer(400, "Not the expected answer", "The sign-in goes on in its own tab.")
            return
        try:
            title, text = redirect.page.get(timeout=_ANSWER_SECONDS)
        except queue.Empty:
            title, text = "Thank you", "See the window where you started for how it went."
        self._answer(200, title, text)
        redirect.shown.set()

    def _answer(self, status: int, title: str, text: str) -> None:
        body = _PAGE.format(title=html.escape(title), text=html.escape(text)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")  # the page's address holds the code
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the request line holds the code."""
