"""How long Google's permissions live: seven days and no more while the Google app is in Testing (R85)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

TESTING_LIFE = timedelta(days=7)
"""After https://developers.google.com/identity/protocols/oauth2#expiration."""

TELL_BEFORE = timedelta(days=1)
OUTLIVES = timedelta(hours=1)
"""How long an access token goes on opening the calendar when the permission behind it has ended."""

FEWEST_DAYS, MOST_DAYS = 6.5, 7.5
"""What is taken for seven days: neither clocks nor readings are that exact."""

LONGEST_DOUBT = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Grant:
    """A living permission, and how many days the one before it lasted, where either is known."""

    granted_at: datetime | None = None
    previous_days: float | None = None


def days_lived(granted_at: datetime, last_good_at: datetime | None, refused_at: datetime) -> float:
    """How many days a permission lasted that was refused at `refused_at`. Moments are aware.

    It ended somewhere between the last good reading and the refusal: a worker that stood still over
    the weekend notices late. Where the seventh day lies in that span, it was the seventh.
    """
    known_good_at = max(granted_at, (last_good_at or granted_at) - OUTLIVES)
    seventh = granted_at + TESTING_LIFE
    if known_good_at <= seventh <= refused_at and refused_at - known_good_at <= LONGEST_DOUBT:
        return TESTING_LIFE / timedelta(days=1)
    return (refused_at - granted_at) / timedelta(days=1)


def has_outlived_testing(granted_at: datetime, last_good_at: datetime | None) -> bool:
    """Whether a permission that still stands, as far as anybody knows, is none of an app in Testing.

    `last_good_at` is the last good reading with it. Moments are aware.
    """
    return last_good_at is not None and (last_good_at - granted_at) / timedelta(days=1) > MOST_DAYS


def ended_in_testing(days: float | None) -> bool:
    """Whether a permission that lasted `days` was in all likelihood one of an app in Testing."""
    return days is not None and FEWEST_DAYS <= days <= MOST_DAYS


def probable_end(grant: Grant, now: datetime) -> datetime | None:
    """When the permission will end if it is like the one before; told from a day before, else None."""
    if grant.granted_at is None or not ended_in_testing(grant.previous_days):
        return None
    ends_at = grant.granted_at + TESTING_LIFE
    return ends_at if ends_at - TELL_BEFORE <= now < ends_at else None
