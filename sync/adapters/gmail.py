"""Hands letters to the Gmail API, each with one POST and no more, so that the fate of each is known.

Google's client library and httplib2 send a request again by themselves when a connection breaks, and a mail
would arrive twice; so the POST goes over a connection of its own that is used once. Only the access token is
renewed through Google's library.
"""

import base64
import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import ClassVar
from urllib.parse import urlsplit

import httplib2
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google_auth_httplib2 import Request  # type: ignore[import-untyped]  # it ships no types

from sync.adapters.deadline import deadline
from sync.adapters.gmail_answers import CONNECT, accepted_as
from sync.adapters.google_credentials import StoredCredentials
from sync.adapters.google_errors import of_sign_in
from sync.adapters.google_permission import google_credentials
from sync.adapters.letters import build_message
from sync.adapters.quiet_libraries import quiet_libraries
from sync.errors import (
    DeliveryDoubtful,
    DeliveryPostponed,
    MailSignInRefused,
    MailUnreachable,
    SignInNeeded,
)
from sync.ports import Letter

SEND_PATH = "gmail/v1/users/me/messages/send"
MOST_BYTES = 1_000_000
_BROKEN = (OSError, HTTPException)


@dataclass(slots=True)
class GmailMailer:
    """Sends each letter from the account whose permission it brings; `root` is where the Gmail API is.

    `timeout` is for one answer, `seconds` for the whole of it.
    """

    root: str
    now: Callable[[], datetime]
    open_permission: Callable[[str], Credentials] = google_credentials
    trust: ssl.SSLContext | None = field(default=None, repr=False)
    timeout: float = 30.0
    seconds: float = 60.0
    _known: dict[str, Credentials] = field(default_factory=dict, repr=False)

    over_network: ClassVar[bool] = True

    def send(self, letter: Letter, handing_over: Callable[[], None]) -> str:
        """Send `letter`; Gmail's id of it. Raises as `sync.ports.Mailer.send` says."""
        sender = _stored(letter.permission).email
        raw = base64.urlsafe_b64encode(build_message(letter, sender, self.now()).as_bytes()).decode()
        token, is_fresh = self._token(letter.permission)
        with (
            closing(self._connection()) as connection,
            deadline(self.seconds, lambda: connection.sock),
        ):
            with _certainly(MailUnreachable, "Gmail cannot be reached"):
                connection.connect()
            connection.auto_open = 0  # whatever happens: not over another connection
            handing_over()
            with _certainly(DeliveryPostponed, "Gmail was lost before it had the mail"):
                connection.request("POST", self._path, json.dumps({"raw": raw}), _headers(token))
            status, headers, body = _answer(connection)
        if status == 401:
            self._known.pop(letter.permission, None)
            if not is_fresh:
                raise DeliveryPostponed("Gmail no longer takes the access token (401); it is renewed.")
        return accepted_as(status, headers, body, self.now())

    def check(self, permission: str = "") -> None:
        """See that the permission is still good; nothing is sent. Raises as `send` does."""
        self._known.pop(permission, None)
        self._token(permission)

    def identity(self, permission: str = "") -> str:
        """The permission itself."""
        return permission

    def close(self) -> None:
        """Nothing is held."""

    @property
    def _path(self) -> str:
        return urlsplit(self.root).path + SEND_PATH

    def _connection(self) -> HTTPConnection:
        parts = urlsplit(self.root)
        if parts.scheme == "http":  # a sandbox on this machine: the settings allow no other
            return HTTPConnection(parts.netloc, timeout=self.timeout)
        context = self.trust or ssl.create_default_context()
        return HTTPSConnection(parts.netloc, timeout=self.timeout, context=context)

    def _token(self, permission: str) -> tuple[str, bool]:
        """An access token, and whether it was given just now."""
        quiet_libraries()
        _stored(permission)
        credentials = self._known.setdefault(permission, self.open_permission(permission))
        if credentials.valid:
            return str(credentials.token), False
        try:
            with closing(httplib2.Http(timeout=self.timeout)) as http:
                credentials.refresh(Request(http))  # type: ignore[no-untyped-call] # typed in part only
        except GoogleAuthError as error:
            trouble = of_sign_in(error)
            if isinstance(trouble, SignInNeeded):
                raise MailSignInRefused(f"{trouble}.", CONNECT) from None
            raise MailUnreachable(f"{trouble}.") from None
        except OSError as error:
            raise MailUnreachable(f"Google cannot be reached ({type(error).__name__}).") from None
        return str(credentials.token), True


def _stored(permission: str) -> StoredCredentials:
    if not permission:
        raise MailSignInRefused(
            "Nobody has allowed sending by Gmail yet.", "Run `practice-sync connect gmail`."
        )
    try:
        return StoredCredentials.from_json(permission)
    except SignInNeeded as unreadable:
        raise MailSignInRefused(f"{unreadable}.", CONNECT) from None


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Connection": "close"}


@contextmanager
def _certainly(meaning: type[DeliveryPostponed], what: str) -> Iterator[None]:
    """Turns what breaks before the request is whole into a mail that was certainly not taken.

    A body that is shorter than its announced length is no request; what was written is never completed.
    """
    try:
        yield
    except _BROKEN as error:
        raise meaning(f"{what} ({type(error).__name__}).") from None


def _answer(connection: HTTPConnection) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body; a body that was lost is empty."""
    try:
        response = connection.getresponse()
    except _BROKEN as error:
        raise DeliveryDoubtful(
            f"Gmail's answer was lost after the mail was handed over ({type(error).__name__})."
        ) from None
    try:
        body = response.read(MOST_BYTES)
    except _BROKEN:
        body = b""
    return response.status, {name.lower(): value for name, value in response.getheaders()}, body
