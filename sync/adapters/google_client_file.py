"""Reads the client file that Google Cloud hands out for a Desktop app."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sync.errors import Refused

GOOGLE_AUTH_URI = "https://accounts.google.com/o/oauth2/auth"
GOOGLE_TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105  # an address, no secret
GOOGLE_REVOKE_URI = "https://oauth2.googleapis.com/revoke"

_DOWNLOAD = (
    "In the Google Cloud console, under Credentials, create an OAuth client of type "
    "“Desktop app”, download its JSON file and give that file's path."
)


@dataclass(frozen=True, slots=True)
class DesktopClient:
    """Who we are to Google, and where Google's sign-in is."""

    client_id: str
    client_secret: str = field(repr=False)
    auth_uri: str
    token_uri: str

    def as_client_config(self) -> dict[str, dict[str, str]]:
        """The shape of the file, as `Flow.from_client_config` wants it."""
        return {
            "installed": {
                "client_id": self.client_id,
                "client_secret": self.client_secret,
                "auth_uri": self.auth_uri,
                "token_uri": self.token_uri,
            }
        }


def read_client_file(path: Path, auth_uri: str | None = None, token_uri: str | None = None) -> DesktopClient:
    """Read `path`; the two addresses, where given, stand in for the file's.

    Raises `Refused` when the file cannot be read, is of another kind, or names an unsafe address.
    """
    values = _installed_section(json_object(path, "client file", _DOWNLOAD))
    client_id, client_secret = values.get("client_id"), values.get("client_secret")
    if not (isinstance(client_id, str) and client_id and isinstance(client_secret, str) and client_secret):
        raise Refused("The client file lacks its client id or its client secret.", _DOWNLOAD)
    client = DesktopClient(
        client_id,
        client_secret,
        auth_uri or str(values.get("auth_uri") or GOOGLE_AUTH_URI),
        token_uri or str(values.get("token_uri") or GOOGLE_TOKEN_URI),
    )
    require_safe(client.auth_uri)
    require_safe(client.token_uri)
    return client


def require_safe(uri: str) -> None:
    """Secrets go over https, or to this very machine (a sandbox); else `Refused`."""
    scheme, host = _scheme_and_host(uri)
    if not host or (scheme != "https" and not is_on_this_machine(uri)):
        raise Refused(
            "A sign-in address is neither https nor on this machine.",
            "Use the client file as Google gave it, or correct `google.auth_uri` and `google.token_uri`.",
        )


def is_on_this_machine(uri: str) -> bool:
    """Whether this is plain http to the loopback interface."""
    scheme, host = _scheme_and_host(uri)
    return scheme == "http" and host in {"127.0.0.1", "::1", "localhost"}


def _scheme_and_host(uri: str) -> tuple[str, str]:
    try:
        parts = urlsplit(uri)
        return parts.scheme, parts.hostname or ""
    except ValueError:
        return "", ""


def json_object(path: Path, what: str, advice: str) -> dict[str, Any]:
    """The JSON object in a file that Google handed out; `Refused` with `advice` when it holds none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Refused(f"The {what} cannot be read ({type(error).__name__}).", advice) from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"The {what} is not JSON.", advice) from error
    if not isinstance(content, dict):
        raise Refused(f"The {what} is not one of Google's.", advice)
    return content


def _installed_section(content: dict[str, Any]) -> dict[str, Any]:
    if "web" in content:
        raise Refused("This client file is for a Web application; a Desktop client is needed.", _DOWNLOAD)
    if content.get("type") == "service_account":
        raise Refused(
            "This is a service account's key, not a client file.",
            "Give it with `--service-account` and `--subject`, or a Desktop client's file in its place.",
        )
    section = content.get("installed")
    if not isinstance(section, dict):
        raise Refused("The client file is not one of Google's.", _DOWNLOAD)
    return section
