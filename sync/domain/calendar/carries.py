"""Says which session may be the one that a cancelled session's note was meant for (R43); never decides it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Slot:
    """A session ahead: its client, its start (UTC), the zone it is kept in."""

    session_id: str
    client_id: str
    starts_at: datetime
    time_zone: str

    @property
    def day(self) -> tuple[str, date]:
        """The client, and the day where the session takes place."""
        return self.client_id, self.starts_at.astimezone(ZoneInfo(self.time_zone)).date()


def possible_carries(gone: Iterable[Slot], unwritten: Iterable[Slot]) -> list[tuple[str, str]]:
    """Pairs of session ids: one that is gone and one without words, alone on one local day of one client."""
    left, right = _by_day(gone), _by_day(unwritten)
    return [
        (left[day][0].session_id, right[day][0].session_id)
        for day in sorted(left.keys() & right.keys())
        if len(left[day]) == len(right[day]) == 1
    ]


def _by_day(slots: Iterable[Slot]) -> dict[tuple[str, date], list[Slot]]:
    days: dict[tuple[str, date], list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.day, []).append(slot)
    return days
