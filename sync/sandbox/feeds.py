"""Which events one listing holds: everything in a window, or everything changed since a revision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from math import inf

from sync.sandbox.calendars import Calendar
from sync.sandbox.entries import Entry, Override
from sync.sandbox.habits import Habits
from sync.sandbox.items import Item
from sync.sandbox.moments import read_rfc3339
from sync.sandbox.rendering import instance_item, override_item, own_item, tombstone


@dataclass(frozen=True, slots=True)
class Query:
    """What a listing asks for. Bounds are POSIX seconds: exclusive on end and on start (R18)."""

    single_events: bool = False
    show_deleted: bool = False
    ends_after: float = -inf
    starts_before: float = inf
    ends_at_bound: bool = False
    """Whether an end exactly at the lower bound still counts, as for `events.instances`."""
    event_types: frozenset[str] = frozenset()
    updated_from: float = -inf
    ical_uid: str | None = None
    words: str | None = None
    order_by: str | None = None
    properties: tuple[tuple[str, str, str], ...] = ()
    """Extended properties that must be there: `private` or `shared`, name, value."""


def list_all(calendar: Calendar, query: Query, now: datetime, habits: Habits) -> list[Item]:
    """Every event that the query's window touches, in the order asked for."""
    items: list[Item] = []
    for entry in calendar.entries.values():
        items += _items_of(entry, query, now, habits)
    chosen = [item for item in items if _is_wanted(item, query)]
    match query.order_by:
        case "startTime":
            chosen.sort(key=lambda item: item.starts)
        case "updated":
            chosen.sort(key=lambda item: str(item.resource.get("updated", "")))
    return chosen


def list_instances(entry: Entry, query: Query, now: datetime, habits: Habits) -> list[Item]:
    """The instances of one series."""
    found = _instances(entry, query, now, habits, show_cancelled=query.show_deleted)
    return [item for item in found if _is_wanted(item, query)]


def list_changes(calendar: Calendar, query: Query, since: int, now: datetime, habits: Habits) -> list[Item]:
    """Every event changed after the revision `since`, deleted ones too, wherever in time it lies (R16)."""
    if calendar.latest_revision <= since:
        return []
    changed = [entry for entry in calendar.entries.values() if entry.latest_revision > since]
    items = [item for entry in changed for item in _changed_items(entry, query, since, now, habits)]
    gone = [stone for entry in changed for stone in _vanished(entry, query, since, now, habits)]
    living = {item.resource["id"] for item in items}
    items += [stone for stone in gone if stone.resource["id"] not in living]
    return [item for item in items if _is_of_type(item, query)]


def _items_of(entry: Entry, query: Query, now: datetime, habits: Habits) -> Iterator[Item]:
    if entry.expansion is None:
        if query.show_deleted or not entry.is_cancelled or query.updated_from > -inf:
            yield _single(entry, show_details=habits.bin_keeps_details)
    elif query.single_events:
        if not entry.is_cancelled:
            yield from _instances(entry, query, now, habits, show_cancelled=query.show_deleted)
        elif query.show_deleted and habits.lists_deleted_instances:
            yield from _deleted_instances(entry, query, now, habits)
    elif not entry.is_cancelled:
        yield from _series(entry, query, now, habits)
    elif query.show_deleted:
        yield _single(entry, show_details=habits.bin_keeps_details)


def _single(entry: Entry, show_details: bool) -> Item:
    own = own_item(entry)
    if not entry.is_cancelled or show_details:
        return own
    return Item(tombstone(entry.id, entry.stamp).resource, own.starts, own.ends)


def _series(entry: Entry, query: Query, now: datetime, habits: Habits) -> Iterator[Item]:
    """The series itself where any instance touches the window, and its changed instances apart."""
    own = own_item(entry)
    has_window = query.ends_after > -inf or query.starts_before < inf
    if not has_window or next(_instances(entry, query, now, habits, show_cancelled=True), None) is not None:
        yield Item(own.resource, -inf, inf, own.texts)
    yield from _overrides(entry, habits, show_cancelled=True)


def _instances(
    entry: Entry, query: Query, now: datetime, habits: Habits, show_cancelled: bool
) -> Iterator[Item]:
    if entry.expansion is None:
        return
    horizon = (now + timedelta(days=habits.delta_days)).timestamp()
    starting_from = query.ends_after - entry.seconds
    for position in entry.expansion.between(starting_from, min(query.starts_before, horizon)):
        if entry.expansion.suffixes[position] not in entry.overrides:
            item = instance_item(entry, position)
            if _is_in_window(item, query):
                yield item
    yield from (item for item in _overrides(entry, habits, show_cancelled) if _is_in_window(item, query))


def _overrides(entry: Entry, habits: Habits, show_cancelled: bool, since: int = -1) -> Iterator[Item]:
    for suffix, override in entry.overrides.items():
        if override.stamp.revision > since and (show_cancelled or not override.is_cancelled):
            item = override_item(entry, suffix, override, habits.sparse_cancellations)
            if item is not None:
                yield item


def _deleted_instances(entry: Entry, query: Query, now: datetime, habits: Habits) -> Iterator[Item]:
    gone = Override({"status": "cancelled"}, entry.stamp)
    for item in _instances(entry, query, now, habits, show_cancelled=True):
        suffix = item.resource["id"].rpartition("_")[2]
        cancelled = override_item(entry, suffix, gone, habits.sparse_cancellations)
        if cancelled is not None:
            yield cancelled


def _changed_items(entry: Entry, query: Query, since: int, now: datetime, habits: Habits) -> Iterator[Item]:
    if entry.is_cancelled:
        if entry.expansion is None or not query.single_events:
            yield (
                own_item(entry)
                if query.show_deleted and habits.bin_keeps_details
                else tombstone(entry.id, entry.stamp)
            )
    elif entry.stamp.revision <= since:
        yield from _overrides(entry, habits, show_cancelled=True, since=since)
    elif entry.expansion is not None and query.single_events:
        yield from _instances(entry, query, now, habits, show_cancelled=True)
    else:
        yield own_item(entry)
        yield from _overrides(entry, habits, show_cancelled=True, since=since)


def _vanished(entry: Entry, query: Query, since: int, now: datetime, habits: Habits) -> Iterator[Item]:
    """Tombstones for instances that the series had at `since`: only some of them, as Google does (R28)."""
    known = [version for version in (*entry.past, entry.version) if version.revision <= since]
    if not query.single_events or not known or known[-1].expansion is None:
        return
    before, base = known[-1].expansion, known[-1].instance_base
    after = None if entry.is_cancelled else entry.expansion
    until = (now + timedelta(days=habits.tombstone_days)).timestamp()
    gone = (
        before.suffixes[position]
        for position in before.between(-inf, until)
        if after is None or base != entry.instance_base or after.position(before.suffixes[position]) is None
    )
    future_first = sorted(gone, key=lambda suffix: suffix < now.strftime("%Y%m%dT%H%M%SZ"))
    for suffix in islice(future_first, habits.most_tombstones):
        yield tombstone(f"{base}_{suffix}", entry.stamp)


def _is_wanted(item: Item, query: Query) -> bool:
    resource = item.resource
    return (
        _is_in_window(item, query)
        and _is_of_type(item, query)
        and (query.ical_uid is None or resource.get("iCalUID") == query.ical_uid)
        and (query.words is None or query.words.casefold() in _searched(item))
        and (query.updated_from == -inf or _updated(item) >= query.updated_from)
        and all(_has_property(item, *wanted) for wanted in query.properties)
    )


def _is_in_window(item: Item, query: Query) -> bool:
    ends_late_enough = item.ends > query.ends_after or (query.ends_at_bound and item.ends == query.ends_after)
    return item.starts < query.starts_before and ends_late_enough


def _is_of_type(item: Item, query: Query) -> bool:
    """Bare tombstones name no type and pass every filter."""
    if not query.event_types or "start" not in item.resource:
        return True
    return item.resource.get("eventType", "default") in query.event_types


def _searched(item: Item) -> str:
    resource = item.resource
    people = [*resource.get("attendees", []), resource.get("organizer", {})]
    words = [resource.get(name, "") for name in ("summary", "description", "location")]
    words += [person.get(name, "") for person in people for name in ("displayName", "email")]
    return "\n".join(words).casefold()


def _has_property(item: Item, kind: str, name: str, value: str) -> bool:
    return bool(item.resource.get("extendedProperties", {}).get(kind, {}).get(name) == value)


def _updated(item: Item) -> float:
    updated = read_rfc3339(str(item.resource.get("updated", "")))
    return inf if updated is None else updated.timestamp()
