"""Reads 20,000 events afresh beside other clients of the same calendar, each into whatever it keeps."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

import aiohttp
from gcal_sync.api import GoogleCalendarService, SyncEventsRequest
from gcal_sync.auth import AbstractAuth
from gcal_sync.store import InMemoryCalendarStore
from gcal_sync.sync import CalendarEventSyncManager
from gcsa.google_calendar import GoogleCalendar
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build

from bench.figures import Figure, Pair
from bench.ground import ANA, NOW, Served, practice, served
from sync.adapters.google_calendar import PAGE_SIZE
from sync.jobs.pull import pull_all

EVENTS = 20_000
FIRST, LAST = NOW - timedelta(days=15), NOW + timedelta(days=61)


def figures(runs: int) -> list[Figure]:
    """Our first reading, into sealed records on the disk, to each other's, pair by pair."""
    others: dict[str, Callable[[Served], float]] = {"gcsa": _gcsa, "gcal-sync": _gcal_sync}
    pairs: dict[str, list[Pair]] = {name: [] for name in others}
    with served(EVENTS) as ground:
        _gcsa(ground)  # the first reading warms the sandbox up
        for _ in range(runs):
            for name, read in others.items():
                pairs[name].append(Pair(_ours(ground), read(ground)))
    return [Figure(f"fresh reading of {EVENTS} events / {name}", pairs[name], 1.0) for name in others]


def _ours(ground: Served) -> float:
    with practice(ground) as (app, _):
        began = time.perf_counter()
        report = pull_all(app, NOW)
        took = time.perf_counter() - began
    assert report.counts["created"] == EVENTS, report
    return took


def _gcsa(ground: Served) -> float:
    """Into a list of its events."""
    credentials = Credentials(token=ground.access_token)  # type: ignore[no-untyped-call] # typed in part only
    began = time.perf_counter()
    calendar = GoogleCalendar(ANA, credentials=credentials)
    calendar.service = build(
        "calendar", "v3", credentials=credentials, client_options={"api_endpoint": ground.api_root}
    )
    window = {"time_min": FIRST, "time_max": LAST, "single_events": True}
    events = list(calendar.get_events(**window, maxResults=PAGE_SIZE))
    took = time.perf_counter() - began
    assert len(events) == EVENTS
    return took


class _Permission(AbstractAuth):
    def __init__(self, session: aiohttp.ClientSession, ground: Served) -> None:
        super().__init__(session, ground.api_root.rstrip("/"))
        self._token = ground.access_token

    async def async_get_access_token(self) -> str:
        """The permission that the sandbox gave."""
        return self._token


def _gcal_sync(ground: Served) -> float:
    """Into its own store, in memory."""
    return asyncio.run(_gcal_sync_reading(ground))


async def _gcal_sync_reading(ground: Served) -> float:
    async with aiohttp.ClientSession() as session:
        began = time.perf_counter()
        store = InMemoryCalendarStore()
        service = GoogleCalendarService(_Permission(session, ground))
        await CalendarEventSyncManager(
            service,
            calendar_id=ANA,
            store=store,
            request_template=SyncEventsRequest(calendar_id=ANA, start_time=FIRST, end_time=LAST),
        ).run()
        took = time.perf_counter() - began
        kept = await store.async_load()
    assert kept is not None
    assert len(kept["event_sync"][ANA]["items"]) == EVENTS, kept.keys()
    return took
