"""The attendance report in words: every string ready to show, for the page and for the mail."""

from dataclasses import dataclass
from datetime import date, timedelta

from sync.domain.attendance.episodes import Standing
from sync.domain.attendance.fates import AppointmentFate
from sync.domain.attendance.flags import Grade
from sync.domain.attendance.report import LEAST_IN_A_GROUP, ClientSeen, Report, Section
from sync.domain.attendance.tally import Share, Tally
from sync.domain.attendance.view import Coverage
from sync.domain.briefing.moments import DAYS, LocalTime
from sync.domain.phrasing import counted, listed

STANDING_WORDS = {
    Standing.NOTHING: "no appointment",
    Standing.STARTING: "starting",
    Standing.NEVER_STARTED: "never started",
    Standing.ONGOING: "ongoing",
    Standing.PAUSED: "planned pause",
    Standing.LAPSED: "lapsed",
    Standing.RETURNING: "returning",
    Standing.CLOSED: "closed, long without a session",
    Standing.ENDED: "ended",
}


@dataclass(frozen=True, slots=True)
class FlagWords:
    """A flag that fired: of whom, what was seen, on which days, by which rule, and what stands behind it."""

    who: str
    name: str
    words: str
    days: str
    rule: str
    grade: str


@dataclass(frozen=True, slots=True)
class ClientWords:
    """One client's row; the numbers as text, nought as an empty string.

    `in_short`, `missed` and `cancelled` say the same in fewer columns, for a terminal and a mail.
    """

    who: str
    standing: str
    kept: str
    no_show: str
    late_cancel: str
    early_cancel: str
    rescheduled: str
    by_practitioner: str
    by_unknown: str
    unanswered: str
    coverage: str
    in_short: str
    missed: str
    cancelled: str
    last: str
    next: str
    flags: str

    @property
    def line(self) -> str:
        """The same in one sentence, for a mail: the last ones only where there are any."""
        parts = (
            (self.in_short, f"{self.in_short} kept"),
            (self.no_show, f"{self.no_show} no-show{'' if self.no_show == '1' else 's'}"),
            (self.late_cancel, f"{self.late_cancel} cancelled late"),
            (self.early_cancel, f"{self.early_cancel} cancelled in time"),
            (self.rescheduled, f"{self.rescheduled} rescheduled"),
            (self.by_practitioner, f"{self.by_practitioner} cancelled by the practitioner"),
            (self.by_unknown, f"{self.by_unknown} cancelled, by whom is not known"),
            (self.unanswered, f"{self.unanswered} not answered"),
            (self.coverage, f"of expected {self.coverage}"),
            (self.last, f"last {self.last}"),
            (self.next, f"next {self.next}"),
            (self.flags, self.flags),
        )
        return " · ".join((self.standing, *(words for shown, words in parts if shown)))


@dataclass(frozen=True, slots=True)
class SectionWords:
    """One practitioner's part: facts with their names, the flags, the rows."""

    practitioner: str
    facts: tuple[tuple[str, str], ...]
    flags: tuple[FlagWords, ...]
    clients: tuple[ClientWords, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class AttendancePage:
    """The whole report, ready to show."""

    title: str
    span: str
    seen_on: str
    sections: tuple[SectionWords, ...]
    notes: tuple[str, ...]


NOTES = (
    "Kept: took place. Late: cancelled by the client with less notice than the practice's limit. In time: "
    "cancelled by the client before that. Rescheduled: given up for another within a week, which counts in "
    "its place. Of expected: what the agreed or usual spacing means for the last 90 days, without planned "
    "pauses.",
    "What was cancelled by the practitioner, or by nobody knows whom, and what is not answered yet, counts "
    "neither way. A percentage is given from ten appointments on, and of a group only from five clients on.",
    "A flag says what was seen and is no judgement. A1 to A3 rest on studies of missed appointments; A4 to "
    "A6 are plausible and not validated. Practitioners stand in the order of their names: the numbers rank "
    "nobody, as they depend on who comes to whom.",
    "Made of times and states alone: nothing that was written about anybody's sessions is in it.",
)
"""What stands below the report, whatever it says."""


def compose_page(report: Report, time: LocalTime) -> AttendancePage:
    """The report in words; `time` is the practice's wall."""
    span = f"{_long(report.days.first, time)} to {_long(report.days.last, time)}"
    return AttendancePage(
        "Attendance",
        span,
        f"Standing and flags as of {_long(report.today, time)}",
        tuple(_section(section, time) for section in report.sections),
        NOTES,
    )


def _long(day: date, time: LocalTime) -> str:
    return f"{DAYS[day.weekday()]} {time.date(day)}"


def share_words(share: Share) -> str:
    """`12 of 15 (80 %)`, or without the percentage."""
    words = f"{share.part} of {share.whole}"
    return words if share.percent is None else f"{words} ({share.percent} %)"


def _section(section: Section, time: LocalTime) -> SectionWords:
    return SectionWords(
        section.practitioner,
        tuple(_facts(section)),
        tuple(flag for client in section.clients for flag in _flags(client, time)),
        tuple(client_words(client, time) for client in section.clients),
        _remark(section),
    )


def _facts(section: Section) -> list[tuple[str, str]]:
    standings = ", ".join(f"{number} {STANDING_WORDS[standing]}" for standing, number in section.standings)
    facts = [("Clients", f"{len(section.clients)}" + (f": {standings}" if standings else ""))]
    tally = section.tally
    if tally is None:
        facts.append(
            ("Together", f"no numbers of the group below {LEAST_IN_A_GROUP} clients with appointments")
        )
    else:
        facts.append(("Kept of kept and missed", share_words(tally.show_rate)))
        facts.append(("With those cancelled in time", share_words(tally.attendance_rate)))
        facts.append(("Beside them", _beside(tally)))
    if section.lapsed:
        facts.append(("Lapsed", listed(section.lapsed)))
    ends = section.endings
    if ends.count:
        facts.append(("Ended", _endings(section)))
    return facts


def _endings(section: Section) -> str:
    ends = section.endings
    if ends.kinds is None:
        return f"{ends.count}"
    kinds = ", ".join(f"{number} {kind}" for kind, number in ends.kinds)
    return f"{ends.count}: {kinds}; drop-outs by the definition: {ends.drop_outs}"


def _beside(tally: Tally) -> str:
    parts = (
        (tally.rescheduled, "rescheduled"),
        (tally.moved, "moved"),
        (tally.late_changes, "of these changed late"),
        (tally.cancelled_by_practitioner, "cancelled by the practitioner"),
        (tally.cancelled_by_unknown, "cancelled, by whom is not known"),
        (tally.unconfirmed, "not answered yet"),
        (tally.not_known, "of the past and not known"),
        (tally.assumed, "of those kept assumed so"),
    )
    return ", ".join(f"{number} {words}" for number, words in parts if number) or "nothing"


def _flags(client: ClientSeen, time: LocalTime) -> list[FlagWords]:
    return [
        FlagWords(
            who_of(client),
            flag.name,
            flag.words,
            listed([time.date(fate.day) for fate in flag.evidence]),
            flag.rule,
            "rests on studies" if flag.grade is Grade.DIRECT else "plausible, not validated",
        )
        for flag in client.flags
    ]


def who_of(client: ClientSeen) -> str:
    """Her code, and her name where names are shown."""
    return f"{client.code} ({client.name})" if client.name else client.code


def client_words(client: ClientSeen, time: LocalTime) -> ClientWords:
    """One client's row in words."""
    tally = client.tally
    return ClientWords(
        who_of(client),
        standing_words(client, time),
        _number(tally.kept),
        _number(tally.no_show),
        _number(tally.late_cancel),
        _number(tally.early_cancel),
        _number(tally.rescheduled),
        _number(tally.cancelled_by_practitioner),
        _number(tally.cancelled_by_unknown),
        _number(tally.unconfirmed + tally.not_known),
        _coverage(client.view.coverage),
        f"{tally.kept} of {tally.counted}" if tally.counted else "",
        _number(tally.missed),
        _number(tally.early_cancel + tally.cancelled_by_practitioner + tally.cancelled_by_unknown),
        _day(client.view.rhythm.kept[-1] if client.view.rhythm.kept else None, time),
        _day(client.view.next_booked, time),
        ", ".join(flag.name for flag in client.flags),
    )


def standing_words(client: ClientSeen, time: LocalTime) -> str:
    """How the work stands, with the day of its end or of its return, and whether closing is proposed."""
    view = client.view
    words = STANDING_WORDS[view.standing]
    if view.standing is Standing.ENDED and view.rhythm.agreement.endings:
        return f"{words} {time.date(view.rhythm.agreement.endings[-1].ended_on)}"
    if view.standing is Standing.PAUSED:
        until = [p.until_on for p in view.rhythm.agreement.pauses if p.covers(view.today)]
        last = max((day for day in until if day is not None), default=None)
        return words if last is None or None in until else f"{words} to {time.date(last - timedelta(days=1))}"
    if view.episodes and view.episodes[-1].propose_close:
        return f"{words}; to be closed?"
    return words


def _coverage(coverage: Coverage | None) -> str:
    """Kept sessions of those that the spacing means: `11 of 13`, to whole ones."""
    return "" if coverage is None else f"{coverage.kept} of {coverage.expected:.0f}"


def _number(number: int) -> str:
    return str(number) if number else ""


def _day(fate: AppointmentFate | None, time: LocalTime) -> str:
    return "" if fate is None else time.date(fate.day)


def _remark(section: Section) -> str:
    if not section.unlisted:
        return ""
    are = "is" if section.unlisted == 1 else "are"
    without = "of work that is over or has not begun, without an appointment on these days"
    return f"{counted(section.unlisted, 'record')} {without}, {are} not listed."
