"""Links calendars to a practitioner, takes up again what was linked before, and pauses what is to rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.app import App
from sync.domain.calendar.links import CalendarLink, LinkState
from sync.domain.people import Practitioner, folded_address
from sync.errors import Refused
from sync.jobs.wishes import arming_for
from sync.store import connections as store
from sync.store.links import (
    SENDING,
    LinkWish,
    SignIn,
    account,
    account_of,
    accounts,
    keep_account,
    keep_link,
    links,
    links_of_calendar,
)
from sync.store.outbox import arm
from sync.store.practitioners import confirm_email
from sync.store.records import Records

PERSONAL = "google"
"""The kind of account whose owner has signed in herself."""


def connect(
    app: App, person: Practitioner, sign_in: SignIn, wishes: Sequence[LinkWish], now: datetime
) -> list[str]:
    """Keep a fresh permission and link the calendars in `wishes`; the links' ids.

    Done again it doubles nothing, and a calendar that was removed is taken up with its sessions. Signing
    in with the practitioner's own address proves it hers. Raises `Refused` for another's calendar.
    """
    with app.writing() as records:
        for wish in wishes:
            _require_free(records, person.id, wish.calendar_id)
        account_id = keep_account(records, person.id, sign_in, now)
        store.wake_links(records, account_id, now)
        hers = sign_in.kind == PERSONAL and folded_address(sign_in.email) == folded_address(person.email)
        if hers and person.email_confirmed_at is None:
            confirm_email(records, person.id, now)
        return [_link(app, records, account_id, person.id, wish, now) for wish in wishes]


def _require_free(records: Records, practitioner_id: str, calendar_id: str) -> None:
    """One calendar, one practitioner: else an hour of hers would become a session of both."""
    for known in links_of_calendar(records, calendar_id):
        if known.practitioner_id != practitioner_id and not known.is_removed:
            raise Refused(
                "One of these calendars is linked for another practitioner.",
                "Each needs a calendar of her own, in the same account if you like; "
                "`practice-sync connections` shows what is linked.",
            )


def _link(
    app: App, records: Records, account_id: str, practitioner_id: str, wish: LinkWish, now: datetime
) -> str:
    known = [c for c in links_of_calendar(records, wish.calendar_id) if c.practitioner_id == practitioner_id]
    link_id = keep_link(records, account_id, practitioner_id, wish, now)
    if any(calendar.is_removed for calendar in known):
        arming = arming_for(app, records, practitioner_id)
        for session_id, starts_at in store.sessions_ahead(records, link_id, now):
            arm(records, session_id, starts_at, arming)
    return link_id


def replace_address(app: App, old: CalendarLink, sign_in: SignIn, wish: LinkWish, now: datetime) -> None:
    """Read a published calendar at its new address from now on; every session stays with its event.

    Raises `Refused` where the connection is no published calendar, or the address is linked already.
    """
    with app.writing() as records:
        before = account(records, old.account_id)
        if before.kind != sign_in.kind:
            raise Refused(
                "Only a published calendar can get a new address.", "See `practice-sync connections`."
            )
        if any(known.id != old.id for known in links_of_calendar(records, wish.calendar_id)):
            raise Refused(
                "The new address is linked already.", "See `practice-sync connections` for both of them."
            )
        account_id = keep_account(records, old.practitioner_id, sign_in, now)
        store.readdress_link(records, old.id, account_id, wish.calendar_id, now)
        if wish.dedicated is not None:
            store.read_otherwise(records, old.id, dedicated=wish.dedicated, title_pattern=wish.title_pattern)
        if not store.is_in_use(records, before.id):
            store.forget_permission(records, before.id)


def calendars_of(app: App, person: Practitioner, sign_in: SignIn) -> tuple[str, ...]:
    """The practitioner's calendars that are linked through this account already."""
    with app.reading() as records:
        account_id = account_of(records, sign_in)
        return tuple(
            calendar.calendar_id
            for calendar in links(records)
            if (calendar.account_id, calendar.practitioner_id) == (account_id, person.id)
            and not calendar.is_removed
        )


@dataclass(frozen=True, slots=True)
class AccountChange:
    """What a sign-in changes for a practitioner's calendars that were read before.

    `taken_over` of them were read through another account; `left` stay with their own, and `waiting` of
    those ask for a sign-in.
    """

    taken_over: int = 0
    left: int = 0
    waiting: int = 0


def change_of_account(
    app: App, person: Practitioner, sign_in: SignIn, calendar_ids: Sequence[str]
) -> AccountChange:
    """What connecting these calendars through this account changes; asked before `connect` (R86)."""
    named = {folded_address(calendar_id) for calendar_id in calendar_ids}
    with app.reading() as records:
        account_id = account_of(records, sign_in)
        hers = [each for each in links(records) if each.practitioner_id == person.id]
    others = [each for each in hers if each.account_id != account_id and each.last_read_at is not None]
    taken = [each for each in others if folded_address(each.calendar_id) in named]
    left = [each for each in others if each not in taken and not each.is_removed]
    waiting = sum(each.state is LinkState.SIGN_IN for each in left)
    return AccountChange(len(taken), len(left), waiting)


def has_calendars(app: App, person: Practitioner) -> bool:
    """Whether any calendar is linked for her."""
    with app.reading() as records:
        return any(each.practitioner_id == person.id and not each.is_removed for each in links(records))


def latest_permission(app: App, person: Practitioner) -> str | None:
    """The credentials of her latest sign-in, else of anybody's here: the client is the practice's."""
    with app.reading() as records:
        known = [*accounts(records, person.id), *accounts(records)]
        return next((each.credentials for each in known if each.kind == PERSONAL and each.credentials), None)


def known_client(app: App, person: Practitioner) -> str | None:
    """The credentials of whichever sign-in tells the practice's Google client: a calendar's, else mail's."""
    with app.reading() as records:
        mail = next((e.credentials for e in accounts(records) if e.kind == SENDING and e.credentials), None)
    return latest_permission(app, person) or mail


def pause(app: App, link_id: str, now: datetime) -> None:
    """Leave a calendar alone until `resume`; its sessions and their briefings stay as they are."""
    with app.writing() as records:
        store.pause_link(records, link_id, now)


def resume(app: App, link_id: str, now: datetime) -> None:
    """Read a paused calendar again, beginning with the whole of it."""
    with app.writing() as records:
        store.resume_link(records, link_id, now)


def read_otherwise(app: App, link_id: str, *, dedicated: bool, title_pattern: str | None) -> None:
    """Read a calendar's titles in another way from now on; whose known sessions are stays."""
    with app.writing() as records:
        store.read_otherwise(records, link_id, dedicated=dedicated, title_pattern=title_pattern)
