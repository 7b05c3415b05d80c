"""Types the sample's calendar into the sandbox: every session, and much that is none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sync.demo.days import EARLIEST_WEEK, TIME_ZONE, Days
from sync.demo.sample import Habit, SampleClient
from sync.sandbox.world import World

PRACTITIONER = "Imogen Vasquez"
ADDRESS = "imogen@vasquez.example"
WAITING_TITLE = "Session T. Novak?"
PRIVATE_TITLES = (
    "Pilates with Jo",
    "Dentist",
    "Lunch with Beth",
    "Dad's birthday",
    "Accounts, quietly",
    "Peer group at Marguerite's",
)
"""What stands in her calendar and is nobody's session. No word of it may be kept."""

_LUNCHES = (31, 27, 23, 19, 17, 13, 9, 5, 3, 1, -1)
_INVITATIONS = (22, 8, -2)

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SampleCalendar:
    """The practitioner's calendar in `world`. `single` has the event of a client's code and a week."""

    world: World
    days: Days
    single: dict[tuple[str, int], str] = field(default_factory=dict)

    def move(self, client: SampleClient, week: int, to_day: int) -> None:
        """Have a session at the same hour on another day of its week."""
        start = self.days.at(week, to_day, client.calendar.at)
        end = start + timedelta(minutes=client.calendar.minutes)
        self.world.move(ADDRESS, self.single[client.code, week], start, end)

    def delete(self, client: SampleClient, week: int) -> None:
        """Take a session out of the calendar."""
        self.world.delete(ADDRESS, self.single[client.code, week])


def fill_calendar(world: World, days: Days, clients: tuple[SampleClient, ...]) -> SampleCalendar:
    """Make the practitioner's calendar, with everything that she has typed into it."""
    world.add_calendar(ADDRESS, time_zone=TIME_ZONE, owner=ADDRESS)
    calendar = SampleCalendar(world, days)
    for client in clients:
        _type_sessions(calendar, client)
    for event in (*_private_events(days), _waiting(days)):
        world.insert(ADDRESS, event)
    return calendar


def _type_sessions(calendar: SampleCalendar, client: SampleClient) -> None:
    habit = client.calendar
    words = _words(client)
    if habit.series:
        first = _timed(calendar.days, habit.weeks[0], habit.day, habit.at, habit.minutes)
        calendar.world.insert(ADDRESS, words | first | {"recurrence": _weekly(calendar.days, habit)})
        return
    for week in habit.weeks:
        when = _timed(calendar.days, week, habit.day, habit.at, habit.minutes)
        calendar.single[client.code, week] = calendar.world.insert(ADDRESS, words | when)


def _words(client: SampleClient) -> Event:
    habit = client.calendar
    guests = [{"email": address, "responseStatus": "accepted"} for address in client.addresses]
    own = {"email": ADDRESS, "responseStatus": "accepted"}
    words: Mapping[str, Any] = {
        "summary": habit.title,
        "location": habit.location,
        "hangoutLink": habit.video_link,
        "attendees": [own, *guests] if habit.invited else None,
    }
    return {name: value for name, value in words.items() if value is not None}


def _timed(days: Days, week: int, day: int, at: str, minutes: int) -> Event:
    start = days.at(week, day, at)
    moments = {"start": start, "end": start + timedelta(minutes=minutes)}
    return {name: {"dateTime": moment.isoformat(), "timeZone": TIME_ZONE} for name, moment in moments.items()}


def _weekly(days: Days, habit: Habit) -> list[str]:
    """The recurrence of a weekly series without an end, but for the past weeks that are left out."""
    left_out = [week for week in range(habit.weeks[0], 0, -1) if week not in habit.weeks]
    wall = [f"{days.on(week, habit.day):%Y%m%d}T{habit.at.replace(':', '')}00" for week in left_out]
    return ["RRULE:FREQ=WEEKLY", f"EXDATE;TZID={TIME_ZONE}:{','.join(wall)}"]


def _waiting(days: Days) -> Event:
    """A title that shares a part of a client's name: too little to know, enough to ask."""
    return {"summary": WAITING_TITLE, **_timed(days, 0, 1, "13:00", 50)}


def _private_events(days: Days) -> Iterator[Event]:
    pilates, dentist, lunch, birthday, accounts, invitation = PRIVATE_TITLES
    yield {
        "summary": pilates,
        "visibility": "private",
        "recurrence": ["RRULE:FREQ=WEEKLY"],
        **_timed(days, EARLIEST_WEEK, 1, "07:30", 60),
    }
    yield {"summary": dentist, "visibility": "private", **_timed(days, 0, 0, "08:15", 30)}
    for week in _LUNCHES:
        yield {"summary": lunch, **_timed(days, week, 1, "12:30", 60)}
    yield {"summary": birthday, "eventType": "birthday", **_all_day(days.on(11, 1))}
    yield {
        "summary": accounts,
        "eventType": "focusTime",
        "recurrence": ["RRULE:FREQ=WEEKLY;INTERVAL=2"],
        **_timed(days, EARLIEST_WEEK, 2, "10:00", 120),
    }
    for week in _INVITATIONS:
        yield _declined(invitation, _timed(days, week, 2, "18:30", 90))


def _declined(title: str, when: Event) -> Event:
    answer = {"email": ADDRESS, "responseStatus": "declined"}
    return {
        "summary": title,
        "organizer": {"email": "marguerite@peers.example"},
        "attendees": [answer],
        **when,
    }


def _all_day(day: date) -> Event:
    return {"start": {"date": day.isoformat()}, "end": {"date": (day + timedelta(days=1)).isoformat()}}
