"""What every query needs: the open database handle and the vault for its sealed columns."""

from dataclasses import dataclass

from sqlmodel import Session as DatabaseSession

from models.tables import Client
from models.vault import ClientVault, Vault


@dataclass(frozen=True, slots=True)
class Records:
    """The records, open to read or, within a transaction of the app's, to write."""

    db: DatabaseSession
    vault: Vault

    def vault_of(self, client_id: str) -> ClientVault:
        """The vault of one client. Raises `KeyError` when there is no such client."""
        client = self.db.get(Client, client_id)
        if client is None:
            raise KeyError(client_id)
        return self.vault.client(client_id, client.key_wrapped)
