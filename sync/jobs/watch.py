"""Looks whether the work goes on: when calendars were last read, and what never came to an end."""

from dataclasses import dataclass
from datetime import datetime

from sync.jobs.calendar_lease import HOLDING, lease_name
from sync.store.leases import overdue
from sync.store.links import standings
from sync.store.records import Records
from sync.store.runs import last_worked


@dataclass(frozen=True, slots=True)
class Work:
    """When calendars were last gone through, and since when a reading has not come to an end."""

    last_at: datetime | None
    hanging_since: datetime | None


def look_at_work(records: Records, now: datetime) -> Work:
    """How the work stands at `now`. Whoever does it need not run: it is read from what was left behind."""
    moments = [each.last_read_at for each in standings(records)]
    worked = [moment for moment in (*moments, last_worked(records)) if moment is not None]
    hanging = overdue(records, lease_name(""), now)
    return Work(max(worked, default=None), hanging[0] - HOLDING if hanging else None)
