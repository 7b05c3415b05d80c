"""Signs a practitioner in to Google for a command: which client, which permissions, which browser."""

import sys
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from sync.app import App
from sync.domain.people import Practitioner
from sync.errors import Refused, SignInNeeded
from sync.jobs.connections import known_client
from sync.store.links import SignIn


@dataclass(frozen=True, slots=True)
class SignInWay:
    """Who signs in, with which client file, and how she gets to Google's page."""

    person: Practitioner
    client_file: Path | None = None
    no_browser: bool = False
    paste: bool = False
    port: int = 0


def sign_in_to_google(app: App, way: SignInWay, scopes: Sequence[str]) -> SignIn:
    """A fresh permission for `scopes`, by the client file or by the client that was used the last time."""
    # The client library takes 0.3 s to load, and only this command signs in.
    from sync.adapters.google_client_file import DesktopClient, read_client_file  # noqa: PLC0415
    from sync.adapters.google_credentials import StoredCredentials  # noqa: PLC0415
    from sync.adapters.google_sign_in import sign_in, sign_in_by_paste  # noqa: PLC0415

    named = app.settings.google.named_endpoints
    if way.client_file is not None:
        client = read_client_file(way.client_file, named.get("auth_uri"), named.get("token_uri"))
    else:
        before = known_client(app, way.person)
        if before is None:
            raise Refused(
                "There is no Google client yet to sign in with.",
                "Give its file with `--client-secrets FILE`.",
            )
        known = StoredCredentials.from_json(before)
        uri = named.get("token_uri", known.token_uri)
        client = DesktopClient(known.client_id, known.client_secret, app.settings.google.auth_uri, uri)
    if way.paste:
        stored = sign_in_by_paste(client, scopes, read_line=sys.stdin.readline, say=_say, port=way.port)
    else:
        open_browser = (lambda _address: False) if way.no_browser else webbrowser.open
        stored = sign_in(client, scopes, open_browser=open_browser, say=_say, port=way.port)
    return SignIn("google", stored.sub, stored.email, stored.to_json())


def _say(words: str) -> None:
    click.echo(words, err=True)


def granted_to(credentials: str) -> tuple[str, ...]:
    """What stored credentials were granted; nothing where they cannot be read."""
    from sync.adapters.google_credentials import StoredCredentials  # noqa: PLC0415 - as above

    try:
        return StoredCredentials.from_json(credentials).scopes
    except SignInNeeded:
        return ()
