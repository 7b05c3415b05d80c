"""When the weekly report is due, and the mail that carries it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sync.domain.attendance.page import AttendancePage
from sync.domain.briefing.moments import DAYS
from sync.domain.briefing.wall_clock import moment_on


@dataclass(frozen=True, slots=True)
class AttendanceMail:
    """The report as a mail; its subject carries days and nothing else."""

    subject: str
    page: AttendancePage


def attendance_mail(page: AttendancePage) -> AttendanceMail:
    """The mail of a finished report."""
    return AttendanceMail(f"Attendance: {page.span}", page)


def last_due(weekly_on: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The last moment at or before `now` (aware) that `weekly_on`, such as `monday 08:00`, means; in UTC."""
    day, _, clock = weekly_on.partition(" ")
    at = time.fromisoformat(clock)
    today = now.astimezone(zone).date()
    back = (today.weekday() - [name.lower() for name in DAYS].index(day)) % 7
    latest = moment_on(today - timedelta(days=back), at, zone)
    return latest if latest <= now else moment_on(today - timedelta(days=back + 7), at, zone)
