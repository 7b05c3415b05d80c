"""Says how far the calendar's data can be trusted, louder the less it can."""

from collections.abc import Sequence
from datetime import datetime

from sync.domain.briefing.moments import LocalTime
from sync.domain.briefing.permission import COMMAND, HEADING, REMEDY, ending_words
from sync.domain.briefing.values import BriefingFacts, CalendarTrouble, Freshness

MOVED_ON = "The calendar may have moved on"

REMEDIES = {
    CalendarTrouble.STALE: ("To read it now, run", "practice-sync pull"),
    CalendarTrouble.SIGN_IN: ("To sign in again, run", "practice-sync connect google"),
    CalendarTrouble.UNAVAILABLE: (
        "It is asked again by itself. To see what is wrong, run",
        "practice-sync doctor",
    ),
    CalendarTrouble.ADDRESS: (
        "It is not to be had at its address any more, which may have been reset. To see which one it is, run",
        "practice-sync connections",
    ),
    CalendarTrouble.PAUSED: (
        "Reading this calendar is paused. To go on, resume it; its id is shown by",
        "practice-sync connections",
    ),
    CalendarTrouble.SUSPECT: (
        "If they were taken out on purpose, run",
        "practice-sync pull --accept-empty",
    ),
}

SINCE = {
    CalendarTrouble.SIGN_IN: "Google has asked for a new sign-in since",
    CalendarTrouble.UNAVAILABLE: "It has been gone, or no longer shared, since",
    CalendarTrouble.PAUSED: "Reading it has been paused since",
    CalendarTrouble.SUSPECT: "Unusually many appointments have been missing from it since",
}
"""What is wrong; of a calendar that was merely not read, the last reading says enough."""


def compose_freshness(facts: BriefingFacts, time: LocalTime, now: datetime) -> Freshness:
    """The line on the calendar's age at `now` (aware)."""
    if facts.calendar_age:
        return Freshness(facts.calendar_age)
    trouble, since = facts.calendar_trouble or _staleness(facts, now), facts.calendar_trouble_since
    if trouble is not None:
        wrong = [f"{SINCE[trouble]} {time.moment(since)}."] if since and trouble in SINCE else []
        text = " ".join([_checked(facts, time), *wrong, "Look there for a change of time or place."])
        return Freshness(text, *REMEDIES[trouble], loud=True, heading=MOVED_ON)
    if facts.permission_ends_at is not None:
        text = f"{_checked(facts, time)} {ending_words(facts.permission_ends_at, time)}"
        return Freshness(text, REMEDY, COMMAND, loud=True, heading=HEADING)
    return Freshness(_checked(facts, time))


def one_for_all(each: Sequence[Freshness]) -> Freshness:
    """What to say of several sessions together: the loudest of what is to be said of each."""
    return next((one for one in each if one.loud), each[0] if each else Freshness(""))


def _staleness(facts: BriefingFacts, now: datetime) -> CalendarTrouble | None:
    """An old reading does no harm where this one appointment was just asked for."""
    if facts.event_refreshed:
        return None
    read_at = facts.calendar_checked_at
    return CalendarTrouble.STALE if read_at is None or now - read_at > facts.calendar_stale_after else None


def _checked(facts: BriefingFacts, time: LocalTime) -> str:
    read_at = facts.calendar_checked_at
    if read_at is None:
        read = "The calendar has not been read completely yet."
    else:
        read = f"Calendar checked {time.checked(read_at)}."
    if facts.calendar_is_published:
        read += " It is a published copy and may lag behind."
    return f"{read} This appointment was asked for just now." if facts.event_refreshed else read
