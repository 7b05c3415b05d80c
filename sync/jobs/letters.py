"""Writes the letter that a message of the outbox stands for, as of now."""

from dataclasses import replace
from datetime import datetime

from sync.app import App
from sync.domain.attendance.states import CANCELLED, SCHEDULED
from sync.domain.briefing.day import DayPage, FollowUp
from sync.domain.briefing.notices import (
    AlertKind,
    LinkNotice,
    compose_address_confirmation,
    compose_alert,
    compose_certificate_alert,
    compose_link_notice,
    compose_mended,
    compose_test_mail,
    compose_withdrawal,
)
from sync.domain.briefing.outbox import CODE_VALID, MessageKind
from sync.domain.briefing.reminder import NotesReminder
from sync.domain.briefing.telling import telling_due
from sync.domain.briefing.values import Briefing
from sync.domain.calendar.changes import NAMES_ANOTHER
from sync.domain.calendar.grants import ended_in_testing
from sync.domain.calendar.links import ADDRESS_LOST, LinkState
from sync.domain.people import Practitioner
from sync.jobs.brief import briefing_for, can_encrypt, only_hours, privacy_of
from sync.jobs.certificates import about_certificate
from sync.jobs.days import day_page
from sync.jobs.link_states import ALERT_OF, ailing
from sync.jobs.reminders import reminder_for
from sync.jobs.weekly_report import weekly_mail
from sync.jobs.wishes import zone_of
from sync.ports import Letter
from sync.store.flags import open_flags
from sync.store.links import account, link, links_together
from sync.store.outbox import replaced_by
from sync.store.practitioners import confirm_code, practitioner
from sync.store.records import Records
from sync.store.sending import Outgoing
from sync.store.sessions import session_row

IN_CLEAR = (MessageKind.ALERT, MessageKind.MENDED, MessageKind.CONFIRM, MessageKind.REPORT)
"""What is never encrypted: it has no word of a client's, and must be read where encryption is what fails."""


class NoLongerNeeded(Exception):
    """The reason for a mail is gone; the text says why, in words for the outbox."""


def letter_for(app: App, records: Records, mail: Outgoing, now: datetime, *, refreshed: bool) -> Letter:
    """The finished letter for `mail`. Raises `NoLongerNeeded` when there is nothing left to say."""
    person = practitioner(records, mail.practitioner_id)
    letter = _letter(app, records, mail, person, now, refreshed=refreshed)
    if MessageKind(mail.kind) in IN_CLEAR or not can_encrypt(person, now):
        return letter
    return replace(letter, certificate=person.certificate)


def _letter(
    app: App, records: Records, mail: Outgoing, person: Practitioner, now: datetime, *, refreshed: bool
) -> Letter:
    zone = zone_of(app, records, person.id)
    match MessageKind(mail.kind):
        case MessageKind.BRIEFING:
            return _briefing(app, records, mail, person, now, refreshed=refreshed)
        case MessageKind.REPORT:
            return _weekly_report(app, mail, now)
        case MessageKind.WITHDRAWAL:
            if session_row(records, mail.about_id).status != CANCELLED:
                raise NoLongerNeeded("the session takes place after all")
            value = compose_withdrawal(mail.about_at, zone, now)
            return app.renderer.letter(value, person.email, mail.message_id)
        case MessageKind.DIGEST | MessageKind.PREVIEW | MessageKind.FOLLOW_UP | MessageKind.REMINDER:
            return _wanted_only(app, records, mail, person, now)
        case MessageKind.ALERT:
            return _alert(app, records, mail, person, zone, now)
        case MessageKind.MENDED:
            if link(records, mail.about_id).state is not LinkState.FINE:
                raise NoLongerNeeded("there is trouble again")
            mended = compose_mended(zone, now, mail.about_at)
            return app.renderer.letter(mended, person.email, mail.message_id)
        case MessageKind.CONFIRM:
            code = confirm_code(records, person.id, now - CODE_VALID)
            if code is None:
                raise NoLongerNeeded("the address is confirmed already")
            confirmation = compose_address_confirmation(code, int(CODE_VALID.total_seconds()) // 60)
            return app.renderer.letter(confirmation, person.email, mail.message_id)
        case MessageKind.TEST:
            return app.renderer.letter(compose_test_mail(zone, now), person.email, mail.message_id)


def _wanted_only(app: App, records: Records, mail: Outgoing, person: Practitioner, now: datetime) -> Letter:
    """A mail that comes only where there is something to say when it leaves."""
    page: DayPage | FollowUp | NotesReminder | None
    if mail.kind == MessageKind.REMINDER:
        page = reminder_for(app, records, person.id, now)
    else:
        page = day_page(app, records, mail, person, now)
    if page is None:
        raise NoLongerNeeded("there is nothing to say any more")
    return app.renderer.letter(page, person.email, mail.message_id)


def _briefing(
    app: App, records: Records, mail: Outgoing, person: Practitioner, now: datetime, *, refreshed: bool
) -> Letter:
    session = session_row(records, mail.about_id)
    if session.status != SCHEDULED:
        raise NoLongerNeeded("the session does not take place")
    if session.starts_at != mail.about_at:
        raise NoLongerNeeded("the session was moved")
    if link(records, session.calendar_link_id).is_removed:
        raise NoLongerNeeded("its calendar was removed")
    if NAMES_ANOTHER in open_flags(records, session.id):
        raise NoLongerNeeded("its title names another client now: see `practice-sync sessions assign --help`")
    value = _page(app, records, session.id, person, now, refreshed=refreshed)
    letter = app.renderer.letter(value, person.email, mail.message_id)
    replaced = replaced_by(records, session.id, session.starts_at)
    return replace(letter, replaces=replaced[1]) if replaced else letter


def _weekly_report(app: App, mail: Outgoing, now: datetime) -> Letter:
    """The only mail that goes to no practitioner; it has no names but the practitioners'."""
    value = weekly_mail(app, mail.about_at, now)
    if value is None:
        raise NoLongerNeeded("a later report is due, or nobody is to get it")
    return app.renderer.letter(value, app.settings.attendance.manager_email, mail.message_id)


def _page(
    app: App, records: Records, session_id: str, person: Practitioner, now: datetime, *, refreshed: bool
) -> Briefing | LinkNotice:
    why = only_hours(app, person, now)
    if why is None:
        return briefing_for(app, records, session_id, now, privacy_of(app, person), refreshed=refreshed)
    session = session_row(records, session_id)
    zone = zone_of(app, records, person.id)
    replaced = replaced_by(records, session.id, session.starts_at)
    moved_from = replaced[0] if replaced else None
    return compose_link_notice(session.id, session.starts_at, zone, now, moved_from, why)


def _alert(
    app: App, records: Records, mail: Outgoing, person: Practitioner, zone: str, now: datetime
) -> Letter:
    if mail.about_id == about_certificate(person.id):
        ends_at = person.certificate_ends_at
        if ends_at is None or telling_due(AlertKind.CERTIFICATE, ends_at, now, ()) is None:
            raise NoLongerNeeded("another certificate was given, or none is wanted any more")
        told = compose_certificate_alert(zone, now, ends_at)
        return app.renderer.letter(told, person.email, mail.message_id)
    if mail.about_id == person.id:
        alert = compose_alert(AlertKind.UNDELIVERED, zone, now)
        return app.renderer.letter(alert, person.email, mail.message_id)
    named = link(records, mail.about_id)
    # Where that one is well again, another of the same account may still have the same trouble.
    calendar = next(
        (each for each in [named, *links_together(records, named)] if each.state in ALERT_OF), None
    )
    if calendar is None:
        raise NoLongerNeeded("the trouble is over")
    kind = ALERT_OF[calendar.state]
    permission = account(records, calendar.account_id)
    grant = permission.grant
    if permission.is_published and calendar.state in ADDRESS_LOST:
        kind = AlertKind.ADDRESS
    if kind is AlertKind.SIGN_IN and grant.granted_at is None and ended_in_testing(grant.previous_days):
        kind = AlertKind.TESTING
    if kind is AlertKind.MASS_ABSENCE and not calendar.is_proved:
        kind = AlertKind.NOT_PROVED
    concerned = len(ailing(records, calendar))
    alert = compose_alert(kind, zone, now, since=calendar.last_read_at, calendars=concerned)
    return app.renderer.letter(alert, person.email, mail.message_id)
