"""Which permission opens which part of the API, after the API's own description."""

from collections.abc import Iterable

PREFIX = "https://www.googleapis.com/auth/"
EVERYTHING = ("calendar", "calendar.readonly")
EVENTS = (*EVERYTHING, "calendar.events", "calendar.events.readonly")
OWN_EVENTS = ("calendar.events.owned", "calendar.events.owned.readonly")
ACCEPTED = {
    "events.list": EVENTS,
    "events.get": EVENTS,
    "events.instances": EVENTS,
    "calendars.get": (*EVERYTHING, "calendar.calendars", "calendar.calendars.readonly"),
    "calendarList.list": (*EVERYTHING, "calendar.calendarlist", "calendar.calendarlist.readonly"),
    "calendarList.get": (*EVERYTHING, "calendar.calendarlist", "calendar.calendarlist.readonly"),
    "gmail.send": ("gmail.send", "gmail.compose", "gmail.modify"),
}


def covers(scopes: Iterable[str], operation: str, *, owns: bool) -> bool:
    """Whether any granted scope is enough for this operation, on a calendar that the account `owns` or not.

    What Google answers for another's calendar under a scope for one's own nobody documents; here it
    is the refusal for a missing scope.
    """
    accepted = ACCEPTED.get(operation, EVERYTHING)
    more = OWN_EVENTS if owns and accepted is EVENTS else ()
    return not {PREFIX + name for name in (*accepted, *more)}.isdisjoint(scopes)
