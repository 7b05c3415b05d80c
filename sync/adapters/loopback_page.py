"""Shows one page in a browser on this machine, once, so that no file with its words is left behind."""

import secrets
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WAIT_SECONDS = 60.0


def show_once(page: str, open_browser: Callable[[str], object], seconds: float = WAIT_SECONDS) -> bool:
    """Have the browser fetch `page` from an address that nobody can guess; whether it came in time.

    The address answers one request and is then gone; the browser is told to keep no copy.
    """
    server = _Server(page)
    serving = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    serving.start()
    try:
        open_browser(f"http://127.0.0.1:{server.server_port}{server.path}")
        return server.shown.wait(seconds)
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    # Threads, for a browser opens connections on which it says nothing; they must not block the true one.
    daemon_threads = True

    def __init__(self, page: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.path = f"/{secrets.token_urlsafe(32)}"
        self.shown = threading.Event()
        self._page: bytes | None = page.encode()
        self._taking = threading.Lock()

    def take(self, path: str) -> bytes | None:
        """The page for whoever knows where it is, and comes first."""
        with self._taking:
            if not secrets.compare_digest(path.encode(), self.path.encode()):
                return None
            page, self._page = self._page, None
            return page


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30

    def do_GET(self) -> None:
        page = self.server.take(self.path)
        self.send_response(404 if page is None else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page or b"")))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(page or b"")
        if page is not None:
            self.server.shown.set()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the request line holds the address."""
