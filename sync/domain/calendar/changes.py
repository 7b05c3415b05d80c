"""The list of changes between a calendar and our records: what is to be done, before it is done."""

from dataclasses import dataclass
from datetime import datetime

from sync.domain.calendar.matching import NewClient
from sync.domain.calendar.values import Appointment, CancelReason, Event, KnownSession

MISSING_AFTER = "calendar-missing-after-session"
MOVED_AFTER = "calendar-moved-after-session"
RESTORED_AFTER = "calendar-restored-after-session"
NAMES_ANOTHER = "title-names-another-client"
RELINKED_BY_GUESS = "relinked-by-guess"
DETAILS_HIDDEN = "details-hidden"
MARK_DIFFERS = "calendar-mark-differs"
DUPLICATE_OF_HELD = "maybe-duplicate-of-held"
SHOWN_TWICE = "one-hour-two-notes"


@dataclass(frozen=True, slots=True)
class Past:
    """What became of an hour that was over before its calendar was connected.

    `status` as it is stored; `scheduled` says that nobody knows. `by` says who cancelled.
    """

    status: str
    reason: CancelReason | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Create:
    """A new session of `owner`: a client's id, or a new client. `held` when it is over and stood.

    With a `past` it is history: it has neither stub nor briefing. With `flag` it waits for a word.
    """

    appointment: Appointment
    owner: str | NewClient
    held: bool
    past: Past | None = None
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """The session takes place at another time; it stays the same session with the same note."""

    known: KnownSession
    appointment: Appointment


@dataclass(frozen=True, slots=True)
class Cancel:
    """The session does not take place. `happened_at` is the calendar's own word for when, if any.

    `late` that she calls it late herself. Of a session that is cancelled already only who cancelled changes.
    """

    known: KnownSession
    reason: CancelReason
    by: str
    happened_at: datetime | None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Missed:
    """The practitioner says in the calendar that the client did not come: by its `title` or `color`."""

    known: KnownSession
    source: str
    event: Event


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The mark that was heeded after the session's start is gone: it is what it was before."""

    known: KnownSession
    event: Event


@dataclass(frozen=True, slots=True)
class Restore:
    """A cancelled session is back: same session, same note, perhaps another time."""

    known: KnownSession
    appointment: Appointment


@dataclass(frozen=True, slots=True)
class Decline:
    """The client's answer to the invitation changed; a flag, not a cancellation (R66)."""

    known: KnownSession
    appointment: Appointment


@dataclass(frozen=True, slots=True)
class Describe:
    """Title, link or place changed, the time did not."""

    known: KnownSession
    appointment: Appointment


@dataclass(frozen=True, slots=True)
class Flag:
    """The calendar contradicts a record: the therapist has to say (R32).

    `appointment` is the session as the calendar has it now, where that is what differs. `other_id` is
    the client whom the event names instead, if that is one, by its version of `changed_at`.
    """

    known: KnownSession
    kind: str
    appointment: Appointment | None = None
    other_id: str | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What an open flag asked about holds no more, as the calendar itself says by now."""

    known: KnownSession
    kind: str


@dataclass(frozen=True, slots=True)
class Touch:
    """The event was written again, with nothing new for us; only its version is noted (R71)."""

    known: KnownSession
    event: Event


@dataclass(frozen=True, slots=True)
class Follow:
    """The session has another event now: an edit of its series gave every hour another id (C4).

    A session that has begun keeps its time; the new id is only noted. `guess` says that the pair was
    found by nearness and not by the series' own shift.
    """

    known: KnownSession
    appointment: Appointment
    guess: bool


@dataclass(frozen=True, slots=True)
class Join:
    """The event is a copy, in another calendar, of the meeting that a session is for (R75).

    `known` is the session as its leading event has it. With `leads` it is read from this copy from now on.
    """

    known: KnownSession
    appointment: Appointment
    leads: bool = False


@dataclass(frozen=True, slots=True)
class HandOver:
    """The session's own event is gone; it is read from a copy in another calendar from now on (R33)."""

    known: KnownSession
    link_id: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Part:
    """A copy of a session's meeting is gone; the session is read from another event and stands."""

    known: KnownSession


@dataclass(frozen=True, slots=True)
class Ask:
    """An appointment whose client is not certain; it waits in the inbox."""

    appointment: Appointment
    reason: str
    candidates: tuple[str, ...]


Change = (
    Create
    | Move
    | Cancel
    | Missed
    | TakeBack
    | Restore
    | Decline
    | Describe
    | Flag
    | Answered
    | Touch
    | Follow
    | Join
    | HandOver
    | Part
    | Ask
)
