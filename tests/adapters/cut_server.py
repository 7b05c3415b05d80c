"""A small mail server on this machine that breaks off exactly where it is told to."""

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

OFFERS = b"250-cut.example\r\n250-SIZE 1000000\r\n250 AUTH PLAIN LOGIN\r\n"


@dataclass
class CutServer:
    """Speaks SMTP to one client after the other; breaks off at `cut_at`, and answers as `replies` say.

    Cuts: `accept`, `banner`, a command's name, `body`, `before store`, `after store`, `hang`.
    Replies are by command name, `dot` for the end of the mail. After `mails_each` mails a connection ends:
    with 421 to the next command if `says_so`, else without a word.
    """

    cut_at: str = ""
    replies: dict[str, bytes] = field(default_factory=dict)
    commands: list[bytes] = field(default_factory=list)
    stored: list[bytes] = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)
    mails_each: int = 1000
    says_so: bool = False
    connections: int = 0

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._talking: socket.socket | None = None
        self.port: int = self._listener.getsockname()[1]
        self._released = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._released.set()
        with suppress(OSError):  # Wakes a server that waits for its client, or to which nobody came.
            if self._talking is not None:
                self._talking.shutdown(socket.SHUT_RDWR)
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._thread.join(timeout=10)
        self._listener.close()
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if self._released.is_set():
                connection.close()
                return
            self.connections += 1
            self._talking = connection
            with connection, suppress(OSError):
                if self.cut_at != "accept":
                    self._talk(connection)
            self._talking = None
            self.closed.set()

    def _talk(self, connection: socket.socket) -> None:
        if self.cut_at == "banner":
            self._released.wait()
            return
        connection.sendall(self.replies.get("banner", b"220 cut.example\r\n"))
        left = self.mails_each
        while left or self.says_so:
            line = _line(connection)
            if not line:
                return
            if not left:
                connection.sendall(b"421 enough\r\n")
                return
            name = line.split()[0].decode().upper()
            self.commands.append(line)
            if self.cut_at == name:
                return
            connection.sendall(self.replies.get(name, _usual_answer(name)))
            if name == "DATA" and name not in self.replies:
                left -= 1
                if not self._take_mail(connection):
                    return
            if name == "QUIT":
                return

    def _take_mail(self, connection: socket.socket) -> bool:
        """Takes the mail as far as is wanted; whether the talk goes on."""
        if self.cut_at == "body":
            connection.recv(1)
            return False
        lines = []
        while (line := _line(connection)) != b".\r\n":
            if not line:
                return False
            lines.append(line)
        if self.cut_at == "before store":
            return False
        if "dot" not in self.replies:
            self.stored.append(b"".join(lines))
        if self.cut_at == "after store":
            return False
        if self.cut_at == "hang":
            self._released.wait()
            return False
        connection.sendall(self.replies.get("dot", b"250 kept\r\n"))
        return True


def _usual_answer(name: str) -> bytes:
    return {"EHLO": OFFERS, "DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}.get(name, b"250 ok\r\n")


def _line(connection: socket.socket) -> bytes:
    """One line, read byte by byte so that nothing is taken that belongs to the next step."""
    line = b""
    while not line.endswith(b"\r\n"):
        try:
            byte = connection.recv(1)
        except OSError:
            return b""
        if not byte:
            return b""
        line += byte
    return line
