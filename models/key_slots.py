"""Keeps the value that proves a root key right, and the slot that a recovery code opens."""

from datetime import datetime

from sqlmodel import Session as DatabaseSession
from sqlmodel import col, select

from models.tables import KeySlot

CHECK = "check"
RECOVERY = "recovery"


def key_slot(db: DatabaseSession, kind: str) -> bytes | None:
    """The value of one slot, if it has been laid."""
    return db.exec(select(KeySlot.value).where(col(KeySlot.kind) == kind)).first()


def lay_key_slot(db: DatabaseSession, kind: str, value: bytes, now: datetime) -> None:
    """Lay a slot, in place of what it held."""
    db.merge(KeySlot(kind=kind, value=value, created_at=now))
