"""Five years in a practice's calendar before anybody reads it, and what became of each hour, kept by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.practice import ANA, Practice

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
LENGTH = timedelta(minutes=50)
FAR_AHEAD = 120 * DAY
"""Hours are noted until so long after the last edit: far beyond what the ordinary reading sees."""

NOTHING = ""
"""What becomes of an hour that was deleted or that blocks no time: no record."""


@dataclass
class OldHour:
    """One hour of a client. `fate` is what the record must say of it, `by` who cancelled it."""

    event_id: str
    client_id: str
    title: str
    starts_at: datetime
    fate: str = "held"
    by: str | None = None
    client_declined: bool = False
    series: "OldSeries | None" = None
    is_touched: bool = False
    is_in_bin: bool = False

    @property
    def said(self) -> tuple[str, datetime, datetime, str, str | None, bool]:
        """What a record of it has to say."""
        return (
            self.client_id,
            self.starts_at,
            self.starts_at + LENGTH,
            self.fate,
            self.by,
            self.client_declined,
        )


@dataclass(eq=False)
class OldSeries:
    """A weekly appointment, on the wall clock: `base` is what the ids of its hours begin with."""

    base: str
    client_id: str
    title: str


@dataclass
class Years:
    """The calendar while it is kept, week by week; each edit is typed and noted."""

    practice: Practice
    zone: ZoneInfo
    random: Random
    begins_on: date
    ends_on: date
    """After this day no hour is touched: what is nearer is for the ordinary reading."""
    hours: list[OldHour] = field(default_factory=list)
    people: list[tuple[str, str]] = field(default_factory=list)
    """Client ids, and how their appointments are titled."""
    taken: set[datetime] = field(default_factory=set)

    def at(self, day: date, wall: time) -> datetime:
        """The moment, in UTC, when clocks show `wall` on that day."""
        return datetime.combine(day, wall, self.zone).astimezone(self.practice.clock().tzinfo)

    def live(self) -> None:
        """From the first Monday to the last day, with a handful of edits each week."""
        reading_at = self.practice.clock()
        day, week = self.begins_on, 0
        while day < self.ends_on:
            self.practice.clock.set(self.at(day, time(8)))
            self._weekly_routine(week)
            for _ in range(self.random.randrange(3)):
                self.random.choice(EDITS)(self)
            day, week = day + timedelta(weeks=1), week + 1
        self.practice.clock.set(reading_at)

    def _weekly_routine(self, week: int) -> None:
        jo, ines, _, couple = self.people
        monday = self.practice.clock().astimezone(self.zone).date() + 7 * DAY
        if week == 0:
            self.repeat(jo, monday + DAY, time(10))
            self.repeat(ines, monday + 2 * DAY, time(11), weeks=2)
        if week == 52:
            self.repeat(couple, monday + 3 * DAY, time(17))
        if week % 26 == 20:
            change_time_from_then_on(self)
        if week % 26 == 8:
            change_words_from_then_on(self)
        if week in (90, 180):
            end_and_begin_anew(self)

    def repeat(self, person: tuple[str, str], first: date, wall: time, weeks: int = 1) -> None:
        """Type a series that goes on and on."""
        client_id, title = person
        rule = f"RRULE:FREQ=WEEKLY;INTERVAL={weeks}"
        base = self.type_in(self.at(first, wall), {"summary": title, "recurrence": [rule]})
        series = OldSeries(base, client_id, title)
        day = first
        while day < self.ends_on + FAR_AHEAD:
            start = self.at(day, wall)
            self.taken.add(start)
            self.hours.append(OldHour(instance_id(base, start), client_id, title, start, series=series))
            day += weeks * WEEK

    def type_in(self, start: datetime, about: Mapping[str, Any]) -> str:
        """Put an event into the calendar; its id."""
        return self.practice.world.insert(ANA, {**self.times(start), **about})

    def times(self, start: datetime) -> dict[str, dict[str, str]]:
        """A start and an end as the calendar writes them."""
        return {"start": self._moment(start), "end": self._moment(start + LENGTH)}

    def _moment(self, at: datetime) -> dict[str, str]:
        return {"dateTime": at.astimezone(self.zone).isoformat(), "timeZone": self.zone.key}

    def patch(self, hour: OldHour, changes: Mapping[str, Any]) -> None:
        """Change the hour's event."""
        hour.is_touched = True
        self.practice.world.patch(ANA, hour.event_id, changes)

    def slot(self) -> datetime | None:
        """A start in the coming three weeks at which nothing stands yet."""
        today = self.practice.clock().astimezone(self.zone).date()
        day = today + timedelta(days=self.random.randint(1, 20))
        start = self.at(day, time(self.random.randint(12, 16), 10 * self.random.randrange(6)))
        if day >= self.ends_on or start in self.taken:
            return None
        self.taken.add(start)
        return start

    def some_hour(self, first: timedelta, last: timedelta) -> OldHour | None:
        """An hour so far from now that nobody has touched, if there is one."""
        now, end = self.practice.clock(), self.at(self.ends_on, time())
        free = [
            hour
            for hour in self.hours
            if now + first < hour.starts_at < min(now + last, end) and not hour.is_touched
        ]
        return self.random.choice(free) if free else None


def instance_id(base: str, original: datetime) -> str:
    """How the calendar names the hour of a series that was planned for then."""
    return f"{base}_{original:%Y%m%dT%H%M%SZ}"


# What people do. Each edit changes nothing where there is nothing to change.


def add_single(years: Years) -> None:
    """A client comes once."""
    start = years.slot()
    if start is not None:
        client_id, title = years.random.choice(years.people)
        title += years.random.choice(("", " (online)", " #12"))
        event_id = years.type_in(start, {"summary": title})
        years.hours.append(OldHour(event_id, client_id, title, start))


def add_stranger(years: Years) -> None:
    """Something that is nobody's session."""
    start = years.slot()
    if start is not None:
        years.type_in(start, years.random.choice(STRANGERS))


STRANGERS: tuple[dict[str, Any], ...] = (
    {"summary": "Dentist"},
    {"summary": "Bloggs?"},
    {"summary": "Jo Bloggs", "transparency": "transparent"},
    {"summary": "Jo Bloggs", "eventType": "focusTime"},
    {"summary": "Ines Ferreira", "start": {"date": "2023-03-20"}, "end": {"date": "2023-03-21"}},
    {"summary": "Supervision", "attendees": [{"email": "sup@elsewhere.example"}]},
)


def move(years: Years) -> None:
    """To another time, of another day perhaps."""
    hour, start = years.some_hour(DAY, 3 * WEEK), years.slot()
    if hour is not None and start is not None:
        years.patch(hour, years.times(start))
        hour.starts_at = start


def delete(years: Years) -> None:
    """One hour goes into the bin."""
    hour = years.some_hour(DAY, 3 * WEEK)
    if hour is not None:
        years.practice.world.delete(ANA, hour.event_id)
        hour.fate, hour.is_touched, hour.is_in_bin = NOTHING, True, True


def bring_back(years: Years) -> None:
    """An hour comes out of the bin again."""
    now = years.practice.clock()
    binned = [hour for hour in years.hours if hour.is_in_bin and hour.starts_at > now]
    if binned:
        years.practice.world.restore(ANA, binned[0].event_id)
        binned[0].fate, binned[0].is_in_bin = "held", False


def mark(years: Years) -> None:
    """A word in the title says what became of an hour, beforehand or afterwards."""
    words, fate, by = years.random.choice(MARKS)
    hour = years.some_hour(-WEEK, WEEK)
    if hour is not None:
        years.patch(hour, {"summary": words.format(hour.title)})
        hour.fate, hour.by = fate, by


MARKS = (
    ("Cancelled - {}", "cancelled", "unknown"),
    ("Client cancelled: {}", "cancelled", "client"),
    ("Therapist cancelled - {}", "cancelled", "practitioner"),
    ("{} (no show)", "no_show", None),
    ("DNA: {}", "no_show", None),
)


def answer(years: Years) -> None:
    """An invitation is declined or left open, or the hour only pencilled in."""
    hour = years.some_hour(DAY, 2 * WEEK)
    if hour is not None:
        changes, hour.fate, hour.by, hour.client_declined = years.random.choice(ANSWERS)
        years.patch(hour, changes)


GUEST = "guest@clients.example"
ANSWERS: tuple[tuple[dict[str, Any], str, str | None, bool], ...] = (
    ({"status": "tentative"}, "unconfirmed", None, False),
    ({"attendees": [{"email": ANA, "responseStatus": "declined"}]}, "cancelled", "practitioner", False),
    ({"attendees": [{"email": GUEST, "responseStatus": "declined"}]}, "unconfirmed", None, True),
    ({"attendees": [{"email": GUEST, "responseStatus": "accepted"}]}, "held", None, False),
    ({"transparency": "transparent"}, NOTHING, None, False),
    ({"start": {"date": "2024-02-01"}, "end": {"date": "2024-02-02"}}, NOTHING, None, False),
)


def change_time_from_then_on(years: Years) -> None:
    """ "This and following" half an hour later: every hour from there on has another id."""
    hour, rest = _from_then_on(years)
    if hour is None:
        return
    later = timedelta(minutes=30)
    years.practice.world.split(ANA, hour.event_id, years.times(hour.starts_at + later))
    for one in rest:
        one.starts_at += later  # no change of clocks lies between a start and half an hour later
        one.event_id = instance_id(one.series.base, one.starts_at) if one.series else one.event_id
        years.taken.add(one.starts_at)


def change_words_from_then_on(years: Years) -> None:
    """ "This and following" with another place: a second series whose hours keep their ids."""
    hour, _ = _from_then_on(years)
    if hour is not None:
        years.practice.world.split(ANA, hour.event_id, {"location": "Room 2"})


def end_and_begin_anew(years: Years) -> None:
    """In the manner of booking tools: the series ends, and another begins at another time."""
    hour, rest = _from_then_on(years)
    if hour is None or hour.series is None:
        return
    years.practice.world.delete_following(ANA, hour.event_id)
    for one in rest:
        years.hours.remove(one)
    wall = hour.starts_at.astimezone(years.zone)
    person = (hour.client_id, hour.series.title)
    years.repeat(person, wall.date(), (wall + timedelta(hours=4)).time())


def _from_then_on(years: Years) -> tuple[OldHour | None, list[OldHour]]:
    """An hour of a series that lies beyond all that was touched, and it with all that follow it."""
    hour = years.some_hour(4 * WEEK, 8 * WEEK)
    if hour is None or hour.series is None:
        return None, []
    rest = [one for one in years.hours if one.series is hour.series and one.starts_at >= hour.starts_at]
    return (None, []) if any(one.is_touched for one in rest) else (hour, rest)


EDITS: tuple[Callable[[Years], None], ...] = (
    add_single,
    add_single,
    add_stranger,
    move,
    move,
    delete,
    bring_back,
    mark,
    mark,
    answer,
)
