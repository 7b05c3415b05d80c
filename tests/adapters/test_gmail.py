"""The fate of a mail to the Gmail API is told exactly, wherever the line breaks; and one send is one POST."""

import json
from datetime import timedelta
from typing import Any

import pytest
import trustme
from google.auth.exceptions import RefreshError, TransportError

from sync.adapters.gmail import GmailMailer
from sync.adapters.google_credentials import StoredCredentials
from sync.errors import (
    DeliveryDoubtful,
    DeliveryImpossible,
    DeliveryPostponed,
    MailSignInRefused,
    MailUnreachable,
    PracticeError,
)
from tests.adapters.cut_gmail import ACCEPTED, CutGmail, answer
from tests.adapters.test_letters import SENT_AT, letter
from tests.adapters.test_smtp_encryption import certified, nothing, trusting

PERMISSION = StoredCredentials(
    "client", "secret", "1//refresh", "https://oauth2.example/token", ("s",), "1", "ana@gmail.example", ""
).to_json()


class Token:
    """Credentials of which a test says whether they are still good, and what renewing them comes to."""

    def __init__(self, trouble: Exception | None = None, *, valid: bool = True) -> None:
        self.token, self.valid = "first", valid
        self.trouble = trouble
        self.renewed = 0

    def refresh(self, _request: object) -> None:
        self.renewed += 1
        if self.trouble is not None:
            raise self.trouble
        self.token, self.valid = "second", True


def mailer(root: str, token: Token | None = None, **changed: Any) -> GmailMailer:
    known: dict[str, Any] = {"trust": trusting(), "timeout": 0.5}
    return GmailMailer(root, lambda: SENT_AT, lambda _: token or Token(), **(known | changed))  # type: ignore[arg-type,return-value] # stands in


def trouble(server: CutGmail, *, token: Token | None = None, **changed: Any) -> PracticeError | None:
    """What was in the way of one mail; it was posted once at the most."""
    try:
        mailer(server.root, token).send(letter(permission=PERMISSION, **changed), nothing)
    except PracticeError as error:
        return error
    finally:
        assert server.posts <= 1
    return None


def google(status: int, reason: str, *headers: bytes) -> bytes:
    """A refusal in Google's own words."""
    error = {"code": status, "message": "about ana@gmail.example", "errors": [{"reason": reason}]}
    return answer(status, json.dumps({"error": error}).encode(), *headers)


def test_a_mail_is_posted_once_and_known_by_gmails_id() -> None:
    told: list[int] = []
    with CutGmail() as server:
        gmail_id = mailer(server.root).send(letter(permission=PERMISSION), lambda: told.append(server.posts))

    assert ("18c0ffee", 1, [0]) == (gmail_id, server.posts, told)
    assert "/gmail/v1/users/me/messages/send" == server.path


def test_1_nobody_listening_leaves_the_mail_certainly_unsent() -> None:
    with CutGmail() as server:
        root = server.root

    with pytest.raises(MailUnreachable):
        mailer(root).send(letter(permission=PERMISSION), _never)


def _never() -> None:
    raise AssertionError("it was handed over")


def test_2_a_stranger_gets_neither_the_token_nor_the_mail() -> None:
    with CutGmail(context=certified(trustme.CA())) as server, pytest.raises(MailUnreachable):
        mailer(server.root).send(letter(permission=PERMISSION), _never)

    assert 0 == server.posts


def test_3_time_that_runs_out_before_the_request_leaves_the_mail_certainly_unsent() -> None:
    with CutGmail("tls") as server, pytest.raises(MailUnreachable):
        mailer(server.root).send(letter(permission=PERMISSION), _never)


def test_4_a_line_cut_within_the_request_leaves_the_mail_certainly_unsent() -> None:
    with CutGmail("head") as server:
        lost = trouble(server, text="x" * 8_000_000, html="")

    assert (DeliveryPostponed, 1, 0) == (type(lost), server.posts, server.whole)


@pytest.mark.parametrize("cut_at", ["whole", "hang"])
def test_5_and_6_what_is_lost_after_the_request_is_in_doubt(cut_at: str) -> None:
    with CutGmail(cut_at) as server:
        assert isinstance(trouble(server), DeliveryDoubtful)

    assert (1, 1) == (server.posts, server.whole)


@pytest.mark.parametrize(
    "reply",
    [
        answer(200, ACCEPTED[:20], claims=len(ACCEPTED)),
        answer(200, b"", claims=len(ACCEPTED)),
        answer(200, ACCEPTED[:20]),
        answer(200, b"<html>Welcome to the hotel</html>"),
        answer(200, b'{"id": 7}'),
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"\x00\x01 nothing that is HTTP\r\n\r\n",
    ],
)
def test_7_an_acceptance_whose_body_is_lost_is_in_doubt(reply: bytes) -> None:
    with CutGmail(reply=reply) as server:
        assert isinstance(trouble(server), DeliveryDoubtful)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_8_a_fault_of_the_server_is_in_doubt_for_it_may_come_after_the_work(status: int) -> None:
    with CutGmail(reply=google(status, "backendError")) as server:
        assert isinstance(trouble(server), DeliveryDoubtful)


@pytest.mark.parametrize(
    ("reply", "wait"),
    [
        (google(429, "rateLimitExceeded", b"Retry-After: 90"), 90),
        (answer(429, b"slow down", b"Retry-After: Tue, 16 Jun 2026 11:05:00 GMT"), 180),
        (google(429, "rateLimitExceeded", b"Retry-After: 86400"), 3600),
        (google(429, "rateLimitExceeded", b"Retry-After: soon"), 0),
        (google(403, "userRateLimitExceeded", b"Retry-After: 7"), 7),
        (google(403, "dailyLimitExceeded"), 0),
        (answer(403, b"<html>the proxy says no</html>"), 0),
        (answer(404, b"<html>no such page</html>"), 0),
        (answer(429, b"", claims=50), 0),
    ],
)
def test_9_whoever_asks_us_to_slow_down_is_asked_again_when_it_suits_them(reply: bytes, wait: int) -> None:
    with CutGmail(reply=reply) as server:
        postponed = trouble(server)

    assert type(postponed) is DeliveryPostponed
    assert timedelta(seconds=wait) == postponed.wait


def test_10_an_old_access_token_is_renewed_for_the_next_try_and_never_within_one() -> None:
    token = Token()
    with CutGmail(reply=google(401, "authError")) as server:
        assert type(trouble(server, token=token)) is DeliveryPostponed

    assert 0 == token.renewed


def test_a_fresh_access_token_that_is_refused_stops_her_mail() -> None:
    with CutGmail(reply=google(401, "authError")) as server:
        refused = trouble(server, token=Token(valid=False))

    assert isinstance(refused, MailSignInRefused)
    assert "connect gmail" in refused.advice


@pytest.mark.parametrize(
    "reason", ["insufficientPermissions", "accessNotConfigured", "domainPolicy", "failedPrecondition"]
)
def test_what_only_a_person_can_mend_stops_her_mail_and_says_how(reason: str) -> None:
    status = 400 if reason == "failedPrecondition" else 403
    with CutGmail(reply=google(status, reason)) as server:
        refused = trouble(server)

    assert isinstance(refused, MailSignInRefused)
    assert refused.advice


@pytest.mark.parametrize(("status", "reason"), [(400, "invalidArgument"), (403, "forbidden"), (413, "x-y z")])
def test_a_mail_that_gmail_refuses_is_not_tried_again_and_its_words_are_not_repeated(
    status: int, reason: str
) -> None:
    with CutGmail(reply=google(status, reason)) as server:
        refused = trouble(server)

    assert isinstance(refused, DeliveryImpossible)
    assert "ana" not in str(refused)


@pytest.mark.parametrize(
    ("lost", "meaning"),
    [
        ((RefreshError, "gone", {"error": "invalid_grant"}), MailSignInRefused),
        ((RefreshError, "no", {"error": "invalid_client"}), MailSignInRefused),
        ((TransportError, "no network"), MailUnreachable),
        ((TimeoutError, "timed out"), MailUnreachable),
    ],
)
def test_a_permission_that_cannot_be_renewed_posts_nothing(
    lost: tuple[Any, ...], meaning: type[PracticeError]
) -> None:
    kind, *said = lost
    with CutGmail() as server:
        assert type(trouble(server, token=Token(kind(*said), valid=False))) is meaning

    assert 0 == server.posts


@pytest.mark.parametrize("permission", ["", "{}"])
def test_without_a_permission_nothing_is_posted(permission: str) -> None:
    with CutGmail() as server, pytest.raises(MailSignInRefused, match=r"."):
        mailer(server.root).send(letter(permission=permission), _never)

    assert 0 == server.posts


def test_a_letter_says_nothing_of_the_permission_it_brings() -> None:
    assert "refresh" not in repr(letter(permission=PERMISSION))
