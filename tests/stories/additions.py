"""What is typed into the calendar of a story anew: appointments, series, and what is nobody's session."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.practice import ANA
from tests.stories.life import Life
from tests.stories.truth import Hour

Moment = dict[str, str]
DAY = timedelta(days=1)


def moment(life: Life, at: datetime) -> Moment:
    """A moment as the calendar writes it."""
    return {"dateTime": at.astimezone(life.zone).isoformat(), "timeZone": life.zone.key}


def times(life: Life, start: datetime, minutes: int) -> dict[str, Moment]:
    """A start and an end as the calendar writes them."""
    return {"start": moment(life, start), "end": moment(life, start + timedelta(minutes=minutes))}


def type_in(life: Life, start: datetime, about: Mapping[str, Any], minutes: int = 50) -> str:
    """Put one event into the calendar; its id."""
    return life.practice.world.insert(ANA, {**times(life, start, minutes), **about})


def add_hour(life: Life, client: str, start: datetime, about: Mapping[str, Any]) -> Hour:
    """A single appointment of a client."""
    hour = Hour(type_in(life, start, about), client, start, 50)
    hour.over_when_typed = hour.ends_at <= life.now
    hour.agree(life.now, life.seen_at)
    life.hours.append(hour)
    life.expect(hour)
    return hour


def add_series(life: Life, client: str, start: datetime, about: Mapping[str, Any], weeks: int) -> None:
    """An appointment every so many weeks, on the same time of the wall clock."""
    series = type_in(life, start, {**about, "recurrence": [f"RRULE:FREQ=WEEKLY;INTERVAL={weeks}"]})
    wall = start.astimezone(life.zone).replace(tzinfo=None)
    while wall < (life.ends_at + 70 * DAY).astimezone(life.zone).replace(tzinfo=None):
        at = wall.replace(tzinfo=life.zone).astimezone(start.tzinfo)
        hour = Hour(f"{series}_{at:%Y%m%dT%H%M%SZ}", client, at, 50, series)
        hour.over_when_typed = hour.ends_at <= life.now
        hour.agree(life.now, life.seen_at)
        life.taken.add(at)
        life.hours.append(hour)
        life.expect(hour)
        wall += timedelta(weeks=weeks)


def add_one(life: Life) -> None:
    """A new single appointment."""
    client, about = life.random.choice(life.ways_to_write)
    add_hour(life, client, life.slot(), about)


def add_one_soon(life: Life) -> None:
    """A new appointment inside the lead time."""
    start = life.slot_soon()
    if start is not None:
        client, about = life.random.choice(life.ways_to_write)
        add_hour(life, client, start, about)


def add_one_afterwards(life: Life) -> None:
    """An hour that was forgotten is typed in when it is over."""
    start = life.now.replace(second=0) - timedelta(minutes=life.random.randint(60, 600))
    if life.is_calm and start not in life.taken:
        life.taken.add(start)
        client, about = life.random.choice(life.ways_to_write)
        add_hour(life, client, start, about)


def add_a_stranger(life: Life) -> None:
    """Something in the calendar that is no session."""
    about = life.random.choice(STRANGERS)
    life.strangers.append(type_in(life, life.slot(), about))


STRANGERS: tuple[dict[str, Any], ...] = (
    {"summary": "Dentist"},
    {"summary": "Supervision group", "attendees": [{"email": "sup@elsewhere.example"}]},
    {"summary": "Bloggs?"},  # part of a name only: it waits in the inbox
    {"summary": "Anniversary", "visibility": "private"},
    {"summary": "Jo Bloggs", "start": {"date": "2026-03-20"}, "end": {"date": "2026-03-21"}},
    {"summary": "Jo Bloggs", "transparency": "transparent"},
    {"summary": "Jo Bloggs", "attendees": [{"email": ANA, "responseStatus": "declined"}]},
    {"summary": "Focus", "eventType": "focusTime"},
)
