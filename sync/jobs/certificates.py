"""Tells a practitioner in time that the certificate of her encrypted mail ends, and that it has ended."""

from datetime import datetime

from sync.app import App
from sync.domain.briefing.notices import AlertKind
from sync.domain.briefing.outbox import MessageKind
from sync.domain.briefing.telling import telling_due
from sync.jobs.wishes import arming_for
from sync.store.outbox import notices_about, put_notice
from sync.store.practitioners import practitioners


def about_certificate(practitioner_id: str) -> str:
    """What an alert is about that tells of her certificate."""
    return f"certificate {practitioner_id}"


def tell_of_certificates(app: App, now: datetime) -> None:
    """Put an alert into the outbox for each certificate that it is time for (`telling_due`)."""
    with app.reading() as records:
        due = []
        for person in practitioners(records):
            ends_at, about = person.certificate_ends_at, about_certificate(person.id)
            if not person.certificate or ends_at is None:
                continue
            told = notices_about(records, [about], MessageKind.ALERT)
            moment = telling_due(AlertKind.CERTIFICATE, ends_at, now, told)
            if moment is not None:
                due.append((person.id, about, moment))
    if not due:
        return
    with app.writing() as records:
        for practitioner_id, about, moment in due:
            arming = arming_for(app, records, practitioner_id)
            put_notice(records, MessageKind.ALERT, about, moment, arming, now)
