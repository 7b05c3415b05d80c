"""Composes the mails of a whole day: its sessions, in the morning or before, and what is unwritten."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sync.domain.briefing.display import one_line, shorten
from sync.domain.briefing.freshness import one_for_all
from sync.domain.briefing.moments import DAYS, LocalTime
from sync.domain.briefing.privacy import Privacy
from sync.domain.briefing.values import Agreed, Briefing, Freshness, Line, Safety
from sync.domain.phrasing import listed, spelled

WHOLE_RISK = 240
"""Characters: a statement on risk is shown whole or not at all, never cut."""

STEP_LIMIT = 180

WHOSE = "Whose hour this is waits for your word. To answer, run practice-sync sessions flags"


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One session of a day, and its briefing as of now; None where it is not certain whose hour it is."""

    starts_at: datetime
    ends_at: datetime
    briefing: Briefing | None


@dataclass(frozen=True, slots=True)
class DaySession:
    """One session of a day, ready to show; empty strings and tuples stand for what is left out."""

    hours: str
    who: str
    standing: str = ""
    news: tuple[str, ...] = ()
    safety: tuple[str, ...] = ()
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class DayPage:
    """The sessions of a day. Without `sessions` mail may carry no more than their hours, in `count`."""

    subject: str
    over: str
    heading: str
    count: str
    sessions: tuple[DaySession, ...]
    command: str
    freshness: Freshness
    foot: str


@dataclass(frozen=True, slots=True)
class Unwritten:
    """One session without a note: its hours, and how to write it."""

    hours: str
    command: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Which sessions of today still need a note: hours only."""

    subject: str
    over: str
    heading: str
    sessions: tuple[Unwritten, ...]


def compose_digest(day: date, entries: Sequence[DayEntry], time: LocalTime, privacy: Privacy) -> DayPage:
    """The morning's list for `day`: of each session the hour, safety, what was agreed last, what is new."""
    page = _page("Today", day, entries, time, privacy)
    return _with_sessions(page, [_told(entry, time) for entry in entries], privacy)


def compose_preview(day: date, entries: Sequence[DayEntry], time: LocalTime, privacy: Privacy) -> DayPage:
    """The evening's list for the next day, short: the hours, who comes, and what is new."""
    page = _page("Tomorrow", day, entries, time, privacy)
    return _with_sessions(page, [_named(entry, time) for entry in entries], privacy)


def compose_follow_up(
    day: date, sessions: Sequence[tuple[str, datetime, datetime]], time: LocalTime
) -> FollowUp:
    """Which sessions (id, start, end) of `day` still need a note."""
    heading = f"{_sessions(len(sessions))} of today still {'needs' if len(sessions) == 1 else 'need'} a line"
    return FollowUp(
        f"Notes: {_day(day, time)}",
        _day(day, time),
        heading,
        tuple(
            Unwritten(_hours(starts, ends, time), f"practice-sync note edit {session_id[:8]}")
            for session_id, starts, ends in sessions
        ),
    )


def _page(word: str, day: date, entries: Sequence[DayEntry], time: LocalTime, privacy: Privacy) -> DayPage:
    count = _sessions(len(entries))
    if privacy is Privacy.LINK:
        count += f": {listed([time.clock(entry.starts_at) for entry in entries])}"
    return DayPage(
        subject=f"{word}: {_day(day, time)}",
        over=word,
        heading=_day(day, time),
        count=count,
        sessions=(),
        command=f"practice-sync sessions --from {day} --to {day}",
        freshness=one_for_all([entry.briefing.freshness for entry in entries if entry.briefing]),
        foot="This mail carries hours and nothing else.",
    )


def _with_sessions(page: DayPage, sessions: Sequence[DaySession], privacy: Privacy) -> DayPage:
    if privacy is Privacy.LINK:
        return page
    return replace(page, sessions=tuple(sessions), foot="Each session's briefing comes by itself.")


def _named(entry: DayEntry, time: LocalTime) -> DaySession:
    hours = _hours(entry.starts_at, entry.ends_at, time)
    if entry.briefing is None:
        return DaySession(hours, "Not certain", news=(WHOSE,))
    return DaySession(hours, entry.briefing.who, news=entry.briefing.flags)


def _told(entry: DayEntry, time: LocalTime) -> DaySession:
    named = _named(entry, time)
    page = entry.briefing
    if page is None:
        return named
    changes = (f"{marker.name}: {marker.said}" for marker in page.markers if marker.said)
    return replace(
        named,
        standing=page.standing,
        news=(*named.news, *changes),
        safety=_safety(page.safety),
        agreed=_agreed(page.agreed),
    )


def _safety(safety: Safety) -> tuple[str, ...]:
    items = tuple(item.text for item in safety.items)
    latest = safety.latest
    text = one_line(latest.text)
    if not latest.dated:
        return (text, *items)
    if len(text) > WHOLE_RISK:
        return (f"Risk was {latest.dated}, in more words than fit here: the briefing has them whole.", *items)
    return (f"{text} ({latest.dated})", *items)


def _agreed(agreed: Agreed | None) -> str:
    """The last step that was agreed: the plan, else what is to be brought up, else the latest open task."""
    if agreed is None:
        return ""
    steps: list[Line] = [*([agreed.plan] if agreed.plan else []), *agreed.bring_up, *reversed(agreed.tasks)]
    if not steps:
        return ""
    text, _ = shorten(one_line(steps[0].text), STEP_LIMIT)
    return f"{text} ({steps[0].dated})" if steps[0].dated else text


def _sessions(number: int) -> str:
    return f"{spelled(number).capitalize()} session{'' if number == 1 else 's'}"


def _hours(starts_at: datetime, ends_at: datetime, time: LocalTime) -> str:
    return f"{time.clock(starts_at)}–{time.clock(ends_at)}"


def _day(day: date, time: LocalTime) -> str:
    return f"{DAYS[day.weekday()]} {time.date(day)}"
