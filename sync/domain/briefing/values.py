"""The words of a briefing: the facts it is made from, and the finished page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sync.domain.attendance.fates import AppointmentFate
from sync.domain.attendance.line import AttendanceLine
from sync.domain.briefing.privacy import Privacy
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.definitions import MarkerDefinition
from sync.domain.progress.evidence import Evidence
from sync.domain.progress.goals import Goal
from sync.domain.progress.in_words import UNSETTLED, Settled
from sync.domain.progress.measures import MeasureResult


class CalendarTrouble(StrEnum):
    """Why the calendar's data may be old."""

    STALE = "stale"
    SIGN_IN = "sign_in"
    UNAVAILABLE = "unavailable"
    ADDRESS = "address"
    PAUSED = "paused"
    SUSPECT = "suspect"


@dataclass(frozen=True, slots=True)
class BriefingFacts:
    """All that a briefing is made from. Moments are aware and UTC, `time_zone` is the practitioner's.

    `notes` are of earlier sessions only, oldest first; `followed` are the client's markers as they are
    defined, `settled` is what was said of words of then and now; `measures` are what questionnaires gave
    up to the day; `unwritten` counts kept sessions without a note.
    `private_terms` are aliases, addresses and member names: like `client_name` they are replaced by the
    code unless `privacy` is `full`. `other_clients` are terms of others, each with their code.
    `event_refreshed` says that this one appointment was just asked for; `permission_ends_at` is given
    when the permission to read the calendar will probably end within a day. `replaces_start` is the start
    that an earlier briefing was mailed for, before the session was moved. `calendar_age` is said instead of
    how old the calendar's data is, where that is not known.
    `goals` are what the client works towards, `people` how many a couple, family or group has. `last_time`
    is what became of the appointment before; `after_gap` says that the last session was longer ago than
    this client's spacing lets expect.
    """

    session_id: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    client_code: str
    client_name: str
    privacy: Privacy = Privacy.CODE
    private_terms: tuple[str, ...] = ()
    other_clients: tuple[tuple[str, str], ...] = ()
    number: int | None = None
    last_seen_at: datetime | None = None
    after_gap: bool = False
    last_time: AppointmentFate | None = None
    people: int = 1
    video_link: str | None = None
    location: str | None = None
    notes: tuple[WrittenNote, ...] = ()
    followed: tuple[MarkerDefinition, ...] = ()
    settled: Settled = UNSETTLED
    goals: tuple[Goal, ...] = ()
    measures: tuple[MeasureResult, ...] = ()
    unwritten: int = 0
    attendance: AttendanceLine | None = None
    client_declined: bool = False
    moved_from: datetime | None = None
    replaces_start: datetime | None = None
    calendar_age: str = ""
    calendar_checked_at: datetime | None = None
    calendar_trouble: CalendarTrouble | None = None
    calendar_is_published: bool = False
    calendar_trouble_since: datetime | None = None
    calendar_stale_after: timedelta = timedelta(hours=1)
    event_refreshed: bool = False
    permission_ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One statement, where it comes from, and (for words of a note) of when they are.

    `dated` is ready to show, such as `2 June, unsigned`. `more` says that the note holds more of it.
    `key` names it to say that it is wrong or useless; without one that cannot be said of it.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    dated: str = ""
    more: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Safety:
    """The latest recorded risk, or that there is none; the one before where it differs; what is missing.

    `items` are answers to what questionnaires ask about risk, one line for each.
    """

    latest: Line
    before: Line | None = None
    remark: str = ""
    items: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreed:
    """Last time: the plan in the therapist's words, what is to be brought up, and the tasks still open."""

    plan: Line | None
    bring_up: tuple[Line, ...]
    tasks: tuple[Line, ...]
    more_tasks: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """The ratings of one marker on its scale, oldest first; only its drawing is left to do."""

    points: tuple[tuple[datetime, float], ...]
    scale: float


@dataclass(frozen=True, slots=True)
class MarkerLine:
    """One marker, raw: its first and latest value, its scale and how many ratings, the days, the curve.

    `spark` is the curve's latest stretch in characters, `alternative` what it shows in words. `said` is
    what its rule allows to say, where that is due; else empty.
    """

    name: str
    values: str
    scale: str
    span: str
    spark: str
    alternative: str
    curve: Curve | None
    evidence: tuple[Evidence, ...]
    said: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """One part of what the ratings, questionnaires and words of all notes say together.

    `pair` are words of then and of now on one theme; `more` names what there was no room for.
    """

    markers: tuple[MarkerLine, ...] = ()
    lines: tuple[Line, ...] = ()
    pair: tuple[Line, ...] = ()
    more: str = ""

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.markers or self.lines or self.pair or self.more)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the session is: in words, and a video link that is safe to follow."""

    location: str
    link: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far the calendar's data can be trusted; `loud` puts it on top of the page, with a command."""

    text: str
    remedy: str = ""
    command: str = ""
    loud: bool = False
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    """A finished briefing: every string is ready to show, nothing is left to decide.

    Empty strings and tuples stand for parts that are left out. `known` is what there is of somebody new:
    goals, questionnaires, the first note. `feedback` is the command by which to say that a line is wrong,
    `replaces` says which mail it takes the place of.
    """

    session_id: str
    subject: str
    who: str
    when: str
    standing: str
    place: Place
    flags: tuple[str, ...]
    freshness: Freshness
    safety: Safety
    opening: str
    agreed: Agreed | None
    known: tuple[Line, ...]
    long_view: Course
    right_now: Course
    threads: tuple[Line, ...]
    helped: tuple[Line, ...]
    attendance: tuple[str, ...]
    sources: tuple[str, ...]
    feedback: str = ""
    replaces: str = ""

    @property
    def markers(self) -> tuple[MarkerLine, ...]:
        """Every marker of the page, in its order."""
        return (*self.long_view.markers, *self.right_now.markers)
