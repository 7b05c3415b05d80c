"""Keeps the practitioners."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from models import tables
from models.vault import Place, Vault
from sync.domain.people import Practitioner, folded_address
from sync.store.records import Records


def add_practitioner(records: Records, name: str, email: str, now: datetime, **wishes: Any) -> Practitioner:
    """Keep a new practitioner; `wishes` are columns such as `time_zone` or `note_format`."""
    row_id = tables.new_id()
    row = tables.Practitioner(
        id=row_id,
        name_sealed=records.vault.seal(name, Place("practitioner", "name", row_id)),
        email_sealed=records.vault.seal(email, Place("practitioner", "email", row_id)),
        email_index=_email_index(records.vault, email),
        created_at=now,
        **{key: value for key, value in wishes.items() if value is not None},
    )
    records.db.add(row)
    records.db.flush()
    return _opened(records.vault, row)


def set_practitioner(records: Records, practitioner_id: str, wishes: Mapping[str, Any]) -> Practitioner:
    """Change the columns in `wishes`; a new `email` is no longer confirmed."""
    row = records.db.get_one(tables.Practitioner, practitioner_id)
    for key, value in wishes.items():
        if key in ("name", "email"):
            sealed = records.vault.seal(value, Place("practitioner", key, row.id))
            setattr(row, f"{key}_sealed", sealed)
        elif key == "certificate":
            place = Place("practitioner", "certificate", row.id)
            row.certificate_sealed = records.vault.seal(value, place) if value else None
        else:
            setattr(row, key, value)
    if "email" in wishes:
        row.email_index = _email_index(records.vault, wishes["email"])
        # What was proved, or is on its way to be, is the old address.
        row.email_confirmed_at = row.confirm_code_sealed = row.confirm_sent_at = None
    records.db.add(row)
    records.db.flush()
    return _opened(records.vault, row)


def practitioners(records: Records) -> list[Practitioner]:
    """Everybody who works here, in the order in which they came."""
    rows = records.db.exec(select(tables.Practitioner).order_by(col(tables.Practitioner.created_at)))
    return [_opened(records.vault, row) for row in rows]


def practitioner(records: Records, practitioner_id: str) -> Practitioner:
    """One practitioner by id."""
    return _opened(records.vault, records.db.get_one(tables.Practitioner, practitioner_id))


def practitioner_by_email(records: Records, email: str) -> Practitioner | None:
    """The practitioner with this address, in any case of letters."""
    index = _email_index(records.vault, email)
    row = records.db.exec(
        select(tables.Practitioner).where(col(tables.Practitioner.email_index) == index)
    ).first()
    return None if row is None else _opened(records.vault, row)


def keep_confirm_code(records: Records, practitioner_id: str, code: str, now: datetime) -> None:
    """Remember the code that is mailed to prove an address."""
    row = records.db.get_one(tables.Practitioner, practitioner_id)
    row.confirm_sent_at = now
    row.confirm_code_sealed = records.vault.seal(code, Place("practitioner", "confirm_code", row.id))
    records.db.add(row)


def confirm_code(records: Records, practitioner_id: str, sent_since: datetime) -> str | None:
    """The code that was mailed, if one was, and not before `sent_since`."""
    row = records.db.get_one(tables.Practitioner, practitioner_id)
    if row.confirm_code_sealed is None or row.confirm_sent_at is None or row.confirm_sent_at < sent_since:
        return None
    return records.vault.open(row.confirm_code_sealed, Place("practitioner", "confirm_code", row.id))


def confirm_email(records: Records, practitioner_id: str, now: datetime) -> None:
    """Note that the address is known to be hers."""
    row = records.db.get_one(tables.Practitioner, practitioner_id)
    row.email_confirmed_at = now
    row.confirm_code_sealed = None
    records.db.add(row)


def _email_index(vault: Vault, email: str) -> str:
    return vault.blind_index("practitioner.email", folded_address(email))


def _opened(vault: Vault, row: tables.Practitioner) -> Practitioner:
    return Practitioner(
        id=row.id,
        name=vault.open(row.name_sealed, Place("practitioner", "name", row.id)),
        email=vault.open(row.email_sealed, Place("practitioner", "email", row.id)),
        time_zone=row.time_zone,
        lead_minutes=row.lead_minutes,
        privacy=row.privacy,
        note_format=row.note_format,
        email_confirmed_at=row.email_confirmed_at,
        color_meanings=dict(row.color_meanings),
        digest_at=row.digest_at,
        preview_at=row.preview_at,
        follow_up_at=row.follow_up_at,
        quiet_hours=row.quiet_hours,
        certificate=""
        if row.certificate_sealed is None
        else vault.open(row.certificate_sealed, Place("practitioner", "certificate", row.id)),
        certificate_ends_at=row.certificate_ends_at,
    )
