"""Exchanges the code of a sign-in for the lasting permission, and checks what was really granted."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from google.auth import jwt
from google.auth.exceptions import GoogleAuthError
from google_auth_oauthlib.flow import Flow  # type: ignore[import-untyped]  # it ships no types
from oauthlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]  # likewise

from sync.adapters.google_client_file import DesktopClient, is_on_this_machine
from sync.adapters.google_credentials import StoredCredentials
from sync.adapters.google_loopback import Redirect
from sync.adapters.google_scopes import missing_words
from sync.errors import CalendarUnreachable, PracticeError, Refused

AGAIN = "Run the same command again and choose “Allow”, with every box ticked."
_TIMEOUT_SECONDS = 20


@contextmanager
def oauthlib_for(uri: str) -> Iterator[None]:
    """Let oauthlib accept fewer scopes than asked for, and plain http on this machine; then as before.

    It takes both wishes from the environment only. Google names scopes differently from how they were
    asked for, which oauthlib would raise as an error; which were granted is checked here afterwards.
    """
    wishes = {"OAUTHLIB_RELAX_TOKEN_SCOPE": "1"}
    if is_on_this_machine(uri):
        wishes["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    before = {name: os.environ.get(name) for name in wishes}
    os.environ.update(wishes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def read_grant(
    flow: Flow, redirect: Redirect, client: DesktopClient, scopes: Sequence[str], now: datetime
) -> StoredCredentials:
    """The lasting permission behind `redirect`, checked to be all of `scopes` (R83, R84, R86).

    Raises `Refused` for what was not granted, `CalendarUnreachable` when Google gave no sensible answer.
    """
    token = _exchanged(flow, redirect, client)
    granted = _granted_scopes(token, scopes)
    refresh_token = token.get("refresh_token")
    if not isinstance(refresh_token, str) or not refresh_token:
        raise Refused(
            "Google gave no lasting permission.",
            "Remove Practice Sync at https://myaccount.google.com/connections, then connect again.",
        )
    sub, email = _account(token, client)
    granted_at = now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return StoredCredentials(
        client.client_id,
        client.client_secret,
        refresh_token,
        client.token_uri,
        granted,
        sub,
        email,
        granted_at,
    )


def _exchanged(flow: Flow, redirect: Redirect, client: DesktopClient) -> Mapping[str, Any]:
    """The token answer for the redirect's code."""
    if redirect.error:
        raise _denied(redirect.error)
    try:
        with oauthlib_for(client.token_uri):
            token: Mapping[str, Any] = flow.fetch_token(
                code=redirect.code, include_client_id=True, timeout=_TIMEOUT_SECONDS
            )
    except OAuth2Error as error:
        raise _not_exchanged(str(error.error)) from None
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise _no_sensible_answer(type(error).__name__) from None
    return token


def _denied(error: str) -> Refused:
    if error == "access_denied":
        return Refused("The permission was not given.", AGAIN)
    if error in {"admin_policy_enforced", "org_internal"}:
        return Refused(
            "Your organisation does not allow this sign-in.",
            "Ask its Google Workspace administrator to trust your client, or use another account.",
        )
    return Refused("Google ended the sign-in with an error.", AGAIN)


def _not_exchanged(error: str) -> PracticeError:
    """The meaning of RFC 6749 §5.2's errors; oauthlib has one of its own for an answer without a token."""
    match error:
        case "invalid_client" | "unauthorized_client":
            return Refused(
                "Google does not accept the client file.",
                "Download the Desktop client's file afresh; it may have been deleted or renewed.",
            )
        case "invalid_grant" | "invalid_request" | "invalid_scope" | "unsupported_grant_type":
            return Refused("Google did not accept the answer of the sign-in.", AGAIN)
        case _:
            return _no_sensible_answer("no token")


def _no_sensible_answer(why: str) -> CalendarUnreachable:
    return CalendarUnreachable(
        f"Google's sign-in service gave no sensible answer ({why})",
        "Check the network, then run the same command again.",
    )


def _granted_scopes(token: Mapping[str, Any], scopes: Sequence[str]) -> tuple[str, ...]:
    """What was granted, if it is at least what was asked for; a box may have been left unticked (R83)."""
    said = token.get("scope") or list(scopes)  # RFC 6749 §5.1: left out when as asked
    granted = said.split() if isinstance(said, str) else [str(scope) for scope in said]
    missing = missing_words(granted, scopes)
    if missing:
        raise Refused(f"A permission was left unticked: {', '.join(missing)}.", AGAIN)
    return tuple(granted)


def _account(token: Mapping[str, Any], client: DesktopClient) -> tuple[str, str]:
    """Whose permission it is. The id token came straight from Google over TLS: no signature to check."""
    try:
        claims = jwt.decode(token.get("id_token"), verify=False)  # type: ignore[no-untyped-call]  # typed in part
        sub, email, audience = claims["sub"], claims["email"], claims["aud"]
        known = all((sub, email, audience == client.client_id, claims.get("email_verified", True)))
    except (GoogleAuthError, ValueError, TypeError, LookupError, AttributeError):
        known = False
    if not known:
        raise Refused("Google did not say which account this is.", AGAIN)
    return str(sub), str(email).lower()
