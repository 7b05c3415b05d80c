"""What a mark in the calendar, a word at the title's edge or a colour, does to a session that we know."""

from collections.abc import Iterator
from datetime import datetime

from sync.domain.attendance.states import CANCELLED, NO_SHOW
from sync.domain.calendar.changes import MARK_DIFFERS, MOVED_AFTER, Cancel, Change, Flag, Missed
from sync.domain.calendar.mark_words import Mark
from sync.domain.calendar.values import BY_A_PERSON, Appointment, CancelReason, KnownSession

PRACTITIONER = "practitioner"
"""What she said in the program itself: no mark in the calendar goes before it."""

MARK_REASONS = {"title": CancelReason.TITLE, "color": CancelReason.COLOR}
"""Why a session is cancelled, by where the mark is."""


def heed_mark(known: KnownSession, appointment: Appointment, mark: Mark, now: datetime) -> Iterator[Change]:
    """What `mark` on the session's event calls for; nothing when that is what the session is.

    A no-show can be said from the start on: until then nothing follows from it. A cancellation counts
    before the start and after it, for it is the practitioner's own word and no mere absence (R32).
    """
    at = appointment.event.updated_at
    if mark.state == NO_SHOW and appointment.starts_at != known.starts_at:
        yield Flag(known, MOVED_AFTER, appointment)
    if mark.state == NO_SHOW and max(known.starts_at, appointment.starts_at) > now:
        return
    if known.status == mark.state:
        if known.status == CANCELLED and _by_mark(known) and mark.by != known.cancelled_by:
            yield Cancel(known, MARK_REASONS[mark.source], mark.by, at, mark.late)
    elif known.said_by == PRACTITIONER or known.cancel_reason in BY_A_PERSON:
        yield Flag(known, MARK_DIFFERS)
    elif mark.state == NO_SHOW:
        yield Missed(known, mark.source, appointment.event)
    else:
        yield Cancel(known, MARK_REASONS[mark.source], mark.by, at, mark.late)


def is_taken_back(known: KnownSession, appointment: Appointment) -> bool:
    """Whether a mark that was heeded after the session's start is gone, and not only out of sight."""
    hidden = known.said_by == "title" and is_title_hidden(known, appointment)
    return known.before_mark is not None and not hidden


def is_mark_hidden(known: KnownSession, appointment: Appointment) -> bool:
    """Whether a cancellation by the title is out of sight with the title: then it is no restoration (R68)."""
    return known.cancel_reason == CancelReason.TITLE and is_title_hidden(known, appointment)


def is_title_hidden(known: KnownSession, appointment: Appointment) -> bool:
    """Whether a title that we know is not shown any more (R68)."""
    return appointment.event.title is None and known.details is not None and bool(known.details.title)


def _by_mark(known: KnownSession) -> bool:
    return known.cancel_reason in MARK_REASONS.values()
