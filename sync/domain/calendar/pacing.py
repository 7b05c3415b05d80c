"""When a calendar is to be asked again: at about the same intervals, and ever more rarely while it fails."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.domain.calendar.links import LinkState

SPREAD = 0.25
"""By how much of an interval two calendars' times differ at the most, either way."""

LONGEST_WAIT = timedelta(minutes=15)
"""How long a calendar that mends itself is left alone at the most."""

LONGEST_WAIT_FOR_A_PERSON = timedelta(hours=1)
"""Likewise one that only a person can mend."""

QUOTA_WAIT = timedelta(hours=1)
"""How long a calendar is left alone at the least whose quota is spent (R79)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Of a calendar that is being read, all that says when its turn is."""

    link_id: str
    state: LinkState
    last_read_at: datetime | None = None
    next_try_at: datetime | None = None

    @property
    def failing(self) -> bool:
        """Whether the last try failed."""
        return self.next_try_at is not None


def in_turn(standings: list[Standing]) -> list[Standing]:
    """Those that were read longest ago first; those that fail last, so that their waiting delays none."""
    return sorted(
        standings,
        key=lambda each: (
            each.failing,
            each.last_read_at is not None,
            each.last_read_at.timestamp() if each.last_read_at is not None else 0.0,
        ),
    )


def is_due(standing: Standing, now: datetime, interval: timedelta) -> bool:
    """Whether it is time to ask this calendar: about `interval` after the last reading.

    Each calendar's interval is a little shorter or longer each time, so that they do not all ring at
    once (R87). One that fails waits for its next try.
    """
    if standing.next_try_at is not None:
        return now >= standing.next_try_at
    read_at = standing.last_read_at
    if read_at is None or read_at > now:  # never, or by a clock that was wrong
        return True
    return now - read_at >= interval * (1 - SPREAD + 2 * SPREAD * chance(standing.link_id, read_at))


def next_try(
    link_id: str, failing_since: datetime, now: datetime, first: timedelta, most: timedelta
) -> datetime:
    """When to ask again a calendar that has failed since `failing_since`, and just now.

    Exponential back-off with full jitter (R78): somewhere within as long again as it has failed so
    far, at least within `first` and at most within `most`.
    """
    longest = min(max(now - failing_since, first), most)
    return now + longest * chance(link_id, now)


def next_try_after_quota(link_id: str, now: datetime) -> datetime:
    """When to ask again a calendar whose quota is spent: between one and two hours from `now`."""
    return now + QUOTA_WAIT * (1 + chance(link_id, now))


def chance(link_id: str, at: datetime) -> float:
    """A number from 0 to 1 that differs by calendar and moment, and is the same for whoever asks."""
    drawn = hashlib.blake2b(f"{link_id} {at.isoformat()}".encode(), digest_size=7).digest()
    return int.from_bytes(drawn) / 2**56
