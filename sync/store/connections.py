"""What a person does to a connection: pause it, go on, read its titles otherwise, end it, sign in anew."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from models import tables
from models.vault import Place
from sync.domain.attendance.states import SCHEDULED
from sync.domain.calendar.grants import days_lived
from sync.domain.calendar.links import LinkState
from sync.store.links import calendar_index
from sync.store.records import Records


def pause_link(records: Records, link_id: str, now: datetime) -> None:
    """Have the calendar left alone until `resume_link`."""
    _put_state(records, link_id, LinkState.PAUSED, now)


def resume_link(records: Records, link_id: str, now: datetime) -> None:
    """Have the calendar read again, as a whole at first."""
    _put_state(records, link_id, LinkState.FINE, now).last_snapshot_at = None


def remove_link(records: Records, link_id: str, now: datetime) -> None:
    """Have the calendar never asked again; what was made from it stays."""
    row = _put_state(records, link_id, LinkState.REMOVED, now)
    row.sync_token_sealed = None
    row.last_snapshot_at = None


def readdress_link(records: Records, link_id: str, account_id: str, calendar_id: str, now: datetime) -> None:
    """Have the same calendar read at another address; its sessions stay tied to their events."""
    row = records.db.get_one(tables.CalendarLink, link_id)
    row.account_id = account_id
    row.calendar_id_sealed = records.vault.seal(calendar_id, Place("calendar_link", "calendar_id", link_id))
    row.calendar_index = calendar_index(records, calendar_id)
    row.sync_token_sealed = None
    row.last_snapshot_at = None
    row.next_try_at = None
    if row.state != LinkState.PAUSED:
        row.state, row.state_since, row.trouble = LinkState.FINE, now, None
    records.db.add(row)
    records.db.flush()


def read_otherwise(records: Records, link_id: str, *, dedicated: bool, title_pattern: str | None) -> None:
    """Change how titles are read, from a fresh reading on."""
    row = records.db.get_one(tables.CalendarLink, link_id)
    row.dedicated = dedicated
    row.title_pattern = title_pattern
    row.last_snapshot_at = None
    records.db.add(row)


def _put_state(records: Records, link_id: str, state: LinkState, now: datetime) -> tables.CalendarLink:
    row = records.db.get_one(tables.CalendarLink, link_id)
    row.state = state
    row.state_since = now
    row.trouble = None
    row.next_try_at = None
    records.db.add(row)
    return row


def wake_links(records: Records, account_id: str, now: datetime) -> None:
    """Have those of an account's calendars read again that waited for a sign-in."""
    row = tables.CalendarLink
    records.db.connection().execute(
        update(row)
        .where(col(row.account_id) == account_id, col(row.state) == LinkState.SIGN_IN)
        .values(
            state=LinkState.FINE,
            state_since=now,
            trouble=None,
            last_snapshot_at=None,
            sync_token_sealed=None,
            next_try_at=None,
        )
    )


def is_in_use(records: Records, account_id: str) -> bool:
    """Whether a calendar, paused or not, is connected through this account."""
    row = tables.CalendarLink
    query = select(row.id).where(col(row.account_id) == account_id, col(row.state) != LinkState.REMOVED)
    return records.db.exec(query).first() is not None


def note_grant_end(
    records: Records, account_id: str, last_good_at: datetime | None, refused_at: datetime
) -> None:
    """Note how long the account's permission lasted; once for each permission (R85)."""
    row = records.db.get_one(tables.Account, account_id)
    if row.granted_at is not None:
        row.previous_grant_days = days_lived(row.granted_at, last_good_at, refused_at)
        row.granted_at = None
        records.db.add(row)


def forget_permission(records: Records, account_id: str) -> None:
    """Keep nothing of the account's credentials; who it is stays known."""
    row = records.db.get_one(tables.Account, account_id)
    row.credentials_sealed = records.vault.seal("", Place("account", "credentials", account_id))
    records.db.add(row)


def sessions_ahead(records: Records, link_id: str, now: datetime) -> list[tuple[str, datetime]]:
    """The sessions (id, start) of one calendar that are still to take place."""
    row = tables.Session
    query = select(row.id, row.starts_at).where(
        col(row.calendar_link_id) == link_id, col(row.status) == SCHEDULED, col(row.starts_at) > now
    )
    return [(session_id, starts_at) for session_id, starts_at in records.db.exec(query)]
