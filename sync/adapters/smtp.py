"""Hands letters to a mail server, one SMTP step at a time, so that the fate of each is known.

`smtplib.sendmail` raises the same error whether or not the server has the mail. Here the body goes
first, then `handing_over` is called, then the final dot: what fails up to and with the dot was
certainly not accepted; what is lost after the dot may have been (RFC 1047).
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from threading import Timer
from typing import Literal

from sync.adapters.letters import build_message, checked_address, sender_address
from sync.errors import DeliveryDoubtful, DeliveryImpossible, DeliveryPostponed, PracticeError
from sync.ports import Letter

Security = Literal["tls", "starttls", "none"]

OUR_NAME = "[127.0.0.1]"
"""What we call ourselves at EHLO: an address literal (RFC 5321 §4.1.3), not this machine's name."""

QUIT_SECONDS = 5.0

CHECK_SERVER = (
    "Check `mail.smtp_host`, `mail.smtp_port` and `mail.smtp_security`; `practice-sync doctor` tests them."
)
CHECK_LOGIN = (
    "Check the mail user and password; an app password may be needed. Then run `practice-sync doctor`."
)


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Which server to hand mail to and how: `tls` from the start (port 465), `starttls` (587) or `none`.

    `none` is accepted for this machine alone. Without a user nobody signs in. `timeout` is for one
    answer, `deadline` for a whole delivery, both in seconds.
    """

    host: str
    port: int
    security: Security = "tls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 30.0
    deadline: float = 120.0


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Sends letters through one server; `trust` (default: the system's roots) says whose word counts."""

    server: SmtpServer
    sender: str
    now: Callable[[], datetime]
    trust: ssl.SSLContext | None = field(default=None, repr=False)

    @property
    def over_network(self) -> bool:
        """Whether letters leave this machine."""
        return not _is_loopback(self.server.host)

    def send(self, letter: Letter, handing_over: Callable[[], None]) -> None:
        """Send `letter`; raises as `sync.ports.Mailer.send` says, never with an address in the text."""
        self._refuse_what_must_not_be()
        message = build_message(letter, self.sender, self.now()).as_bytes()
        with self._client() as smtp:
            with _certainly_not_sent():
                self._open(smtp)
                self._address(smtp, checked_address(letter.to), len(message))
                smtp.send(_stuffed(message))
            handing_over()
            _finish(smtp)
            _say_goodbye(smtp)

    def check(self) -> None:
        """Connect, encrypt and sign in, and send nothing; raises as `send` does."""
        self._refuse_what_must_not_be()
        with self._client() as smtp:
            with _certainly_not_sent():
                self._open(smtp)
            _say_goodbye(smtp)

    @contextmanager
    def _client(self) -> Iterator[smtplib.SMTP]:
        """A client, not connected yet, whose connection ends with the block or at the deadline.

        The timeout counts anew with every byte, so a server that drips would hold us for ever.
        """
        host, timeout = self.server.host, self.server.timeout
        smtp = (
            smtplib.SMTP_SSL(local_hostname=OUR_NAME, timeout=timeout, context=self._context())
            if self.server.security == "tls"
            else smtplib.SMTP(local_hostname=OUR_NAME, timeout=timeout)
        )
        smtp._host = host  # type: ignore[attr-defined] # the name certificates are checked for; `connect` does not set it
        deadline = Timer(self.server.deadline, _cut, [smtp])
        deadline.daemon = True
        deadline.start()
        try:
            yield smtp
        finally:
            deadline.cancel()
            smtp.close()

    def _refuse_what_must_not_be(self) -> None:
        """Stops before a connection is made: words and passwords never cross a network in the clear."""
        if self.server.security == "none" and self.over_network:
            advice = "Set `mail.smtp_security` to `tls` or `starttls`."
            raise DeliveryImpossible("Mail to another machine must be encrypted.", advice)
        if self.server.user and self.server.password is None:
            raise DeliveryImpossible("There is no password for the mail server.", CHECK_LOGIN)
        if not f"{self.server.user}{self.server.password}".isascii():
            raise DeliveryImpossible(
                "The mail user or password has letters that SMTP cannot carry.", CHECK_LOGIN
            )

    def _context(self) -> ssl.SSLContext:
        return self.trust or ssl.create_default_context()

    def _open(self, smtp: smtplib.SMTP) -> None:
        """Connect, greet, encrypt, sign in: in this order, and never further than what was refused."""
        _expect(smtp.connect(self.server.host, self.server.port), 220, "our connection")
        if smtp.sock is not None:
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _expect(smtp.ehlo(), 250, "our greeting")
        if self.server.security == "starttls":
            self._encrypt(smtp)
        if self.server.user:
            _sign_in(smtp, self.server.user, self.server.password or "")

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        if not smtp.has_extn("starttls"):
            raise DeliveryPostponed(
                "The mail server does not offer encryption (STARTTLS); nothing was sent.", CHECK_SERVER
            )
        _expect(smtp.starttls(context=self._context()), 220, "encryption")
        _expect(smtp.ehlo(), 250, "our greeting")

    def _address(self, smtp: smtplib.SMTP, to: str, size: int) -> None:
        options = [f"size={size}"] if smtp.has_extn("size") else []
        _expect(smtp.mail(sender_address(self.sender), options), 250, "the sender")
        _expect(smtp.rcpt(to), 250, "the recipient")
        _expect(smtp.docmd("DATA"), 354, "the message")


def _cut(smtp: smtplib.SMTP) -> None:
    """End a delivery that takes too long: whoever waits for an answer sees the connection lost."""
    if smtp.sock is not None:
        with suppress(OSError):
            smtp.sock.shutdown(socket.SHUT_RDWR)


def _sign_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """One attempt by one mechanism, so that a wrong password is not hammered."""
    smtp.user, smtp.password = user, password
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    try:
        if "PLAIN" in offered:
            smtp.auth("PLAIN", smtp.auth_plain)
        elif "LOGIN" in offered:
            smtp.auth("LOGIN", smtp.auth_login)
        else:
            raise DeliveryImpossible("The mail server offers no way to sign in that we know.", CHECK_LOGIN)
    except smtplib.SMTPAuthenticationError as error:
        if 400 <= error.smtp_code < 500:
            raise DeliveryPostponed(f"The mail server cannot sign us in now ({error.smtp_code}).") from error
        what = f"The mail server refused the user or password ({error.smtp_code})."
        raise DeliveryImpossible(what, CHECK_LOGIN) from error


def _finish(smtp: smtplib.SMTP) -> None:
    """The dot that makes the server responsible, and its answer."""
    with _certainly_not_sent():
        smtp.send(b".\r\n")  # So short that it is taken whole or refused.
    try:
        reply = smtp.getreply()
    except OSError as error:
        raise DeliveryDoubtful("The mail server's answer was lost after the mail was handed over.") from error
    if not (250 <= reply[0] < 260 or 400 <= reply[0] < 600):
        raise DeliveryDoubtful("The mail server's answer to the mail could not be understood.")
    _expect(reply, 250, "the message")


def _expect(reply: tuple[int, bytes], wanted: int, what: str) -> None:
    """Passes an answer of the wanted kind (any 25x for 250) and raises what the others mean."""
    code = reply[0]
    if code != wanted and not (wanted == 250 and 250 <= code < 260):
        raise _refusal(code, what)


def _refusal(code: int, what: str) -> PracticeError:
    """5xx is for good, anything else for now. The server's words may name people: left out."""
    if 500 <= code < 600:
        return DeliveryImpossible(f"The mail server refused {what} ({code}).")
    return DeliveryPostponed(f"The mail server did not accept {what} for now ({code}).")


@contextmanager
def _certainly_not_sent() -> Iterator[None]:
    """Turns whatever breaks before the server is responsible into a delivery to try again."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise DeliveryPostponed(
            "The mail server's certificate is not to be trusted; nothing was sent.", CHECK_SERVER
        ) from error
    except OSError as error:  # Includes smtplib's own errors, lost connections and timeouts.
        raise DeliveryPostponed(
            f"The mail server was lost before the mail was handed over ({_kind(error)})."
        ) from error


def _say_goodbye(smtp: smtplib.SMTP) -> None:
    """Only after the answer: in the middle of a mail it would be more of its text. Its fate means nothing."""
    with suppress(OSError):
        if smtp.sock is not None:
            smtp.sock.settimeout(QUIT_SECONDS)
            smtp.docmd("QUIT")


def _stuffed(message: bytes) -> bytes:
    """The message as RFC 5321 §4.5.2 carries it: leading dots doubled, ended by a line break."""
    ended = message if message.endswith(b"\r\n") else message + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended)


def _kind(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
