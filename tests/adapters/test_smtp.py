"""The fate of a mail is told exactly, wherever the line breaks (docs/decisions/delivery-order.md)."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any

import pytest

from sync.adapters.smtp import SmtpMailer, SmtpServer
from sync.errors import (
    DeliveryDoubtful,
    DeliveryImpossible,
    DeliveryPostponed,
    MailSignInRefused,
    MailUnreachable,
    PracticeError,
)
from sync.ports import Letter
from tests.adapters.cut_server import CutServer
from tests.adapters.test_letters import SENDER, SENT_AT, letter


def local_mailer(port: int, **changed: Any) -> SmtpMailer:
    """A mailer to this machine, without encryption."""
    known: dict[str, Any] = {"host": "127.0.0.1", "port": port, "security": "none", "timeout": 0.5}
    if "password" in changed:
        password = changed.pop("password")
        known["secret"] = lambda: password
    return SmtpMailer(SmtpServer(**(known | changed)), SENDER, now=lambda: SENT_AT)


def nothing() -> None:
    pass


def send_to(server: CutServer, sent: Letter, handing_over: Callable[[], None] = nothing) -> None:
    """Send one letter and hang up."""
    with closing(local_mailer(server.port)) as mailer:
        mailer.send(sent, handing_over)


FATES = (DeliveryPostponed, DeliveryImpossible, DeliveryDoubtful)


def trouble(server: CutServer, **changed: Any) -> PracticeError | None:
    """What was in the way of a mail to `server`."""

    def wait_for_the_cut() -> None:
        if server.cut_at == "body":
            server.closed.wait(5)

    mailer = local_mailer(server.port, **changed)
    try:
        mailer.send(letter(), wait_for_the_cut)
    except PracticeError as error:
        return error
    finally:
        mailer.close()
    return None


def fate(server: CutServer, **changed: Any) -> type[PracticeError] | None:
    """What sending to `server` comes to: one of `FATES`, or None when it was accepted."""
    error = trouble(server, **changed)
    return None if error is None else next(kind for kind in FATES if isinstance(error, kind))


@pytest.mark.parametrize("cut_at", ["accept", "banner", "EHLO", "MAIL", "RCPT", "DATA", "body"])
def test_a_line_cut_before_the_dot_leaves_the_mail_certainly_unsent(cut_at: str) -> None:
    with CutServer(cut_at) as server:
        assert DeliveryPostponed == fate(server)

    assert [] == server.stored


@pytest.mark.parametrize(("cut_at", "lasting"), [("accept", True), ("EHLO", True), ("MAIL", False)])
def test_what_is_lost_before_the_talk_is_open_is_no_mails_fault(cut_at: str, lasting: bool) -> None:
    with CutServer(cut_at) as server:
        assert lasting == isinstance(trouble(server), MailUnreachable)


@pytest.mark.parametrize("cut_at", ["before store", "after store", "hang"])
def test_a_line_cut_after_the_dot_leaves_the_mail_in_doubt(cut_at: str) -> None:
    with CutServer(cut_at) as server:
        assert DeliveryDoubtful == fate(server)


def test_an_answer_nobody_understands_leaves_the_mail_in_doubt() -> None:
    with CutServer(replies={"dot": b"well done\r\n"}) as server:
        assert DeliveryDoubtful == fate(server)


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("banner", b"421 busy\r\n"),
        ("banner", b"554 no service\r\n"),
        ("EHLO", b"421 busy\r\n"),
        ("MAIL", b"451 later\r\n"),
        ("RCPT", b"450 later\r\n"),
        ("DATA", b"451 later\r\n"),
        ("dot", b"451 later\r\n"),
    ],
)
def test_a_refusal_for_now_is_tried_again(step: str, answer: bytes) -> None:
    with CutServer(replies={step: answer}) as server:
        assert DeliveryPostponed == fate(server)


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("MAIL", b"550 no such sender therapist@example.org\r\n"),
        ("RCPT", b"550 no such user therapist@example.org\r\n"),
        ("DATA", b"554 no\r\n"),
        ("dot", b"554 not this one\r\n"),
    ],
)
def test_a_refusal_for_good_is_not_tried_again(step: str, answer: bytes) -> None:
    with CutServer(replies={step: answer}) as server:
        assert DeliveryImpossible == fate(server)


def test_the_servers_words_are_not_repeated_for_they_may_name_the_recipient() -> None:
    with (
        CutServer(replies={"RCPT": b"550 no such user therapist@example.org\r\n"}) as server,
        pytest.raises(DeliveryImpossible) as refusal,
    ):
        local_mailer(server.port).send(letter(), nothing)

    assert "The mail server refused the recipient (550)." == str(refusal.value)
    assert "doctor" in refusal.value.advice


def test_a_farewell_that_is_lost_does_not_unsend_the_mail() -> None:
    with CutServer("QUIT") as server:
        assert fate(server) is None

    assert 1 == len(server.stored)


def test_the_server_gets_the_mail_as_it_was_written() -> None:
    with CutServer() as server:
        send_to(server, letter(html="", images=()))

    (mail,) = server.stored
    assert mail.endswith(b"Zo=C3=AB came.\r\n..\r\nEnd\r\n")
    assert b"Message-ID: <b.0123@example.org>\r\n" in mail


def test_nobody_is_told_this_machines_name() -> None:
    with CutServer() as server:
        fate(server)

    assert b"EHLO [127.0.0.1]\r\n" == server.commands[0].replace(b"ehlo", b"EHLO")


def test_the_handing_over_is_told_before_the_server_has_the_mail() -> None:
    with CutServer() as server:
        stored: list[int] = []
        send_to(server, letter(), lambda: stored.append(len(server.stored)))

    assert [0] == stored


def test_a_mail_called_back_at_the_last_moment_is_not_accepted() -> None:
    def lost() -> None:
        raise RuntimeError("the lease is lost")

    with CutServer() as server, pytest.raises(RuntimeError):
        local_mailer(server.port).send(letter(), lost)

    assert [] == server.stored


def test_nobody_listening_is_tried_again() -> None:
    with CutServer() as server:
        port = server.port

    with pytest.raises(DeliveryPostponed):
        local_mailer(port).send(letter(), nothing)


def test_words_never_cross_a_network_in_the_clear() -> None:
    mailer = local_mailer(25, host="mail.example.org")

    assert mailer.over_network
    with pytest.raises(DeliveryImpossible, match="must be encrypted"):
        mailer.send(letter(), nothing)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.9.1"])
def test_mail_to_this_machine_is_not_over_a_network(host: str) -> None:
    assert not local_mailer(25, host=host).over_network


@pytest.mark.parametrize(
    "host", ["mail.example.org", "192.0.2.1", "localhost.example.org", "127.0.0.1.example"]
)
def test_mail_to_any_other_machine_is_over_a_network(host: str) -> None:
    assert local_mailer(25, host=host).over_network


def test_a_stripped_starttls_is_refused_before_the_password_is_shown() -> None:
    with CutServer() as server, pytest.raises(DeliveryPostponed, match="does not offer encryption"):
        local_mailer(server.port, security="starttls", user="u", password="secret").send(letter(), nothing)

    assert [] == [command for command in server.commands if b"AUTH" in command.upper()]


@pytest.mark.parametrize("password", [None, "pässwort"])
def test_a_password_that_is_missing_or_unsayable_is_refused_at_once(password: str | None) -> None:
    with CutServer() as server:
        assert isinstance(trouble(server, user="u", password=password), MailSignInRefused)

    assert [] == server.commands


@pytest.mark.parametrize(
    ("answer", "meaning"), [(b"535 no\r\n", MailSignInRefused), (b"454 later\r\n", MailUnreachable)]
)
def test_a_refused_sign_in_is_tried_once_and_by_its_kind(answer: bytes, meaning: type[PracticeError]) -> None:
    with CutServer(replies={"AUTH": answer}) as server:
        assert meaning is type(trouble(server, user="u", password="secret"))

    assert 1 == len([command for command in server.commands if command.upper().startswith(b"AUTH")])


def test_a_server_that_wants_a_sign_in_at_the_mail_itself_stops_all_mail() -> None:
    with CutServer(replies={"MAIL": b"530 authentication required\r\n"}) as server:
        assert isinstance(trouble(server), MailSignInRefused)


@pytest.mark.parametrize("says_so", [False, True])
def test_a_round_of_mails_goes_over_one_connection_and_over_a_new_one_where_that_ends(says_so: bool) -> None:
    with CutServer(mails_each=3, says_so=says_so) as server:
        mailer = local_mailer(server.port)
        for number in range(7):
            mailer.send(letter(message_id=f"<b.{number}@example.org>"), nothing)
        mailer.close()

    assert (7, 3) == (len(server.stored), server.connections)


def test_a_mail_that_was_refused_leaves_nothing_open_that_the_next_could_stumble_over() -> None:
    with CutServer() as server:
        mailer = local_mailer(server.port)
        server.replies["RCPT"] = b"550 no such user\r\n"
        with pytest.raises(DeliveryImpossible):
            mailer.send(letter(), nothing)
        del server.replies["RCPT"]
        mailer.send(letter(), nothing)
        mailer.close()

    assert (1, 2) == (len(server.stored), server.connections)


def test_what_is_lost_after_the_dot_is_not_sent_again_over_another_connection() -> None:
    with CutServer() as server:
        mailer = local_mailer(server.port)
        mailer.send(letter(), nothing)
        server.cut_at = "before store"
        with pytest.raises(DeliveryDoubtful):
            mailer.send(letter(), nothing)

    assert (1, 1) == (len(server.stored), server.connections)


def test_a_password_is_not_in_what_a_mailer_says_of_itself() -> None:
    assert "secret" not in repr(local_mailer(25, user="u", password="secret"))


@contextmanager
def dripping(line: bytes, greeting: bytes = b"") -> Iterator[int]:
    """A server that never comes to an end of what it says; its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = Event()

    def drip() -> None:
        with suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                connection.sendall(greeting)
                while not stop.wait(0.02):
                    connection.sendall(line)

    thread = Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        listener.close()
        thread.join(5)


@pytest.mark.parametrize(
    ("line", "greeting"), [(b"220-", b""), (b"x", b""), (b"250-a\r\n", b"220 hello\r\n")]
)
def test_a_server_that_drips_does_not_hold_us_for_ever(line: bytes, greeting: bytes) -> None:
    with dripping(line, greeting) as port:
        server = SmtpServer("127.0.0.1", port, "none", timeout=5, deadline=0.3)
        began = time.monotonic()
        with pytest.raises(DeliveryPostponed):
            SmtpMailer(server, "practice@example.test", lambda: datetime(2026, 6, 10, tzinfo=UTC)).check()

    assert time.monotonic() - began < 4
