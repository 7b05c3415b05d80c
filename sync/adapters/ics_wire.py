"""What is said between the worker and the process that reads a calendar's body: plain JSON, both ways."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sync.domain.calendar.values import Attendee, Event, Window


@dataclass(frozen=True, slots=True)
class Question:
    """What is wanted of a body: the window for series, whose calendar it is, the zone if it names none."""

    window: Window
    owners: tuple[str, ...]
    fallback_zone: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a body holds: the calendar's zone, the masters of its series, its hours; both by event id."""

    time_zone: str
    masters: Mapping[str, Event]
    events: Mapping[str, Event]


def question_json(question: Question) -> bytes:
    """One line; `question_of` reads it."""
    window = question.window
    said = {
        "from": window.starts_at.isoformat(),
        "to": window.ends_at.isoformat(),
        "owners": question.owners,
        "zone": question.fallback_zone,
    }
    return json.dumps(said).encode() + b"\n"


def question_of(line: bytes) -> Question:
    """Read what `question_json` wrote."""
    said = json.loads(line)
    window = Window(datetime.fromisoformat(said["from"]), datetime.fromisoformat(said["to"]))
    return Question(window, tuple(said["owners"]), said["zone"])


def answer_json(answer: Answer) -> str:
    """One document; `answer_of` reads it."""
    return json.dumps(
        {
            "zone": answer.time_zone,
            "masters": [_plain(event) for event in answer.masters.values()],
            "events": [_plain(event) for event in answer.events.values()],
        },
        separators=(",", ":"),
        default=_said,
    )


def answer_of(text: bytes) -> Answer:
    """Read what `answer_json` wrote. Raises a `ValueError`, `TypeError` or `LookupError` for all else."""
    said = json.loads(text)
    masters, events = (
        {event.event_id: event for event in map(_event, said[part])} for part in ("masters", "events")
    )
    return Answer(str(said["zone"]), masters, events)


_USUAL = Event._field_defaults
_MOMENTS = ("starts_at", "ends_at", "updated_at")


def _plain(event: Event) -> dict[str, Any]:
    """The fields that are not as they mostly are."""
    return {name: value for name, value in event._asdict().items() if value != _USUAL.get(name)}


def _event(plain: dict[str, Any]) -> Event:
    values = dict(plain)
    for name in _MOMENTS:
        if name in values:
            values[name] = datetime.fromisoformat(values[name])
    if "starts_on" in values:
        values["starts_on"] = date.fromisoformat(values["starts_on"])
    if "attendees" in values:
        values["attendees"] = tuple(Attendee(**person) for person in values["attendees"])
    if "recurrence" in values:
        values["recurrence"] = tuple(values["recurrence"])
    return Event(**values)


def _said(value: object) -> object:
    if isinstance(value, Attendee):
        return asdict(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
