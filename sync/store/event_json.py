"""A neutral event as text and back, for the one place where an event is kept whole: the sealed inbox."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sync.domain.calendar.values import Attendee, Event

_MOMENTS = ("starts_at", "ends_at", "updated_at")


def event_to_json(event: Event) -> str:
    """`event` as JSON."""
    return json.dumps(event._asdict(), default=_plain, ensure_ascii=False)


def event_from_json(text: str) -> Event:
    """The event that `event_to_json` wrote."""
    found: dict[str, Any] = json.loads(text)
    for name in _MOMENTS:
        if found.get(name):
            found[name] = datetime.fromisoformat(found[name])
    if found.get("starts_on"):
        found["starts_on"] = date.fromisoformat(found["starts_on"])
    found["attendees"] = tuple(Attendee(**attendee) for attendee in found.get("attendees", ()))
    found["recurrence"] = tuple(found.get("recurrence", ()))
    return Event(**{name: value for name, value in found.items() if name in Event._fields})


def _plain(value: Attendee | date) -> object:
    return asdict(value) if isinstance(value, Attendee) else value.isoformat()
