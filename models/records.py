"""What every query needs: the open database handle and the vault for its sealed columns."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlmodel import Session as DatabaseSession
from sqlmodel import col, select

from models.tables import Client
from models.vault import ClientVault, Vault

CHUNK = 500
"""How many ids stand in one question."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records, open to read or, within a transaction of the app's, to write."""

    db: DatabaseSession
    vault: Vault
    _wrapped_keys: dict[str, bytes] = field(default_factory=dict, repr=False)

    def vault_of(self, client_id: str) -> ClientVault:
        """The vault of one client. Raises `KeyError` when there is no such client."""
        return self.vault.client(client_id, self._wrapped_key(client_id))

    def private_vault_of(self, author_id: str, client_id: str) -> ClientVault:
        """The vault of an author's private notes of one client; only what keeps those may ask for it."""
        return self.vault.private(author_id, client_id, self._wrapped_key(client_id))

    def _wrapped_key(self, client_id: str) -> bytes:
        wrapped = self._wrapped_keys.get(client_id)
        if wrapped is None:
            wrapped = self.db.exec(select(Client.key_wrapped).where(col(Client.id) == client_id)).first()
            if wrapped is None:
                raise KeyError(client_id)
            self._wrapped_keys[client_id] = wrapped
        return wrapped

    def fetch_vaults(self, client_ids: Collection[str]) -> None:
        """Have the vaults of these clients at hand, in few questions where there are many."""
        ids = [client_id for client_id in client_ids if client_id not in self._wrapped_keys]
        for start in range(0, len(ids), CHUNK):
            chunk = col(Client.id).in_(ids[start : start + CHUNK])
            self._wrapped_keys.update(self.db.exec(select(Client.id, Client.key_wrapped).where(chunk)).all())
