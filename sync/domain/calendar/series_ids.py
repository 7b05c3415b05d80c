"""Reads the ids and original starts by which a series' instances are told apart (R38, R42)."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_INSTANCE = re.compile(r"(.+)_([0-9]{8}(?:T[0-9]{6}Z)?)", re.DOTALL)
_SPLIT = re.compile(r"(.+?)(?:_R[0-9]{8}(?:T[0-9]{6})?)*_R([0-9]{8}(?:T[0-9]{6})?)", re.DOTALL)
_YEARS = range(1900, 2201)
"""Far from both ends of what a datetime can hold, so that moving one never overflows."""


def split_instance_id(event_id: str) -> tuple[str, str | None]:
    """The base of an instance's id and its suffix: `20260616T140000Z` or `20260616` (R38).

    The suffix is None where the id has none; what only looks like a date belongs to the base.
    """
    found = _INSTANCE.fullmatch(event_id)
    if found is None or _read(found[2]) is None:
        return event_id, None
    return found[1], found[2]


def instance_id(base: str, planned_at: datetime) -> str:
    """The id of the timed instance of `base` that was first planned for this UTC moment (R38)."""
    return f"{base}_{planned_at:%Y%m%dT%H%M%SZ}"


def series_root(event_id: str) -> str:
    """What the ids of a series share, however often it was split: for grouping, never a key (R42)."""
    base, _ = split_instance_id(event_id)
    found = _SPLIT.fullmatch(base)
    return base if found is None else found[1]


def is_half(event_id: str) -> bool:
    """Whether this is the id of a series' later half, and not of one of its instances (R39)."""
    return _SPLIT.fullmatch(event_id) is not None


def split_stamp(master_id: str) -> datetime | None:
    """The UTC moment in the id of a series' later half: the start where it was split (R39)."""
    found = _SPLIT.fullmatch(master_id)
    moment = _read(found[2] + "Z") if found and "T" in found[2] else None
    return None if moment is None else moment.replace(tzinfo=UTC)


def original_start_at(text: str | None, zone: ZoneInfo) -> datetime | None:
    """The UTC moment of an original start; a mere day begins at midnight in `zone`. None if unreadable."""
    moment = None if text is None else _read(text)
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC if text and text.endswith("Z") else zone).astimezone(UTC)


def _read(text: str) -> datetime | None:
    try:
        moment = datetime.strptime(text, "%Y%m%dT%H%M%SZ" if "T" in text else "%Y%m%d")  # noqa: DTZ007  # zoned by who asks
    except ValueError:
        return None
    return moment if moment.year in _YEARS else None
