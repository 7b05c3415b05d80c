"""Reminds each practitioner, gently and seldom, of sessions whose note was not written for days."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sync.app import App
from sync.domain.briefing.moments import local_time
from sync.domain.briefing.outbox import MessageKind
from sync.domain.briefing.reminder import NotesReminder, compose_reminder
from sync.domain.briefing.wall_clock import day_bounds
from sync.domain.notes.reminding import AGES, is_told_of, reminder_due
from sync.jobs.wishes import arming_for, zone_of
from sync.store.outbox import notices_about, put_notice
from sync.store.overdue import OverdueNote, overdue_notes, unwritten_since
from sync.store.practitioners import practitioners
from sync.store.records import Records


def put_reminders(app: App, now: datetime) -> None:
    """Put into the outbox each practitioner's reminder that is due at `now`, unless the settings say off."""
    if app.settings.notes.reminders == "off":
        return
    with app.reading() as records:
        due = [person.id for person in practitioners(records) if _due(records, person.id, now)]
    for practitioner_id in due:
        with app.writing() as records:
            moment = _due(records, practitioner_id, now)
            if moment is not None:
                arming = arming_for(app, records, practitioner_id)
                put_notice(records, MessageKind.REMINDER, practitioner_id, moment, arming, now)


def reminder_for(app: App, records: Records, practitioner_id: str, now: datetime) -> NotesReminder | None:
    """What her reminder says at `now`; None when all is written, or she is to have none."""
    told = _told(records, practitioner_id)
    overdue = _unsaid_today(app, records, overdue_notes(records, now, practitioner_id), practitioner_id, now)
    unwritten = [each.starts_at for each in overdue if not each.is_written and is_told_of(each.ends_at, told)]
    if not unwritten or app.settings.notes.reminders == "off":
        return None
    time = local_time(zone_of(app, records, practitioner_id), now)
    return compose_reminder(unwritten, sum(each.is_written for each in overdue), time)


def _unsaid_today(
    app: App, records: Records, overdue: list[OverdueNote], practitioner_id: str, now: datetime
) -> list[OverdueNote]:
    """Without the sessions of today that the follow-up of this evening told of already."""
    zone = ZoneInfo(zone_of(app, records, practitioner_id))
    begins, _ = day_bounds(now.astimezone(zone).date(), zone)
    follow_ups = notices_about(records, [practitioner_id], MessageKind.FOLLOW_UP)
    said = [each.put_at for each in follow_ups if each.arrived and each.put_at >= begins]
    return [
        each
        for each in overdue
        if each.is_written or each.starts_at < begins or not any(at >= each.ends_at for at in said)
    ]


def _due(records: Records, practitioner_id: str, now: datetime) -> datetime | None:
    told = _told(records, practitioner_id)
    return reminder_due(unwritten_since(records, practitioner_id, now - AGES[0]), told, now)


def _told(records: Records, practitioner_id: str) -> list[datetime]:
    """When each reminder of hers was put out."""
    return [each.put_at for each in notices_about(records, [practitioner_id], MessageKind.REMINDER)]
