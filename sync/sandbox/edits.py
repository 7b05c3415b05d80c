"""The edits that people make in a calendar: what each does to an entry, ids included (R37, R41, R45, R46)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sync.sandbox.entries import Entry, Override, Stamp, make_entry
from sync.sandbox.instances import instance_start, original_start
from sync.sandbox.moments import (
    Resource,
    end_after,
    instant,
    is_all_day,
    lasts,
    suffix_of,
    wall_time,
    written_like,
)
from sync.sandbox.recurrence import shift_weekdays

Changes = Mapping[str, Any]
MOST_VERSIONS = 50
TIMING = ("start", "end", "recurrence")


def change(entry: Entry, changes: Changes, stamp: Stamp) -> Entry:
    """A single event or a whole series with `changes`; None removes a field.

    A new start re-ids every instance (R41); what was changed on single instances is kept and moves
    along with them.
    """
    changes = labelled(changes, entry)
    resource = with_changes(entry.resource, changes, entry.zone) | {"updated": stamp.updated}
    if any(name in changes for name in TIMING):
        resource["sequence"] = entry.resource.get("sequence", 0) + 1
    if entry.expansion is None:
        return make_entry(resource, stamp, entry.zone, past=entry.past)
    past = (*entry.past, entry.version)[-MOST_VERSIONS:]
    overrides = _moved_along(entry, resource) if resource.get("recurrence") else {}
    return make_entry(resource, stamp, entry.zone, entry.instance_base, overrides, past)


def change_instance(entry: Entry, suffix: str, changes: Changes, stamp: Stamp) -> Entry:
    """A series with one instance changed; its id stays, whatever its new time (R37)."""
    before = entry.overrides.get(suffix)
    changed = dict(labelled(changes, entry))
    if "start" in changes and "end" not in changes:
        changed["end"] = end_after(changed["start"], timedelta(seconds=entry.seconds), entry.zone)
    merged = {**(before.changes if before else {}), **changed}
    return replace(entry, overrides={**entry.overrides, suffix: Override(merged, stamp)})


def change_all_from(entry: Entry, suffix: str, changes: Changes, stamp: Stamp) -> Entry:
    """Change all events, as typed into one instance: the series moves by as much as that instance does."""
    changes = labelled(changes, entry)
    start = instance_start(entry, suffix)
    new_wall = wall_time(changes.get("start"), entry.zone)
    first = wall_time(entry.resource["start"], entry.zone)
    if new_wall is None or first is None:
        return change(entry, changes, stamp)
    shift = new_wall - start
    moved = {"start": written_like(changes["start"], first + shift, entry.zone)}
    if "end" in changes:
        length = lasts({"start": changes["start"], "end": changes["end"]}, entry.zone)
        moved["end"] = end_after(moved["start"], length, entry.zone)
    return change(entry, {**changes, **moved}, stamp)


def with_changes(resource: Resource, changes: Changes, zone: ZoneInfo) -> Resource:
    """`resource` with `changes`: a new start keeps the length and the weekday rule in step."""
    merged = {name: value for name, value in {**resource, **changes}.items() if value is not None}
    if "start" not in changes:
        return merged
    if "end" not in changes and "end" in resource:
        merged["end"] = end_after(changes["start"], lasts(resource, zone), zone)
    old, new = (wall_time(one["start"], zone) if "start" in one else None for one in (resource, merged))
    if "recurrence" in resource and "recurrence" not in changes and old and new:
        merged["recurrence"] = shift_weekdays(resource["recurrence"], (new.date() - old.date()).days)
    return merged


def _moved_along(entry: Entry, resource: Resource) -> dict[str, Override]:
    """What was changed on single instances, under the ids that these instances have now."""
    old = wall_time(entry.resource["start"], entry.zone)
    new = wall_time(resource.get("start"), entry.zone)
    if old is None or new is None or is_all_day(entry.resource["start"]) != is_all_day(resource["start"]):
        return {}
    if old == new:
        return dict(entry.overrides)
    return {
        _stamp_suffix(entry, key, new - old, resource["start"]): one
        for key, one in entry.overrides.items()
        if entry.expansion is not None and entry.expansion.position(key) is not None
    }


def _stamp_suffix(entry: Entry, suffix: str, shift: timedelta, like: Resource) -> str:
    wall = wall_time(original_start(entry, suffix), entry.zone)
    moved = None if wall is None else instant(written_like(like, wall + shift, entry.zone), entry.zone)
    if moved is None:
        return suffix
    return suffix_of(moved.astimezone(entry.zone) if is_all_day(like) else moved, is_all_day(like))


def labelled(changes: Changes, entry: Entry) -> Changes:
    """`changes` whose new times keep the zone of the old ones where they name none."""
    named = {name: changes[name] for name in ("start", "end") if "dateTime" in (changes.get(name) or {})}
    label = (entry.resource.get("start") or {}).get("timeZone")
    if label is None:
        return changes
    return {**changes, **{name: {"timeZone": label, **moment} for name, moment in named.items()}}
