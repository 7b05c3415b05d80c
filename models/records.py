"""What every query needs: the open database handle and the vault for its sealed columns."""

from dataclasses import dataclass, field

from sqlmodel import Session as DatabaseSession
from sqlmodel import col, select

from models.tables import Client
from models.vault import ClientVault, Vault


@dataclass(frozen=True, slots=True)
class Records:
    """The records, open to read or, within a transaction of the app's, to write."""

    db: DatabaseSession
    vault: Vault
    _wrapped_keys: dict[str, bytes] = field(default_factory=dict, repr=False)

    def vault_of(self, client_id: str) -> ClientVault:
        """The vault of one client. Raises `KeyError` when there is no such client."""
        wrapped = self._wrapped_keys.get(client_id)
        if wrapped is None:
            wrapped = self.db.exec(select(Client.key_wrapped).where(col(Client.id) == client_id)).first()
            if wrapped is None:
                raise KeyError(client_id)
            self._wrapped_keys[client_id] = wrapped
        return self.vault.client(client_id, wrapped)
