"""Tells what was seen of one session, in plain words and in the order in which it happened."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sync.domain.attendance.fates import RESCHEDULE
from sync.domain.attendance.states import CANCELLED, HELD, NO_SHOW, SCHEDULED
from sync.domain.calendar.flags import MEANINGS, OVER

SEEN_LATER = timedelta(minutes=5)
"""From when on it is told that something was seen later than it happened."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the ledger. All moments are UTC; `happened_at` is the calendar's own word, if any."""

    kind: str
    seen_at: datetime
    happened_at: datetime | None = None
    from_starts_at: datetime | None = None
    to_starts_at: datetime | None = None
    detail: str | None = None

    @property
    def at(self) -> datetime:
        """When it happened, as far as that is known."""
        return self.seen_at if self.happened_at is None else min(self.happened_at, self.seen_at)

    @property
    def notice_hours(self) -> float | None:
        """Hours from the change to the start that it changed; at least so many where only seen."""
        if self.from_starts_at is None or self.kind not in ("moved", "relinked", "cancelled"):
            return None
        return round((self.from_starts_at - self.at).total_seconds() / 3600, 2)

    @property
    def is_reschedule(self) -> bool:
        """Whether the session was moved, and by a week at the most."""
        moved = self.from_starts_at is not None and self.to_starts_at is not None
        return moved and timedelta(0) < abs(self.to_starts_at - self.from_starts_at) <= RESCHEDULE  # type: ignore[operator] # both are there


@dataclass(frozen=True, slots=True)
class NoteMoments:
    """When a note's texts were saved, and when it was signed, opened again and added to (UTC)."""

    saved: Sequence[datetime] = ()
    signed: Sequence[datetime] = ()
    reopened: Sequence[datetime] = ()
    amended: Sequence[datetime] = ()


def note_happenings(note: NoteMoments) -> list[Happening]:
    """When a note's texts were first and last saved, and what became of it since; never what they say."""
    saved = note.saved
    told = [Happening("noted", saved[0])] if saved else []
    if len(saved) > 1:
        told.append(Happening("noted", saved[-1], detail=str(len(saved))))
    told += [Happening("signed", at) for at in note.signed]
    told += [Happening("reopened", at) for at in note.reopened]
    return told + [Happening("amended", at) for at in note.amended]


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One sentence of the story, and the moment that it is about."""

    at: datetime
    words: str


def story_of(happenings: Iterable[Happening], time_zone: str) -> list[StoryLine]:
    """The story of one session, the earliest first; times within it are shown in `time_zone`."""
    zone = ZoneInfo(time_zone)
    ordered = sorted(happenings, key=lambda one: (one.at, one.seen_at))
    return [StoryLine(one.at, _sentence(one, zone)) for one in ordered]


def _sentence(one: Happening, zone: ZoneInfo) -> str:
    told = _TOLD.get(one.kind)
    words = told(one, zone) if told else " ".join(filter(None, (one.kind, one.detail)))
    if one.kind not in _FROM_THE_CALENDAR:
        return f"{words}."
    if one.happened_at is None:
        return f"{words}; seen then, when it happened is not known."
    if one.seen_at - one.happened_at > SEEN_LATER:
        return f"{words}; seen {_when(one.seen_at, zone)}."
    return f"{words}."


def _when(moment: datetime | None, zone: ZoneInfo) -> str:
    return "–" if moment is None else moment.astimezone(zone).strftime("%a %d %b %H:%M")


def _created(one: Happening, zone: ZoneInfo) -> str:
    return f"In the calendar for {_when(one.to_starts_at, zone)}"


def _moved(one: Happening, zone: ZoneInfo) -> str:
    if one.detail == "by her word":
        return f"You took the calendar's time: {_when(one.to_starts_at, zone)}"
    name = "Rescheduled" if one.is_reschedule else "Moved"
    times = f"from {_when(one.from_starts_at, zone)} to {_when(one.to_starts_at, zone)}"
    return f"{name} {times}{_notice(one)}"


def _relinked(one: Happening, zone: ZoneInfo) -> str:
    if one.detail == "other-calendar":
        return "Read from another calendar from now on"
    if one.from_starts_at == one.to_starts_at:
        return "Its series was edited; its time stayed"
    return f"Its series was edited. {_moved(one, zone)}"


def _notice(one: Happening) -> str:
    hours = one.notice_hours
    if hours is None or hours < 0:
        return ""
    least = "at least " if one.happened_at is None and hours >= 1 else ""
    return f", {least}{hours_before(hours)}"


def hours_before(hours: float) -> str:
    """How long before its start, in words; `hours` are not negative."""
    return f"{hours:.0f} h before" if hours >= 1 else "less than an hour before"


def _cancelled(one: Happening, _zone: ZoneInfo) -> str:
    return f"Cancelled{_notice(one)}: {_REASONS.get(one.detail or '', one.detail or 'no reason is known')}"


def _restored(one: Happening, zone: ZoneInfo) -> str:
    return f"In the calendar again, for {_when(one.to_starts_at, zone)}"


def _declined(one: Happening, _zone: ZoneInfo) -> str:
    again = one.detail == "accepted again"
    return "The client accepted the invitation again" if again else "The client declined the invitation"


def _marked(one: Happening, zone: ZoneInfo) -> str:
    """By her word here, or (`by title`, `by color`) by one in the calendar."""
    status, _, source = (one.detail or "").partition(" by ")
    if not source and one.happened_at is not None:
        return f"{_STATUSES.get(status, status).capitalize()}, as you said {_when(one.seen_at, zone)}"
    if not source:
        return f"Marked as {_STATUSES.get(status, status)}"
    where = "title" if source == "title" else "colour"
    if status in (NO_SHOW, CANCELLED):
        return f"Its {where} in the calendar says: {_STATUSES[status]}"
    return f"Its {where} in the calendar no longer says otherwise: {_STATUSES.get(status, status)}"


def _flagged(one: Happening, zone: ZoneInfo) -> str:
    kind, _, other = (one.detail or "").partition(": ")
    known = MEANINGS.get(kind)
    more = f" ({other})" if other else ""
    more += f" (for {_when(one.to_starts_at, zone)})" if one.to_starts_at else ""
    return f"Waits for your word: {known.in_short if known else kind}{more}"


def _settled(one: Happening, _zone: ZoneInfo) -> str:
    kind, _, answer = (one.detail or "").partition(": ")
    known = MEANINGS.get(kind)
    if answer == OVER:
        return f"No longer asked about: {known.in_short if known else kind}"
    return f"You said: {known.answers.get(answer, answer) if known else answer}"


def _assigned(one: Happening, _zone: ZoneInfo) -> str:
    """`AB to CD`, or `stays AB`."""
    former, _, person = (one.detail or "").partition(" to ")
    return f"You gave it from {former} to {person}" if person else f"You said that it {former}'s"


def _noted(one: Happening, _zone: ZoneInfo) -> str:
    texts = int(one.detail or 1)
    return "A note was written" if texts == 1 else f"Its note was saved again; {texts} texts of it are kept"


def _signed(_one: Happening, _zone: ZoneInfo) -> str:
    return "Its note was signed"


def _reopened(_one: Happening, _zone: ZoneInfo) -> str:
    return "Its note was opened again"


def _amended(_one: Happening, _zone: ZoneInfo) -> str:
    return "Its note was added to"


def _carried(one: Happening, zone: ZoneInfo) -> str:
    if one.to_starts_at is not None:
        return f"Its note went to the session of {_when(one.to_starts_at, zone)}"
    return f"The note of the session of {_when(one.from_starts_at, zone)} came here"


_TOLD: dict[str, Callable[[Happening, ZoneInfo], str]] = {
    "created": _created,
    "moved": _moved,
    "relinked": _relinked,
    "cancelled": _cancelled,
    "restored": _restored,
    "declined": _declined,
    "marked": _marked,
    "flagged": _flagged,
    "settled": _settled,
    "carried": _carried,
    "assigned": _assigned,
    "noted": _noted,
    "signed": _signed,
    "reopened": _reopened,
    "amended": _amended,
}

_STATUSES = {HELD: "held", NO_SHOW: "no-show", CANCELLED: "cancelled", SCHEDULED: "to take place"}

_FROM_THE_CALENDAR = ("created", "moved", "cancelled", "restored", "declined")

_REASONS = {
    "deleted": "deleted in the calendar",
    "declined": "the invitation was declined",
    "became-all-day": "it became an all-day event",
    "became-free": "it is shown as free time",
    "became-other": "it became another kind of event",
    "title": "its title says so",
    "color": "its colour says so",
    "duplicate": "it was a double",
}
