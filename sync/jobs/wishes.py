"""How a practitioner wants things: her own word, else the settings'."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sync.app import App
from sync.domain.briefing.quiet import QuietHours
from sync.domain.briefing.wall_clock import read_stretch
from sync.domain.calendar.links import CalendarLink
from sync.domain.people import Practitioner
from sync.store.creations import Applying
from sync.store.outbox import Arming
from sync.store.practitioners import practitioner, practitioners
from sync.store.records import Records


def arming_for(app: App, records: Records, practitioner_id: str) -> Arming:
    """How her briefings are timed, and from where her mails say they come."""
    person = practitioner(records, practitioner_id)
    minutes = person.lead_minutes
    if minutes is None:
        minutes = app.settings.briefing.lead_minutes
    domain = app.settings.mail.sender.rpartition("@")[2]
    return Arming(practitioner_id, timedelta(minutes=minutes), domain, quiet_of(app, person))


def quiet_of(app: App, person: Practitioner) -> QuietHours | None:
    """When she wants no mail, on the wall clock of her zone."""
    stretch = read_stretch(person.quiet_hours or "")
    zone = ZoneInfo(person.time_zone or app.settings.practice.time_zone)
    return QuietHours(*stretch, zone) if stretch else None


def applying_for(app: App, records: Records, calendar: CalendarLink, now: datetime) -> Applying:
    """What holds while a reading of this calendar is written."""
    arming = arming_for(app, records, calendar.practitioner_id)
    return Applying(calendar, now, arming, app.settings.attendance.late_cancel_hours)


def zone_of(app: App, records: Records, practitioner_id: str) -> str:
    """Her time zone, by its IANA name."""
    return practitioner(records, practitioner_id).time_zone or app.settings.practice.time_zone


def zones(app: App, records: Records) -> dict[str, str]:
    """Everybody's time zone, by practitioner id."""
    own = app.settings.practice.time_zone
    return {person.id: person.time_zone or own for person in practitioners(records)}
