"""A Gmail of one socket that breaks off exactly where it is told to, over TLS."""

import socket
import ssl
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from tests.adapters.test_smtp_encryption import certified

ACCEPTED = b'{"id": "18c0ffee", "threadId": "18c0ffee", "labelIds": ["SENT"]}'


def answer(status: int, body: bytes, *headers: bytes, claims: int | None = None) -> bytes:
    """An HTTP answer; `claims` is the length it says its body has."""
    lines = [b"HTTP/1.1 %d X" % status, b"Content-Type: application/json", *headers]
    lines.append(b"Content-Length: %d" % (len(body) if claims is None else claims))
    return b"\r\n".join([*lines, b"", body])


@dataclass
class CutGmail:
    """Breaks off at `cut_at`: `tls` (it hangs there), `head` (after the headers, before the body),
    `whole` (after all was read), `hang` (then), else gives `reply` and closes the connection.
    """

    cut_at: str = ""
    reply: bytes = field(default_factory=lambda: answer(200, ACCEPTED))
    context: ssl.SSLContext = field(default_factory=certified)
    posts: int = 0
    whole: int = 0
    path: str = ""

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.root = f"https://127.0.0.1:{self._listener.getsockname()[1]}/"
        self._released = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._released.set()
        with suppress(OSError):
            socket.create_connection(self._listener.getsockname(), timeout=1).close()
        self._thread.join(timeout=10)
        self._listener.close()
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        while not self._released.is_set():
            plain, _ = self._listener.accept()
            with plain, suppress(OSError):
                if self._released.is_set():
                    return
                plain.settimeout(5)
                if self.cut_at == "tls":
                    self._released.wait(5)
                    continue
                with self.context.wrap_socket(plain, server_side=True) as connection:
                    self._talk(connection)

    def _talk(self, connection: ssl.SSLSocket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += connection.recv(1)
        self.posts += 1
        self.path = head.split()[1].decode()
        if self.cut_at == "head":
            _reset(connection)
            return
        lines = dict(line.lower().split(b": ") for line in head.split(b"\r\n") if b": " in line)
        length = int(lines[b"content-length"])
        body = b""
        while len(body) < length:
            body += connection.recv(65536)
        self.whole += 1
        if self.cut_at == "whole":
            _reset(connection)
        elif self.cut_at == "hang":
            self._released.wait(5)
        else:
            connection.sendall(self.reply)


def _reset(connection: ssl.SSLSocket) -> None:
    """End the connection as a machine does that crashed: by RST, and what was not read is lost."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
