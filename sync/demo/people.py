"""Brings the sample's people into its records: the practitioner, her calendar, her clients."""

from datetime import datetime

from sync.adapters.google_credentials import StoredCredentials
from sync.adapters.google_sign_in import SCOPES
from sync.app import App
from sync.demo.calendar import ADDRESS, PRACTITIONER
from sync.demo.days import TIME_ZONE
from sync.demo.sample import SampleClient
from sync.sandbox.server import Sandbox
from sync.store.agreements import add_cadence
from sync.store.clients import ADDRESS as MAIL_ADDRESS
from sync.store.clients import ALIAS, add_alias, add_client, add_member
from sync.store.links import LinkWish, SignIn, keep_account, keep_link
from sync.store.practitioners import add_practitioner
from sync.store.records import Records


def bring_in(app: App, sandbox: Sandbox, clients: tuple[SampleClient, ...], now: datetime) -> dict[str, str]:
    """Keep everybody, with a calendar that she has signed in to; the clients' ids by code."""
    permission = _granted(sandbox, now)
    with app.writing() as records:
        person = add_practitioner(records, PRACTITIONER, ADDRESS, now, time_zone=TIME_ZONE)
        sign_in = SignIn("google", permission.sub, permission.email, permission.to_json())
        account_id = keep_account(records, person.id, sign_in, now)
        keep_link(records, account_id, person.id, LinkWish(ADDRESS), now)
        return {client.code: _add(records, person.id, client, now) for client in clients}


def _granted(sandbox: Sandbox, now: datetime) -> StoredCredentials:
    """What a sign-in in the browser would have left behind."""
    grant = sandbox.grant(ADDRESS, list(SCOPES))
    return StoredCredentials(
        client_id=grant["client_id"],
        client_secret=grant["client_secret"],
        refresh_token=grant["refresh_token"],
        token_uri=grant["token_uri"],
        scopes=tuple(grant["scopes"]),
        sub=grant["sub"],
        email=ADDRESS,
        granted_at=now.isoformat(timespec="seconds").replace("+00:00", "Z"),
    )


def _add(records: Records, practitioner_id: str, client: SampleClient, now: datetime) -> str:
    kept = add_client(
        records,
        practitioner_id,
        client.name,
        now,
        code=client.code,
        kind=client.kind,
    )
    add_cadence(records, kept.id, client.cadence_days, None, now)
    for position, member in enumerate(client.members):
        add_member(records, kept.id, member, position)
    for alias in client.aliases:
        add_alias(records, kept.id, ALIAS, alias, now)
    for address in client.addresses:
        add_alias(records, kept.id, MAIL_ADDRESS, address, now)
    return kept.id
