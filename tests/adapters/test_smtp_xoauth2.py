"""An access token signs in where a mail server takes no password, and is shown to it once."""

import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, Envelope, auth_mechanism

from sync.adapters.smtp import SmtpMailer, SmtpServer
from sync.adapters.token_command import token_of
from sync.errors import MailSignInRefused, MailUnreachable
from tests.adapters.cut_server import CutServer
from tests.adapters.test_letters import SENDER, SENT_AT, letter
from tests.adapters.test_smtp import trouble
from tests.adapters.test_smtp_encryption import AnyPort, certified, nothing, trusting

LONG_TOKEN = "t" * 280
"""As long as aiosmtpd takes a line; Google's are 200 and more, Microsoft's 2000."""


class TokenBox:
    """Takes mail from who shows the token; says why not as Google and Microsoft do: in a challenge."""

    def __init__(self) -> None:
        self.shown: list[bytes] = []
        self.mails = 0

    @auth_mechanism("XOAUTH2")
    async def auth_xoauth2(self, server: Any, args: list[str]) -> AuthResult:
        said = b64decode(args[1])
        self.shown.append(said)
        if said == f"user=ana@practice.example\x01auth=Bearer {LONG_TOKEN}\x01\x01".encode():
            return AuthResult(success=True)
        challenge = b64encode(json.dumps({"status": "401", "schemes": "bearer"}).encode())
        await server.push(b"334 " + challenge)
        assert b"\r\n" == await server._reader.readline()
        return AuthResult(success=False, handled=False)

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802  # its name there
        self.mails += 1
        return "250 kept"


@contextmanager
def token_server() -> Iterator[tuple[TokenBox, int]]:
    box = TokenBox()
    controller = AnyPort(
        box,
        hostname="127.0.0.1",
        port=0,
        tls_context=certified(),
        require_starttls=True,
        auth_required=True,
        auth_exclude_mechanism=["PLAIN", "LOGIN"],
    )
    controller.start()
    try:
        yield box, controller.port
    finally:
        controller.stop()


def token_mailer(port: int, token: str) -> SmtpMailer:
    server = SmtpServer(
        "127.0.0.1", port, "starttls", "ana@practice.example", "xoauth2", lambda: token, timeout=5
    )
    return SmtpMailer(server, SENDER, lambda: SENT_AT, trusting())


def test_a_mail_goes_with_an_access_token() -> None:
    with token_server() as (box, port), closing(token_mailer(port, LONG_TOKEN)) as mailer:
        for _ in range(2):
            mailer.send(letter(), nothing)

    assert (2, 1) == (box.mails, len(box.shown))


def test_a_token_that_is_refused_is_shown_once_and_stops_mail() -> None:
    with (
        token_server() as (box, port),
        pytest.raises(MailSignInRefused, match=r"token \(535\)") as refusal,
    ):
        token_mailer(port, "stale").send(letter(), nothing)

    assert (0, 1) == (box.mails, len(box.shown))
    assert "smtp_token_command" in refusal.value.advice


def test_a_server_that_knows_no_tokens_gets_none() -> None:
    with CutServer() as server:
        refused = trouble(server, user="u", auth="xoauth2", password="token")

    assert isinstance(refused, MailSignInRefused)
    assert [] == [command for command in server.commands if b"AUTH" in command.upper()]


def test_a_token_that_is_renewed_is_no_other_identity_and_a_password_is() -> None:
    def identity(auth: Any, secret: str) -> str:
        server = SmtpServer("mail.example.org", 587, "starttls", "u", auth, lambda: secret)
        return SmtpMailer(server, SENDER, lambda: SENT_AT).identity()

    assert identity("xoauth2", "one") == identity("xoauth2", "two")
    assert identity("password", "one") != identity("password", "two")


def python(program: str) -> str:
    """A command that runs `program`."""
    return f'{sys.executable} -c "{program}"'


def test_a_token_is_what_the_command_prints() -> None:
    assert "tok.en-1" == token_of(python("print('tok.en-1')"))


@pytest.mark.parametrize(
    ("command", "meaning"),
    [
        ("/nowhere/oama access", MailSignInRefused),
        ("unclosed 'quote", MailSignInRefused),
        ("", MailSignInRefused),
        (python("pass"), MailSignInRefused),
        (python("print('two'); print('lines')"), MailSignInRefused),
        (python("print('secret words'); raise SystemExit(3)"), MailUnreachable),
    ],
)
def test_a_command_that_gives_no_token_is_told_without_its_words(
    command: str, meaning: type[Exception]
) -> None:
    with pytest.raises(meaning) as refusal:
        token_of(command)

    assert "words" not in str(refusal.value)
    assert "nowhere" not in str(refusal.value)


def test_a_command_that_does_not_end_is_given_up() -> None:
    with pytest.raises(MailUnreachable):
        token_of(python("import time; time.sleep(60)"), seconds=0.2)
