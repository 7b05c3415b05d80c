"""Sees to the mails of a day, digest, preview and follow-up: each once, where there is something to say."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sync.app import App
from sync.domain.attendance.states import HELD, SCHEDULED, UNCONFIRMED
from sync.domain.briefing.day import (
    DayEntry,
    DayPage,
    FollowUp,
    compose_digest,
    compose_follow_up,
    compose_preview,
)
from sync.domain.briefing.day_moments import WISHES, DayMail, day_mails_due
from sync.domain.briefing.moments import local_time
from sync.domain.briefing.outbox import MessageKind
from sync.domain.briefing.wall_clock import day_bounds
from sync.domain.calendar.changes import NAMES_ANOTHER
from sync.domain.notes.states import STUB
from sync.domain.people import Practitioner
from sync.domain.session_record import SessionRecord
from sync.jobs.brief import briefing_for, privacy_toward
from sync.jobs.refresh import refresh_session
from sync.jobs.wishes import arming_for, zone_of
from sync.store.day_mails import is_settled, pass_over, put_day_mail
from sync.store.links import link
from sync.store.outbox import notices_about
from sync.store.practitioners import practitioners
from sync.store.records import Records
from sync.store.sending import Outgoing
from sync.store.sessions import SessionFilter, session_records, session_row

LISTS = (MessageKind.DIGEST, MessageKind.PREVIEW)
NOTHING_TO_SAY = "there was nothing to say that day"
LATE_WISH = "its hour had passed when it was asked for"


def put_day_mails(app: App, now: datetime) -> None:
    """Put into the outbox what is due of every practitioner's day at `now`, unless that is settled."""
    with app.reading() as records:
        due = [
            (person.id, mail)
            for person in practitioners(records)
            for mail in day_mails_due(person, ZoneInfo(zone_of(app, records, person.id)), now)
            if not is_settled(records, person.id, mail.kind, mail.day)
        ]
    if not due:
        return
    with app.writing() as records:
        for practitioner_id, mail in due:
            _settle(app, records, practitioner_id, mail, now)


def pass_over_wishes(
    app: App, records: Records, person: Practitioner, named: Iterable[str], now: datetime
) -> None:
    """Let what she asks for by the columns `named` begin tomorrow where its hour has passed today."""
    wanted = set(named)
    for mail in day_mails_due(person, ZoneInfo(zone_of(app, records, person.id)), now):
        if WISHES[mail.kind] in wanted:
            pass_over(records, mail, arming_for(app, records, person.id), LATE_WISH)


def _settle(app: App, records: Records, practitioner_id: str, mail: DayMail, now: datetime) -> None:
    sessions = _sessions(app, records, practitioner_id, mail.kind, mail.day, now)
    arming = arming_for(app, records, practitioner_id)
    if not sessions:
        pass_over(records, mail, arming, NOTHING_TO_SAY)
        return
    if mail.kind is MessageKind.DIGEST:  # it is of use until the last of them begins
        mail = replace(mail, ends_at=sessions[-1].starts_at)
    put_day_mail(records, mail, arming, now)


def read_day_again(app: App, mail: Outgoing, now: datetime) -> None:
    """Ask for each appointment of a list once more; a calendar that does not answer is asked no further."""
    kind = MessageKind(mail.kind)
    if kind not in LISTS:
        return
    with app.reading() as records:
        sessions = _sessions(app, records, mail.practitioner_id, kind, mail.about_at.date(), now)
        calendars = [session_row(records, session.id).calendar_link_id for session in sessions]
    silent: set[str] = set()
    for session, calendar_id in zip(sessions, calendars, strict=True):
        if calendar_id not in silent and not refresh_session(app, session.id, now):
            silent.add(calendar_id)


def day_page(
    app: App, records: Records, mail: Outgoing, person: Practitioner, now: datetime
) -> DayPage | FollowUp | None:
    """What a mail of the day says at `now`; None when there is nothing to say any more."""
    kind, day = MessageKind(mail.kind), mail.about_at.date()
    sessions = _sessions(app, records, person.id, kind, day, now)
    if not sessions or getattr(person, WISHES[kind]) is None:
        return None
    time = local_time(zone_of(app, records, person.id), now)
    if kind is MessageKind.FOLLOW_UP:
        return compose_follow_up(day, [(each.id, each.starts_at, each.ends_at) for each in sessions], time)
    privacy = privacy_toward(app, person, now)
    entries = [
        DayEntry(
            each.starts_at,
            each.ends_at,
            None if NAMES_ANOTHER in each.flags else briefing_for(app, records, each.id, now, privacy),
        )
        for each in sessions
    ]
    if kind is MessageKind.DIGEST:
        return compose_digest(day, entries, time, privacy)
    return compose_preview(day + timedelta(days=1), entries, time, privacy)


def _sessions(
    app: App, records: Records, practitioner_id: str, kind: MessageKind, day: date, now: datetime
) -> list[SessionRecord]:
    """The sessions that a mail of `day` speaks of, by start: those to come, or those that have no note."""
    zone = ZoneInfo(zone_of(app, records, practitioner_id))
    begins, ends = day_bounds(day + timedelta(days=int(kind is MessageKind.PREVIEW)), zone)
    wanted = SessionFilter(starts_from=begins, starts_before=ends, practitioner_id=practitioner_id)
    those = session_records(records, wanted, now)
    if kind is MessageKind.FOLLOW_UP:
        # What a reminder told of is not said again in the evening of the same day.
        reminders = notices_about(records, [practitioner_id], MessageKind.REMINDER)
        told = [each.put_at for each in reminders if each.arrived]
        return [
            one
            for one in those
            if one.status in (UNCONFIRMED, HELD)
            and one.note_status == STUB
            and not any(at >= one.ends_at for at in told)
        ]
    return [
        one
        for one in those
        if one.status == SCHEDULED
        and one.starts_at > now
        and not link(records, session_row(records, one.id).calendar_link_id).is_removed
    ]
