"""Reads one VEVENT of a published calendar: its times as moments, its words as we use them.

The properties are RFC 5545's and RFC 7986's; those with X- are Google's, Microsoft's and Apple's. No
description is read, and no guest's name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from icalendar import Event as Component
from icalendar.prop.broken import vBroken

from sync.adapters.ics_zones import name_of
from sync.domain.calendar.values import Attendee, Event

SANE_YEARS = range(1900, 2200)
_TIMES = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
_CONFERENCES = (
    "X-GOOGLE-CONFERENCE",
    "CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "X-ZOOM-MEETING-URL",
)
_MEETS = re.compile(
    r"https://([a-z0-9.-]+\.)?(zoom\.us|zoom\.com|teams\.microsoft\.com|teams\.live\.com|meet\.google\.com|"
    r"whereby\.com|webex\.com|meet\.jit\.si|doxy\.me|facetime\.apple\.com)/\S+",
    re.IGNORECASE,
)
_ANSWERS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
_CLASSES = {"PRIVATE": "private", "CONFIDENTIAL": "confidential"}
_BUSY_WORDS = {"FREE": "transparent"}
_LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)

Time = datetime | date
"""A moment, always aware, or a mere day."""


class Unreadable(Exception):
    """Why an event's times cannot be used, in words without content."""


@dataclass(frozen=True, slots=True)
class Part:
    """One VEVENT with its times: a single event, a series' master, or what differs for one instance.

    One that differs and cannot be read has a `defect`: its instance stands, and nothing is known of it.
    """

    component: Component
    uid: str
    start: Time
    end: Time | None
    original: Time | None = None
    this_and_future: bool = False
    defect: str | None = None

    @property
    def rank(self) -> tuple[int, datetime, datetime, bytes]:
        """Of two that speak of the same hour the higher one holds.

        Where nothing tells which is newer, it is the same one in whatever order a host writes them.
        """
        sequence = first(self.component, "SEQUENCE")
        number = sequence if isinstance(sequence, int) else 0
        modified, written = stamp(self.component, "LAST-MODIFIED"), stamp(self.component, "DTSTAMP")
        return number, modified, written, self.component.to_ical()

    @property
    def length(self) -> timedelta:
        """How long it takes; nothing where that is not told, or told the wrong way round."""
        if self.end is None:
            return timedelta(0)
        if isinstance(self.start, datetime) and isinstance(self.end, datetime):
            return max(self.end.astimezone(UTC) - self.start.astimezone(UTC), timedelta(0))
        return max(self.end - self.start, timedelta(days=1))


def read_part(component: Component, uid: str, zone: tzinfo) -> Part:
    """The times of one VEVENT; one without a known zone is in `zone` (R53). Raises `Unreadable`."""
    recurrence_id = first(component, "RECURRENCE-ID")
    original = _time(recurrence_id, zone, "original start")
    try:
        return _whole(component, uid, zone, original, recurrence_id)
    except Unreadable as why:
        if original is None:
            raise
        return Part(component, uid, original, None, original, defect=str(why))


def _whole(component: Component, uid: str, zone: tzinfo, original: Time | None, recurrence_id: Any) -> Part:
    broken = {str(name).upper() for name, _ in component.errors if name}
    if broken & _TIMES:
        raise Unreadable("its times cannot be read")
    start = _time(first(component, "DTSTART"), zone, "start")
    if start is None:
        raise Unreadable("it has no start")
    every_later = str(getattr(recurrence_id, "params", {}).get("RANGE", "")).upper() == "THISANDFUTURE"
    return Part(component, uid, start, _end(component, start, zone), original, every_later)


def first(component: Component, name: str) -> Any:
    """The first value of a property that could be read; None if there is none."""
    values = all_of(component, name)
    return values[0] if values else None


def all_of(component: Component, name: str) -> list[Any]:
    """Every value of a property that could be read."""
    found = component.get(name)
    values = found if isinstance(found, list) else [] if found is None else [found]
    return [value for value in values if not isinstance(value, vBroken)]


def checked_time(value: object, zone: tzinfo) -> Time:
    """A date as it is, a moment as an aware one. Raises `Unreadable` for nonsense (R60)."""
    if not isinstance(value, date) or value.year not in SANE_YEARS:
        raise Unreadable("one of its dates makes no sense")
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=zone)
    return value


def stamp(component: Component, name: str) -> datetime:
    """A moment at which something was written; long ago where it is not told."""
    try:
        moment = checked_time(getattr(first(component, name), "dt", None), UTC)
    except Unreadable:
        return _LONG_AGO
    return moment.astimezone(UTC) if isinstance(moment, datetime) else _LONG_AGO


def _time(value: Any, zone: tzinfo, what: str) -> Time | None:
    if value is None:
        return None
    try:
        return checked_time(value.dt, zone)
    except (AttributeError, ValueError):
        raise Unreadable(f"its {what} cannot be read") from None


def _zone_of(start: Time, zone: tzinfo) -> tzinfo:
    return (start.tzinfo or zone) if isinstance(start, datetime) else zone


def _end(component: Component, start: Time, zone: tzinfo) -> Time | None:
    end = _time(first(component, "DTEND"), _zone_of(start, zone), "end")
    if end is not None and isinstance(end, datetime) == isinstance(start, datetime):
        return end
    length = getattr(first(component, "DURATION"), "dt", None)
    if isinstance(length, timedelta):
        if isinstance(start, datetime):
            return (start.astimezone(UTC) + length).astimezone(start.tzinfo)
        return start + timedelta(days=length.days)
    return None if isinstance(start, datetime) else start + timedelta(days=1)


def event_of(part: Part, event_id: str, owners: Iterable[str], **differs: Any) -> Event:
    """The neutral event for one VEVENT, or for one instance of it where `differs` says so."""
    component, start, end = part.component, part.start, part.end
    timed = isinstance(start, datetime)
    people = _attendees(component, frozenset(owners))
    updated_at = stamp(component, "LAST-MODIFIED")
    values: dict[str, Any] = {
        "status": _status(component),
        "starts_at": start.astimezone(UTC) if isinstance(start, datetime) else None,
        "ends_at": end.astimezone(UTC) if isinstance(end, datetime) else None,
        "starts_on": None if timed else start,
        "time_zone": name_of(start) if isinstance(start, datetime) else None,
        "title": text(component, "SUMMARY"),
        "attendees": people,
        "organizer_is_self": _organizer_is_self(component, people, frozenset(owners)),
        "event_type": _event_type(component),
        "transparency": _transparency(component),
        "visibility": _CLASSES.get((text(component, "CLASS") or "").upper(), "default"),
        "ical_uid": part.uid,
        "video_link": _video_link(component),
        "location": text(component, "LOCATION"),
        "updated_at": None if updated_at == _LONG_AGO else updated_at,
    }
    return Event(event_id, **{**values, **differs})


def text(component: Component, name: str) -> str | None:
    """A property's words, None where there are none. A NUL is no word: not every database takes one."""
    value = first(component, name)
    words = "" if value is None else str(value).replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return words.strip() or None


def _status(component: Component) -> str:
    word = (text(component, "STATUS") or "").lower()
    return word if word in ("cancelled", "tentative") else "confirmed"


def _event_type(component: Component) -> str:
    busy = (text(component, "X-MICROSOFT-CDO-BUSYSTATUS") or "").upper()
    return "outOfOffice" if busy == "OOF" else "default"


def _transparency(component: Component) -> str:
    if (text(component, "TRANSP") or "").upper() == "TRANSPARENT":
        return "transparent"
    busy = (text(component, "X-MICROSOFT-CDO-BUSYSTATUS") or "").upper()
    return _BUSY_WORDS.get(busy, "opaque")


def _attendees(component: Component, owners: frozenset[str]) -> tuple[Attendee, ...]:
    people = []
    for person in all_of(component, "ATTENDEE"):
        params = getattr(person, "params", {})
        address = _address(person)
        if not address or str(params.get("CUTYPE", "")).upper() in ("RESOURCE", "ROOM"):
            continue
        answer = _ANSWERS.get(str(params.get("PARTSTAT", "")).upper(), "needsAction")
        people.append(Attendee(address, answer, address in owners))
    return tuple(people)


def _address(person: Any) -> str:
    """The mail address of somebody, folded; empty where none is told."""
    for told in (str(person), str(getattr(person, "params", {}).get("EMAIL", ""))):
        address = re.sub(r"\A\s*mailto:", "", told, flags=re.IGNORECASE).strip().lower()
        if "@" in address and "/" not in address and address.isprintable():
            return address
    return ""


def _organizer_is_self(component: Component, people: Iterable[Attendee], owners: frozenset[str]) -> bool:
    """Whether it is her own event. A published calendar does not mark her: only where she is seen among
    the guests of somebody else is it certainly not."""
    organizer = first(component, "ORGANIZER")
    if organizer is None or _address(organizer) in owners:
        return True
    return not any(person.is_self for person in people)


def _video_link(component: Component) -> str | None:
    for name in _CONFERENCES:
        for value in all_of(component, name):
            if (link := _web_link(str(value))) is not None:
                return link
    for name in ("LOCATION", "URL"):
        found = _MEETS.search(text(component, name) or "")
        if found is not None and (link := _web_link(found[0])) is not None:
            return link
    return None


def _web_link(value: str) -> str | None:
    link = value.strip()
    sound = link.isprintable() and not re.search(r"\s", link)
    return link if sound and link.startswith(("https://", "http://")) else None
