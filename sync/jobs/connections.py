"""Links calendars to a practitioner, and takes up again what was linked before."""

from collections.abc import Sequence
from datetime import datetime

from sync.app import App
from sync.domain.people import Practitioner, folded_address
from sync.store.links import LinkWish, SignIn, account_of, accounts, keep_account, keep_link, links
from sync.store.practitioners import confirm_email


def connect(
    app: App, person: Practitioner, sign_in: SignIn, wishes: Sequence[LinkWish], now: datetime
) -> list[str]:
    """Keep a fresh permission and link the calendars in `wishes`; the links' ids.

    Done again it doubles nothing. Signing in with the practitioner's own address proves it hers.
    """
    with app.writing() as records:
        account_id = keep_account(records, person.id, sign_in, now)
        hers = folded_address(sign_in.email) == folded_address(person.email)
        if hers and person.email_confirmed_at is None:
            confirm_email(records, person.id, now)
        return [keep_link(records, account_id, person.id, wish, now) for wish in wishes]


def calendars_of(app: App, sign_in: SignIn) -> tuple[str, ...]:
    """The calendars that are linked through this account already."""
    with app.reading() as records:
        account_id = account_of(records, sign_in)
        return tuple(link.calendar_id for link in links(records) if link.account_id == account_id)


def latest_permission(app: App, person: Practitioner) -> str | None:
    """The credentials of the account that the practitioner linked last, if there is one."""
    with app.reading() as records:
        return next((account.credentials for account in accounts(records, person.id)), None)
