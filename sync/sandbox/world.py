"""The world of the sandbox: calendars, the people who see them, and what they do in them."""

import base64
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from random import Random
from threading import RLock
from typing import Any
from zoneinfo import ZoneInfo

from sync.sandbox import edits, splits
from sync.sandbox.calendars import Calendar, Place
from sync.sandbox.entries import Entry, Stamp, make_entry
from sync.sandbox.feeds import Query, list_all
from sync.sandbox.habits import Habits
from sync.sandbox.moments import Resource, rfc3339, timed

ID_LETTERS = "0123456789abcdefghijklmnopqrstuv"


class World:
    """Everything that the sandbox's Google knows.

    `clock` gives an aware moment, from which `updated` stamps come. Equal seeds give equal ids. Every
    method raises `LookupError` for ids that do not exist.
    """

    def __init__(self, clock: Callable[[], datetime], seed: int = 0, habits: Habits | None = None) -> None:
        self.clock = clock
        self.habits = habits or Habits()
        self.calendars: dict[str, Calendar] = {}
        self.accounts: dict[str, str] = {}
        self.lock = RLock()
        self._random = Random(seed)  # noqa: S311  # ids that are the same in every run
        self._revision = 0

    @property
    def revision(self) -> int:
        """How many edits there were so far."""
        return self._revision

    def add_account(self, account: str) -> str:
        """Let this address sign in; returns its `sub`, which stays the same."""
        return self.accounts.setdefault(account, f"{100_000_000_000_000_000_000 + len(self.accounts) + 1}")

    def add_calendar(
        self,
        calendar_id: str,
        time_zone: str = "UTC",
        owner: str | None = None,
        access_role: str = "owner",
        summary: str = "",
    ) -> None:
        """Make a calendar that the account `owner` (itself by default) has in its list with `access_role`."""
        account = owner or calendar_id
        self.add_account(account)
        with self.lock:
            self.calendars[calendar_id] = Calendar(
                calendar_id, summary or calendar_id, ZoneInfo(time_zone), account, {account: access_role}
            )

    def share(self, calendar_id: str, account: str, access_role: str | None) -> None:
        """Give an account this role on a calendar; None takes its access away."""
        self.add_account(account)
        with self._calendar(calendar_id) as calendar:
            calendar.roles.pop(account, None)
            if access_role is not None:
                calendar.roles[account] = access_role

    def set_time_zone(self, calendar_id: str, time_zone: str) -> None:
        """Change the zone that the calendar shows its events in."""
        with self._calendar(calendar_id) as calendar:
            calendar.change_zone(ZoneInfo(time_zone))

    def remove_calendar(self, calendar_id: str) -> None:
        """Delete a calendar: from now on it is not found."""
        with self._calendar(calendar_id) as calendar:
            calendar.is_removed = True

    def expire_tokens(self, calendar_id: str) -> None:
        """Make every sync token given out so far answer 410."""
        with self._calendar(calendar_id) as calendar:
            calendar.token_epoch += 1

    def insert(self, calendar_id: str, event: Mapping[str, Any]) -> str:
        """Put an event into a calendar and return its id; nothing is checked, so odd events can be made.

        Raises `ValueError` where the id is taken.
        """
        with self._calendar(calendar_id) as calendar:
            stamp = self._stamp()
            resource = self._complete(calendar, event, stamp)
            if resource["id"] in calendar.entries:
                raise ValueError(f"the id {resource['id']} is taken")
            calendar.put([make_entry(resource, stamp, calendar.zone)])
            return str(resource["id"])

    def patch(self, calendar_id: str, event_id: str, changes: Mapping[str, Any]) -> None:
        """Change a single event, a whole series, or one instance; None removes a field."""
        with self._calendar(calendar_id) as calendar:
            changes = _with_self(changes, calendar)
            place = self._place(calendar, event_id)
            calendar.put([_changed(place, changes, self._stamp())])

    def delete(self, calendar_id: str, event_id: str) -> None:
        """Delete a single event, a whole series, or one instance."""
        self.patch(calendar_id, event_id, {"status": "cancelled"})

    def restore(self, calendar_id: str, event_id: str) -> None:
        """Take an event, a series or an instance back from the bin, as it was."""
        self.patch(calendar_id, event_id, {"status": "confirmed"})

    def move(self, calendar_id: str, event_id: str, start: datetime, end: datetime) -> None:
        """Give an event, a whole series or one instance a new time. Both moments are aware."""
        with self._calendar(calendar_id) as calendar:
            place = self._place(calendar, event_id)
            label = (place.entry.resource.get("start") or {}).get("timeZone")
            moments = {"start": timed(start, calendar.zone, label), "end": timed(end, calendar.zone, label)}
            calendar.put([_changed(place, moments, self._stamp())])

    def edit_all(self, calendar_id: str, event_id: str, changes: Mapping[str, Any]) -> None:
        """Change "all events" of a series; `event_id` is its own, or the instance that was typed into.

        With a new time every instance gets a new id. Typed into an instance, the series moves by as
        much as that instance does.
        """
        with self._calendar(calendar_id) as calendar:
            place = self._place(calendar, event_id)
            changes = _with_self(changes, calendar)
            if place.suffix is None:
                calendar.put([edits.change(place.entry, changes, self._stamp())])
            else:
                calendar.put([edits.change_all_from(place.entry, place.suffix, changes, self._stamp())])

    def split(self, calendar_id: str, instance_id: str, changes: Mapping[str, Any]) -> str:
        """Change "this and following"; returns the id of the new series.

        At the first instance there is nothing to split: the whole series is changed, its id returned.
        """
        with self._calendar(calendar_id) as calendar:
            entry, suffix = self._instance(calendar, instance_id)
            changes = _with_self(changes, calendar)
            if entry.expansion is None or not entry.expansion.position(suffix):
                calendar.put([edits.change_all_from(entry, suffix, changes, self._stamp())])
                return entry.id
            halves = splits.split(entry, suffix, changes, self._stamp(), self.habits.split_suffix)
            calendar.put(halves)
            return halves[1].id

    def delete_following(self, calendar_id: str, instance_id: str) -> None:
        """Delete "this and following": the series ends before this instance."""
        with self._calendar(calendar_id) as calendar:
            entry, suffix = self._instance(calendar, instance_id)
            calendar.put([splits.end_series(entry, suffix, self._stamp())])

    def move_to_calendar(self, source_id: str, event_id: str, target_id: str) -> None:
        """Move an event or a series to another calendar: same id there, a bare tombstone here (R33)."""
        with self._calendar(source_id) as source, self._calendar(target_id) as target:
            entry, stamp = self._place(source, event_id).entry, self._stamp()
            organizer = {"email": target.id, "self": True}
            resource = {**entry.resource, "organizer": organizer, "updated": stamp.updated}
            source.put([replace(_emptied(entry, stamp), past=(*entry.past, entry.version))])
            target.put([make_entry(resource, stamp, target.zone, entry.instance_base, entry.overrides)])

    def truth(self, calendar_id: str, time_min: datetime, time_max: datetime) -> list[Resource]:
        """Every event that takes place and overlaps the span, series expanded, by start."""
        query = Query(
            single_events=True,
            ends_after=time_min.timestamp(),
            starts_before=time_max.timestamp(),
            order_by="startTime",
        )
        with self._calendar(calendar_id) as calendar:
            return [dict(item.resource) for item in list_all(calendar, query, self.clock(), self.habits)]

    @contextmanager
    def _calendar(self, calendar_id: str) -> Iterator[Calendar]:
        with self.lock:
            yield self.calendars[calendar_id]

    def _place(self, calendar: Calendar, event_id: str) -> Place:
        place = calendar.find(event_id)
        if place is None:
            raise LookupError(f"there is no event {event_id}")
        return place

    def _instance(self, calendar: Calendar, instance_id: str) -> tuple[Entry, str]:
        place = self._place(calendar, instance_id)
        if place.suffix is None:
            raise LookupError(f"{instance_id} is not an instance of a series")
        return place.entry, place.suffix

    def _stamp(self) -> Stamp:
        self._revision += 1
        return Stamp(self._revision, rfc3339(self.clock()))

    def _complete(self, calendar: Calendar, event: Mapping[str, Any], stamp: Stamp) -> Resource:
        """`event` with everything that Google fills in by itself."""
        event_id = event.get("id") or "".join(self._random.choices(ID_LETTERS, k=26))
        link = base64.urlsafe_b64encode(f"{event_id} {calendar.id}".encode()).decode().rstrip("=")
        filled_in = {
            "status": "confirmed",
            "htmlLink": f"https://www.google.com/calendar/event?eid={link}",
            "created": stamp.updated,
            "creator": {"email": calendar.owner, "self": True},
            "organizer": {"email": calendar.id, "self": True},
            "iCalUID": f"{event_id}@google.com",
            "sequence": 0,
            "reminders": {"useDefault": True},
            "eventType": "default",
        }
        fixed = {"kind": "calendar#event", "id": event_id, "updated": stamp.updated}
        return {**filled_in, **_with_self(event, calendar), **fixed}


def _changed(place: Place, changes: Mapping[str, Any], stamp: Stamp) -> Entry:
    if place.suffix is None:
        return edits.change(place.entry, changes, stamp)
    return edits.change_instance(place.entry, place.suffix, changes, stamp)


def _with_self(event: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    """`event` whose attendees each have an answer; the calendar's owner is marked among them."""
    attendees = event.get("attendees")
    if not attendees:
        return dict(event)
    known = [
        {"responseStatus": "needsAction"}
        | attendee
        | ({"self": True} if attendee.get("email") in (calendar.id, calendar.owner) else {})
        for attendee in attendees
    ]
    return {**event, "attendees": known}


def _emptied(entry: Entry, stamp: Stamp) -> Entry:
    bare = {"kind": "calendar#event", "id": entry.id, "status": "cancelled", "updated": stamp.updated}
    return make_entry(bare, stamp, entry.zone, entry.instance_base)
