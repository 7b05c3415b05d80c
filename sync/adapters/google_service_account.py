"""A Google Workspace practice's service account, which an administrator lets read for her people.

After https://developers.google.com/identity/protocols/oauth2/service-account: a signed assertion names
the person it stands for (the subject) and the exact scopes; both must be what the administrator entered.
"""

import json
import os
import stat
import threading
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from google.auth.crypt import RSASigner
from google.auth.exceptions import RefreshError
from google.auth.transport import Request
from google.oauth2.service_account import Credentials

from sync.adapters.google_client_file import json_object, require_safe
from sync.errors import Refused, SignInNeeded

KIND = "service"
_FRESH_KEY = (
    "In the Google Cloud console, under IAM & Admin, Service Accounts, Keys, make a key of the type JSON "
    "and give that file's path."
)
_WANTED = ("client_email", "client_id", "private_key", "private_key_id", "token_uri")


@dataclass(frozen=True, slots=True)
class ServiceKey:
    """A service account's key and for whom it reads what. It is sealed before it is kept."""

    client_email: str
    client_id: str
    private_key: str = field(repr=False)
    private_key_id: str = field(repr=False)
    token_uri: str
    subject: str = field(repr=False)
    scopes: tuple[str, ...]

    def to_json(self) -> str:
        """One JSON object; `from_json` reads it back."""
        return json.dumps({"kind": KIND, **asdict(self)}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "ServiceKey | None":
        """Read what `to_json` wrote; None when it is something else."""
        try:
            values = json.loads(text)
            if values.pop("kind") != KIND or set(values) != {each.name for each in fields(cls)}:
                return None
            return cls(**values | {"scopes": tuple(values["scopes"])})
        except (ValueError, TypeError, LookupError, AttributeError):
            return None


def read_service_key(
    path: Path, subject: str, scopes: tuple[str, ...], token_uri: str | None = None
) -> ServiceKey:
    """Read the key file at `path`, to read for `subject`; `token_uri` stands in for the file's.

    Raises `Refused` when it cannot be read, is of another kind, or is open to others on this machine.
    """
    values = json_object(path, "key file", _FRESH_KEY)
    _require_private(path)
    if values.get("type") != "service_account":
        raise Refused("This is not a service account's key.", _FRESH_KEY)
    found = {name: values.get(name) for name in _WANTED}
    if not all(isinstance(value, str) and value for value in found.values()):
        raise Refused("The service account's key is not complete.", _FRESH_KEY)
    if token_uri is not None:
        found["token_uri"] = token_uri
    key = ServiceKey(**found, subject=subject, scopes=scopes)  # type: ignore[arg-type] # strings, as just seen
    require_safe(key.token_uri)
    try:
        _signer(key)
    except ValueError as unreadable:
        raise Refused("The service account's private key cannot be read.", _FRESH_KEY) from unreadable
    return key


class ServiceCredentials(Credentials):
    """Google's credentials of a service account, for several threads: one refreshes, the others wait.

    A refusal is told in words that an administrator can act on.
    """

    def __init__(self, key: ServiceKey) -> None:
        super().__init__(  # type: ignore[no-untyped-call]  # google-auth is typed in part only
            _signer(key), key.client_email, key.token_uri, scopes=list(key.scopes), subject=key.subject
        )
        self._key = key
        self._one_at_a_time = threading.Lock()

    def refresh(self, request: Request) -> None:
        """Fetch a new access token, unless another thread has done so meanwhile. Raises `SignInNeeded`."""
        stale = self.token
        with self._one_at_a_time:
            if self.token == stale:
                try:
                    super().refresh(request)  # type: ignore[no-untyped-call]  # as above
                except RefreshError as refused:
                    raise _in_words(refused, self._key) from None


def _in_words(refused: RefreshError, key: ServiceKey) -> Exception:
    details = refused.args[1] if len(refused.args) > 1 else None
    reason = details.get("error") if isinstance(details, dict) else None
    if reason in {"unauthorized_client", "access_denied", "invalid_scope"}:
        return SignInNeeded(
            f"the service account may not read for this person ({reason})",
            "In admin.google.com, under Security, Access and data control, API controls, Manage Domain "
            f"Wide Delegation: add the client ID {key.client_id} with exactly this scope: "
            f"{','.join(key.scopes)}. It can take a day until Google follows it.",
        )
    if reason in {"invalid_grant", "invalid_client"}:
        return SignInNeeded(
            f"Google does not know this key or this person ({reason})",
            "Check `--subject` and this machine's clock; if the key is gone, connect again with another.",
        )
    return refused


def _signer(key: ServiceKey) -> Any:
    return RSASigner.from_string(key.private_key, key.private_key_id)  # type: ignore[no-untyped-call]  # as above


def _require_private(path: Path) -> None:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Refused(
            "Others on this machine can read the service account's key.",
            f"Run `chmod 600 '{path}'`, then connect again.",
        )
