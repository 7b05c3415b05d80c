"""Puts the weekly attendance report into the outbox when it is due, once, and writes its letter."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sync.app import App
from sync.domain.attendance.page import compose_page
from sync.domain.attendance.weekly import AttendanceMail, attendance_mail, last_due
from sync.domain.briefing.moments import local_time
from sync.domain.briefing.outbox import MessageKind
from sync.jobs.attendance import ReportWish, attendance_report
from sync.jobs.wishes import arming_for
from sync.store.clients import hold_names
from sync.store.outbox import noticed_since, put_notice
from sync.store.practitioners import practitioners

ABOUT = "attendance"
"""What the report's messages are about: no session, and nobody."""


def put_weekly_report(app: App, now: datetime) -> bool:
    """See to it that the report of this week is on its way once it is due; whether it was not yet.

    After an outage only the latest is. It is sent in the name of whoever has worked here for longest.
    """
    wanted = app.settings.attendance
    if not wanted.manager_email:
        return False
    due_at = _last_due(app, now)
    with app.reading() as records:
        if noticed_since(records, MessageKind.REPORT, ABOUT, due_at):
            return False
    with app.writing() as records:
        hold_names(records)  # of two workers the second finds what the first has put there
        people = practitioners(records)
        if not people:
            return False
        arming = replace(arming_for(app, records, people[0].id), quiet=None)
        return put_notice(records, MessageKind.REPORT, ABOUT, due_at, arming)


def weekly_mail(app: App, about_at: datetime, now: datetime) -> AttendanceMail | None:
    """The report as of `now`; None when a later one is due, or nobody is to get it any more."""
    if not app.settings.attendance.manager_email or about_at < _last_due(app, now):
        return None
    time = local_time(app.settings.practice.time_zone, now)
    return attendance_mail(compose_page(attendance_report(app, ReportWish(), now), time))


def _last_due(app: App, now: datetime) -> datetime:
    zone = ZoneInfo(app.settings.practice.time_zone)
    return last_due(app.settings.attendance.weekly_on, zone, now)
