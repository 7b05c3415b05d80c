"""Which way each practitioner's mail takes, and whether that way is shut because we were not let in."""

from datetime import datetime

from sync.app import App
from sync.errors import MailSignInRefused
from sync.store.mail_stops import MailStop, is_stopped, mail_stops, stop_mail
from sync.store.practitioners import practitioners


def stops(app: App, now: datetime) -> dict[str, MailStop]:
    """What keeps whose mail back at `now`, by practitioner id; nothing where all is well."""
    with app.reading() as records:
        noted = mail_stops(records, now)
        people = [person.id for person in practitioners(records)] if noted else []
    identities = {channel: app.mailer.identity() for channel in noted}
    with app.reading() as records:
        held = {
            channel: stop for channel, stop in noted.items() if is_stopped(records, stop, identities[channel])
        }
    return {person: held[way] for person in people if (way := channel_of(app, person)) in held}


def shut(app: App, practitioner_id: str, now: datetime, trouble: MailSignInRefused) -> set[str]:
    """Shut the way of a practitioner's mail; everybody whose mail takes it."""
    channel, identity = channel_of(app, practitioner_id), app.mailer.identity()
    with app.writing() as records:
        stop_mail(records, channel, identity, now, (str(trouble), trouble.advice))
        everybody = practitioners(records)
    return {person.id for person in everybody if channel_of(app, person.id) == channel}


def channel_of(app: App, practitioner_id: str) -> str:  # noqa: ARG001 - one way for all, until some differ
    """What is shut as one when we are not let in."""
    return app.settings.mail.transport
