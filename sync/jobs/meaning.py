"""Has unchanged events looked at again when what gives their titles a meaning was changed."""

import hashlib
import json

from sync.app import App
from sync.domain.calendar.links import CalendarLink
from sync.store.links import link, read_link_afresh

READING = 2
"""Counts how this program itself understands titles: raised, everything is looked at once more."""

_APART = " · "


def minted_with(app: App, request: str) -> str:
    """What is kept with a calendar: the `request` that its sync token is good for (R5), and its meaning."""
    return f"{request}{_APART}{_meaning(app)}"


def is_minted_with(calendar: CalendarLink, request: str) -> bool:
    """Whether the calendar's sync token is good for `request`; what titles mean makes no difference to it."""
    return (calendar.token_fingerprint or "").partition(_APART)[0] == request


def heed_settings(app: App, calendar: CalendarLink) -> CalendarLink:
    """The calendar as it is to be read: all of it afresh, if titles meant something else the last time.

    An equal etag says that an event was not changed, and not that it still means the same.
    """
    if calendar.last_read_at is None or _kept(calendar) == _meaning(app):
        return calendar
    with app.writing() as records:
        read_link_afresh(records, calendar.id)
        return link(records, calendar.id)


def _kept(calendar: CalendarLink) -> str:
    return (calendar.token_fingerprint or "").partition(_APART)[2]


def _meaning(app: App) -> str:
    """A short digest of all that decides what a title or an answer means."""
    words, declined = app.settings.matching, app.settings.attendance.client_decline
    said = (READING, words.languages, words.cancelled_words, words.no_show_words, declined)
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
