"""Adds practitioners, changes their wishes, proves their addresses."""

import hmac
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sync.app import App
from sync.domain.briefing.outbox import CODE_VALID, MessageKind
from sync.domain.people import Practitioner, is_address
from sync.errors import Refused
from sync.jobs.days import pass_over_wishes
from sync.jobs.outbox import send_due
from sync.jobs.wishes import arming_for
from sync.store.links import read_afresh
from sync.store.mail_stops import lift_stops
from sync.store.outbox import put_notice, retime
from sync.store.practitioners import (
    add_practitioner,
    confirm_code,
    confirm_email,
    keep_confirm_code,
    practitioner_by_email,
    practitioners,
    set_practitioner,
)
from sync.store.records import Records

_TIMING = frozenset({"lead_minutes", "quiet_hours", "time_zone"})
_OTHER_ADDRESS = "Give one bare address, such as ana@practice.example."


def add(app: App, name: str, email: str, wishes: Mapping[str, Any], now: datetime) -> Practitioner:
    """Add a practitioner. Raises `Refused` for an address that is none or is known already."""
    if not name.strip():
        raise Refused("A practitioner needs a name.", "Give it before the address.")
    with app.writing() as records:
        _require_free(records, email)
        person = add_practitioner(records, name.strip(), email.strip(), now, **wishes)
        pass_over_wishes(app, records, person, wishes, now)
        return person


def change(app: App, practitioner_id: str, wishes: Mapping[str, Any]) -> None:
    """Change wishes.

    What briefings are timed by also re-times those that are still to come; another meaning of a colour has
    the calendars looked at again. A mail of the day whose hour has passed begins tomorrow.
    """
    with app.writing() as records:
        if "email" in wishes:
            _require_free(records, wishes["email"])
        person = set_practitioner(records, practitioner_id, wishes)
        pass_over_wishes(app, records, person, wishes, app.now())
        if not _TIMING.isdisjoint(wishes):
            retime(records, arming_for(app, records, practitioner_id))
        if "color_meanings" in wishes:
            read_afresh(records, practitioner_id)


def _require_free(records: Records, email: str) -> None:
    if not is_address(email):
        raise Refused("That is not a mail address.", _OTHER_ADDRESS)
    if practitioner_by_email(records, email) is not None:
        raise Refused(
            "A practitioner with this address is known already.", "See `practice-sync practitioners`."
        )


def send_code(app: App, practitioner_id: str, code: str, now: datetime) -> None:
    """Have a code mailed, even where mail is stopped; it takes the place of an earlier one."""
    with app.writing() as records:
        lift_stops(records)
        keep_confirm_code(records, practitioner_id, code, now)
        put_notice(
            records, MessageKind.CONFIRM, practitioner_id, now, arming_for(app, records, practitioner_id)
        )


def send_test(app: App, now: datetime) -> tuple[int, int]:
    """Send a mail without a word of anybody to every practitioner: how many went, how many did not.

    Whoever asks for it sees what comes of it, so it is tried even where mail is stopped.
    """
    with app.writing() as records:
        lift_stops(records)
        for person in practitioners(records):
            put_notice(records, MessageKind.TEST, person.id, now, arming_for(app, records, person.id))
    counts: Counter[str] = Counter()
    send_due(app, now, counts)
    return counts["notices_sent"], counts["notices_failed"]


def confirm_address(app: App, practitioner_id: str, code: str, now: datetime) -> None:
    """Note that the address is hers if the code is the one that was mailed. Raises `Refused`."""
    with app.writing() as records:
        known = confirm_code(records, practitioner_id, now - CODE_VALID)
        if known is None or not hmac.compare_digest(known.encode(), code.strip().encode()):
            raise Refused(
                "That is not the code that was mailed, or it is too old.",
                "Have a new one sent: `practice-sync practitioners confirm EMAIL`.",
            )
        confirm_email(records, practitioner_id, now)
