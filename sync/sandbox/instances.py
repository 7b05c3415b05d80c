"""Where the instances of a series stand: when each was planned, and when it takes place."""

from datetime import datetime

from sync.sandbox.entries import Entry
from sync.sandbox.moments import Resource, timed, wall_time, whole_day


def original_start(entry: Entry, suffix: str) -> Resource:
    """The planned `start` of this instance. Raises `LookupError` where the series has no such instance."""
    expansion = entry.expansion
    position = None if expansion is None else expansion.position(suffix)
    if expansion is None or position is None:
        raise LookupError(f"{entry.id} has no instance {suffix}")
    at = datetime.fromtimestamp(expansion.starts[position], expansion.zone)
    return whole_day(at.date()) if expansion.all_day else timed(at, entry.zone, expansion.zone.key)


def instance_start(entry: Entry, suffix: str) -> datetime:
    """When this instance starts now, on the wall clock of its series; naive."""
    changed = entry.overrides.get(suffix)
    moment = changed.changes.get("start") if changed else None
    wall = wall_time(moment or original_start(entry, suffix), entry.zone)
    assert wall is not None  # noqa: S101  # an expansion's own starts can be read
    return wall
