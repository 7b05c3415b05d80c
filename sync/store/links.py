"""Keeps the accounts and calendars that are connected, and how reading each of them goes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, update
from sqlmodel import col, select

from models import tables
from models.vault import Place, Vault
from sync.domain.calendar.grants import Grant, has_outlived_testing
from sync.domain.calendar.links import ASLEEP, PUBLISHED, CalendarLink, LinkState
from sync.domain.calendar.pacing import Standing
from sync.domain.people import folded_address
from sync.store.records import Records

SENDING = "gmail"
"""The kind of account that is there to send mail from, and no calendar is read through."""


@dataclass(frozen=True, slots=True)
class Account:
    """One signed-in account. `credentials` is a secret in JSON, for the adapter that made it."""

    id: str
    practitioner_id: str
    kind: str
    email: str
    credentials: str
    grant: Grant

    @property
    def is_published(self) -> bool:
        """Whether it is no account to sign in to, but a published calendar."""
        return self.kind == PUBLISHED

    def __repr__(self) -> str:
        return f"Account({self.id}, {self.kind})"


@dataclass(frozen=True, slots=True, repr=False)
class SignIn:
    """A permission just given. `subject` is the account's own lasting id at its service."""

    kind: str
    subject: str
    email: str
    credentials: str


def _account_row(records: Records, sign_in: SignIn) -> tables.Account | None:
    index = _subject_index(records, sign_in)
    return records.db.exec(select(tables.Account).where(col(tables.Account.subject_index) == index)).first()


def _subject_index(records: Records, sign_in: SignIn) -> str:
    return records.vault.blind_index("account.subject", f"{sign_in.kind}:{sign_in.subject}")


def account_of(records: Records, sign_in: SignIn) -> str | None:
    """The id of the account that signed in, if it is known."""
    row = _account_row(records, sign_in)
    return None if row is None else row.id


def keep_account(records: Records, practitioner_id: str, sign_in: SignIn, now: datetime) -> str:
    """Keep an account, or the fresh credentials of one that is known by its subject (R86); its id."""
    row = _account_row(records, sign_in)
    row_id = tables.new_id() if row is None else row.id
    sealed_email = records.vault.seal(sign_in.email, Place("account", "email", row_id))
    sealed_credentials = records.vault.seal(sign_in.credentials, Place("account", "credentials", row_id))
    if row is None:
        row = tables.Account(
            id=row_id,
            practitioner_id=practitioner_id,
            kind=sign_in.kind,
            subject_index=_subject_index(records, sign_in),
            email_sealed=sealed_email,
            credentials_sealed=sealed_credentials,
            created_at=now,
        )
    else:
        row.email_sealed = sealed_email
        row.credentials_sealed = sealed_credentials
        if row.granted_at is not None and has_outlived_testing(row.granted_at, _last_good(records, row_id)):
            row.previous_grant_days = None  # the app was published since that one ended (R85)
    row.granted_at = now
    records.db.add(row)
    records.db.flush()
    return row_id


def _last_good(records: Records, account_id: str) -> datetime | None:
    link = tables.CalendarLink
    query = select(func.max(col(link.last_read_at))).where(col(link.account_id) == account_id)
    return records.db.exec(query).one()


def account(records: Records, account_id: str) -> Account:
    """One account by id."""
    row = records.db.get_one(tables.Account, account_id)
    return Account(
        id=row.id,
        practitioner_id=row.practitioner_id,
        kind=row.kind,
        email=records.vault.open(row.email_sealed, Place("account", "email", row.id)),
        credentials=records.vault.open(row.credentials_sealed, Place("account", "credentials", row.id)),
        grant=Grant(row.granted_at, row.previous_grant_days),
    )


@dataclass(frozen=True, slots=True)
class LinkWish:
    """A calendar that is to be connected, and how its titles are to be read; None leaves it as it was."""

    calendar_id: str
    dedicated: bool | None = None
    title_pattern: str | None = None


def links_of_calendar(records: Records, calendar_id: str) -> list[CalendarLink]:
    """The connections of one calendar: one for each practitioner who ever had it."""
    index = calendar_index(records, calendar_id)
    query = select(tables.CalendarLink).where(col(tables.CalendarLink.calendar_index) == index)
    return [_opened(records.vault, row) for row in records.db.exec(query)]


def calendar_index(records: Records, calendar_id: str) -> str:
    """A calendar's id, blinded: by it a calendar is found without any id being read."""
    return records.vault.blind_index("calendar", folded_address(calendar_id))


def keep_link(records: Records, account_id: str, practitioner_id: str, wish: LinkWish, now: datetime) -> str:
    """Connect a calendar, or take up one that was connected before: nothing is doubled; its id.

    One that is paused stays so.
    """
    index = calendar_index(records, wish.calendar_id)
    row = records.db.exec(
        select(tables.CalendarLink).where(
            col(tables.CalendarLink.practitioner_id) == practitioner_id,
            col(tables.CalendarLink.calendar_index) == index,
        )
    ).first()
    if row is None:
        row_id = tables.new_id()
        row = tables.CalendarLink(
            id=row_id,
            account_id=account_id,
            practitioner_id=practitioner_id,
            calendar_id_sealed=records.vault.seal(
                wish.calendar_id, Place("calendar_link", "calendar_id", row_id)
            ),
            calendar_index=index,
            state_since=now,
            created_at=now,
        )
    if wish.dedicated is not None:
        row.dedicated = wish.dedicated
        row.title_pattern = wish.title_pattern
    row.account_id = account_id  # the same calendar through another account is the same calendar
    if row.state != LinkState.PAUSED:
        row.state = LinkState.FINE
        row.state_since = now
        row.trouble = None
    row.sync_token_sealed = None  # a fresh permission starts with a fresh reading (R86)
    row.last_snapshot_at = None
    row.next_try_at = None
    records.db.add(row)
    records.db.flush()
    return row.id


def accounts(records: Records, practitioner_id: str | None = None) -> list[Account]:
    """The accounts through which a practitioner's (or anybody's) calendars are read, the latest first.

    Who signed in makes no difference: a practice may have one account for all.
    """
    row, linked = tables.Account, tables.CalendarLink
    hers = select(linked.account_id).where(col(linked.practitioner_id) == practitioner_id)
    query = select(row.id)
    if practitioner_id is not None:
        query = query.where(or_(col(row.practitioner_id) == practitioner_id, col(row.id).in_(hers)))
    return [account(records, each) for each in records.db.exec(query.order_by(col(row.created_at).desc()))]


def mail_account(records: Records, practitioner_id: str) -> Account | None:
    """The account that a practitioner's mail is sent from; None where she has allowed none."""
    row = tables.Account
    query = select(row.id).where(col(row.kind) == SENDING, col(row.practitioner_id) == practitioner_id)
    known = (account(records, each) for each in records.db.exec(query))
    return next((each for each in known if each.credentials), None)


def links(records: Records) -> list[CalendarLink]:
    """Every connected calendar, in the order in which they were connected."""
    rows = records.db.exec(select(tables.CalendarLink).order_by(col(tables.CalendarLink.created_at)))
    return [_opened(records.vault, row) for row in rows]


def links_together(records: Records, calendar: CalendarLink) -> list[CalendarLink]:
    """This calendar and hers of the same account, in the order in which they were connected."""
    row = tables.CalendarLink
    query = select(row).where(
        col(row.account_id) == calendar.account_id,
        col(row.practitioner_id) == calendar.practitioner_id,
    )
    return [_opened(records.vault, each) for each in records.db.exec(query.order_by(col(row.created_at)))]


def standings(records: Records) -> list[Standing]:
    """The calendars that are read at all, in the order in which they were connected; none is opened."""
    row = tables.CalendarLink
    query = (
        select(row.id, row.state, row.last_read_at, row.next_try_at)
        .where(col(row.state).not_in(ASLEEP))
        .order_by(col(row.created_at))
    )
    return [Standing(each, LinkState(state), *moments) for each, state, *moments in records.db.exec(query)]


def leave_until(records: Records, link_id: str, next_try_at: datetime | None) -> None:
    """Have the worker leave a calendar alone until then."""
    row = records.db.get_one(tables.CalendarLink, link_id)
    row.next_try_at = next_try_at
    records.db.add(row)


def link(records: Records, link_id: str) -> CalendarLink:
    """One connected calendar by id."""
    return _opened(records.vault, records.db.get_one(tables.CalendarLink, link_id))


def note_reading(
    records: Records,
    link_id: str,
    now: datetime,
    *,
    sync_token: str | None,
    token_fingerprint: str,
    snapshot: tuple[str, str] | None = None,
) -> None:
    """Note that the calendar was known as it is at `now`; in the transaction of what it brought (R1).

    `snapshot` is the calendar's zone and our access role, when the window was read as a whole.
    """
    row = records.db.get_one(tables.CalendarLink, link_id)
    row.last_read_at = now
    row.next_try_at = None
    row.token_fingerprint = token_fingerprint
    row.sync_token_sealed = (
        None
        if sync_token is None
        else records.vault.seal(sync_token, Place("calendar_link", "sync_token", link_id))
    )
    if snapshot is not None:
        row.time_zone, row.access_role = snapshot
        row.last_snapshot_at = now
        row.proved_account_id = row.account_id
    records.db.add(row)


def set_state(
    records: Records, link_id: str, state: LinkState, now: datetime, trouble: str | None = None
) -> bool:
    """Note how reading goes; whether that is another state than before.

    A calendar that a person paused or removed meanwhile stays so.
    """
    row = records.db.get_one(tables.CalendarLink, link_id)
    if row.state in ASLEEP:
        return False
    changed = row.state != state
    if changed:
        row.state = state
        row.state_since = now
    row.trouble = trouble
    records.db.add(row)
    return changed


def want_snapshot(records: Records, link_id: str) -> None:
    """Have the window read as a whole at the next chance."""
    row = records.db.get_one(tables.CalendarLink, link_id)
    row.last_snapshot_at = None
    records.db.add(row)


def read_afresh(records: Records, practitioner_id: str) -> None:
    """Have every event of a practitioner's calendars looked at again, also those that have not changed."""
    row = tables.CalendarLink
    for link_id in records.db.exec(select(row.id).where(col(row.practitioner_id) == practitioner_id)).all():
        read_link_afresh(records, link_id)


def read_link_afresh(records: Records, link_id: str) -> None:
    """The same for one calendar."""
    event = tables.EventLink
    forgotten = update(event).where(col(event.calendar_link_id) == link_id).values(etag=None)
    records.db.connection().execute(forgotten)
    want_snapshot(records, link_id)
    records.db.flush()


def _opened(vault: Vault, row: tables.CalendarLink) -> CalendarLink:
    token = row.sync_token_sealed
    return CalendarLink(
        id=row.id,
        account_id=row.account_id,
        practitioner_id=row.practitioner_id,
        calendar_id=vault.open(row.calendar_id_sealed, Place("calendar_link", "calendar_id", row.id)),
        state=LinkState(row.state),
        state_since=row.state_since,
        dedicated=row.dedicated,
        title_pattern=row.title_pattern,
        time_zone=row.time_zone,
        access_role=row.access_role,
        trouble=row.trouble,
        last_read_at=row.last_read_at,
        last_snapshot_at=row.last_snapshot_at,
        sync_token=None if token is None else vault.open(token, Place("calendar_link", "sync_token", row.id)),
        token_fingerprint=row.token_fingerprint,
        proved_account_id=row.proved_account_id,
        history_since=row.history_since,
        history_read_to=row.history_read_to,
        history_done_at=row.history_done_at,
    )
