"""Notes how reading a calendar goes, and tells the practitioner when it goes wrong: once for each trouble."""

from datetime import datetime, timedelta

from sync.app import App
from sync.domain.briefing.notices import AlertKind
from sync.domain.briefing.outbox import MessageKind
from sync.domain.calendar.links import CalendarLink, LinkState
from sync.domain.calendar.pacing import (
    LONGEST_WAIT,
    LONGEST_WAIT_FOR_A_PERSON,
    next_try,
    next_try_after_quota,
)
from sync.errors import (
    CalendarGone,
    CalendarUnreachable,
    PermissionEnded,
    QuotaSpent,
    SignInNeeded,
    SyncError,
)
from sync.jobs.reports import CalendarReport
from sync.jobs.wishes import arming_for
from sync.store.connections import note_grant_end
from sync.store.links import leave_until, link, set_state
from sync.store.outbox import noticed_since, put_notice
from sync.store.records import Records
from sync.store.runs import note_run

QUIET = timedelta(hours=12)
"""How long the same trouble is not told again."""

PATIENCE = timedelta(hours=2)
"""How long a calendar may be out of reach before it is worth a mail; it mostly passes by itself."""


def note_fine(records: Records, calendar: CalendarLink, now: datetime) -> LinkState:
    """The calendar was read as it should be."""
    set_state(records, calendar.id, LinkState.FINE, now)
    return LinkState.FINE


def note_suspect(
    app: App, records: Records, calendar: CalendarLink, now: datetime, missing: int
) -> LinkState:
    """So much was missing that nothing was cancelled (R23)."""
    words = f"{missing} appointments are missing at once"
    if set_state(records, calendar.id, LinkState.SUSPECT, now, words):
        _tell(app, records, calendar, AlertKind.MASS_ABSENCE, now)
    return LinkState.SUSPECT


def note_trouble(app: App, calendar: CalendarLink, now: datetime, trouble: SyncError) -> CalendarReport:
    """Reading failed; no record was changed. The state, the run and, when it is time, a mail."""
    state, kind = _meaning(trouble)
    with app.writing() as records:
        set_state(records, calendar.id, state, now, str(trouble))
        if isinstance(trouble, PermissionEnded):
            note_grant_end(records, calendar.account_id, calendar.last_read_at, now)
        since = link(records, calendar.id).state_since
        lasting = state is not LinkState.UNREACHABLE or now - since >= PATIENCE
        if lasting:
            _tell(app, records, calendar, kind, since)
        _back_off(app, records, calendar.id, now, trouble)
        note_run(records, "pull", now, app.now(), state, {})
    return CalendarReport(
        calendar.id, state, calendar.last_read_at, full=False, trouble=str(trouble), advice=trouble.advice
    )


def _meaning(trouble: SyncError) -> tuple[LinkState, AlertKind]:
    match trouble:
        case SignInNeeded():
            return LinkState.SIGN_IN, AlertKind.SIGN_IN
        case CalendarGone():
            return LinkState.UNAVAILABLE, AlertKind.GONE
        case _:
            return LinkState.UNREACHABLE, AlertKind.UNAVAILABLE


def note_fault(app: App, link_id: str, now: datetime, what: str) -> None:
    """A fault of this program kept a calendar from being read: no less loud than one of the network."""
    with app.writing() as records:
        set_state(records, link_id, LinkState.UNREACHABLE, now, what)
        _back_off(app, records, link_id, now, None)
        calendar = link(records, link_id)
        if now - calendar.state_since >= PATIENCE:
            _tell(app, records, calendar, AlertKind.UNAVAILABLE, calendar.state_since)


def _back_off(app: App, records: Records, link_id: str, now: datetime, trouble: SyncError | None) -> None:
    """Have the worker ask again later, the later the longer the trouble lasts."""
    first = timedelta(seconds=app.settings.sync.doorbell_seconds)
    since = link(records, link_id).state_since
    match trouble:
        case QuotaSpent():
            next_try_at = next_try_after_quota(link_id, now)
        case None | CalendarUnreachable():
            next_try_at = next_try(link_id, since, now, first, LONGEST_WAIT)
        case _:
            next_try_at = next_try(link_id, since, now, first, LONGEST_WAIT_FOR_A_PERSON)
    leave_until(records, link_id, next_try_at)


def _tell(app: App, records: Records, calendar: CalendarLink, kind: AlertKind, since: datetime) -> None:
    """One mail for one trouble: its kind and beginning are its key in the outbox.

    Trouble that comes and goes is told twice a day at the most.
    """
    if noticed_since(records, MessageKind.ALERT, calendar.id, since - QUIET) and not noticed_since(
        records, MessageKind.ALERT, calendar.id, since
    ):
        return
    arming = arming_for(app, records, calendar.practitioner_id)
    put_notice(records, MessageKind.ALERT, calendar.id, since, arming, reason=kind.value)
