"""Notes how reading a calendar goes, and tells the practitioner when it goes wrong: once for each trouble."""

from datetime import datetime, timedelta

from sync.app import App
from sync.domain.briefing.notices import AlertKind
from sync.domain.briefing.outbox import MessageKind
from sync.domain.briefing.telling import telling_due
from sync.domain.calendar.links import CalendarLink, LinkState
from sync.domain.calendar.pacing import (
    LONGEST_WAIT,
    LONGEST_WAIT_FOR_A_PERSON,
    next_try,
    next_try_after_quota,
)
from sync.errors import (
    CalendarGone,
    CalendarNotProved,
    CalendarUnreachable,
    PermissionEnded,
    QuotaSpent,
    SignInNeeded,
    SyncError,
)
from sync.jobs.reports import CalendarReport
from sync.jobs.wishes import arming_for
from sync.store.connections import note_grant_end
from sync.store.links import leave_until, link, links_together, set_state
from sync.store.outbox import notices_about, put_notice
from sync.store.records import Records
from sync.store.runs import note_run

_NEEDS_A_PERSON = (LinkState.SIGN_IN, LinkState.UNAVAILABLE, LinkState.SUSPECT)
"""What is not over because the calendar cannot even be asked just now."""

ALERT_OF = {
    LinkState.SIGN_IN: AlertKind.SIGN_IN,
    LinkState.UNAVAILABLE: AlertKind.GONE,
    LinkState.UNREACHABLE: AlertKind.UNAVAILABLE,
    LinkState.SUSPECT: AlertKind.MASS_ABSENCE,
}
"""What there is to tell of a calendar, by how reading it goes."""

_OF_THE_ACCOUNT = (LinkState.SIGN_IN, LinkState.UNREACHABLE)
"""What ails an account ails all its calendars, and is told once for all of them."""


def note_fine(app: App, records: Records, calendar: CalendarLink, now: datetime) -> LinkState:
    """The calendar was read as it should be."""
    set_state(records, calendar.id, LinkState.FINE, now)
    if calendar.state is not LinkState.FINE or calendar.last_snapshot_at is None:  # or it was linked again
        _tell_mended(app, records, calendar, now)
    return LinkState.FINE


def note_suspect(
    app: App, records: Records, calendar: CalendarLink, now: datetime, missing: int
) -> LinkState:
    """So much was missing that nothing was cancelled (R23)."""
    words = f"{missing} appointments are missing at once"
    set_state(records, calendar.id, LinkState.SUSPECT, now, words)
    _tell(app, records, link(records, calendar.id), now)
    return LinkState.SUSPECT


def note_trouble(app: App, calendar: CalendarLink, now: datetime, trouble: SyncError) -> CalendarReport:
    """Reading failed; no record was changed. The state, the run and, when it is time, a mail."""
    with app.writing() as records:
        state = _note_trouble(app, records, calendar.id, now, trouble)
        if isinstance(trouble, PermissionEnded):
            note_grant_end(records, calendar.account_id, calendar.last_read_at, now)
        note_run(records, "pull", now, app.now(), state, {})
    return CalendarReport(
        calendar.id, state, calendar.last_read_at, full=False, trouble=str(trouble), advice=trouble.advice
    )


def note_fault(app: App, link_id: str, now: datetime, what: str) -> None:
    """A fault of this program kept a calendar from being read: no less loud than one of the network."""
    with app.writing() as records:
        _note_trouble(app, records, link_id, now, CalendarUnreachable(what))


def _note_trouble(app: App, records: Records, link_id: str, now: datetime, trouble: SyncError) -> LinkState:
    known, state = link(records, link_id).state, _meaning(trouble)
    if state is LinkState.UNREACHABLE and known in _NEEDS_A_PERSON:
        state = known
    set_state(records, link_id, state, now, str(trouble))
    _tell(app, records, link(records, link_id), now)
    _back_off(app, records, link_id, now, trouble)
    return state


def _meaning(trouble: SyncError) -> LinkState:
    match trouble:
        case SignInNeeded():
            return LinkState.SIGN_IN
        case CalendarGone():
            return LinkState.UNAVAILABLE
        case CalendarNotProved():
            return LinkState.SUSPECT
        case _:
            return LinkState.UNREACHABLE


def ailing(records: Records, calendar: CalendarLink) -> list[CalendarLink]:
    """The calendars of hers that have the same trouble for the same reason, the longest connected first."""
    if calendar.state not in _OF_THE_ACCOUNT:
        return [calendar]
    return [each for each in links_together(records, calendar) if each.state is calendar.state]


def _back_off(app: App, records: Records, link_id: str, now: datetime, trouble: SyncError) -> None:
    """Have the worker ask again later, the later the longer the trouble lasts."""
    first = timedelta(seconds=app.settings.sync.doorbell_seconds)
    since = link(records, link_id).state_since
    match trouble:
        case QuotaSpent():
            next_try_at = next_try_after_quota(link_id, now)
        case CalendarUnreachable():
            next_try_at = next_try(link_id, since, now, first, LONGEST_WAIT)
        case _:
            next_try_at = next_try(link_id, since, now, first, LONGEST_WAIT_FOR_A_PERSON)
    leave_until(records, link_id, next_try_at)


def _tell(app: App, records: Records, calendar: CalendarLink, now: datetime) -> None:
    """A mail when it is time for one (`telling_due`), for all calendars that have the same trouble."""
    kind = ALERT_OF.get(calendar.state)
    if kind is None:  # a person paused or removed it meanwhile
        return
    sick = ailing(records, calendar)
    since = min(each.state_since for each in sick)
    concerned = links_together(records, calendar) if calendar.state in _OF_THE_ACCOUNT else sick
    told = notices_about(records, [each.id for each in concerned], MessageKind.ALERT)
    due = telling_due(kind, since, now, told)
    if due is not None:
        arming = arming_for(app, records, calendar.practitioner_id)
        put_notice(records, MessageKind.ALERT, sick[0].id, due, arming, now)


def _tell_mended(app: App, records: Records, calendar: CalendarLink, now: datetime) -> None:
    """One mail that it works again, if one had said that it does not and nothing of the account ails."""
    together = links_together(records, calendar)
    if any(each.state in _OF_THE_ACCOUNT for each in together):
        return
    well = [each.id for each in together if each.state is LinkState.FINE]
    alerts = [told for told in notices_about(records, well, MessageKind.ALERT) if told.arrived]
    mended = notices_about(records, well, MessageKind.MENDED)
    if alerts and (not mended or mended[-1].put_at < alerts[-1].put_at):
        arming = arming_for(app, records, calendar.practitioner_id)
        put_notice(records, MessageKind.MENDED, alerts[-1].about_id, alerts[-1].due_at, arming, now)
