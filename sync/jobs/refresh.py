"""Reads one session's event again, just before a mail that relies on it (R99)."""

from datetime import datetime

from sync.app import App
from sync.domain.calendar.links import ASLEEP, LinkState
from sync.domain.calendar.values import Event
from sync.errors import SyncError
from sync.jobs.calendar_lease import leased_calendar
from sync.jobs.compare import compare_events
from sync.jobs.visit import Visit
from sync.jobs.wishes import applying_for
from sync.store.changes import apply_changes
from sync.store.leases import Lease, still_held
from sync.store.links import account, link
from sync.store.sessions import current_event, session_row

_NOT_ASKED = (LinkState.SIGN_IN, LinkState.UNAVAILABLE, *ASLEEP)


def refresh_session(app: App, session_id: str, now: datetime) -> bool:
    """Bring one session in line with its event as it is now; whether the calendar answered.

    A calendar that is known not to answer is not asked, nor is one that is being read just now: what
    that reading brings is as fresh.
    """
    with app.reading() as records:
        link_id = session_row(records, session_id).calendar_link_id
        event_id = current_event(records, session_id)
    if event_id is None:
        return False
    with leased_calendar(app, link_id, now) as lease:
        return lease is not None and _refresh(app, link_id, event_id, lease, now)


def _refresh(app: App, link_id: str, event_id: str, lease: Lease, now: datetime) -> bool:
    with app.reading() as records:
        calendar = link(records, link_id)
        permission = account(records, calendar.account_id)
    if calendar.state in _NOT_ASKED or not calendar.is_proved:
        return False
    try:
        visit = Visit(app, calendar, app.source(permission.id, permission.credentials), now)
        event = _ask(visit, event_id)
    except SyncError:
        return False
    if event is None:
        return False
    with app.writing() as records:
        if not still_held(records, lease):
            return False
        plan = compare_events(visit, records, [event])
        if plan.changes:
            apply_changes(records, plan.changes, applying_for(app, records, calendar, now))
    return True


def _ask(visit: Visit, event_id: str) -> Event | None:
    """The event as it is. A lost event and a lost calendar answer alike: only the first is a cancellation.

    None where its absence proves nothing: then a whole reading has to be waited for.
    """
    calendar_id = visit.calendar.calendar_id
    found = visit.source.event(calendar_id, event_id)
    if found is not None:
        return found
    if not visit.source.absence_is_proof:
        return None
    visit.prove_calendar()
    return Event(event_id, status="cancelled")
