"""Which permissions are asked for, in Google's names and in a person's words, and which include which.

After https://developers.google.com/workspace/calendar/api/auth and the API's own description.
"""

from collections.abc import Iterable, Sequence

_AUTH = "https://www.googleapis.com/auth/"

IDENTITY = ("openid", "email")
"""Who it is (R86)."""
OWN_EVENTS = f"{_AUTH}calendar.events.owned.readonly"
SHARED_EVENTS = f"{_AUTH}calendar.events.readonly"
"""Her own calendars' events too, and those of calendars that others share with her."""
CALENDAR_LIST = f"{_AUTH}calendar.calendarlist.readonly"
"""Asked for only where she wants to choose among her calendars."""

GMAIL_SEND = f"{_AUTH}gmail.send"
"""Sending in her name and nothing else: it opens no mailbox. Granted by itself, apart from the calendar's."""

_EVERYTHING = (f"{_AUTH}calendar", f"{_AUTH}calendar.readonly")
_WIDER = {
    "email": (f"{_AUTH}userinfo.email",),
    OWN_EVENTS: (SHARED_EVENTS, f"{_AUTH}calendar.events.owned", f"{_AUTH}calendar.events", *_EVERYTHING),
    SHARED_EVENTS: (f"{_AUTH}calendar.events", *_EVERYTHING),
    CALENDAR_LIST: (f"{_AUTH}calendar.calendarlist", *_EVERYTHING),
}
_IN_WORDS = {
    "openid": "to see which account it is",
    "email": "to see the account's address",
    OWN_EVENTS: "to see the events on the calendars you own",
    SHARED_EVENTS: "to see the events on all your calendars",
    CALENDAR_LIST: "to see the list of your calendars",
    GMAIL_SEND: "to send email on your behalf",
}


def covers(granted: Iterable[str], scope: str) -> bool:
    """Whether what was granted lets us do what `scope` is for: it, or one that includes it (R83)."""
    return not {scope, *_WIDER.get(scope, ())}.isdisjoint(granted)


def missing_words(granted: Sequence[str], asked: Iterable[str]) -> tuple[str, ...]:
    """What was asked for and not granted, in words."""
    missing = (scope for scope in asked if not covers(granted, scope))
    return tuple(_IN_WORDS.get(scope, "one that was asked for") for scope in missing)
