"""Judges what is missing from a complete snapshot: absence is a question, not a deletion."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.domain.calendar.values import KnownSession, Snapshot

CONFIRM_LIMIT = 50
"""How many events one reading asks for one by one; the rest waits for the next."""

MASS_FLOOR = 3
MASS_SHARE = 0.5
SECOND_LOOK = timedelta(minutes=10)
"""R23: more than max(3, half) of what lies ahead missing at once stops the line; a second complete
snapshot at least ten minutes later may go on."""


def absent_sessions(
    snapshot: Snapshot, remembered: Iterable[KnownSession], flagged: Collection[str] = ()
) -> list[KnownSession]:
    """The sessions that ought to be in `snapshot` and are not, those ahead first.

    Only sessions whose stored time overlaps the window count (R19); cancelled ones and those
    already `flagged` (by session id) as missing do not.
    """
    present = snapshot.present
    missing = [
        known
        for known in remembered
        if known.event_id not in present
        and not known.is_alias
        and known.status != "cancelled"
        and known.session_id not in flagged
        and snapshot.window.overlaps(known.starts_at, known.ends_at)
    ]
    return sorted(missing, key=lambda known: known.starts_at, reverse=True)


def is_agreed(known: KnownSession, now: datetime) -> bool:
    """Whether an earlier reading lacked this event too, long enough ago to be no passing fault."""
    return known.missing_since is not None and now - known.missing_since >= SECOND_LOOK


def is_mass_absence(absent: Iterable[KnownSession], ahead: int, now: datetime) -> bool:
    """Whether so much is missing that the calendar itself is in doubt (R23).

    `ahead` is how many of the sessions in the window lie ahead at `now` and are to take place.
    """
    gone = sum(1 for known in absent if known.starts_at > now)
    return gone > max(MASS_FLOOR, MASS_SHARE * ahead)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What to ask the calendar about: masters first, because one answer settles a whole series."""

    masters: tuple[str, ...]
    events: tuple[str, ...]


def inquire(absent: Iterable[KnownSession]) -> Inquiry:
    """The questions that settle `absent`, at most `CONFIRM_LIMIT` of each kind."""
    masters = dict.fromkeys(k.recurring_event_id for k in absent if k.recurring_event_id)
    events = dict.fromkeys(k.event_id for k in absent)
    return Inquiry(tuple(masters)[:CONFIRM_LIMIT], tuple(events)[:CONFIRM_LIMIT])


def gone_with_master(absent: Iterable[KnownSession], master_gone: Mapping[str, bool]) -> list[KnownSession]:
    """Those of `absent` whose whole series was answered to be gone (R27)."""
    return [k for k in absent if k.recurring_event_id and master_gone.get(k.recurring_event_id, False)]
