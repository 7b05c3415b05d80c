"""Says what a failed answer of Google means for us, in errors of our own family.

The table follows Google's guide on errors
(https://developers.google.com/workspace/calendar/api/guides/errors). No text made here carries an
address, a calendar's id or a word of the answer: at most its status and Google's one-word reason.
"""

import json
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from http.client import HTTPException

from google.auth.exceptions import GoogleAuthError
from googleapiclient.errors import HttpError
from httplib2.error import HttpLib2Error

from sync.errors import (
    CalendarGone,
    CalendarUnreachable,
    PermissionEnded,
    QuotaSpent,
    SignInNeeded,
    SyncError,
    SyncTokenExpired,
)


class Asked(Enum):
    """What was asked for; the same status means different things."""

    LISTING = auto()
    CHANGES = auto()
    EVENT = auto()


@dataclass(frozen=True, slots=True)
class GoogleWords:
    """What Google's JSON error gives as its one-word reason, and says."""

    reason: str
    message: str


class EventGone(SyncError):
    """Google says, in its own words, that this one event is no longer there."""


_SOON = {"rateLimitExceeded", "userRateLimitExceeded"}
_MUCH_LATER = {"quotaExceeded", "dailyLimitExceeded", "calendarUsageLimitsExceeded"}
_NEEDS_A_PERSON = {
    "insufficientPermissions": (
        "the permission to read events is missing",
        "Run `practice-sync connect google` again and leave the calendar permission ticked.",
    ),
    "forbidden": (
        "this account may not read the calendar",
        "Ask for the right to see all event details, or sign in with the account that has it.",
    ),
    "accessNotConfigured": (
        "the Calendar API is switched off for your Google Cloud project",
        "Enable the Google Calendar API in the project of your client file, then try again.",
    ),
    "notACalendarUser": (
        "this account has no Google Calendar",
        "Sign in with `practice-sync connect google` using the account that keeps the calendar.",
    ),
}
_CERTIFICATE_ADVICE = (
    "Check this machine's date; behind a proxy that inspects TLS, point HTTPLIB2_CA_CERTS at its certificate."
)
_CLIENT_ADVICE = "Download the Desktop client's file afresh and run `practice-sync connect google` with it."

# What the client library raises when an answer has a shape it did not expect: cut UTF-8, JSON nested
# too deeply, an `error` that is no object. Only `execute()` runs inside `our_errors`, so a mistake in
# how we call the library still shows itself as what it is.
_ODD_ANSWER = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
_LOST_ON_THE_WAY = (HttpLib2Error, HTTPException, OSError)


@contextmanager
def our_errors(asked: Asked) -> Iterator[None]:
    """Turn whatever the client library raises inside into a `SyncError` (or `EventGone`).

    The cause is left out on purpose (`from None`): the text of an `HttpError` holds the URL, and so
    the calendar's id, which is somebody's address; a logged traceback would show it.
    """
    try:
        yield
    except HttpError as error:
        raise of_answer(error.status_code, error.content, asked) from None
    except GoogleAuthError as error:
        raise of_sign_in(error) from None
    except ssl.SSLError:
        raise CalendarUnreachable("Google's certificate was not accepted", _CERTIFICATE_ADVICE) from None
    except _LOST_ON_THE_WAY as error:
        raise CalendarUnreachable(f"Google did not answer ({type(error).__name__})") from None
    except _ODD_ANSWER as error:
        raise CalendarUnreachable(f"Google's answer could not be read ({type(error).__name__})") from None


def of_answer(status: int, body: bytes, asked: Asked) -> SyncError:
    """The error for an answer with `status` of 300 or more.

    A refusal counts only in Google's own words (its JSON error): a proxy's or a hotel's page with
    404 must never look like a deleted event.
    """
    words = google_words(body)
    if status == 401:
        return SignInNeeded("Google no longer accepts our permission (401)")
    if words is None or status == 429 or not 400 <= status < 500:
        return CalendarUnreachable(f"Google could not answer ({status})")
    return _refusal(status, words, asked)


def of_sign_in(error: GoogleAuthError) -> SyncError:
    """The error for a failed refresh of our permission (R81, R82)."""
    details = error.args[1] if len(error.args) > 1 else None
    reason = details.get("error") if isinstance(details, dict) else None
    if _lacks_fields(error):
        return SignInNeeded("there is no stored permission")
    if error.retryable or not isinstance(reason, str):  # a lost connection has no reason either
        return CalendarUnreachable("Google's sign-in service gave no sensible answer")
    if reason in {"invalid_client", "unauthorized_client", "deleted_client"}:
        return SignInNeeded(f"Google does not accept our client ({reason})", _CLIENT_ADVICE)
    said = f"Google no longer accepts our permission ({plain_word(reason)})"
    return PermissionEnded(said) if reason == "invalid_grant" else SignInNeeded(said)


def _refusal(status: int, words: GoogleWords, asked: Asked) -> SyncError:
    match status, asked:
        case 403, _:
            return _forbidden(words.reason)
        case ((404 | 410), Asked.EVENT):
            return EventGone(f"the event is gone ({status})")
        case 404, _:
            return CalendarGone("the calendar is not there, or no longer shared with us (404)")
        case 410, Asked.CHANGES:
            return SyncTokenExpired("the sync token has expired (410)")
        case 410, _:
            return CalendarUnreachable("Google refused a full reading (410)")
        case 400, Asked.CHANGES if words.message == "Invalid sync token value.":
            return SyncTokenExpired("the sync token is not valid (400)")
        case _:
            return SyncError(f"Google refused our request ({status} {plain_word(words.reason)})")


def _forbidden(reason: str) -> SyncError:
    """403 is four different things (R79)."""
    if reason in _SOON:
        return CalendarUnreachable(f"Google asks us to slow down ({reason})")
    if reason in _MUCH_LATER:
        return QuotaSpent(f"the quota at Google is spent ({reason})")
    if reason in _NEEDS_A_PERSON:
        what, advice = _NEEDS_A_PERSON[reason]
        return SignInNeeded(what, advice)
    return SyncError(f"Google refused our request (403 {plain_word(reason)})")


def _lacks_fields(error: GoogleAuthError) -> bool:
    """google-auth says so in words alone, before asking anyone."""
    return str(error).startswith("The credentials do not contain the necessary fields")


def google_words(body: bytes) -> GoogleWords | None:
    """What Google's JSON error says; None when the body is not one."""
    try:
        said = json.loads(body)["error"]
        details = said.get("errors") or [{}]
        reason, message = details[0].get("reason") or said.get("status"), said.get("message")
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None
    if "code" not in said and "errors" not in said:
        return None
    return GoogleWords(str(reason or ""), str(message or ""))


def plain_word(reason: object) -> str:
    """The reason if it is one plain word; anything longer could carry content."""
    word = str(reason)
    return word if re.fullmatch(r"[A-Za-z_]{1,60}", word) else "no reason given"
