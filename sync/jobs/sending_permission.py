"""The permission to send a practitioner's mail from her own Gmail account: kept, and given back."""

from dataclasses import dataclass
from datetime import datetime

from sync.app import App
from sync.domain.people import Practitioner, folded_address
from sync.errors import PracticeError, Refused
from sync.jobs.connections import PERSONAL
from sync.store.connections import forget_permission, is_in_use
from sync.store.links import SENDING, Account, SignIn, accounts, keep_account, mail_account
from sync.store.practitioners import confirm_email
from sync.store.records import Records


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What became of a permission at Google: `needed` by something else, or not told for a `trouble`."""

    needed: bool = False
    trouble: str = ""


def keep_sending(app: App, person: Practitioner, sign_in: SignIn, now: datetime) -> bool:
    """Send her mail from this account from now on; whether it went from another one before.

    One permission for each practitioner; it is sealed, and apart from any calendar's.
    """
    mine = SignIn(SENDING, f"{person.id}:{sign_in.subject}", sign_in.email, sign_in.credentials)
    with app.writing() as records:
        before = mail_account(records, person.id)
        account_id = keep_account(records, person.id, mine, now)
        changed = before is not None and before.id != account_id
        if before is not None and changed:
            forget_permission(records, before.id)
        hers = folded_address(sign_in.email) == folded_address(person.email)
        if hers and person.email_confirmed_at is None:
            confirm_email(records, person.id, now)
    return changed


def end_sending(app: App, person: Practitioner) -> GivenBack:
    """Send nothing more from her account, and give the permission back. Raises `Refused` where there is none.

    Google takes back all that an account allowed one client at once. Where a calendar is read through the
    same account it is therefore only forgotten here.
    """
    with app.reading() as records:
        known = mail_account(records, person.id)
        needed = known is not None and shares_account(records, known)
    if known is None:
        raise Refused("No Gmail account sends mail for her.", "See `practice-sync doctor`.")
    given_back = GivenBack(needed=True) if needed else _give_back(app, known)
    with app.writing() as records:
        forget_permission(records, known.id)
    return given_back


def shares_account(records: Records, known: Account) -> bool:
    """Whether something else here goes through the same Google account as `known`."""
    return any(
        each.id != known.id and each.credentials and folded_address(each.email) == folded_address(known.email)
        for each in accounts(records)
        if each.kind == SENDING or (each.kind == PERSONAL and is_in_use(records, each.id))
    )


def _give_back(app: App, known: Account) -> GivenBack:
    try:
        app.give_back(app.settings, known.credentials)
    except PracticeError as trouble:
        return GivenBack(trouble=str(trouble))
    return GivenBack()
