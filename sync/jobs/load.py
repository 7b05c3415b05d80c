"""Gathers a practitioner's own load: her hours, and the notes that are outstanding."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sync.app import App
from sync.domain.attendance.fates import Fate, fates_of
from sync.domain.attendance.load import Hour, Load, load_of
from sync.jobs.wishes import zone_of
from sync.store.attendance import session_states
from sync.store.overdue import overdue_notes

_WORKED = (Fate.KEPT, Fate.UNCONFIRMED)
"""An hour that is not answered yet is taken for one that took place."""


@dataclass(frozen=True, slots=True)
class OwnLoad:
    """Her load, and of sessions that are over: notes not written, notes not signed, the oldest of both."""

    load: Load
    unwritten: int
    unsigned: int
    oldest_at: datetime | None


def own_load(app: App, practitioner_id: str, weeks: int, now: datetime) -> OwnLoad:
    """The load of one practitioner at `now`, by week over so many weeks."""
    limit = app.settings.attendance.late_cancel_hours
    with app.reading() as records:
        by_client = session_states(records, limit, practitioner_id=practitioner_id)
        zone = ZoneInfo(zone_of(app, records, practitioner_id))
        notes = overdue_notes(records, now, practitioner_id)
    fates = [fate for states in by_client.values() for fate in fates_of(states, zone, now)]
    hours = [Hour(fate.starts_at, fate.ends_at) for fate in fates if fate.fate in _WORKED]
    unsigned = sum(note.is_written for note in notes)
    oldest_at = min((note.starts_at for note in notes), default=None)
    return OwnLoad(load_of(hours, zone, now, weeks), len(notes) - unsigned, unsigned, oldest_at)
