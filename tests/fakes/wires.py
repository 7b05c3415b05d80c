"""Mail servers without sockets: an SMTP server and a Gmail that fail where a list of chances says."""

import json
import smtplib
from base64 import urlsafe_b64decode
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from http.client import HTTPConnection
from io import BytesIO
from random import Random
from typing import Any


class Killed(BaseException):
    """The process ended at this very point."""


SMTP_FAULTS = (
    *("refuse", "banner", "banner 554", "EHLO", "MAIL", "RCPT", "DATA", "body", "sign-in"),
    *("MAIL 451", "RCPT 450", "DATA 451", "RCPT 550", "dot 451", "dot 554", "dot garbage"),
    *("before store", "after store", "hang", "QUIT", "421", "killed before", "killed after"),
)
GMAIL_FAULTS = (
    *("refuse", "tls", "writing", "401", "403", "429", "500 before", "500 after"),
    *("before store", "after store", "hang", "lost body", "400", "killed before", "killed after"),
)


@dataclass
class Office:
    """Where mail arrives: how many copies of each, by Message-ID; `trouble` of all tries meet a fault."""

    random: Random
    faults: tuple[str, ...]
    trouble: float = 0.6
    copies: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)

    def next_fault(self) -> str:
        """What the next attempt meets; nothing more often than not, in the end."""
        fault = self.random.choice(self.faults) if self.random.random() < self.trouble else ""
        self.met[fault] += 1
        return fault

    def take(self, raw: bytes) -> None:
        """Keep a copy."""
        self.copies[message_from_bytes(raw)["Message-ID"]] += 1


@dataclass
class _Wire:
    """What both talk over: a socket's few methods."""

    office: Office
    fault: str
    answers: BytesIO = field(default_factory=BytesIO)

    def makefile(self, *_: Any, **__: Any) -> Any:
        return self

    def say(self, line: bytes) -> None:
        at = self.answers.tell()
        self.answers.seek(0, 2)
        self.answers.write(line)
        self.answers.seek(at)

    def readline(self, limit: int = -1) -> bytes:
        line = self.answers.readline(limit)
        if not line and self.fault == "hang":
            raise TimeoutError("timed out")
        return line

    def read(self, size: int = -1) -> bytes:
        return self.answers.read(size)

    def nothing(self, *_: Any) -> None:
        """What a socket does besides is of no interest."""

    setsockopt = settimeout = shutdown = close = flush = nothing


@dataclass
class SmtpWire(_Wire):
    """One SMTP connection; the fault of the mail that is on its way strikes where its name says."""

    body: bytes | None = None

    def sendall(self, data: bytes) -> None:
        if self.body is not None:
            self._take_in(data)
            return
        name = data.split()[0].decode().upper()
        if name == "MAIL":
            self.fault = self.fault or self.office.next_fault()
        if self.fault == name or (name == "MAIL" and self.fault == "421"):
            if self.fault != "421":
                raise ConnectionResetError("Connection reset by peer")
            self.fault = ""
            self.say(b"421 enough for one connection\r\n")
            return
        step, _, code = self.fault.partition(" ")
        if step == name and code.isdigit():
            self.fault = ""
            self.say(code.encode() + b" no\r\n")
            return
        usual = {"EHLO": b"250-x\r\n250 AUTH PLAIN\r\n", "AUTH": b"235 in\r\n", "DATA": b"354 go on\r\n"}
        if name == "AUTH" and self.fault == "sign-in":
            self.say(b"535 no\r\n")
            return
        self.say(usual.get(name, b"250 ok\r\n"))
        if name == "DATA":
            self.body = b""

    def _take_in(self, data: bytes) -> None:
        assert self.body is not None
        if self.fault == "body":
            raise BrokenPipeError("Broken pipe")
        if data != b".\r\n":
            self.body += data
            return
        body, self.body = self.body, None
        fault, self.fault = self.fault, "hang" if self.fault == "hang" else ""
        match fault:
            case "killed before":
                raise Killed
            case "dot 451" | "dot 554":
                self.say(fault.encode()[4:] + b" no\r\n")
                return
            case "before store":
                return
        self.office.take(body)
        match fault:
            case "killed after":
                raise Killed
            case "after store" | "hang":
                return
            case "dot garbage":
                self.say(b"well done\r\n")
            case _:
                self.say(b"250 kept\r\n")


class WiredSmtp(smtplib.SMTP):
    """`smtplib` over such a wire."""

    office: Office

    def _get_socket(self, _host: str, _port: int, _timeout: float) -> Any:
        fault = self.office.next_fault()
        if fault == "refuse":
            raise ConnectionRefusedError("Connection refused")
        wire = SmtpWire(self.office, fault)
        if fault != "banner":
            wire.say(b"554 not here\r\n" if fault == "banner 554" else b"220 wire.example\r\n")
        return wire


@dataclass
class GmailWire(_Wire):
    """One HTTP connection, for one request."""

    sent: bytes = b""

    def sendall(self, data: bytes) -> None:
        if self.fault == "writing" and self.sent:
            raise BrokenPipeError("Broken pipe")
        self.sent += data
        head, _, body = self.sent.partition(b"\r\n\r\n")
        lengths = [int(line[15:]) for line in head.lower().split(b"\r\n") if line[:15] == b"content-length:"]
        if lengths and len(body) == lengths[0]:
            self._answer(body)

    def _answer(self, body: bytes) -> None:
        match self.fault:
            case "killed before":
                raise Killed
            case "401" | "403" | "429" | "400" | "500 before":
                reason = {"403": "rateLimitExceeded", "400": "invalidArgument"}.get(self.fault, "x")
                error = {"code": int(self.fault[:3]), "message": "no", "errors": [{"reason": reason}]}
                self._say(int(self.fault[:3]), json.dumps({"error": error}).encode())
                return
            case "before store":
                return
        self.office.take(urlsafe_b64decode(json.loads(body)["raw"]))
        match self.fault:
            case "killed after":
                raise Killed
            case "after store" | "hang":
                return
            case "500 after":
                self._say(500, b"")
            case "lost body":
                self._say(200, b'{"id": ', claims=40)
            case _:
                self._say(200, b'{"id": "18c0"}')

    def _say(self, status: int, body: bytes, claims: int | None = None) -> None:
        length = len(body) if claims is None else claims
        self.say(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n" % (status, length) + body)


class WiredGmail(HTTPConnection):
    """`http.client` over such a wire."""

    def __init__(self, office: Office) -> None:
        super().__init__("gmail.example")
        self._office = office

    def connect(self) -> None:
        fault = self._office.next_fault()
        if fault in ("refuse", "tls"):
            raise ConnectionRefusedError("Connection refused")
        self.sock = GmailWire(self._office, fault)
