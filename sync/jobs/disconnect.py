"""Ends a connection: what came of it stays, what is not yet sent is withdrawn, its permission goes back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sync.app import App
from sync.errors import PracticeError
from sync.jobs.calendar_lease import lease_name
from sync.jobs.connections import PERSONAL
from sync.jobs.sending_permission import shares_account
from sync.jobs.wishes import applying_for
from sync.store.changes import apply_changes
from sync.store.connections import forget_permission, is_in_use, remove_link
from sync.store.copies import heirs_of
from sync.store.inbox import keep_only
from sync.store.leases import break_lease
from sync.store.links import Account, account, link, links
from sync.store.outbox import disarm_calendar


class PermissionFate(StrEnum):
    """What became of the permission behind a removed calendar."""

    NEEDED = "needed"  # by another calendar
    SENDS = "sends"  # mail goes through the same account, and Google takes all back at once
    GIVEN_BACK = "given_back"
    NOT_GIVEN_BACK = "not_given_back"
    FORGOTTEN = "forgotten"  # there is no service that could be told


@dataclass(frozen=True, slots=True)
class Removal:
    """How a removal went; `trouble` says why the permission could not be given back."""

    permission: PermissionFate
    trouble: str = ""


def remove(app: App, link_id: str, now: datetime) -> Removal:
    """Never ask this calendar again. Sessions, notes and ledger stay as they are, and nothing is cancelled.

    A session that another of her calendars shows is read from there. A reading that is under way
    writes nothing any more. When no other calendar is read through the
    account, its permission is given back and forgotten; that Google did not hear it does not stop the
    removal.
    """
    with app.reading() as records:
        calendar = link(records, link_id)
        permission = account(records, calendar.account_id)
        others = any(
            other.account_id == calendar.account_id and other.id != link_id and not other.is_removed
            for other in links(records)
        )
        sends = shares_account(records, permission)
    if others or sends:
        removal = Removal(PermissionFate.NEEDED if others else PermissionFate.SENDS)
    else:
        removal = _give_back(app, permission)
    with app.writing() as records:
        break_lease(records, lease_name(link_id))
        remove_link(records, link_id, now)
        handed_over = heirs_of(records, calendar, now)
        apply_changes(records, handed_over, applying_for(app, records, calendar, now))
        disarm_calendar(records, link_id, "its calendar was removed")
        keep_only(records, link_id, ())
        if not is_in_use(records, permission.id):
            forget_permission(records, permission.id)
    return removal


def _give_back(app: App, permission: Account) -> Removal:
    if permission.kind != PERSONAL or not permission.credentials:
        return Removal(PermissionFate.FORGOTTEN)
    try:
        app.give_back(app.settings, permission.credentials)
    except PracticeError as trouble:
        return Removal(PermissionFate.NOT_GIVEN_BACK, str(trouble))
    return Removal(PermissionFate.GIVEN_BACK)
