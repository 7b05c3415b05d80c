"""What the words on the command line mean: a practitioner, a client, a session, a day, a moment."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import click

from sync.app import App
from sync.domain.briefing.wall_clock import read_hour, read_stretch
from sync.domain.calendar.links import CalendarLink
from sync.domain.calendar.title_pattern import is_title_pattern
from sync.domain.people import Client, Practitioner
from sync.errors import Refused
from sync.settings.values import is_time_zone
from sync.store.clients import find_client
from sync.store.links import links
from sync.store.practitioners import practitioner_by_email, practitioners
from sync.store.records import Records
from sync.store.sessions import find_sessions


def the_practitioner(records: Records, email: str | None) -> Practitioner:
    """The practitioner with this address, or the only one there is."""
    if email is not None:
        found = practitioner_by_email(records, email)
        if found is None:
            raise Refused("No practitioner has this address.", "See `practice-sync practitioners`.")
        return found
    everybody = practitioners(records)
    if not everybody:
        raise Refused(
            "No practitioner is known yet.", "Run `practice-sync practitioners add NAME EMAIL` first."
        )
    if len(everybody) > 1:
        raise Refused("Several practitioners work here.", "Say which: `--practitioner EMAIL`.")
    return everybody[0]


def the_client(records: Records, said: str, *, merged: bool = False) -> Client:
    """The one client that a code, a name or (the start of) an id means; `merged` ones too, if wanted."""
    found = find_client(records, said, merged=merged)
    if len(found) != 1:
        what = "No client has" if not found else "More than one client has"
        raise Refused(f"{what} this code, name or id.", "See `practice-sync clients` for the codes.")
    return found[0]


def the_session(records: Records, said: str) -> str:
    """The id of the one session that (the start of) an id means."""
    found = find_sessions(records, said)
    if len(found) != 1:
        what = "No session has" if not found else "More than one session has"
        raise Refused(f"{what} this id.", "See `practice-sync sessions` for the ids.")
    return found[0]


def the_connection(records: Records, said: str) -> CalendarLink:
    """The one connection that the start of an id, or a calendar's own id, means; no removed one."""
    linked = [calendar for calendar in links(records) if not calendar.is_removed]
    found = [c for c in linked if said and (c.id.startswith(said) or c.calendar_id == said)]
    if len(found) != 1:
        what = "No linked calendar has" if not found else "More than one linked calendar has"
        raise Refused(f"{what} this id.", "See `practice-sync connections` for the ids.")
    return found[0]


def require_title_pattern(title_pattern: str | None, dedicated: bool | None) -> None:
    """A pattern says where the name stands, and only where all titles are clients'; else `Refused`."""
    if title_pattern is not None and not (dedicated and is_title_pattern(title_pattern)):
        raise Refused(
            "A title pattern needs `--dedicated` and the place of the name in it.",
            "Write it as --dedicated --title-pattern 'Session: {client}'.",
        )


class Moment(click.ParamType[datetime]):
    """An ISO 8601 moment; without an offset it is in the practice's zone."""

    name = "moment"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read it, or say what is expected."""
        try:
            moment = datetime.fromisoformat(str(value))
            if not 1970 <= moment.year <= 2200:
                raise ValueError
            return moment
        except ValueError:
            self.fail("a moment such as 2026-06-16T14:00 is expected", param, ctx)


EARLIEST_YEAR = 1900
"""Before it no day of anybody's therapy lies; a slip of the hand may."""


class Day(click.ParamType[str | date]):
    """A day: 2026-06-16, `today`, `tomorrow`, `yesterday`."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str | date:
        """Read it, or say what is expected; `today` and its neighbours wait for the practice's zone."""
        if str(value) in _NEAR:
            return str(value)
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail("a day such as 2026-06-16, or `today`, is expected", param, ctx)
        if day.year < EARLIEST_YEAR:
            self.fail(f"a day from {EARLIEST_YEAR} on is expected", param, ctx)
        return day


class Status(click.Choice[str]):
    """A status of a session; `no-show` may be typed as it is read."""

    name = "status"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read it, or say what is expected."""
        return super().convert(str(value).replace("-", "_"), param, ctx)


class Zone(click.ParamType[str]):
    """An IANA time zone."""

    name = "zone"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check it, or say what is expected."""
        if not is_time_zone(str(value)):
            self.fail("an IANA time zone such as Europe/Berlin is expected", param, ctx)
        return str(value)


OFF = "off"
"""What is said instead of an hour or a stretch of hours where none is wanted."""


class ClockHour(click.ParamType[str]):
    """An hour of the wall clock, or `off`."""

    name = "hour"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read it, or say what is expected."""
        hour = read_hour(str(value))
        if hour is None and str(value) != OFF:
            self.fail("an hour such as 07:00, or `off`, is expected", param, ctx)
        return OFF if hour is None else f"{hour:%H:%M}"


class Stretch(click.ParamType[str]):
    """From one hour of the wall clock to another, or `off`."""

    name = "hours"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read it, or say what is expected."""
        stretch = read_stretch(str(value))
        if stretch is None and str(value) != OFF:
            self.fail("hours such as 21:00-06:30, or `off`, are expected", param, ctx)
        return OFF if stretch is None else "-".join(f"{hour:%H:%M}" for hour in stretch)


_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}


def moment_in(app: App, moment: datetime) -> datetime:
    """`moment` in UTC, read in the practice's zone where it has no offset."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(app.settings.practice.time_zone))
    return aware.astimezone(UTC)


def day_in(app: App, day: str | date | None, zone: str) -> date | None:
    """The day that was said, `today` and its neighbours as they are in `zone`; None for none."""
    if not isinstance(day, str):
        return day
    return app.now().astimezone(ZoneInfo(zone)).date() + timedelta(days=_NEAR[day])


def day_begins(app: App, day: str | date | None, *, after: int = 0) -> datetime | None:
    """When `day` (or the day `after` days later) begins in the practice's zone, in UTC."""
    day = day_in(app, day, app.settings.practice.time_zone)
    if day is None:
        return None
    zone = ZoneInfo(app.settings.practice.time_zone)
    try:
        first = day + timedelta(days=after)
        return datetime.combine(first, time(), zone).astimezone(UTC)
    except OverflowError as beyond:
        raise Refused("That day lies beyond the calendar.", "Give a nearer day.") from beyond
