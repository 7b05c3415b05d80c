"""One listed event, ready to be written, and the ways in which an answer may show it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sync.sandbox.masks import Mask, masked
from sync.sandbox.moments import Resource, shown

BUSY_FIELDS = frozenset(
    ("kind", "etag", "id", "status", "start", "end", "recurringEventId", "originalStartTime", "eventType")
)
PRIVATE_FIELDS = BUSY_FIELDS | {"visibility", "updated", "created", "iCalUID", "sequence", "transparency"}


@dataclass(frozen=True, eq=False)
class View:
    """How one kind of answer shows events. Made by `view_for` only, so that equal ones are the same."""

    access_role: str
    mask: Mask | None
    zone: str | None
    most_attendees: int | None

    def of(self, resource: Resource) -> Resource:
        """`resource` as this viewer sees it, cut to the fields asked for."""
        seen = _readable(resource, self.access_role)
        if self.zone is not None:
            seen = _in_zone(seen, ZoneInfo(self.zone))
        if self.most_attendees is not None:
            seen = _few_attendees(seen, self.most_attendees)
        cut = masked(seen, self.mask)
        assert isinstance(cut, dict)  # noqa: S101  # a mask keeps the kind of what it cuts
        return cut


@lru_cache(maxsize=256)
def view_for(
    access_role: str, mask: Mask | None = None, zone: str | None = None, most_attendees: int | None = None
) -> View:
    """The one view of that kind."""
    return View(access_role, mask, zone, most_attendees)


@dataclass(frozen=True, slots=True)
class Item:
    """One event as a listing has it; `starts` and `ends` are POSIX seconds, infinite where unreadable."""

    resource: Resource
    starts: float
    ends: float
    texts: dict[View, str] = field(default_factory=dict, compare=False)

    def text(self, view: View) -> str:
        """Its JSON, written once for each view."""
        written = self.texts.get(view)
        if written is None:
            written = json.dumps(view.of(self.resource), ensure_ascii=False, separators=(",", ":"))
            self.texts[view] = written
        return written


def _readable(resource: Resource, access_role: str) -> Resource:
    match access_role:
        case "freeBusyReader":
            return _only(resource, BUSY_FIELDS)
        case "reader" | "writerWithoutPrivateAccess" if _is_private(resource):
            return _only(resource, PRIVATE_FIELDS)
        case _:
            return resource


def _is_private(resource: Mapping[str, Any]) -> bool:
    return resource.get("visibility") in ("private", "confidential")


def _only(resource: Resource, names: frozenset[str]) -> Resource:
    return {name: value for name, value in resource.items() if name in names}


def _in_zone(resource: Resource, zone: ZoneInfo) -> Resource:
    moments = {
        name: shown(resource[name], zone)
        for name in ("start", "end", "originalStartTime")
        if name in resource
    }
    return resource | moments


def _few_attendees(resource: Resource, most: int) -> Resource:
    attendees = resource.get("attendees", [])
    if len(attendees) <= most:
        return resource
    return resource | {"attendees": [a for a in attendees if a.get("self")], "attendeesOmitted": True}
