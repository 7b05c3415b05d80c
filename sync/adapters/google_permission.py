"""Reads a kept permission, whichever way it was given, into the credentials that the client library takes."""

from dataclasses import replace

from google.auth.credentials import Credentials

from sync.adapters.google_credentials import SharedCredentials, StoredCredentials
from sync.adapters.google_service_account import ServiceCredentials, ServiceKey


def google_credentials(kept: str, token_uri: str | None = None) -> Credentials:
    """The credentials that `kept` (a secret, as JSON) stands for.

    `token_uri`, where the settings name one, goes before the one that was kept. Raises `SignInNeeded`
    when the permission cannot be read.
    """
    key = ServiceKey.from_json(kept)
    if key is not None:
        return ServiceCredentials(replace(key, token_uri=token_uri or key.token_uri))
    stored = StoredCredentials.from_json(kept)
    return SharedCredentials(replace(stored, token_uri=token_uri or stored.token_uri))
