"""Signs in to Google in the browser, in the plain form for installed apps, and signs out again.

After https://developers.google.com/identity/protocols/oauth2/native-app: a loopback redirect, PKCE with
S256, and a state that only the true answer brings back.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPException
from urllib.parse import urlencode

import httplib2
from google_auth_oauthlib.flow import Flow  # type: ignore[import-untyped]  # it ships no types

from sync.adapters.google_client_file import GOOGLE_REVOKE_URI, DesktopClient, require_safe
from sync.adapters.google_credentials import StoredCredentials
from sync.adapters.google_grant import AGAIN, oauthlib_for, read_grant
from sync.adapters.google_loopback import LoopbackListener, Redirect
from sync.adapters.google_scopes import IDENTITY, OWN_EVENTS
from sync.adapters.quiet_libraries import quiet_libraries
from sync.errors import CalendarUnreachable, PracticeError, Refused

SCOPES = (*IDENTITY, OWN_EVENTS)
"""Who it is, and reading the events she owns; nothing that could write to a calendar or touch mail."""

_TIMEOUT_SECONDS = 20


def sign_in(  # noqa: PLR0913  # each is a choice of the command line or a seam for a sandbox
    client: DesktopClient,
    scopes: Sequence[str] = SCOPES,
    *,
    open_browser: Callable[[str], bool],
    say: Callable[[str], None],
    timeout_seconds: float = 300,
    port: int = 0,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> StoredCredentials:
    """Let a person grant `scopes`, and return the lasting permission.

    `open_browser` is given the address to open and says whether it could; `say` is told the address
    in any case. Raises `Refused`, with the remedy, for whatever the person did not
    allow, and `CalendarUnreachable` when Google cannot be reached.
    """
    quiet_libraries()
    state = secrets.token_urlsafe(24)
    with _listening(state, port) as listener:
        flow = Flow.from_client_config(
            client.as_client_config(), scopes=list(scopes), redirect_uri=listener.redirect_uri
        )
        with oauthlib_for(client.auth_uri):
            address, _ = flow.authorization_url(access_type="offline", prompt="consent", state=state)
        say(
            f"Sign in to Google in your browser. If it does not open by itself, open this address:\n{address}"
        )
        open_browser(address)
        redirect = listener.wait(timeout_seconds)
        if redirect is None:
            raise Refused("No answer came from the browser in time.", AGAIN)
        return _settled(redirect, lambda: read_grant(flow, redirect, client, scopes, now()))


def revoke(credentials: StoredCredentials, revoke_uri: str = GOOGLE_REVOKE_URI) -> None:
    """Give the permission back, so that the stored token opens nothing. Twice is the same as once.

    Raises `CalendarUnreachable` when Google did not confirm it.
    """
    require_safe(revoke_uri)
    body = urlencode({"token": credentials.refresh_token})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        http = httplib2.Http(timeout=_TIMEOUT_SECONDS)
        answer, _ = http.request(revoke_uri, "POST", body=body, headers=headers)
        http.close()
    except (httplib2.HttpLib2Error, HTTPException, OSError) as error:
        raise CalendarUnreachable(f"Google did not answer ({type(error).__name__})") from error
    # 400 is Google's answer for a token that is not, or no longer, one of its own.
    if answer.status not in {200, 400}:
        raise CalendarUnreachable(f"Google did not confirm that the permission is revoked ({answer.status})")


@contextmanager
def _listening(state: str, port: int) -> Iterator[LoopbackListener]:
    try:
        listener = LoopbackListener(state, port)
    except OSError as error:
        raise Refused(
            "The local port for Google's answer cannot be opened.",
            "Leave the port out, so that a free one is taken, or name another.",
        ) from error
    with listener:
        yield listener


def _settled(redirect: Redirect, outcome: Callable[[], StoredCredentials]) -> StoredCredentials:
    """Find out how it went, and tell the browser's tab as well."""
    try:
        credentials = outcome()
    except PracticeError as refusal:
        redirect.show("Not connected", f"{refusal} {refusal.advice}")
        raise
    redirect.show("Connected", "Practice Sync may now read your calendar. You can close this tab.")
    return credentials
