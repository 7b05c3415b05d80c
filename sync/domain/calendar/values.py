"""The words of the calendar side: what a source hands over and what we make of it.

All moments are aware and in UTC. Every calendar source hands over the same neutral `Event`. What a first
reading makes by the ten thousand is a named tuple: as frozen as a frozen dataclass, at a third of its cost.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sync.domain.attendance.states import CANCELLED
from sync.domain.calendar.mark_words import Mark


@dataclass(frozen=True, slots=True)
class Attendee:
    """One invited person. `response` is as in iCalendar's PARTSTAT, in Google's words."""

    address: str
    response: str
    is_self: bool = False


class Event(NamedTuple):
    """One calendar event, neutral between sources; anything but `event_id` may be missing.

    `starts_at`/`ends_at` are None when the event has none or they cannot be read; then
    `defect` says why in words without content. `original_start` is the instance's first planned
    start as a canonical UTC text (`20260616T140000Z`) or a date (`20260616`).
    """

    event_id: str
    status: str = "confirmed"
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    starts_on: date | None = None
    time_zone: str | None = None
    title: str | None = None
    attendees: tuple[Attendee, ...] = ()
    attendees_omitted: bool = False
    organizer_is_self: bool = True
    event_type: str = "default"
    transparency: str = "opaque"
    visibility: str = "default"
    recurring_event_id: str | None = None
    original_start: str | None = None
    recurrence: tuple[str, ...] = ()
    ical_uid: str | None = None
    video_link: str | None = None
    location: str | None = None
    color_id: str | None = None
    updated_at: datetime | None = None
    etag: str | None = None
    defect: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time: includes its beginning, excludes its end."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether an hour touches this window by the calendar's own bounds, both exclusive (R18)."""
        return starts_at < self.ends_at and ends_at > self.starts_at


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A complete, validated reading of one window of one calendar: every page arrived.

    `unchanged` are the ids of events that are there as they were known to be, and are not in `events`.
    """

    window: Window
    time_zone: str
    access_role: str
    events: tuple[Event, ...]
    unchanged: frozenset[str] = frozenset()

    @property
    def present(self) -> frozenset[str]:
        """The ids of all that the window holds."""
        return self.unchanged.union(event.event_id for event in self.events)


@dataclass(frozen=True, slots=True)
class Doorbell:
    """What a sync token answered: the next token, and which event ids it named."""

    sync_token: str
    event_ids: tuple[str, ...]


class SkipReason(StrEnum):
    """Why an event is not a session of ours."""

    NO_START = "no_start"
    ALL_DAY = "all_day"
    OTHER_TYPE = "other_type"
    FREE = "free"
    PRIVATE = "private"
    UNANSWERED = "unanswered"
    DEFECT = "defect"


class CancelReason(StrEnum):
    """What took a session out of the calendar."""

    DELETED = "deleted"
    DECLINED = "declined"
    BECAME_ALL_DAY = "became-all-day"
    BECAME_FREE = "became-free"
    BECAME_OTHER = "became-other"
    TITLE = "title"
    COLOR = "color"
    MARKED = "marked"
    DUPLICATE = "duplicate"


BY_A_PERSON = frozenset({CancelReason.MARKED, CancelReason.DUPLICATE})
"""What the calendar may go on showing without contradicting anybody."""


BY_A_WORD = BY_A_PERSON | {CancelReason.TITLE, CancelReason.COLOR}
"""What she said of the session, here or in the calendar; no copy of its event says otherwise."""


class Appointment(NamedTuple):
    """A timed event that could be a session: our reading of it.

    `title` is without the `mark` that stood at its edge, `event.title` to the letter.
    """

    event: Event
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    title: str
    client_declined: bool = False
    private: bool = False
    unanswered: bool = False
    mark: Mark | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether its mark says that it does not take place."""
        return self.mark is not None and self.mark.state == CANCELLED


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The calendar says that this event no longer takes place."""

    event: Event
    reason: CancelReason


@dataclass(frozen=True, slots=True)
class Skipped:
    """An event that is none of our business, or that cannot be read."""

    event: Event
    reason: SkipReason


Reading = Appointment | Cancelled | Skipped


@dataclass(frozen=True, slots=True)
class Details:
    """The words of an event that we keep, sealed, with its session."""

    title: str | None = None
    video_link: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class KnownSession:
    """What we remember of a session that an event is tied to.

    `details` is None while they have not been opened (they are only for an event that changed).
    `is_alias` says that the event id is one which the session had once, `is_elsewhere` that the session
    is read from another calendar, where this event is only a copy of its meeting. `said_by` and
    `before_mark` are as in the records: where its status was said, and what a mark took the place of.
    `is_asked` says that whose it is waits for her word, `is_said` that she said so of the title in
    `details`; both are known where these are.
    """

    session_id: str
    client_id: str
    event_id: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    status: str
    cancel_reason: str | None = None
    recurring_event_id: str | None = None
    client_declined: bool = False
    etag: str | None = None
    updated_at: datetime | None = None
    is_alias: bool = False
    details: Details | None = None
    cancelled_by: str | None = None
    said_by: str | None = None
    before_mark: str | None = None
    original_start: str | None = None
    missing_since: datetime | None = None
    is_elsewhere: bool = False
    is_asked: bool = False
    is_said: bool = False
