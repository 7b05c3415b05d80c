"""Signs in to Google in the browser, in the plain form for installed apps, and signs out again.

After https://developers.google.com/identity/protocols/oauth2/native-app: a loopback redirect, PKCE with
S256, and a state that only the true answer brings back.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPException
from urllib.parse import parse_qs, urlencode, urlsplit

import httplib2
from google_auth_oauthlib.flow import Flow  # type: ignore[import-untyped]  # it ships no types

from sync.adapters.google_client_file import GOOGLE_REVOKE_URI, DesktopClient, require_safe
from sync.adapters.google_credentials import StoredCredentials
from sync.adapters.google_grant import AGAIN, oauthlib_for, read_grant
from sync.adapters.google_loopback import LoopbackListener, Redirect, redirect_of
from sync.adapters.google_scopes import GMAIL_SEND, IDENTITY, OWN_EVENTS
from sync.adapters.quiet_libraries import quiet_libraries
from sync.errors import CalendarUnreachable, PracticeError, Refused

SCOPES = (*IDENTITY, OWN_EVENTS)
"""Who it is, and reading the events she owns; nothing that could write to a calendar or touch mail."""

ELSEWHERE = """If your browser is on another machine, run this there first:
  ssh -L {port}:127.0.0.1:{port} THIS-MACHINE
or stop here and sign in with --paste in place of --no-browser."""
IN_TIME = "Run the same command again; where no browser can reach this machine, with `--paste`."
PASTE_PORT = 8765
"""Where nobody listens; Google takes any port of a desktop client's own machine."""
MOST_PASTES = 5
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
    state = secrets.token_urlsafe(24)
    with _listening(state, port) as listener:
        flow, address = _question(client, scopes, listener.port, state)
        say(
            f"Sign in to Google in your browser. If it does not open by itself, open this address:\n{address}"
        )
        if not open_browser(address):
            say(ELSEWHERE.format(port=listener.port))
        redirect = listener.wait(timeout_seconds)
        if redirect is None:
            raise Refused(f"No answer came from the browser in {timeout_seconds / 60:.0f} minutes.", IN_TIME)
        may = "send mail for you" if GMAIL_SEND in scopes else "read your calendar"
        return _settled(redirect, may, lambda: read_grant(flow, redirect, client, scopes, now()))


def sign_in_by_paste(  # as above
    client: DesktopClient,
    scopes: Sequence[str] = SCOPES,
    *,
    read_line: Callable[[], str],
    say: Callable[[str], None],
    port: int = 0,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> StoredCredentials:
    """As `sign_in`, for a browser that cannot reach this machine: the person brings the answer herself.

    She copies the address that Google sent her browser to, where nobody answers; `read_line` gives what
    she pastes, and an empty text when nothing more comes. Raises as `sign_in` does.
    """
    state = secrets.token_urlsafe(24)
    flow, address = _question(client, scopes, port or PASTE_PORT, state)
    say(f"Open this address in your browser and sign in to Google:\n{address}\n")
    say(
        "At the end the browser says that a page cannot be reached. That is as it should be:\n"
        "copy the whole address of that page, paste it here and press Enter."
    )
    return read_grant(flow, _pasted(read_line, say, state), client, scopes, now())


def _pasted(read_line: Callable[[], str], say: Callable[[str], None], state: str) -> Redirect:
    for _ in range(MOST_PASTES):
        line = read_line().strip()
        if not line:
            break
        redirect = redirect_of(_query_of(line), state)
        if redirect is not None:
            return redirect
        say("That is not the address that this sign-in ended at. It begins with http://127.0.0.1: once more.")
    raise Refused("No address of this sign-in was pasted.", AGAIN)


def _query_of(address: str) -> dict[str, list[str]]:
    try:
        return parse_qs(urlsplit(address).query)
    except ValueError:
        return {}


def _question(client: DesktopClient, scopes: Sequence[str], port: int, state: str) -> tuple[Flow, str]:
    """What Google is to be asked, with a proof key of its own, and the address at which it is asked."""
    quiet_libraries()
    here = f"http://127.0.0.1:{port}/"
    flow = Flow.from_client_config(client.as_client_config(), scopes=list(scopes), redirect_uri=here)
    with oauthlib_for(client.auth_uri):
        address, _ = flow.authorization_url(access_type="offline", prompt="consent", state=state)
    return flow, address


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


def _settled(redirect: Redirect, may: str, outcome: Callable[[], StoredCredentials]) -> StoredCredentials:
    """Find out how it went, and tell the browser's tab as well."""
    try:
        credentials = outcome()
    except PracticeError as refusal:
        redirect.show("Not connected", f"{refusal} {refusal.advice}")
        raise
    redirect.show("Connected", f"Practice Sync may now {may}. You can close this tab.")
    return credentials
