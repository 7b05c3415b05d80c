"""Leases: one holder at a time, for a while, over any number of processes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from models.tables import Lease as LeaseRow
from sync.store.records import Records

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Lease:
    """A held lease. `fence` is larger than that of any earlier holder."""

    name: str
    owner: str
    fence: int


def take_lease(records: Records, name: str, owner: str, now: datetime, lasting: timedelta) -> Lease | None:
    """Take `name` if it is free or over; None when another holds it.

    One that would last longer than any lease was taken by a clock that was wrong, and is over too.
    """
    row = LeaseRow.__table__.c  # type: ignore[attr-defined] # SQLModel adds it when the class is made
    changed = records.db.connection().execute(
        update(LeaseRow)
        .where(row.name == name, (row.until <= now) | (row.until > now + lasting))
        .values(owner=owner, fence=row.fence + 1, until=now + lasting)
    )
    if changed.rowcount == 0:
        try:
            with records.db.begin_nested():
                records.db.add(LeaseRow(name=name, owner=owner, fence=1, until=now + lasting))
        except IntegrityError:
            return None
    fence = records.db.exec(select(LeaseRow.fence).where(col(LeaseRow.name) == name)).one()
    return Lease(name, owner, fence)


def still_held(records: Records, lease: Lease) -> bool:
    """Whether nobody took the lease since; asked, locking it, in the transaction that writes."""
    row = records.db.exec(select(LeaseRow).where(col(LeaseRow.name) == lease.name).with_for_update()).first()
    return row is not None and (row.owner, row.fence) == (lease.owner, lease.fence)


def break_lease(records: Records, name: str) -> None:
    """Take the lease from whoever holds it: what that one is about to write is not written."""
    row = LeaseRow.__table__.c  # type: ignore[attr-defined] # as above
    records.db.connection().execute(
        update(LeaseRow).where(row.name == name).values(fence=row.fence + 1, until=LONG_AGO)
    )


def overdue(records: Records, prefix: str, now: datetime) -> list[datetime]:
    """Until when each lease was to last whose name begins so, and which its holder never gave back."""
    query = select(LeaseRow.until).where(
        col(LeaseRow.name).startswith(prefix), col(LeaseRow.until) > LONG_AGO, col(LeaseRow.until) <= now
    )
    return list(records.db.exec(query.order_by(col(LeaseRow.until))))


def give_back(records: Records, lease: Lease) -> None:
    """Let the next holder in at once, whatever the clock may say by then."""
    row = records.db.get(LeaseRow, lease.name)
    if row is not None and (row.owner, row.fence) == (lease.owner, lease.fence):
        row.until = LONG_AGO
        records.db.add(row)
        records.db.flush()
