"""Divides a series in two: "delete this and following" and "change this and following" (R39, R40)."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sync.sandbox.edits import Changes, change, labelled, with_changes
from sync.sandbox.entries import Entry, Stamp, make_entry
from sync.sandbox.instances import original_start
from sync.sandbox.moments import Resource, end_after, instant, is_all_day, suffix_of, wall_time
from sync.sandbox.recurrence import continue_after, end_before


def end_series(entry: Entry, suffix: str, stamp: Stamp) -> Entry:
    """A series that ends before this instance: "delete this and following"."""
    assert entry.expansion is not None  # noqa: S101  # only a series can be ended
    start = instant(original_start(entry, suffix), entry.zone)
    assert start is not None  # noqa: S101  # an expansion's own starts can be read
    lines = end_before(entry.resource["recurrence"], start, entry.expansion.zone, entry.expansion.all_day)
    return change(entry, {"recurrence": lines}, stamp)


def split(
    entry: Entry, suffix: str, changes: Changes, stamp: Stamp, named_after: Literal["old", "new"] = "old"
) -> tuple[Entry, Entry]:
    """Change "this and following" (R39, R40): the series ended before this instance, and its new half.

    Without a new start the instances keep their ids, and what was changed on them stays; with one,
    they get new ids and their single changes are lost.
    """
    first, second = end_series(entry, suffix, stamp), _second_half(entry, suffix, changes, stamp, named_after)
    kept = {key: one for key, one in entry.overrides.items() if key < suffix}
    return replace(first, overrides=kept), second


def root_of(event_id: str) -> str:
    """The id that a series had before any split (R42)."""
    return re.sub(r"(_R\d{8}(T\d{6})?)+$", "", event_id)


def _second_half(
    entry: Entry, suffix: str, changes: Changes, stamp: Stamp, named_after: Literal["old", "new"]
) -> Entry:
    assert entry.expansion is not None  # noqa: S101  # only a series can be split
    passed = entry.expansion.position(suffix) or 0
    old_start = original_start(entry, suffix)
    old_wall = wall_time(old_start, entry.zone)
    lines = continue_after(entry.resource["recurrence"], passed)
    base: Resource = entry.resource | {"start": old_start, "recurrence": lines, "updated": stamp.updated}
    base["end"] = end_after(old_start, timedelta(seconds=entry.seconds), entry.zone)
    resource = with_changes(base, labelled(changes, entry), entry.zone)
    re_timed = wall_time(resource["start"], entry.zone) != old_wall
    named = resource["start"] if named_after == "new" else old_start
    new_id = f"{root_of(entry.id)}_R{_stamp_of(named, entry.zone)}"
    resource |= {"id": new_id, "iCalUID": f"{new_id}@google.com", "sequence": 0, "created": stamp.updated}
    following = {key: replace(one, stamp=stamp) for key, one in entry.overrides.items() if key >= suffix}
    return make_entry(
        resource,
        stamp,
        entry.zone,
        _instance_base(entry, resource, old_start, new_id),
        {} if re_timed else following,
    )


def _instance_base(entry: Entry, resource: Resource, old_start: Resource, new_id: str) -> str:
    """The unsuffixed base, unless the new half reaches back to where the old half has the same ids."""
    new, old = instant(resource["start"], entry.zone), instant(old_start, entry.zone)
    reaches_back = new is not None and old is not None and new < old
    return new_id if reaches_back else entry.instance_base


def _stamp_of(moment: Resource, zone: ZoneInfo) -> str:
    """The stamp in a split's id: UTC without a Z, or the day (R39)."""
    at = instant(moment, zone)
    assert at is not None  # noqa: S101  # a series' own start can be read
    all_day = is_all_day(moment)
    return suffix_of(at.astimezone(zone) if all_day else at, all_day).removesuffix("Z")
