"""Hands letters to a mail server, one SMTP step at a time, so that the fate of each is known.

The body goes first, then `handing_over` is called, then the final dot. The connection stays open for the
next letter until `close`; what goes wrong on it ends it.
"""

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from typing import Literal

from sync.adapters.deadline import deadline
from sync.adapters.letters import build_message, checked_address, sender_address
from sync.adapters.smtp_sign_in import Auth, sign_in, usable_secret
from sync.adapters.smtp_steps import (
    CHECK_SERVER,
    LineLost,
    certainly_not_reached,
    certainly_not_sent,
    finish,
    require,
    require_ready,
    say_goodbye,
    stuffed,
)
from sync.errors import DeliveryImpossible, MailUnreachable, PracticeError
from sync.ports import Letter

Security = Literal["tls", "starttls", "none"]

OUR_NAME = "[127.0.0.1]"
"""What we call ourselves at EHLO: an address literal (RFC 5321 §4.1.3), not this machine's name."""


def no_secret() -> None:
    """For a server that nobody signs in to."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Which server to hand mail to and how: `tls` from the start (port 465), `starttls` (587) or `none`.

    `none` is accepted for this machine alone. Without a user nobody signs in. `secret` gives the password,
    or the access token for `xoauth2`, whenever a connection is opened. `timeout` is for one answer,
    `deadline` for a mail up to its dot and for what follows, both in seconds.
    """

    host: str
    port: int
    security: Security = "tls"
    user: str | None = None
    auth: Auth = "password"
    secret: Callable[[], str | None] = field(default=no_secret, repr=False)
    timeout: float = 30.0
    deadline: float = 60.0


@dataclass(slots=True)
class SmtpMailer:
    """Sends letters through one server; `trust` (default: the system's roots) says whose word counts."""

    server: SmtpServer
    sender: str
    now: Callable[[], datetime]
    trust: ssl.SSLContext | None = field(default=None, repr=False)
    _smtp: smtplib.SMTP | None = field(default=None, repr=False)

    @property
    def over_network(self) -> bool:
        """Whether letters leave this machine."""
        return not _is_loopback(self.server.host)

    def send(self, letter: Letter, handing_over: Callable[[], None]) -> None:
        """Send `letter`; raises as `sync.ports.Mailer.send` says, never with an address in the text."""
        message = build_message(letter, self.sender, self.now()).as_bytes()
        to = checked_address(letter.to)
        try:
            smtp = self._hand_in(to, message)
            handing_over()
            with self._in_time():
                finish(smtp)
        except BaseException:
            self._drop()  # In the middle of a mail nothing else can be said, least of all goodbye.
            raise

    def check(self, permission: str = "") -> None:  # noqa: ARG002 - one login serves all
        """Connect, encrypt and sign in, and send nothing; raises as `send` does."""
        self.close()
        try:
            with self._in_time():
                self._opened()
        finally:
            self.close()

    def identity(self, permission: str = "") -> str:  # noqa: ARG002 - one login serves all
        """Server, user and password. A token changes by itself; for it stands that it is one."""
        server, secret = self.server, ""
        if server.user and server.auth == "password":
            with suppress(PracticeError):  # `send` says what is wrong with it
                secret = server.secret() or ""
        return f"{server.host} {server.port} {server.security} {server.auth} {server.user} {secret}"

    def close(self) -> None:
        """Say goodbye and give back the connection; the next letter opens another."""
        if self._smtp is not None:
            say_goodbye(self._smtp)
        self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def _in_time(self) -> AbstractContextManager[None]:
        return deadline(self.server.deadline, lambda: None if self._smtp is None else self._smtp.sock)

    def _hand_in(self, to: str, message: bytes) -> smtplib.SMTP:
        """All but the dot. A connection that was open may have ended meanwhile: then over a new one."""
        if self._smtp is not None:
            try:
                with self._in_time():
                    return self._say(self._smtp, to, message)
            except LineLost:
                self._drop()
        with self._in_time():
            return self._say(self._opened(), to, message)

    def _say(self, smtp: smtplib.SMTP, to: str, message: bytes) -> smtplib.SMTP:
        with certainly_not_sent():
            options = [f"size={len(message)}"] if smtp.has_extn("size") else []
            require(smtp.mail(sender_address(self.sender), options), 250, "the sender")
            require(smtp.rcpt(to), 250, "the recipient")
            require(smtp.docmd("DATA"), 354, "the message")
            smtp.send(stuffed(message))
        return smtp

    def _opened(self) -> smtplib.SMTP:
        """A connection that is greeted, encrypted and signed in: in this order, and never past a refusal."""
        if self.server.security == "none" and self.over_network:
            advice = "Set `mail.smtp_security` to `tls` or `starttls`."
            raise DeliveryImpossible("Mail to another machine must be encrypted.", advice)
        user, auth = self.server.user, self.server.auth
        secret = usable_secret(user, auth, self.server.secret()) if user else ""
        self._smtp = smtp = self._unconnected()
        with certainly_not_reached():
            require_ready(smtp.connect(self.server.host, self.server.port), 220, "our connection")
            if smtp.sock is not None:
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            require_ready(smtp.ehlo(), 250, "our greeting")
            if self.server.security == "starttls":
                self._encrypt(smtp)
            if user:
                sign_in(smtp, user, auth, secret)
        return smtp

    def _unconnected(self) -> smtplib.SMTP:
        timeout = self.server.timeout
        smtp = (
            smtplib.SMTP_SSL(local_hostname=OUR_NAME, timeout=timeout, context=self._context())
            if self.server.security == "tls"
            else smtplib.SMTP(local_hostname=OUR_NAME, timeout=timeout)
        )
        smtp._host = self.server.host  # type: ignore[attr-defined] # certificates are checked for it; `connect` does not set it
        return smtp

    def _context(self) -> ssl.SSLContext:
        return self.trust or ssl.create_default_context()

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        if not smtp.has_extn("starttls"):
            raise MailUnreachable(
                "The mail server does not offer encryption (STARTTLS); nothing was sent.", CHECK_SERVER
            )
        require_ready(smtp.starttls(context=self._context()), 220, "encryption")
        require_ready(smtp.ehlo(), 250, "our greeting")


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
