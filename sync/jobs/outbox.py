"""Sends what is due: claim, read again, compose, hand over, mark. One mail's fault stops no other."""

import logging
from collections import Counter
from datetime import datetime

from sync.app import App
from sync.domain.briefing.outbox import MessageKind, next_attempt
from sync.domain.briefing.telling import QUIET
from sync.errors import DatabaseError, DeliveryDoubtful, DeliveryPostponed, PracticeError
from sync.jobs.letters import NoLongerNeeded, letter_for
from sync.jobs.refresh import refresh_session
from sync.jobs.wishes import arming_for
from sync.store.outbox import noticed_since, put_notice
from sync.store.records import Records
from sync.store.sending import (
    Outgoing,
    claim,
    hand_over,
    is_handed_over,
    mark_doubtful,
    mark_failed,
    mark_postponed,
    mark_sent,
    mark_skipped,
    tidy,
)

log = logging.getLogger(__name__)


def send_due(app: App, now: datetime, counts: Counter[str]) -> None:
    """Send every mail that is due at `now`, the longest due first; adds to `counts`."""
    with app.writing() as records:
        tidy(records, now)
    while True:
        with app.writing() as records:
            mail = claim(records, app.owner, now, max(now, app.now()))
        if mail is None:
            return
        _send(app, mail, now, counts)


def _send(app: App, mail: Outgoing, now: datetime, counts: Counter[str]) -> None:
    """Send one mail and note its fate, whatever happens."""
    what = "briefings" if mail.kind == MessageKind.BRIEFING else "notices"
    try:
        _deliver(app, mail, now)
    except NoLongerNeeded as reason:
        with app.writing() as records:
            mark_skipped(records, mail, str(reason))
        return
    except Exception as trouble:
        # The one broad net of this job: a mail that cannot be made must not hold up the next one.
        _note_failure(app, mail, now, trouble)
        counts[f"{what}_failed"] += 1
        return
    counts[f"{what}_sent"] += 1


def _note_failure(app: App, mail: Outgoing, now: datetime, trouble: Exception) -> None:
    with app.writing() as records:
        match trouble:
            case DeliveryPostponed():
                mark_postponed(records, mail, next_attempt(mail.attempts, now), str(trouble))
            case DatabaseError() if not is_handed_over(records, mail):
                mark_postponed(records, mail, next_attempt(mail.attempts, now), str(trouble))
            case DeliveryDoubtful() | DatabaseError():
                mark_doubtful(records, mail, now, str(trouble))
                if mail.doubts:  # the second time: it is not tried again
                    _tell(app, records, mail, now)
            case PracticeError():  # refused for good, or a record that cannot be opened
                mark_failed(records, mail, str(trouble))
                _tell(app, records, mail, now)
            case _:
                # Its kind is logged, never its words: they may be anybody's.
                log.error("mail %s could not be made: %s", mail.id, type(trouble).__name__)
                mark_failed(records, mail, f"a fault of this program: {type(trouble).__name__}")
                _tell(app, records, mail, now)


def _tell(app: App, records: Records, mail: Outgoing, now: datetime) -> None:
    """Say, twice a day at the most, that a briefing did not go out; it goes as soon as mail does."""
    about = mail.practitioner_id
    if mail.kind != MessageKind.BRIEFING or noticed_since(records, MessageKind.ALERT, about, now - QUIET):
        return
    put_notice(records, MessageKind.ALERT, about, now, arming_for(app, records, about))


def _deliver(app: App, mail: Outgoing, now: datetime) -> None:
    refreshed = mail.kind == MessageKind.BRIEFING and refresh_session(app, mail.about_id, now)
    with app.reading() as records:
        letter = letter_for(app, records, mail, now, refreshed=refreshed)
    app.mailer.send(letter, lambda: _hand_over(app, mail))
    with app.writing() as records:
        mark_sent(records, mail, app.now())


def _hand_over(app: App, mail: Outgoing) -> None:
    with app.writing() as records:
        if not hand_over(records, mail):
            raise NoLongerNeeded("it was withdrawn while it was being made")
