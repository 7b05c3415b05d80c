"""Finds which of a Google account's calendars are to be linked, with the least permission that reads them."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import click

from sync.app import App, open_google
from sync.commands.choosing import NO_TITLES, SHARE_TITLES, as_rows, choose_calendars, show_calendars
from sync.commands.showing import show_json
from sync.commands.signing_in import SignInWay, granted_to, sign_in_to_google
from sync.domain.calendar.values import Window
from sync.domain.people import Practitioner, folded_address, is_address
from sync.errors import CalendarGone, Refused, SignInNeeded
from sync.jobs.connections import calendars_of, latest_permission
from sync.ports import TITLES_HIDDEN, CalendarSource, ListedCalendar
from sync.store.links import SignIn


@dataclass(frozen=True, slots=True)
class Found:
    """A permission, and the calendars to be linked, each of which it can read."""

    permission: SignIn
    calendar_ids: tuple[str, ...]


def list_calendars(app: App, way: SignInWay, as_json: bool) -> None:
    """Show the account's calendars, with the stored permission if that suffices; nothing is kept."""
    from sync.adapters.google_scopes import CALENDAR_LIST, IDENTITY, covers  # noqa: PLC0415 - late, as below

    stored = latest_permission(app, way.person)
    if stored is None or way.client_file is not None or not covers(granted_to(stored), CALENDAR_LIST):
        stored = sign_in_to_google(app, way, (*IDENTITY, CALENDAR_LIST)).credentials
    calendars = _listed(app, stored)
    if as_json:
        show_json(as_rows(calendars))
    else:
        show_calendars(calendars)


def find_calendars(app: App, way: SignInWay, named: Sequence[str], *, pick: bool) -> Found:
    """Sign in and find the calendars: those `named`, or picked from a list, or linked before, or her own.

    The wider permission, which also reads what others share with her, is asked for only where one of
    them needs it.
    """
    # Google's library takes 0.3 s to load, and only this command signs in.
    from sync.adapters.google_scopes import (  # noqa: PLC0415
        CALENDAR_LIST,
        IDENTITY,
        OWN_EVENTS,
        SHARED_EVENTS,
        covers,
    )

    before = latest_permission(app, way.person)
    was_wide = before is not None and covers(granted_to(before), SHARED_EVENTS)
    events = SHARED_EVENTS if was_wide else OWN_EVENTS
    permission = sign_in_to_google(app, way, (*IDENTITY, events, *([CALENDAR_LIST] if pick else [])))
    if pick:
        wanted = choose_calendars(_listed(app, permission.credentials))
    else:
        wanted = _wanted(app, way.person, permission, named)
    is_wide = covers(granted_to(permission.credentials), SHARED_EVENTS)
    if not is_wide and _needs_wider(app, permission, wanted):
        click.echo("One calendar is not this account's own: Google asks once more, for those too.", err=True)
        wider = sign_in_to_google(app, way, (*IDENTITY, SHARED_EVENTS))
        if wider.subject != permission.subject:
            raise Refused("Another account signed in the second time.", "Choose the same account both times.")
        permission = wider
    return _readable(app, Found(permission, wanted))


def delegated_calendars(
    app: App, person: Practitioner, key_file: Path, subject: str, named: Sequence[str]
) -> Found:
    """What a service account reads for `subject`: the calendars `named`, or linked before, or its own."""
    from sync.adapters.google_scopes import OWN_EVENTS, SHARED_EVENTS  # noqa: PLC0415 - as above
    from sync.adapters.google_service_account import KIND, read_service_key  # noqa: PLC0415

    if not is_address(subject):
        raise Refused("The subject is not a mail address.", "Give the person's own address at your domain.")
    token_uri = app.settings.google.named_endpoints.get("token_uri")
    key = read_service_key(key_file, folded_address(subject), (OWN_EVENTS,), token_uri)
    permission = SignIn(KIND, key.subject, key.subject, key.to_json())
    wanted = _wanted(app, person, permission, named)
    if any(folded_address(each) != key.subject for each in wanted):
        key = replace(key, scopes=(SHARED_EVENTS,))
        permission = replace(permission, credentials=key.to_json())
    return _readable(app, Found(permission, wanted))


def _readable(app: App, found: Found) -> Found:
    with closing(open_google(app.settings, found.permission.credentials)) as source:
        for calendar_id in found.calendar_ids:
            _require_readable(source, calendar_id, app.now())
    return found


def _listed(app: App, credentials: str) -> tuple[ListedCalendar, ...]:
    with closing(open_google(app.settings, credentials)) as account:
        return account.calendars()


def _wanted(app: App, person: Practitioner, permission: SignIn, named: Sequence[str]) -> tuple[str, ...]:
    """The calendars named, else those linked before, else her own: by explicit id, never `primary` (R86)."""
    explicit = tuple(permission.email if each == "primary" else each for each in named)
    return explicit or calendars_of(app, person, permission) or (permission.email,)


def _needs_wider(app: App, permission: SignIn, calendar_ids: Sequence[str]) -> bool:
    """Whether one of them cannot be read with the permission for the account's own calendars alone.

    What Google answers for another's calendar then is not documented: both refusals are taken for it.
    """
    own = folded_address(permission.email)
    with closing(open_google(app.settings, permission.credentials)) as source:
        others = (each for each in calendar_ids if folded_address(each) != own)
        return any(_is_closed(source, each, app.now()) for each in others)


def _is_closed(source: CalendarSource, calendar_id: str, now: datetime) -> bool:
    try:
        _look(source, calendar_id, now)
    except (CalendarGone, SignInNeeded):
        return True
    return False


def _look(source: CalendarSource, calendar_id: str, now: datetime) -> str:
    """Our access role on the calendar, from a look into its next minute."""
    return source.snapshot(calendar_id, Window(now, now + timedelta(minutes=1))).access_role


def _require_readable(source: CalendarSource, calendar_id: str, now: datetime) -> None:
    """Look into the calendar before it is linked: a mistyped id is found now, not at night."""
    try:
        access_role = _look(source, calendar_id, now)
    except CalendarGone as gone:
        raise Refused(
            "One of these calendars cannot be found with this account.",
            "Check its id in Google Calendar under Settings, Integrate calendar.",
        ) from gone
    if access_role == TITLES_HIDDEN:
        raise Refused(NO_TITLES, SHARE_TITLES)
