"""Each failed answer of Google means one thing for us."""

import json
import ssl
from http.client import IncompleteRead

import httplib2
import pytest
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from googleapiclient.errors import HttpError

from sync.adapters.google_errors import Asked, EventGone, of_answer, of_sign_in, our_errors
from sync.errors import (
    CalendarGone,
    CalendarUnreachable,
    PermissionEnded,
    QuotaSpent,
    SignInNeeded,
    SyncError,
    SyncTokenExpired,
)
from tests.fakes.scripted_http import refusal


def refused_refresh(*words: object, retryable: bool = False) -> GoogleAuthError:
    return RefreshError(*words, retryable=retryable)  # type: ignore[no-untyped-call]  # google-auth is typed in part


def lost_refresh(why: str) -> GoogleAuthError:
    return TransportError(why)  # type: ignore[no-untyped-call]  # likewise


CHANGES, EVENT, LISTING = Asked.CHANGES, Asked.EVENT, Asked.LISTING


@pytest.mark.parametrize(
    ("status", "reason", "asked", "kind"),
    [
        (410, "fullSyncRequired", CHANGES, SyncTokenExpired),
        (410, "updatedMinTooLongAgo", CHANGES, SyncTokenExpired),
        (410, "fullSyncRequired", LISTING, CalendarUnreachable),
        (410, "deleted", EVENT, EventGone),
        (404, "notFound", EVENT, EventGone),
        (404, "notFound", LISTING, CalendarGone),
        (404, "notFound", CHANGES, CalendarGone),
        (401, "authError", LISTING, SignInNeeded),
        (403, "rateLimitExceeded", LISTING, CalendarUnreachable),
        (403, "userRateLimitExceeded", LISTING, CalendarUnreachable),
        (403, "quotaExceeded", LISTING, QuotaSpent),
        (403, "dailyLimitExceeded", LISTING, QuotaSpent),
        (403, "insufficientPermissions", LISTING, SignInNeeded),
        (403, "forbidden", LISTING, SignInNeeded),
        (403, "accessNotConfigured", LISTING, SignInNeeded),
        (403, "notACalendarUser", LISTING, SignInNeeded),
        (403, "somethingNew", LISTING, SyncError),
        (429, "rateLimitExceeded", LISTING, CalendarUnreachable),
        (500, "backendError", LISTING, CalendarUnreachable),
        (503, "backendError", EVENT, CalendarUnreachable),
        (400, "badRequest", LISTING, SyncError),
        (400, "badRequest", CHANGES, SyncError),
    ],
)
def test_a_refusal_in_googles_words_has_its_class(
    status: int, reason: str, asked: Asked, kind: type[SyncError]
) -> None:
    assert type(of_answer(*refusal(status, reason), asked)) is kind


def test_an_invalid_sync_token_means_the_same_as_an_expired_one() -> None:
    answer = refusal(400, "invalid", "Invalid sync token value.")

    assert type(of_answer(*answer, CHANGES)) is SyncTokenExpired
    assert type(of_answer(*answer, LISTING)) is SyncError


@pytest.mark.parametrize("status", [302, 400, 403, 404, 407, 410, 451, 502])
@pytest.mark.parametrize(
    "body",
    [
        b"<html>Not found</html>",
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"error": null}',
        b'{"error": "x"}',
        b'{"error": {}}',
    ],
)
def test_a_refusal_in_other_words_is_nobodys_answer(status: int, body: bytes) -> None:
    for asked in Asked:
        assert type(of_answer(status, body, asked)) is CalendarUnreachable


def test_only_a_plain_word_of_the_answer_reaches_the_text() -> None:
    error = of_answer(*refusal(400, "practice@clinic.example said no", "practice@clinic.example"), LISTING)

    assert str(error) == "Google refused our request (400 no reason given)"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (refused_refresh("invalid_grant: x", {"error": "invalid_grant"}), PermissionEnded),
        (refused_refresh("invalid_client: x", {"error": "invalid_client"}), SignInNeeded),
        (refused_refresh("unauthorized_client: x", {"error": "unauthorized_client"}), SignInNeeded),
        (refused_refresh("The credentials do not contain the necessary fields need to"), SignInNeeded),
        (refused_refresh("backend", {"error": "server_error"}, retryable=True), CalendarUnreachable),
        (refused_refresh("<html>"), CalendarUnreachable),
        (refused_refresh("No access token in response.", {"welcome": "hotel"}), CalendarUnreachable),
        (lost_refresh("dns"), CalendarUnreachable),
    ],
)
def test_a_failed_refresh_is_either_ours_to_wait_out_or_a_persons(
    error: GoogleAuthError, kind: type[SyncError]
) -> None:
    assert type(of_sign_in(error)) is kind


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError("t"),
        ConnectionResetError("r"),
        ssl.SSLCertVerificationError("c"),
        httplib2.ServerNotFoundError("n"),
        httplib2.RedirectLimit("too many", httplib2.Response({}), b""),
        IncompleteRead(b"half"),
        OSError(113, "no route"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "cut"),
        json.JSONDecodeError("x", "y", 0),
        TypeError("argument of type 'NoneType' is not iterable"),
        RecursionError(),
        lost_refresh("t"),
        HttpError(httplib2.Response({"status": "503"}), b"", uri="https://x.example"),
    ],
)
def test_whatever_is_lost_on_the_way_is_unreachable(error: Exception) -> None:
    with pytest.raises(CalendarUnreachable) as caught, our_errors(LISTING):
        raise error

    assert type(caught.value) is CalendarUnreachable


def test_a_refused_certificate_says_what_to_look_at() -> None:
    with pytest.raises(CalendarUnreachable) as caught, our_errors(LISTING):
        raise ssl.SSLCertVerificationError("c")

    assert "HTTPLIB2_CA_CERTS" in caught.value.advice


def test_stopping_the_program_is_not_translated() -> None:
    with pytest.raises(KeyboardInterrupt), our_errors(LISTING):
        raise KeyboardInterrupt
