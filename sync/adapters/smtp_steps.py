"""The single steps of a talk with a mail server, and what each answer, or none, means for the mail.

`smtplib.sendmail` raises the same error whether or not the server has the mail. What fails up to and with
the final dot was certainly not accepted; what is lost after the dot may have been (RFC 1047).
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sync.errors import (
    DeliveryDoubtful,
    DeliveryImpossible,
    DeliveryPostponed,
    MailSignInRefused,
    MailUnreachable,
    PracticeError,
)

QUIT_SECONDS = 5.0
SERVICE_ENDS = 421
"""The server closes the connection (RFC 5321 §3.8); it may be its hundredth mail, or its patience."""
SIGN_IN_WANTED = frozenset((530, 535, 538))
"""RFC 4954 §6, at any step: no mail will be taken before somebody signs in."""

CHECK_SERVER = (
    "Check `mail.smtp_host`, `mail.smtp_port` and `mail.smtp_security`; `practice-sync doctor` tests them."
)


class LineLost(DeliveryPostponed):
    """The connection was lost, or ended by the server, before it had the mail."""


def require_ready(reply: tuple[int, bytes], wanted: int, what: str) -> None:
    """Passes the answer that opens the talk. Any other is about the server and no mail's fault."""
    code = reply[0]
    if not _is(code, wanted):
        raise MailUnreachable(f"The mail server did not accept {what} ({code}).", CHECK_SERVER)


def require(reply: tuple[int, bytes], wanted: int, what: str) -> None:
    """Passes an answer of the wanted kind (any 25x for 250) and raises what the others mean for the mail."""
    code = reply[0]
    if not _is(code, wanted):
        raise _refusal(code, what)


def _is(code: int, wanted: int) -> bool:
    return code == wanted or (wanted == 250 and 250 <= code < 260)


def _refusal(code: int, what: str) -> PracticeError:
    """5xx is for good, anything else for now. The server's words may name people: left out."""
    if code in SIGN_IN_WANTED:
        return MailSignInRefused(f"The mail server wants us to sign in first ({code}).")
    if 500 <= code < 600:
        return DeliveryImpossible(f"The mail server refused {what} ({code}).")
    for_now = f"The mail server did not accept {what} for now ({code})."
    return LineLost(for_now) if code == SERVICE_ENDS else DeliveryPostponed(for_now)


def finish(smtp: smtplib.SMTP) -> None:
    """The dot that makes the server responsible, and its answer."""
    with certainly_not_sent():
        smtp.send(b".\r\n")  # So short that it is taken whole or refused.
    try:
        reply = smtp.getreply()
    except OSError as error:
        raise DeliveryDoubtful("The mail server's answer was lost after the mail was handed over.") from error
    if not (250 <= reply[0] < 260 or 400 <= reply[0] < 600):
        raise DeliveryDoubtful("The mail server's answer to the mail could not be understood.")
    require(reply, 250, "the message")


@contextmanager
def certainly_not_sent() -> Iterator[None]:
    """Turns a connection lost before the server is responsible into a delivery to try again."""
    try:
        yield
    except OSError as error:  # Includes smtplib's own errors, lost connections and timeouts.
        raise LineLost(
            f"The mail server was lost before the mail was handed over ({_kind(error)})."
        ) from error


@contextmanager
def certainly_not_reached() -> Iterator[None]:
    """Turns whatever breaks before the talk is open into a server that is out of reach."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise MailUnreachable(
            "The mail server's certificate is not to be trusted; nothing was sent.", CHECK_SERVER
        ) from error
    except OSError as error:
        raise MailUnreachable(f"The mail server cannot be reached ({_kind(error)}).") from error


def say_goodbye(smtp: smtplib.SMTP) -> None:
    """Never in the middle of a mail: it would be more of its text. Its fate means nothing."""
    with suppress(OSError):
        if smtp.sock is not None:
            smtp.sock.settimeout(QUIT_SECONDS)
            smtp.docmd("QUIT")


def stuffed(message: bytes) -> bytes:
    """The message as RFC 5321 §4.5.2 carries it: leading dots doubled, ended by a line break."""
    ended = message if message.endswith(b"\r\n") else message + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended)


def _kind(error: OSError) -> str:
    return error.strerror or type(error).__name__
