"""Says what Gmail's answer to a mail means for it: accepted, to be tried again, in doubt, or refused.

After https://developers.google.com/workspace/gmail/api/guides/handle-errors. No text made here carries
more of the answer than its status and Google's one-word reason.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from sync.adapters.google_errors import google_words, plain_word
from sync.errors import (
    DeliveryDoubtful,
    DeliveryImpossible,
    DeliveryPostponed,
    MailSignInRefused,
    PracticeError,
)

CONNECT = "Run `practice-sync connect gmail` and sign in again."
LONGEST_WAIT = timedelta(hours=1)
"""As far as we let ourselves be put off."""

_FOR_NOW = {"rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded", "quotaExceeded"}
_NEEDS_A_PERSON = {
    "insufficientPermissions": ("The permission to send mail is missing.", CONNECT),
    "accessNotConfigured": (
        "The Gmail API is switched off for your Google Cloud project.",
        "Enable it in the project of your client file, then run `practice-sync doctor --send-test`.",
    ),
    "domainPolicy": (
        "Your organisation does not allow sending by Gmail's API.",
        "Ask its Google Workspace administrator to trust your client, or send by SMTP.",
    ),
    "failedPrecondition": (
        "This Google account has no Gmail.",
        "Run `practice-sync connect gmail` with an account that has, or send by SMTP.",
    ),
}


def accepted_as(status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """Gmail's own id of the mail that it took. `headers` have lower-case names.

    Raises `DeliveryPostponed`, `MailSignInRefused` or `DeliveryImpossible` where it certainly took none, and
    `DeliveryDoubtful` where nobody knows: 5xx may come after the work is done, 200 without its body too.
    """
    if 200 <= status < 300:
        return _id_in(body)
    if not 400 <= status < 500:
        raise DeliveryDoubtful(f"Gmail could not say whether it took the mail ({status}).")
    raise _refusal(status, body, _wait(headers.get("retry-after", ""), now))


def _id_in(body: bytes) -> str:
    try:
        gmail_id = json.loads(body)["id"]
    except (ValueError, TypeError, LookupError, RecursionError):
        gmail_id = None
    if not isinstance(gmail_id, str) or not gmail_id.isalnum():
        raise DeliveryDoubtful("Gmail's answer was lost after the mail was handed over.")
    return gmail_id


def _refusal(status: int, body: bytes, wait: timedelta) -> PracticeError:
    """A 4xx is no acceptance; for good only in Google's own words, for a proxy has numbers too."""
    words = google_words(body)
    if status == 401:
        return MailSignInRefused("Gmail does not accept our permission (401).", CONNECT)
    if words is None or status == 429 or words.reason in _FOR_NOW:
        return DeliveryPostponed(f"Gmail does not take the mail for now ({status}).", wait=wait)
    if words.reason in _NEEDS_A_PERSON:
        what, advice = _NEEDS_A_PERSON[words.reason]
        return MailSignInRefused(what, advice)
    return DeliveryImpossible(f"Gmail refused the mail ({status} {plain_word(words.reason)}).")


def _wait(said: str, now: datetime) -> timedelta:
    """What `Retry-After` asks for, in seconds or as a date (RFC 9110 §10.2.3); else nothing."""
    try:
        asked = timedelta(seconds=int(said)) if said.isdigit() else _until(said) - now
    except (ValueError, TypeError, OverflowError):
        return timedelta()
    return min(max(asked, timedelta()), LONGEST_WAIT)


def _until(date: str) -> datetime:
    return parsedate_to_datetime(date).astimezone(UTC)
