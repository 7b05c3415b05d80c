"""Which permission opens which part of the API, after the API's own description."""

from collections.abc import Iterable

PREFIX = "https://www.googleapis.com/auth/"
EVERYTHING = ("calendar", "calendar.readonly")
EVENTS = (
    *EVERYTHING,
    "calendar.events",
    "calendar.events.readonly",
    "calendar.events.owned",
    "calendar.events.owned.readonly",
)
ACCEPTED = {
    "events.list": EVENTS,
    "events.get": EVENTS,
    "events.instances": EVENTS,
    "calendars.get": (*EVERYTHING, "calendar.calendars", "calendar.calendars.readonly"),
    "calendarList.list": (*EVERYTHING, "calendar.calendarlist", "calendar.calendarlist.readonly"),
    "calendarList.get": (*EVERYTHING, "calendar.calendarlist", "calendar.calendarlist.readonly"),
}


def covers(scopes: Iterable[str], operation: str) -> bool:
    """Whether any of these granted scopes is enough for this operation."""
    accepted = {PREFIX + name for name in ACCEPTED.get(operation, EVERYTHING)}
    return not accepted.isdisjoint(scopes)
