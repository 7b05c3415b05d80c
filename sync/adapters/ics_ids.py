"""Names the events of a published calendar: the same hour has the same id in every reading.

The ids are made in the manner of Google's own (R38, R39), so that Google's calendars have here the very
ids that its API gives, and whatever follows a series by them follows these.
"""

import hashlib
from datetime import UTC, date, datetime

from sync.domain.calendar.series_ids import series_root

GOOGLE = "@google.com"
_LONGEST = 900


def master_id(uid: str) -> str:
    """The id of a single event, or of a series, by its UID."""
    own = uid.removesuffix(GOOGLE)
    if own and len(own) <= _LONGEST and own.isprintable():
        return own
    return "uid-" + hashlib.sha256(uid.encode("utf-8", "surrogatepass")).hexdigest()


def instance_id(uid: str, original: str) -> str:
    """The id of a series' instance by its original start.

    A later half that Google split off by "this and following" has a UID of its own, `…_R20260623T140000`,
    and its instances go on under the name that they had (R39).
    """
    base = master_id(uid)
    return f"{series_root(base) if uid.endswith(GOOGLE) else base}_{original}"


def original_text(start: datetime | date) -> str:
    """An original start as it stands in an instance's id: UTC, or a mere day."""
    if isinstance(start, datetime):
        return f"{start.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{start:%Y%m%d}"


def missing_uid(telling: bytes) -> str:
    """A stand-in where a producer wrote no UID: the same for the same words."""
    return "no-uid-" + hashlib.sha256(telling).hexdigest()[:32]
