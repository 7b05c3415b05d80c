"""What a calendar keeps: single events, and series with what was changed on single instances."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sync.sandbox.items import Item
from sync.sandbox.moments import Resource, is_all_day, lasts, wall_time, zone_named
from sync.sandbox.recurrence import Expansion


@dataclass(frozen=True, slots=True)
class Stamp:
    """The mark of one edit: its place in the world's change log, and Google's `updated` text."""

    revision: int
    updated: str


@dataclass(frozen=True, slots=True)
class Override:
    """What was changed on one instance of a series; `status` is among the changes when it was deleted."""

    changes: Mapping[str, Any]
    stamp: Stamp

    @property
    def is_cancelled(self) -> bool:
        """Whether this instance was taken out of its series."""
        return self.changes.get("status") == "cancelled"


@dataclass(frozen=True, slots=True)
class Version:
    """Which instances a series had from `revision` on; `expansion` is None while it was deleted."""

    revision: int
    expansion: Expansion | None
    instance_base: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One single event, or one series. Values: an edit makes a new one.

    `instance_base` is what its instances' ids begin with, which is not the series' own id after a
    split (R39). `zone` is the calendar's; `expansion` is None for a single event.
    """

    resource: Resource
    stamp: Stamp
    zone: ZoneInfo
    instance_base: str
    expansion: Expansion | None
    overrides: Mapping[str, Override] = field(default_factory=dict)
    past: tuple[Version, ...] = ()
    seconds: float = 0.0
    rendered: dict[tuple[str, int], Item] = field(default_factory=dict, compare=False)

    @property
    def id(self) -> str:
        """The event id of the single event or of the series."""
        return str(self.resource["id"])

    @property
    def is_cancelled(self) -> bool:
        """Whether the event, or the whole series, was deleted."""
        return self.resource.get("status") == "cancelled"

    @property
    def version(self) -> Version:
        """The instances that this series has now."""
        return Version(self.stamp.revision, None if self.is_cancelled else self.expansion, self.instance_base)

    @property
    def latest_revision(self) -> int:
        """When this entry, or any of its instances, changed last."""
        return max([self.stamp.revision, *(override.stamp.revision for override in self.overrides.values())])


def make_entry(
    resource: Resource,
    stamp: Stamp,
    zone: ZoneInfo,
    instance_base: str | None = None,
    overrides: Mapping[str, Override] | None = None,
    past: tuple[Version, ...] = (),
) -> Entry:
    """The entry for `resource`, with its recurrence ready to be worked out."""
    return Entry(
        resource=resource,
        stamp=stamp,
        zone=zone,
        instance_base=instance_base or str(resource["id"]),
        expansion=_expansion(resource, zone),
        overrides=overrides or {},
        past=past,
        seconds=lasts(resource, zone).total_seconds(),
    )


def _expansion(resource: Resource, zone: ZoneInfo) -> Expansion | None:
    lines, start = resource.get("recurrence"), resource.get("start")
    first = wall_time(start, zone)
    if not lines or start is None or first is None:
        return None
    all_day = is_all_day(start)
    own_zone = zone if all_day else zone_named(start.get("timeZone"), zone)
    return Expansion(tuple(lines), first, own_zone, all_day)
