"""The practitioner's own load: how much, in what runs, how late; now and in the stretches before."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from statistics import median
from typing import TypeVar
from zoneinfo import ZoneInfo

Item = TypeVar("Item")

LATE_FROM = time(20)
"""A session that ends after this hour of her clock makes a late evening."""

SHORT_BREAK = timedelta(minutes=15)
"""Less than this between two sessions is no break."""

STRETCH_DAYS = 28
LEAST_BEFORE = 3
"""Four weeks are compared with the four weeks before them, all of one length; three of those at the least."""

MOST_BEFORE = 13


@dataclass(frozen=True, slots=True)
class Hour:
    """One session that took place, or of which nobody has said otherwise; moments are aware and UTC."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Amount:
    """What one stretch of days held.

    `run` is the longest run of days with sessions without a free day between, `row` the longest row of
    sessions without a break, `late` the evenings with a session that ended after 20:00.
    """

    sessions: float = 0
    days: float = 0
    run: float = 0
    row: float = 0
    late: float = 0


@dataclass(frozen=True, slots=True)
class Load:
    """Her load as of `today`: by week (the last is not over yet), and four weeks beside earlier ones.

    `weeks` are by their Monday, oldest first. `before` is the median of each, None below three stretches.
    `present_run` is how many days up to today (or yesterday) had sessions without a free day.
    """

    today: date
    weeks: tuple[tuple[date, int], ...]
    now: Amount
    before: Amount | None
    stretches: int
    present_run: int


def load_of(hours: Iterable[Hour], zone: ZoneInfo, now: datetime, weeks: int) -> Load:
    """The load as of `now` (aware) of hours that have begun by then, over so many weeks, in her zone."""
    ordered = sorted((hour for hour in hours if hour.starts_at <= now), key=lambda hour: hour.starts_at)
    today = now.astimezone(zone).date()
    by_day: dict[date, list[Hour]] = {}
    for hour in ordered:
        by_day.setdefault(hour.starts_at.astimezone(zone).date(), []).append(hour)
    earlier = _stretches_before(by_day, today)
    amounts = [_amount(by_day, first, zone) for first in earlier]
    return Load(
        today,
        _weeks(by_day, today, weeks),
        _amount(by_day, _first_of_stretch(today), zone),
        _medians(amounts) if len(amounts) >= LEAST_BEFORE else None,
        len(amounts),
        _present_run(by_day, today),
    )


def _weeks(by_day: dict[date, list[Hour]], today: date, weeks: int) -> tuple[tuple[date, int], ...]:
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
    return tuple((first, _sessions_of_week(by_day, first)) for first in mondays)


def _sessions_of_week(by_day: dict[date, list[Hour]], monday: date) -> int:
    return sum(len(by_day.get(monday + timedelta(days=day), ())) for day in range(7))


def _first_of_stretch(last: date) -> date:
    return last - timedelta(days=STRETCH_DAYS - 1)


def _stretches_before(by_day: dict[date, list[Hour]], today: date) -> list[date]:
    """The first days of the whole stretches before the present one, back to her first session."""
    if not by_day:
        return []
    found: list[date] = []
    first = min(by_day)
    begin = _first_of_stretch(today) - timedelta(days=STRETCH_DAYS)
    while begin >= first and len(found) < MOST_BEFORE:
        found.append(begin)
        begin -= timedelta(days=STRETCH_DAYS)
    return found


def _amount(by_day: dict[date, list[Hour]], first: date, zone: ZoneInfo) -> Amount:
    days = [first + timedelta(days=number) for number in range(STRETCH_DAYS)]
    worked = [day for day in days if day in by_day]
    return Amount(
        sessions=sum(len(by_day[day]) for day in worked),
        days=len(worked),
        run=_longest(worked, lambda one, other: other - one == timedelta(days=1)),
        row=max((_longest(by_day[day], _without_break) for day in worked), default=0),
        late=sum(any(_ends_late(hour, zone) for hour in by_day[day]) for day in worked),
    )


def _longest(items: Sequence[Item], joined: Callable[[Item, Item], bool]) -> int:
    longest = run = 1 if items else 0
    for one, other in pairwise(items):
        run = run + 1 if joined(one, other) else 1
        longest = max(longest, run)
    return longest


def _without_break(one: Hour, other: Hour) -> bool:
    return other.starts_at - one.ends_at < SHORT_BREAK


def _ends_late(hour: Hour, zone: ZoneInfo) -> bool:
    """After 20:00, or after midnight."""
    began, ended = hour.starts_at.astimezone(zone), hour.ends_at.astimezone(zone)
    return ended.time() > LATE_FROM or ended.date() > began.date()


def _medians(amounts: Sequence[Amount]) -> Amount:
    return Amount(
        **{field.name: median(getattr(one, field.name) for one in amounts) for field in fields(Amount)}
    )


def _present_run(by_day: dict[date, list[Hour]], today: date) -> int:
    day, run = (today if today in by_day else today - timedelta(days=1)), 0
    while day in by_day:
        run += 1
        day -= timedelta(days=1)
    return run
