"""Which way each practitioner's mail takes, and whether that way is shut because we were not let in."""

from datetime import datetime

from sync.app import App
from sync.errors import MailSignInRefused
from sync.store.links import mail_account
from sync.store.mail_stops import MailStop, is_stopped, mail_stops, stop_mail
from sync.store.practitioners import practitioners
from sync.store.records import Records

GMAIL = "gmail"


def permission_of(app: App, records: Records, practitioner_id: str) -> str:
    """What opens the account that her mail is sent from (a secret); empty where it is not her own."""
    if app.settings.mail.transport != GMAIL:
        return ""
    account = mail_account(records, practitioner_id)
    return "" if account is None else account.credentials


def channel_of(app: App, practitioner_id: str) -> str:
    """What is shut as one when we are not let in: a mail server for all, her own account for her alone."""
    transport = app.settings.mail.transport
    return practitioner_id if transport == GMAIL else transport


def stops(app: App, now: datetime) -> dict[str, MailStop]:
    """What keeps whose mail back at `now`, by practitioner id; nothing where all is well."""
    with app.reading() as records:
        noted = mail_stops(records, now)
        concerned = {
            person.id: permission_of(app, records, person.id)
            for person in (practitioners(records) if noted else ())
            if channel_of(app, person.id) in noted
        }
    identities = {person: app.mailer.identity(permission) for person, permission in concerned.items()}
    with app.reading() as records:
        return {
            person: stop
            for person, identity in identities.items()
            if is_stopped(records, stop := noted[channel_of(app, person)], identity)
        }


def shut(app: App, practitioner_id: str, now: datetime, trouble: MailSignInRefused) -> set[str]:
    """Shut the way of a practitioner's mail; everybody whose mail takes it."""
    channel = channel_of(app, practitioner_id)
    with app.reading() as records:
        permission = permission_of(app, records, practitioner_id)
        everybody = [person.id for person in practitioners(records)]
    identity = app.mailer.identity(permission)
    with app.writing() as records:
        stop_mail(records, channel, identity, now, (str(trouble), trouble.advice))
    return {person for person in everybody if channel_of(app, person) == channel}
