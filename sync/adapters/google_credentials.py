"""What a sign-in leaves behind, and the credentials that the client library makes of it."""

import json
import threading
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from google.auth.transport import Request
from google.oauth2.credentials import Credentials

from sync.errors import SignInNeeded


@dataclass(frozen=True, slots=True)
class StoredCredentials:
    """One account's lasting permission. It is sealed before it is kept; its repr shows no secret.

    `sub` is Google's unchanging name for the account (R86); `granted_at` is an RFC 3339 moment in
    UTC, for grants of an app in testing end after seven days (R85).
    """

    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    token_uri: str
    scopes: tuple[str, ...]
    sub: str = field(repr=False)
    email: str = field(repr=False)
    granted_at: str

    def to_json(self) -> str:
        """One JSON object; `from_json` reads it back."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "StoredCredentials":
        """Read what `to_json` wrote. Raises `SignInNeeded` when it is not that."""
        try:
            values: dict[str, Any] = json.loads(text)
            scopes = values.pop("scopes")
            sound = set(values) == {f.name for f in fields(cls)} - {"scopes"} and all(
                isinstance(value, str) for value in (*values.values(), *scopes)
            )
        except (ValueError, TypeError, LookupError, AttributeError):
            sound = False
        if not sound:
            raise SignInNeeded("the stored permission cannot be read") from None
        return cls(**values, scopes=tuple(scopes))


class SharedCredentials(Credentials):
    """Google's credentials, for several threads: one refreshes, the others wait and use its token.

    Without the lock every thread that finds the token stale asks for a new one.
    """

    def __init__(self, stored: StoredCredentials) -> None:
        # No `scopes`: a refresh that names any would be refused if one of them was taken back since.
        # `token_uri` stands here explicitly, because `from_authorized_user_info` ignores it.
        super().__init__(  # type: ignore[no-untyped-call]  # google-auth is typed in part only
            token=None,
            refresh_token=stored.refresh_token,
            token_uri=stored.token_uri,
            client_id=stored.client_id,
            client_secret=stored.client_secret,
        )
        self._one_at_a_time = threading.Lock()

    def refresh(self, request: Request) -> None:
        """Fetch a new access token, unless another thread has done so meanwhile."""
        stale = self.token
        with self._one_at_a_time:
            if self.token == stale:
                super().refresh(request)  # type: ignore[no-untyped-call]  # as above
