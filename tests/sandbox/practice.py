"""Builders for the sandbox's tests: a clock, a client, events and the addresses of invented people."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from sync.sandbox.world import World

Client = Any
"""The real client library's service: it makes its methods as it goes, so it has no type."""

ANA = "ana@example.test"
READING = "https://www.googleapis.com/auth/calendar.events.readonly"
NEW_YORK = ZoneInfo("America/New_York")


class Clock:
    """Stands at Wednesday 10 June 2026, 00:00 UTC, until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def calendar_client(http: Any, api_root: str | None = None) -> Client:
    options = {"api_endpoint": api_root} if api_root else None
    return build(
        "calendar", "v3", http=http, cache_discovery=False, static_discovery=True, client_options=options
    )


def hour(start: datetime, **fields: Any) -> dict[str, Any]:
    """An event of 50 minutes that starts at the wall time `start` (aware)."""
    zone = str(start.tzinfo)
    end = start + timedelta(minutes=50)
    moments = {
        name: {"dateTime": at.isoformat(), "timeZone": zone} for name, at in (("start", start), ("end", end))
    }
    return {"summary": "J.", **moments, **fields}


def weekly(world: World, start: datetime | None = None, **fields: Any) -> str:
    """A weekly series, by default on Tuesdays at 14:00 in New York from 2 June 2026, with the id `abc`."""
    first = start or datetime(2026, 6, 2, 14, tzinfo=NEW_YORK)
    return world.insert(ANA, hour(first, **{"id": "abc", "recurrence": ["RRULE:FREQ=WEEKLY"], **fields}))


def window(first: datetime, days: int) -> dict[str, str]:
    """The parameters of a listing from `first` on."""
    return {"timeMin": first.isoformat(), "timeMax": (first + timedelta(days=days)).isoformat()}


JUNE = window(datetime(2026, 6, 1, tzinfo=UTC), 30)


def listed(client: Client, **params: Any) -> list[dict[str, Any]]:
    """Every event of a listing, page by page."""
    return [event for page in pages(client, **params) for event in page.get("items", [])]


def pages(client: Client, **params: Any) -> list[dict[str, Any]]:
    """Every page of a listing."""
    request = client.events().list(**{"calendarId": ANA, **params})
    read: list[dict[str, Any]] = []
    while request is not None:
        read.append(request.execute())
        request = client.events().list_next(request, read[-1])
    return read


def first_token(client: Client, **params: Any) -> str:
    """A sync token that stands at the present."""
    return str(pages(client, **params)[-1]["nextSyncToken"])


def changes(client: Client, token: str, **params: Any) -> list[dict[str, Any]]:
    return listed(client, syncToken=token, **params)


def ids(events: list[dict[str, Any]]) -> list[str]:
    return sorted(event["id"] for event in events)


def starts(events: list[dict[str, Any]]) -> list[str]:
    return sorted(event["start"]["dateTime"] for event in events)


def statuses(events: list[dict[str, Any]]) -> dict[str, str]:
    return {event["id"]: event["status"] for event in events}


def refusal(attempt: Callable[[], object]) -> tuple[int, str]:
    """The status and the reason with which the API refuses `attempt`."""
    with pytest.raises(HttpError) as refused:
        attempt()
    body = json.loads(refused.value.content)
    return refused.value.status_code, body["error"]["errors"][0]["reason"]


THIRD = "abc_20260616T180000Z"
JUNE_IDS = [f"abc_202606{day:02d}T180000Z" for day in (2, 9, 16, 23, 30)]


def june(client: Client) -> dict[str, str]:
    """Start by id of what takes place in June."""
    events = listed(client, singleEvents=True, **JUNE)
    return {event["id"]: event["start"]["dateTime"] for event in events}


def at(day: int, hour_: int) -> dict[str, str]:
    moment = datetime(2026, 6, day, hour_, tzinfo=NEW_YORK)
    return {"dateTime": moment.isoformat(), "timeZone": "America/New_York"}
