"""Reads one session's event again, just before a mail that relies on it (R99)."""

from datetime import datetime, timedelta

from sync.app import App
from sync.domain.calendar.links import LinkState
from sync.domain.calendar.values import Event, Window
from sync.errors import SyncError
from sync.jobs.compare import compare_events
from sync.jobs.visit import Visit
from sync.jobs.wishes import arming_for
from sync.store.changes import apply_changes
from sync.store.creations import Applying
from sync.store.links import account, link
from sync.store.sessions import current_event, session_row

_NOT_ASKED = (LinkState.SIGN_IN, LinkState.UNAVAILABLE, LinkState.PAUSED)


def refresh_session(app: App, session_id: str, now: datetime) -> bool:
    """Bring one session in line with its event as it is now; whether the calendar answered.

    A calendar that is known not to answer is not asked.
    """
    with app.reading() as records:
        calendar = link(records, session_row(records, session_id).calendar_link_id)
        event_id = current_event(records, session_id)
        permission = account(records, calendar.account_id)
    if event_id is None or calendar.state in _NOT_ASKED:
        return False
    try:
        source = app.source(permission.id, permission.credentials)
        found = source.event(calendar.calendar_id, event_id)
        if found is None:
            # The answer is the same for a lost event and a lost calendar: only the first is a cancellation.
            source.snapshot(calendar.calendar_id, Window(now, now + timedelta(minutes=1)))
    except SyncError:
        return False
    visit = Visit(app, calendar, source, now)
    event = found or Event(event_id, status="cancelled")
    with app.reading() as records:
        plan = compare_events(visit, records, [event])
    if plan.changes:
        with app.writing() as records:
            arming = arming_for(app, records, calendar.practitioner_id)
            limit = app.settings.attendance.late_cancel_hours
            apply_changes(records, plan.changes, Applying(calendar, now, arming, limit))
    return True
