"""Passwords and mails go to no server that cannot prove who it is; an independent server is asked."""

import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from sync.adapters.smtp import SmtpMailer, SmtpServer
from sync.errors import DeliveryPostponed, MailSignInRefused
from tests.adapters.test_letters import SENDER, SENT_AT, letter

authority = trustme.CA()


def nothing() -> None:
    pass


class Box:
    """Keeps what arrives and who tried to sign in."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.sign_ins: list[LoginPassword] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802  # its name there
        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        return "250 kept"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.sign_ins.append(data)
        return AuthResult(success=data.password == b"secret", handled=False)


class AnyPort(Controller):
    """A controller that takes whatever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]  # a TCP server
        super()._trigger_server()  # type: ignore[no-untyped-call]  # untyped there


def certified(issuer: trustme.CA = authority, **how: Any) -> ssl.SSLContext:
    """A server's context with a certificate of `issuer` for this machine."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    issuer.issue_cert(how.pop("name", "127.0.0.1"), **how).configure_cert(context)
    return context


def trusting(issuer: trustme.CA = authority) -> ssl.SSLContext:
    """A client's context as ours, with one root more."""
    context = ssl.create_default_context()
    issuer.configure_trust(context)
    return context


@contextmanager
def starttls_server(context: ssl.SSLContext) -> Iterator[tuple[Box, int]]:
    """A server that offers STARTTLS and demands a sign-in."""
    box = Box()
    controller = AnyPort(
        box,
        hostname="127.0.0.1",
        port=0,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=box.authenticate,
    )
    controller.start()
    try:
        yield box, controller.port
    finally:
        controller.stop()


def secure_mailer(port: int, trust: ssl.SSLContext | None, **changed: Any) -> SmtpMailer:
    password = changed.pop("password", "secret")
    known: dict[str, Any] = {"security": "starttls", "user": "u", "secret": lambda: password, "timeout": 5.0}
    server = SmtpServer("127.0.0.1", port, **(known | changed))
    return SmtpMailer(server, SENDER, now=lambda: SENT_AT, trust=trust)


def send_over(mailer: SmtpMailer) -> None:
    """Send one letter and hang up."""
    with closing(mailer):
        mailer.send(letter(), nothing)


def test_a_mail_goes_through_starttls_and_a_sign_in() -> None:
    with starttls_server(certified()) as (box, port):
        send_over(secure_mailer(port, trusting()))

    assert 1 == len(box.mails)
    assert [LoginPassword(b"u", b"secret")] == box.sign_ins


def test_a_wrong_password_is_shown_once() -> None:
    with starttls_server(certified()) as (box, port), pytest.raises(MailSignInRefused, match="535"):
        secure_mailer(port, trusting(), password="guess").send(letter(), nothing)

    assert 1 == len(box.sign_ins)


@pytest.mark.parametrize(
    "context",
    [
        pytest.param(certified(trustme.CA()), id="of an unknown authority"),
        pytest.param(certified(name="mail.example.org"), id="of another host"),
        pytest.param(certified(not_after=datetime(2020, 1, 1, tzinfo=UTC)), id="expired"),
    ],
)
def test_a_certificate_that_does_not_hold_gets_no_password(context: ssl.SSLContext) -> None:
    with starttls_server(context) as (box, port), pytest.raises(DeliveryPostponed, match="certificate"):
        secure_mailer(port, trusting()).send(letter(), nothing)

    assert ([], []) == (box.mails, box.sign_ins)


def test_without_a_word_on_trust_only_the_systems_roots_count() -> None:
    with starttls_server(certified()) as (box, port), pytest.raises(DeliveryPostponed, match="certificate"):
        secure_mailer(port, trust=None).send(letter(), nothing)

    assert [] == box.sign_ins


@contextmanager
def tls_server(context: ssl.SSLContext) -> Iterator[tuple[Box, int]]:
    """A server that is encrypted from the first byte."""
    box = Box()
    controller = AnyPort(box, hostname="127.0.0.1", port=0, ssl_context=context)
    controller.start()
    try:
        yield box, controller.port
    finally:
        controller.stop()


def test_a_mail_goes_through_a_connection_encrypted_from_the_start() -> None:
    with tls_server(certified()) as (box, port):
        send_over(secure_mailer(port, trusting(), security="tls", user=None))

    assert 1 == len(box.mails)


def test_a_stranger_gets_no_mail_over_a_connection_encrypted_from_the_start() -> None:
    with tls_server(certified(trustme.CA())) as (box, port):
        mailer = secure_mailer(port, trusting(), security="tls", user=None)
        with pytest.raises(DeliveryPostponed, match="certificate"):
            mailer.send(letter(), nothing)

    assert [] == box.mails
