"""Links calendars to a practitioner, and tells how reading each of them goes."""

from collections.abc import Sequence
from datetime import datetime

from sync.app import App
from sync.domain.people import Practitioner, folded_address
from sync.store.links import LinkWish, SignIn, keep_account, keep_link
from sync.store.practitioners import confirm_email


def connect(
    app: App, person: Practitioner, sign_in: SignIn, wishes: Sequence[LinkWish], now: datetime
) -> list[str]:
    """Keep a fresh permission and link the calendars in `wishes`; the links' ids.

    Done again it doubles nothing. Signing in with the practitioner's own address proves it hers.
    """
    with app.writing() as records:
        account_id = keep_account(records, person.id, sign_in, now)
        if person.email_confirmed_at is None and folded_address(sign_in.email) == folded_address(
            person.email
        ):
            confirm_email(records, person.id, now)
        return [keep_link(records, account_id, person.id, wish, now) for wish in wishes]
