"""Writes the letter that a message of the outbox stands for, as of now."""

from datetime import datetime

from sync.app import App
from sync.domain.attendance.states import SCHEDULED
from sync.domain.briefing.notices import (
    AlertKind,
    compose_address_confirmation,
    compose_alert,
    compose_link_notice,
    compose_test_mail,
    compose_withdrawal,
)
from sync.domain.briefing.outbox import MessageKind
from sync.domain.briefing.privacy import Privacy
from sync.domain.calendar.links import LinkState
from sync.domain.people import Practitioner
from sync.jobs.brief import briefing_for, privacy_of
from sync.jobs.wishes import zone_of
from sync.ports import Letter
from sync.store.links import link
from sync.store.outbox import Outgoing
from sync.store.practitioners import confirm_code, practitioner
from sync.store.records import Records
from sync.store.sessions import session_row

CODE_VALID_MINUTES = 60


class NoLongerNeeded(Exception):
    """The reason for a mail is gone; the text says why, in words for the outbox."""


def letter_for(app: App, records: Records, mail: Outgoing, now: datetime, *, refreshed: bool) -> Letter:
    """The finished letter for `mail`. Raises `NoLongerNeeded` when there is nothing left to say."""
    person = practitioner(records, mail.practitioner_id)
    zone = zone_of(app, records, person.id)
    match MessageKind(mail.kind):
        case MessageKind.BRIEFING:
            return _briefing(app, records, mail, person, now, refreshed=refreshed)
        case MessageKind.WITHDRAWAL:
            value = compose_withdrawal(mail.about_at, zone, now)
            return app.renderer.letter(value, person.email, mail.message_id)
        case MessageKind.ALERT:
            return _alert(app, records, mail, person, zone, now)
        case MessageKind.CONFIRM:
            code = confirm_code(records, person.id)
            if code is None:
                raise NoLongerNeeded("the address is confirmed already")
            confirmation = compose_address_confirmation(code, CODE_VALID_MINUTES)
            return app.renderer.letter(confirmation, person.email, mail.message_id)
        case MessageKind.TEST:
            return app.renderer.letter(compose_test_mail(zone, now), person.email, mail.message_id)


def _briefing(
    app: App, records: Records, mail: Outgoing, person: Practitioner, now: datetime, *, refreshed: bool
) -> Letter:
    session = session_row(records, mail.about_id)
    if session.status != SCHEDULED:
        raise NoLongerNeeded("the session does not take place")
    if session.starts_at != mail.about_at:
        raise NoLongerNeeded("the session was moved")
    privacy = privacy_of(app, person)
    if app.mailer.over_network and person.email_confirmed_at is None:
        privacy = Privacy.LINK  # until the address is known to be hers, no clinical word goes there
    if privacy is Privacy.LINK:
        notice = compose_link_notice(session.id, session.starts_at, zone_of(app, records, person.id), now)
        return app.renderer.letter(notice, person.email, mail.message_id)
    briefing = briefing_for(app, records, session.id, now, privacy, refreshed=refreshed)
    return app.renderer.letter(briefing, person.email, mail.message_id)


def _alert(
    app: App, records: Records, mail: Outgoing, person: Practitioner, zone: str, now: datetime
) -> Letter:
    calendar = link(records, mail.about_id)
    if calendar.state is LinkState.FINE:
        raise NoLongerNeeded("the trouble is over")
    alert = compose_alert(AlertKind(mail.reason or ""), zone, now, since=calendar.last_read_at)
    return app.renderer.letter(alert, person.email, mail.message_id)
