"""Keeps one meeting one session, though several calendars of a practitioner show it (R33, R75).

A session is read from one of its events, the one that leads; its copies in other calendars are only
tied to it. The session takes place while any of them stands, whichever calendar is read first.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sync.domain.calendar.changes import (
    MISSING_AFTER,
    RESTORED_AFTER,
    Cancel,
    Change,
    Create,
    Flag,
    HandOver,
    Join,
)
from sync.domain.calendar.values import BY_A_WORD, Event, KnownSession

Meeting = tuple[str, str | None]
"""What every copy of one hour shares: the iCalendar UID and the original start (R75)."""


def meeting_of(event: Event) -> Meeting | None:
    """The meeting that an event is a copy of; None where it does not say."""
    return None if event.ical_uid is None else (event.ical_uid, event.original_start)


@dataclass(frozen=True, slots=True)
class Copy:
    """One event that a session is tied to. `known.is_elsewhere` says that it does not lead."""

    known: KnownSession
    link_id: str
    meeting: Meeting | None
    organizer_is_self: bool = True
    is_missed: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the meetings that one reading of the calendar `link_id` speaks of.

    `copies` are by session id. `order` holds the calendars that are read, the earliest connected
    first; one that is paused, gone or removed is not in it.
    """

    link_id: str
    now: datetime
    order: Mapping[str, int]
    copies: Mapping[str, Sequence[Copy]] = field(default_factory=dict)

    def sessions_of(self, meeting: Meeting) -> Collection[str]:
        """The sessions that another calendar shows for this meeting, and this calendar does not yet."""
        return [session_id for session_id in self.copies if self._is_shown_elsewhere(session_id, meeting)]

    def _is_shown_elsewhere(self, session_id: str, meeting: Meeting) -> bool:
        leading = self.leading(session_id)
        shown_in = {
            c.link_id for c in self.copies[session_id] if c.meeting == meeting and not c.known.is_alias
        }
        return leading is not None and self.link_id not in shown_in | {leading.link_id} and bool(shown_in)

    def leading(self, session_id: str) -> Copy | None:
        """The event that a session is read from."""
        copies = self.copies.get(session_id, ())
        return next((c for c in copies if not (c.known.is_elsewhere or c.known.is_alias)), None)

    def rank(self, link_id: str, *, organizer_is_self: bool) -> tuple[bool, bool, int]:
        """Which copy leads, the least first: one that is read, the organizer's own, the calendar's age."""
        return link_id not in self.order, not organizer_is_self, self.order.get(link_id, 0)


def one_session_each(changes: Sequence[Change], around: Around) -> list[Change]:
    """`changes`, where a copy of a known meeting joins its session, and a lost event hands over to a copy."""
    said = Counter(_said_of(change) for change in changes if isinstance(change, Create))
    settled: list[Change] = []
    for change in changes:
        match change:
            case Create(appointment):
                meeting = meeting_of(appointment.event)
                lone = meeting is not None and said[meeting] == 1  # else the UID tells nothing apart
                settled += _met(change, around) if lone else (change,)
            case Join():
                settled += _joined(change, around)
            case Cancel(known) | Flag(known, _, _) if says_gone(change):
                settled.append(_handed_over(known, around) or change)
            case _:
                settled.append(change)
    return settled


def says_gone(change: Change) -> bool:
    """Whether `change` comes of an event that no longer stands, and not of what she said of it."""
    if isinstance(change, Cancel):
        return change.reason not in BY_A_WORD
    return isinstance(change, Flag) and change.kind == MISSING_AFTER


def _said_of(create: Create) -> Meeting | None:
    return meeting_of(create.appointment.event)


def _met(create: Create, around: Around) -> Iterator[Change]:
    """A new session, unless another calendar shows the same meeting, for nobody else."""
    meeting = meeting_of(create.appointment.event)
    sessions = around.sessions_of(meeting) if meeting else ()
    leading = around.leading(next(iter(sessions))) if len(sessions) == 1 else None
    if leading is None or (isinstance(create.owner, str) and create.owner != leading.known.client_id):
        yield create
    else:
        yield from _joined(Join(leading.known, create.appointment), around, is_new=True)


def _joined(join: Join, around: Around, *, is_new: bool = False) -> Iterator[Change]:
    """What another copy of a session's meeting means: nothing, a tie, or that the session is read from it."""
    leading, event = around.leading(join.known.session_id), join.appointment.event
    if leading is None:
        return
    known, alias = leading.known, join.known.is_alias
    if not is_new and alias and meeting_of(event) != leading.meeting:
        return  # an id that the session had once, in another calendar
    if known.status == "cancelled":
        said, begun = known.cancel_reason in BY_A_WORD, known.starts_at <= around.now
        if not said and begun:
            yield Flag(known, RESTORED_AFTER)
        leads = not (said or begun)
    else:
        here = around.rank(around.link_id, organizer_is_self=event.organizer_is_self)
        there = around.rank(leading.link_id, organizer_is_self=leading.organizer_is_self)
        leads = leading.is_missed or here < there
    if leads or is_new or alias:
        yield replace(join, known=known, leads=leads)


def heirs(around: Around) -> list[HandOver]:
    """What is to be done with the sessions that are read from a calendar which is no longer read."""
    leading = (around.leading(session_id) for session_id in around.copies)
    led_here = (copy.known for copy in leading if copy is not None and copy.link_id == around.link_id)
    return [found for known in led_here if (found := _handed_over(known, around)) is not None]


def _handed_over(known: KnownSession, around: Around) -> HandOver | None:
    """The copy that the session is read from once its own event is gone."""
    heirs = [
        copy
        for copy in around.copies.get(known.session_id, ())
        if copy.known.is_elsewhere and not copy.known.is_alias and copy.link_id in around.order
    ]
    if not heirs:
        return None
    heir = min(heirs, key=lambda c: around.rank(c.link_id, organizer_is_self=c.organizer_is_self))
    return HandOver(known, heir.link_id, heir.known.event_id)
