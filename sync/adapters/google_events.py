"""Reads Google's event resource into the neutral `Event`; it never raises for content.

Field meanings are those of the Calendar API's event resource
(https://developers.google.com/workspace/calendar/api/v3/reference/events).
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sync.domain.calendar.values import Attendee, Event

EVENT_FIELDS = (
    "id,status,start,end,summary,location,colorId,eventType,transparency,visibility,updated,etag,iCalUID,"
    "recurringEventId,originalStartTime,recurrence,attendeesOmitted,organizer(email,self),"
    "attendees(email,responseStatus,self,resource),hangoutLink,"
    "conferenceData(entryPoints(entryPointType,uri))"
)
"""What is asked of every event, and no more: no description, no names of guests, no attachments."""

_SANE_YEARS = range(1900, 2200)


def read_google_event(item: Mapping[str, Any], calendar_zone: str | None = None) -> Event | None:
    """Read one event resource; None when it has no id, for then it is no event.

    Only `id` is sure to be there (a tombstone has nothing else, R25). Moments come out in UTC.
    A start without an offset is read in its own `timeZone`, else in `calendar_zone`.
    """
    read: dict[str, Any] = {
        _TEXTS[key]: text for key, text in item.items() if key in _TEXTS and isinstance(text, str) and text
    }
    if not _is_sound(read.get("event_id", _UNSOUND)):
        return None
    for field in _IDS.intersection(read):
        if not _is_sound(read[field]):
            del read[field]
    if not _RARE.isdisjoint(item):
        read.update(_what_few_have(item, calendar_zone))
    start, end = _mapping(item, "start"), _mapping(item, "end")
    starts_on = _day(start) if "date" in start else None
    if starts_on is None:
        read["starts_at"] = starts_at = _moment(start, calendar_zone)
        read["ends_at"] = ends_at = _moment(end, calendar_zone)
        if (starts_at is None or ends_at is None) and read.get("status") != "cancelled":
            read["defect"] = _defect(start, starts_at, end)
    return Event(
        **read,
        starts_on=starts_on,
        time_zone=known_zone(_text(start, "timeZone")),
        organizer_is_self=_is_own(item.get("organizer")),
        video_link=_video_link(item),
        updated_at=_instant(_text(item, "updated") or ""),
    )


_TEXTS = {
    "id": "event_id",
    "status": "status",
    "summary": "title",
    "eventType": "event_type",
    "transparency": "transparency",
    "visibility": "visibility",
    "recurringEventId": "recurring_event_id",
    "iCalUID": "ical_uid",
    "location": "location",
    "colorId": "color_id",
    "etag": "etag",
}
"""Google's texts that are taken as they are, and what they are called here."""


_IDS = frozenset({"recurring_event_id", "ical_uid", "etag", "color_id"})
_RARE = frozenset({"attendees", "attendeesOmitted", "originalStartTime", "recurrence"})
_UNSOUND = "\x00"


def _is_sound(text: str) -> bool:
    """Whether an id can be kept as it is: some databases take no NUL, none takes half a letter."""
    if text.isascii():
        return _UNSOUND not in text
    return text.isprintable()


def _what_few_have(item: Mapping[str, Any], calendar_zone: str | None) -> dict[str, Any]:
    """What most events lack, and what is therefore looked into only where it is there."""
    found: dict[str, Any] = {}
    if "attendees" in item:
        found["attendees"] = _attendees(item["attendees"])
    if item.get("attendeesOmitted") is True:
        found["attendees_omitted"] = True
    if "originalStartTime" in item:
        found["original_start"] = _original_start(_mapping(item, "originalStartTime"), calendar_zone)
    if "recurrence" in item:
        found["recurrence"] = _lines(item["recurrence"])
    return found


def _is_own(organizer: object) -> bool:
    """An event whose organizer is not told is one's own."""
    return organizer.get("self") is True if isinstance(organizer, dict) and organizer else True


@lru_cache(maxsize=512)
def known_zone(name: str | None) -> str | None:
    """The zone's name if it is one of the IANA zones, else None: `GMT+02:00`, Windows names, empty (R53)."""
    if not name:
        return None
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return None
    return name


def _text(item: Mapping[str, Any], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) else None


def _mapping(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = item.get(key)
    return value if isinstance(value, dict) else {}


def _lines(value: object) -> tuple[str, ...]:
    return tuple(line for line in value if isinstance(line, str)) if isinstance(value, list) else ()


def _day(edge: Mapping[str, Any]) -> date | None:
    """The day of an all-day event. A date is a date: never midnight of some zone (R55)."""
    text = edge.get("date")
    if not isinstance(text, str):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _SANE_YEARS else None


def _moment(edge: Mapping[str, Any], calendar_zone: str | None) -> datetime | None:
    text = edge.get("dateTime")
    return _instant(text, _text(edge, "timeZone"), calendar_zone) if isinstance(text, str) else None


def _instant(text: str, *zones: str | None) -> datetime | None:
    """The moment in UTC. The offset decides; the first known of `zones` is used only without one (R51)."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is UTC:
            return moment if moment.year in _SANE_YEARS else None
        if moment.tzinfo is None:
            zone = next(filter(None, map(known_zone, zones)), None)
            if zone is None:
                return None
            moment = moment.replace(tzinfo=ZoneInfo(zone))
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year in _SANE_YEARS else None


def _original_start(edge: Mapping[str, Any], calendar_zone: str | None) -> str | None:
    """The form Google itself uses in the ids of instances, so that both can be compared (R38)."""
    if (day := _day(edge)) is not None:
        return day.isoformat().replace("-", "")
    if (at := _moment(edge, calendar_zone)) is None:
        return None
    return at.isoformat()[:19].replace("-", "").replace(":", "") + "Z"


def _defect(start: Mapping[str, Any], starts_at: datetime | None, end: Mapping[str, Any]) -> str | None:
    """Why times that lack an edge cannot be used, in words without content. No end is allowed (R61)."""
    if starts_at is None:
        return "its start cannot be read" if start else "it has no start"
    return "its end cannot be read" if end else None


def _attendees(value: object) -> tuple[Attendee, ...]:
    """Invited people. Rooms are no people; someone without an address is kept only if it is oneself."""
    people = []
    for person in value if isinstance(value, list) else ():
        if not isinstance(person, dict) or person.get("resource") is True:
            continue
        address, is_self = _address(person), person.get("self") is True
        if address or is_self:
            people.append(Attendee(address, _text(person, "responseStatus") or "needsAction", is_self))
    return tuple(people)


def _address(person: Mapping[str, Any]) -> str:
    return (_text(person, "email") or "").strip().lower()


def _video_link(item: Mapping[str, Any]) -> str | None:
    """The conference's video entry, else the older `hangoutLink`; a pending conference has none (R70)."""
    if "conferenceData" in item:
        entries = _mapping(item, "conferenceData").get("entryPoints")
        for entry in entries if isinstance(entries, list) else ():
            is_video = isinstance(entry, dict) and entry.get("entryPointType") == "video"
            if is_video and _web_link(entry.get("uri")):
                return _web_link(entry["uri"])
    return _web_link(item.get("hangoutLink"))


def _web_link(value: object) -> str | None:
    return value if isinstance(value, str) and value.startswith(("https://", "http://")) else None
