"""Gathers what is known of attendance: of one client for her therapist."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sync.app import App
from sync.domain.attendance.view import View, view_of
from sync.domain.people import Client
from sync.jobs.wishes import zone_of
from sync.store.agreements import agreement_of
from sync.store.attendance import session_states
from sync.store.records import Records


def attendance_of(
    app: App, records: Records, person: Client, now: datetime, before: datetime | None = None
) -> View:
    """One client's attendance as of `now`; only of what began `before` a moment or lies ahead, if given."""
    limit = app.settings.attendance.late_cancel_hours
    states = session_states(records, limit, client_id=person.id).get(person.id, [])
    if before is not None:
        states = [state for state in states if state.starts_at < before or state.ends_at > now]
    zone = ZoneInfo(zone_of(app, records, person.practitioner_id))
    return view_of(states, agreement_of(records, person.id), zone, now)
