"""Pulls beside little and beside much of the past; imports events as the past and as the present."""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import text

from bench.figures import Figure, Pair
from bench.ground import CLIENTS, NOW, client_name, practice_over
from sync.app import App
from sync.domain.calendar.changes import Create, Past
from sync.domain.calendar.reading import read_event
from sync.domain.calendar.values import Appointment, Doorbell, Event, Snapshot, Window
from sync.domain.calendar.window import reading_window
from sync.jobs.history import ask_for_history, import_history
from sync.jobs.pull import pull_all
from sync.jobs.visit import PullWish
from sync.jobs.wishes import applying_for
from sync.ports import Known, nothing_known
from sync.store.clients import clients
from sync.store.creations import create_sessions
from sync.store.links import link

ZONE = "Europe/London"
LITTLE, MUCH = 2_000, 20_000
AHEAD = 500
CHANGED = 20
SINCE = date(2022, 1, 1)
WINDOW = reading_window(NOW, ZONE, 14, 60)
LENGTH = timedelta(minutes=50)


def hours(count: int, begin: datetime, end: datetime) -> list[Event]:
    """Weekly series, as many hours of them as are asked for, spread evenly over the span."""
    apart = (end - begin) / count
    return [_hour(number, begin + number * apart) for number in range(count)]


def _hour(number: int, start: datetime) -> Event:
    series = f"series{number % CLIENTS}"
    return Event(
        f"{series}_{start:%Y%m%dT%H%M%SZ}",
        starts_at=start,
        ends_at=start + LENGTH,
        time_zone=ZONE,
        title=client_name(number % CLIENTS),
        recurring_event_id=series,
        original_start=f"{start:%Y%m%dT%H%M%SZ}",
        ical_uid=f"{series}@calendar.example",
        video_link=f"https://meet.example/{number:08}",
        updated_at=start,
        etag=f'"{number}"',
    )


class StillCalendar:
    """A calendar in memory that answers at once: what is measured is ours alone."""

    absence_is_proof = True
    ask_every = timedelta()

    def __init__(self, events: list[Event]) -> None:
        self._events = events  # by start
        self._starts = [event.starts_at for event in events if event.starts_at is not None]

    def snapshot(self, _calendar_id: str, window: Window, known: Known = nothing_known) -> Snapshot:
        """See `CalendarSource.snapshot`."""
        etags = known()
        first = bisect_right(self._starts, window.starts_at - LENGTH)
        within = self._events[first : bisect_left(self._starts, window.ends_at)]
        same = frozenset(e.event_id for e in within if etags.get(e.event_id) == e.etag)
        return Snapshot(window, ZONE, "owner", tuple(e for e in within if e.event_id not in same), same)

    def ring(self, _calendar_id: str, _sync_token: str | None) -> Doorbell:
        """See `CalendarSource.ring`."""
        return Doorbell("token", tuple(event.event_id for event in self._events[-CHANGED:]))

    def event(self, _calendar_id: str, event_id: str) -> Event | None:
        """See `CalendarSource.event`."""
        return Event(event_id, starts_at=NOW, ends_at=NOW + LENGTH, time_zone=ZONE)

    def close(self) -> None:
        """See `CalendarSource.close`."""


def figures(runs: int) -> list[Figure]:
    """A pull beside ten times the past, and an import of the past, each as a ratio, pair by pair."""
    return [
        Figure(f"pull beside {MUCH} past sessions / beside {LITTLE}", list(_pulls(runs)), 1.1),
        Figure(f"import of {MUCH} past events / of as many present ones", list(_imports(runs)), 1.6),
    ]


def _pulls(runs: int) -> Iterator[Pair]:
    """Whole pulls with a few changed events, in two practices in turn; the first of each is not counted."""
    source = StillCalendar(hours(AHEAD, WINDOW.starts_at, WINDOW.ends_at))
    with (
        practice_over(lambda: source) as (much, much_link),
        practice_over(lambda: source) as (little, link_id),
    ):
        _store_past(much, much_link, MUCH)
        _store_past(little, link_id, LITTLE)
        for app in (much, little):
            _seconds_to_pull(app)
            _seconds_to_pull(app)
        for _ in range(runs):
            several = [(_seconds_to_pull(much), _seconds_to_pull(little)) for _ in range(10)]
            yield Pair(sum(ours for ours, _ in several), sum(floor for _, floor in several))


def _store_past(app: App, link_id: str, count: int) -> None:
    since = WINDOW.starts_at - timedelta(days=1800) * (count / MUCH)  # more years, not fuller ones
    with app.writing() as records:
        owners = {person.name: person.id for person in clients(records)}
        creates = []
        for event in hours(count, since, WINDOW.starts_at - LENGTH):
            reading = read_event(event, ZONE)
            assert isinstance(reading, Appointment)
            creates.append(Create(reading, owners[reading.title], True, Past("held")))
        create_sessions(records, creates, applying_for(app, records, link(records, link_id), NOW))


def _seconds_to_pull(app: App) -> float:
    """A whole reading of the window, in which a few events have another version than they had."""
    with app.writing() as records:
        records.db.connection().execute(
            text(
                "UPDATE event_link SET etag = '' WHERE event_id IN (SELECT event_id FROM event_link AS e "
                "JOIN session AS s ON s.id = e.session_id WHERE s.starts_at > :now LIMIT :changed)"
            ),
            {"now": NOW.replace(tzinfo=None).isoformat(" "), "changed": CHANGED},
        )
    began = time.perf_counter()
    report = pull_all(app, NOW, PullWish(full=True))
    took = time.perf_counter() - began
    assert not report.failed, report
    return took


def _imports(runs: int) -> Iterator[Pair]:
    begin = datetime(2022, 1, 2, tzinfo=NOW.tzinfo)
    past = StillCalendar(hours(MUCH, begin, WINDOW.starts_at - LENGTH))
    present = StillCalendar(hours(MUCH, WINDOW.starts_at, WINDOW.ends_at - LENGTH))
    for _ in range(runs):
        with practice_over(lambda: past) as (app, link_id):
            began = time.perf_counter()
            ask_for_history(app, link_id, SINCE, NOW)
            assert import_history(app, link_id).sessions == MUCH
            ours = time.perf_counter() - began
        with practice_over(lambda: present) as (app, _):
            began = time.perf_counter()
            report = pull_all(app, NOW, PullWish(full=True))
            assert report.counts["created"] == MUCH, report
            yield Pair(ours, time.perf_counter() - began)
