"""Sends what is due: claim, read again, compose, hand over, mark. One mail's fault stops no other."""

import gc
import logging
from collections import Counter
from dataclasses import replace
from datetime import datetime
from itertools import count

from sync.app import App
from sync.domain.briefing.brake import LIMITS, held_until
from sync.domain.briefing.outbox import COUNTED_ON, MessageKind, retry_wait
from sync.domain.briefing.telling import QUIET
from sync.errors import (
    DatabaseError,
    DeliveryDoubtful,
    DeliveryPostponed,
    MailSignInRefused,
    MailUnreachable,
    PracticeError,
)
from sync.jobs.certificates import tell_of_certificates
from sync.jobs.days import put_day_mails, read_day_again
from sync.jobs.letters import NoLongerNeeded, letter_for
from sync.jobs.mail_channels import permission_of, shut, stops
from sync.jobs.refresh import refresh_session
from sync.jobs.reminders import put_reminders
from sync.jobs.weekly_report import put_weekly_report
from sync.jobs.wishes import arming_for
from sync.store.outbox import noticed_since, put_notice
from sync.store.records import Records
from sync.store.sending import (
    Outgoing,
    claim,
    departures,
    given_up,
    hand_over,
    hold_back,
    is_handed_over,
    mark_doubtful,
    mark_failed,
    mark_postponed,
    mark_sent,
    mark_skipped,
    tidy,
)

log = logging.getLogger(__name__)

MAILS_TOGETHER = 25
"""After so many what they left behind is cleared away: Python, as this program tunes it, would wait long."""

FLOODED = "so much went to this address lately that the rest is held back for a while"


def send_due(app: App, now: datetime, counts: Counter[str]) -> None:
    """Send every mail that is due at `now`, the longest due first; adds to `counts`.

    All go over one connection. Where nobody who carries mail can be reached the round ends, and what is left
    stays due; where we are not let in, the mails of that way wait until that is mended or an hour is over.
    """
    with app.writing() as records:
        for practitioner_id in given_up(records, now):
            _tell(app, records, practitioner_id, now)
        tidy(records, now)
    put_day_mails(app, now)
    put_weekly_report(app, now)
    put_reminders(app, now)
    tell_of_certificates(app, now)
    try:
        _send_all(app, now, counts)
    finally:
        app.mailer.close()


def _send_all(app: App, now: datetime, counts: Counter[str]) -> None:
    brake, without = _Brake(app, now), set(stops(app, app.now()))
    for number in count(1):
        with app.writing() as records:
            mail = claim(records, app.owner, now, max(now, app.now()), without)
        if mail is None:
            return
        if number % MAILS_TOGETHER == 0:
            gc.collect(1)
        match _send(app, mail, now, counts):
            case MailUnreachable():
                return
            case MailSignInRefused() as refusal:
                without |= shut(app, mail.practitioner_id, app.now(), refusal)
            case None | DeliveryDoubtful():
                brake.note(mail.practitioner_id)


class _Brake:
    """Counts what leaves to each practitioner, and holds the rest back where it becomes a flood."""

    def __init__(self, app: App, now: datetime) -> None:
        self._app, self._now = app, now
        with app.reading() as records:
            self._left = departures(records, app.now() - max(span for _, span in LIMITS))
        for practitioner_id in self._left:
            self._hold(practitioner_id)

    def note(self, practitioner_id: str) -> None:
        """A mail may have left just now."""
        self._left[practitioner_id].append(self._app.now())
        self._hold(practitioner_id)

    def _hold(self, practitioner_id: str) -> None:
        until = held_until(self._left[practitioner_id], self._app.now())
        if until is None:
            return
        with self._app.writing() as records:
            held = hold_back(records, practitioner_id, self._now, until, FLOODED)
        if held:
            log.warning("practitioner %s: too much mail, %d held back", practitioner_id, held)


def _send(app: App, mail: Outgoing, now: datetime, counts: Counter[str]) -> Exception | None:
    """Send one mail and note its fate, whatever happens; what stood in the way of it."""
    what = "briefings" if mail.kind == MessageKind.BRIEFING else "notices"
    try:
        _deliver(app, mail, now)
    except NoLongerNeeded as reason:
        with app.writing() as records:
            mark_skipped(records, mail, str(reason))
        return reason
    except Exception as trouble:
        # The one broad net of this job: a mail that cannot be made must not hold up the next one.
        _note_failure(app, mail, now, trouble)
        counts[f"{what}_failed"] += 1
        return trouble
    counts[f"{what}_sent"] += 1
    return None


def _note_failure(app: App, mail: Outgoing, now: datetime, trouble: Exception) -> None:
    again_at = now + retry_wait(mail.attempts, mail.message_id)
    with app.writing() as records:
        match trouble:
            case MailSignInRefused():  # what is stopped is no mail, but the way it takes
                mark_postponed(records, mail, now, str(trouble))
            case DeliveryPostponed():
                mark_postponed(records, mail, max(again_at, now + trouble.wait), str(trouble))
            case DatabaseError() if not is_handed_over(records, mail):
                mark_postponed(records, mail, again_at, str(trouble))
            case DeliveryDoubtful() | DatabaseError():
                mark_doubtful(records, mail, now, str(trouble))
                if mail.doubts:  # the second time: it is not tried again
                    _tell_of(app, records, mail, now)
            case PracticeError():  # refused for good, or a record that cannot be opened
                mark_failed(records, mail, str(trouble))
                _tell_of(app, records, mail, now)
            case _:
                # Its kind is logged, never its words: they may be anybody's.
                log.error("mail %s could not be made: %s", mail.id, type(trouble).__name__)
                mark_failed(records, mail, f"a fault of this program: {type(trouble).__name__}")
                _tell_of(app, records, mail, now)


def _tell_of(app: App, records: Records, mail: Outgoing, now: datetime) -> None:
    if mail.kind in COUNTED_ON:
        _tell(app, records, mail.practitioner_id, now)


def _tell(app: App, records: Records, about: str, now: datetime) -> None:
    """Say, twice a day at the most, that a mail she counts on did not go out; it goes once mail does."""
    if not noticed_since(records, MessageKind.ALERT, about, now - QUIET):
        put_notice(records, MessageKind.ALERT, about, now, arming_for(app, records, about))


def _deliver(app: App, mail: Outgoing, now: datetime) -> None:
    read_day_again(app, mail, now)
    refreshed = mail.kind == MessageKind.BRIEFING and refresh_session(app, mail.about_id, now)
    with app.reading() as records:
        letter = letter_for(app, records, mail, now, refreshed=refreshed)
        permission = permission_of(app, records, mail.practitioner_id)
    known_as = app.mailer.send(replace(letter, permission=permission), lambda: _hand_over(app, mail))
    with app.writing() as records:
        mark_sent(records, mail, app.now(), known_as)


def _hand_over(app: App, mail: Outgoing) -> None:
    with app.writing() as records:
        if not hand_over(records, mail):
            raise NoLongerNeeded("it was withdrawn while it was being made")
