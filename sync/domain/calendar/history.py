"""Decides what the past of a calendar becomes: sessions that were held, cancelled or are not certain."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sync.domain.attendance.states import CANCELLED, HELD, NO_SHOW, SCHEDULED
from sync.domain.calendar.changes import Create, Past
from sync.domain.calendar.heeding import MARK_REASONS
from sync.domain.calendar.matching import Match, NewClient, NoEvidence, Unsure
from sync.domain.calendar.planning import Rules, whose
from sync.domain.calendar.reading import own_response, read_event
from sync.domain.calendar.series_ids import series_root
from sync.domain.calendar.values import (
    Appointment,
    Cancelled,
    CancelReason,
    Event,
    KnownSession,
    Window,
)
from sync.domain.calendar.words import words

SLICE = timedelta(days=90)
"""How much of the past is read at once: enough for speed, little to lose and to hold."""

ALONGSIDE = timedelta(days=14)
"""How near to an hour whose id is gone another of its series may be that same hour, moved with them all."""

MOST_YEARS = 30
FIRST_YEAR = 1970


def is_reasonable_beginning(since: date, today: date) -> bool:
    """Whether the past may be wanted from this day on: past, and neither absurdly nor vastly far back."""
    return since.year >= FIRST_YEAR and today.year - since.year <= MOST_YEARS and since < today


def next_slice(reached: datetime, until: datetime) -> Window | None:
    """What is to be read after everything before `reached`; None when `until` is reached.

    The last slice is not cut short, so that hardly a day is left for one of its own.
    """
    if reached >= until:
        return None
    ends_at = reached + SLICE
    return Window(reached, until if ends_at + SLICE / 3 >= until else ends_at)


@dataclass(frozen=True, slots=True)
class PastPlan:
    """What one slice of the past becomes.

    `known` events have their session already. `uncertain` are the titles of hours that point to
    somebody, but not for certain, `unmatched` those of hours that point to nobody; neither is kept.
    """

    creates: tuple[Create, ...] = ()
    known: int = 0
    skipped: int = 0
    uncertain: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()


def plan_past(
    events: Iterable[Event],
    known: Collection[str],
    replaced: Mapping[str, Window],
    span: tuple[Window, datetime],
    rules: Rules,
) -> PastPlan:
    """List the sessions that `events` were, as far as that is certain.

    `known` are the ids of events that have a session. `replaced` says of the roots of series when hours
    of theirs are known whose ids are gone: nothing is made of what lies there under another id, for it
    would be a second session for one hour. `span` is the slice, and where the running window begins:
    an hour belongs to the slice in which it starts, and to the window if it reaches into it.
    """
    seen = skipped = 0
    readings: list[tuple[Appointment, Past]] = []
    for event in events:
        if event.event_id in known or _is_replaced(event, replaced):
            seen += 1
            continue
        reading = _read_past(event, rules)
        if reading is None or not _belongs_to(reading[0], *span):
            skipped += 1
        else:
            readings.append(reading)
    readings.sort(key=lambda each: (each[0].starts_at, each[0].event.event_id))
    found = _whose(readings, rules)
    return replace(found, known=seen, skipped=found.skipped + skipped)


def replaced_by(lost: Iterable[KnownSession]) -> dict[str, Window]:
    """When the hours of each series, by root, lie whose events are no longer there under the ids we know."""
    found: dict[str, Window] = {}
    for session in lost:
        root = root_of(session)
        begins, ends = session.starts_at - ALONGSIDE, session.starts_at + ALONGSIDE
        before = found.get(root)
        if before is not None:
            begins, ends = min(begins, before.starts_at), max(ends, before.ends_at)
        found[root] = Window(begins, ends)
    return found


def _is_replaced(event: Event, replaced: Mapping[str, Window]) -> bool:
    span, starts_at = replaced.get(root_of(event)), event.starts_at
    return span is not None and starts_at is not None and span.starts_at <= starts_at < span.ends_at


def root_of(held: KnownSession | Event) -> str:
    """What the hours of one series share, whatever edits did to their ids."""
    return series_root(held.recurring_event_id or held.event_id)


def _belongs_to(appointment: Appointment, span: Window, until: datetime) -> bool:
    return span.starts_at <= appointment.starts_at < span.ends_at and appointment.ends_at <= until


def _read_past(event: Event, rules: Rules) -> tuple[Appointment, Past] | None:
    """An hour that was agreed once, and what became of it; None for all else."""
    reading = rules.read(event)
    match reading:
        case Appointment():
            return reading, _what_became(reading, rules)
        case Cancelled(_, CancelReason.DECLINED):
            agreed = read_event(_as_accepted(event), rules.calendar_zone)
            if isinstance(agreed, Appointment):
                return agreed, Past(CANCELLED, CancelReason.DECLINED, "practitioner")
    return None


def _as_accepted(event: Event) -> Event:
    guests = (replace(a, response="accepted") if a.is_self else a for a in event.attendees)
    return event._replace(attendees=tuple(guests))


def _what_became(appointment: Appointment, rules: Rules) -> Past:
    """What its mark says; held if the event stood at its end, for all we know; else unknown."""
    event, mark = appointment.event, appointment.mark
    if mark is not None and appointment.is_cancelled:
        return Past(CANCELLED, MARK_REASONS[mark.source], mark.by)
    if mark is not None:
        return Past(NO_SHOW)
    if appointment.client_declined and rules.client_decline_cancels:
        return Past(CANCELLED, CancelReason.DECLINED, "client")
    own = own_response(event)
    doubtful = (
        appointment.client_declined
        or event.status == "tentative"
        or own == "tentative"
        or (own == "needsAction" and not event.organizer_is_self)
        or rules.was_gone(appointment)
    )
    return Past(SCHEDULED if doubtful else HELD)


def _whose(readings: Iterable[tuple[Appointment, Past]], rules: Rules) -> PastPlan:
    """Give each hour to its client; what is not certain is counted and left."""
    creates: list[Create] = []
    uncertain: list[str] = []
    unmatched: list[str] = []
    doubtful_names: list[tuple[Appointment, Past, NewClient]] = []
    skipped = 0
    for appointment, past in readings:
        if rules.is_ignored(appointment.event):
            skipped += 1
            continue
        hidden = (appointment.private and not rules.dedicated) or appointment.unanswered
        answer = whose(appointment, rules)
        owner = answer.client_id if isinstance(answer, Match) else _by_copy(appointment, rules)
        match answer:
            case _ if owner is not None:
                creates.append(Create(appointment, owner, past.status == HELD, past))
            case _ if hidden:
                skipped += 1
            case NewClient() if past.status == HELD:
                creates.append(Create(appointment, answer, True, past))
            case NewClient():
                doubtful_names.append((appointment, past, answer))
            case Unsure():
                uncertain.append(appointment.title)
            case NoEvidence():
                unmatched.append(appointment.title)
    # A name alone that never came makes no client; a client of other hours it may well be.
    named = {words(c.owner.name) for c in creates if isinstance(c.owner, NewClient)}
    for appointment, past, new in doubtful_names:
        if words(new.name) in named:
            creates.append(Create(appointment, new, False, past))
        else:
            uncertain.append(appointment.title)
    return PastPlan(tuple(creates), skipped=skipped, uncertain=tuple(uncertain), unmatched=tuple(unmatched))


def _by_copy(appointment: Appointment, rules: Rules) -> str | None:
    """Whose the hour is by another calendar of hers that shows the same meeting (R75)."""
    return rules.meeting_clients.get(appointment.event.event_id)
