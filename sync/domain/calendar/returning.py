"""Says of an hour that is met when it is over already whether it stood in the calendar at its time (R32)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sync.domain.attendance.states import CANCELLED
from sync.domain.calendar.values import CancelReason, KnownSession

SeriesHours = Mapping[str, Sequence[KnownSession]]
"""What is known of each series, by recurring event id, in any order."""

_TAKEN_AWAY = frozenset(
    {
        CancelReason.DELETED,
        CancelReason.BECAME_ALL_DAY,
        CancelReason.BECAME_FREE,
        CancelReason.BECAME_OTHER,
    }
)
"""What befalls a whole series; a refusal or a mark is of one hour, and says nothing of those that follow."""


def by_series(known: Iterable[KnownSession]) -> SeriesHours:
    """Sort sessions by the series that they belong to; single ones are left out."""
    found: dict[str, list[KnownSession]] = {}
    for one in known:
        if one.recurring_event_id is not None:
            found.setdefault(one.recurring_event_id, []).append(one)
    return found


def was_gone(starts_at: datetime, of_its_series: Iterable[KnownSession]) -> bool:
    """Whether its series was out of the calendar at `starts_at`, as far as the known hours tell.

    It was if the last one known before it had been taken away: a series that comes back from the bin, or
    goes on again after it was ended, brings along hours that nobody had agreed at their time.
    """
    before = (one for one in of_its_series if one.starts_at < starts_at)
    last = max(before, key=lambda one: one.starts_at, default=None)
    return last is not None and last.status == CANCELLED and last.cancel_reason in _TAKEN_AWAY
