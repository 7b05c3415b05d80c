"""Writes the event resources that an entry stands for: itself, its instances, what is left of the deleted."""

from datetime import UTC, datetime, timedelta
from math import inf

from sync.sandbox.entries import Entry, Override, Stamp
from sync.sandbox.items import Item
from sync.sandbox.moments import Resource, instant, shown, timed, whole_day


def own_item(entry: Entry) -> Item:
    """The single event or the series itself, with all its details."""
    key = ("", entry.stamp.revision)
    if key not in entry.rendered:
        entry.rendered[key] = _item(_dressed(entry.resource, entry.stamp), entry)
    return entry.rendered[key]


def instance_item(entry: Entry, position: int) -> Item:
    """The instance at this position of the expansion, as the series has it: nothing changed on it."""
    assert entry.expansion is not None  # noqa: S101  # only a series has positions
    suffix = entry.expansion.suffixes[position]
    key = (suffix, entry.stamp.revision)
    item = entry.rendered.get(key)
    if item is None:
        starts = entry.expansion.starts[position]
        resource = _instance(entry, suffix, starts)
        item = entry.rendered[key] = Item(resource, starts, starts + entry.seconds)
    return item


def override_item(entry: Entry, suffix: str, override: Override, sparse: bool = False) -> Item | None:
    """The changed or cancelled instance; None when the series no longer has an instance there."""
    position = None if entry.expansion is None else entry.expansion.position(suffix)
    if entry.expansion is None or position is None:
        return None
    plain = instance_item(entry, position)
    if override.is_cancelled:
        return Item(_cancelled_instance(plain.resource, override.stamp, sparse), plain.starts, plain.ends)
    key = (f"changed {suffix}", override.stamp.revision)
    if key not in entry.rendered:
        changed = {name: value for name, value in override.changes.items() if value is not None}
        gone = {name for name, value in override.changes.items() if value is None}
        kept = {name: value for name, value in plain.resource.items() if name not in gone}
        resource = kept | changed | {"id": plain.resource["id"]}
        entry.rendered[key] = _item(_dressed(resource, override.stamp), entry)
    return entry.rendered[key]


def tombstone(event_id: str, stamp: Stamp) -> Item:
    """What is left of a deleted event when no detail is given: nothing but its id (R25)."""
    resource = {"kind": "calendar#event", "etag": etag(stamp), "id": event_id, "status": "cancelled"}
    return Item(resource, -inf, inf)


def etag(stamp: Stamp) -> str:
    """The entity tag of what was last edited at `stamp`."""
    return f'"{stamp.revision:016d}"'


def _cancelled_instance(plain: Resource, stamp: Stamp, sparse: bool) -> Resource:
    """Only these three fields are promised for a cancelled instance (R24), and not even they always come."""
    bare = {"kind": "calendar#event", "etag": etag(stamp), "id": plain["id"], "status": "cancelled"}
    linked = {name: plain[name] for name in ("recurringEventId", "originalStartTime")}
    return bare if sparse else bare | linked


def _instance(entry: Entry, suffix: str, starts: float) -> Resource:
    start, end = _span(entry, starts)
    resource = {name: value for name, value in entry.resource.items() if name != "recurrence"}
    resource |= {
        "kind": "calendar#event",
        "etag": etag(entry.stamp),
        "id": f"{entry.instance_base}_{suffix}",
        "start": start,
        "end": end,
        "recurringEventId": entry.id,
        "originalStartTime": start,
    }
    return resource


def _span(entry: Entry, at: float) -> tuple[Resource, Resource]:
    assert entry.expansion is not None  # noqa: S101  # only a series has instances
    moment, lasts = datetime.fromtimestamp(at, UTC), timedelta(seconds=entry.seconds)
    if entry.expansion.all_day:
        day = moment.astimezone(entry.zone).date()
        return whole_day(day), whole_day(day + timedelta(days=round(lasts / timedelta(days=1))))
    label = entry.expansion.zone.key
    return timed(moment, entry.zone, label), timed(moment + lasts, entry.zone, label)


def _dressed(resource: Resource, stamp: Stamp) -> Resource:
    return {**resource, "kind": "calendar#event", "etag": etag(stamp), "updated": stamp.updated}


def _item(resource: Resource, entry: Entry) -> Item:
    """`resource` with its moments as an answer shows them, and the span that windows are measured against."""
    starts, ends = (instant(resource.get(name), entry.zone) for name in ("start", "end"))
    written = {
        name: shown(resource[name], entry.zone)
        for name in ("start", "end")
        if isinstance(resource.get(name), dict)
    }
    return Item(
        resource | written,
        -inf if starts is None else starts.timestamp(),
        inf if ends is None else ends.timestamp(),
    )
