"""One calendar: its events by id, who may see it, and how old a sync token may be."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sync.sandbox.entries import Entry, make_entry

INSTANCE_ID = re.compile(r"(?P<base>.+)_(?P<suffix>\d{8}(T\d{6}Z)?)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event id points: an entry itself, or (with a suffix) one instance of it."""

    entry: Entry
    suffix: str | None = None


@dataclass(slots=True)
class Calendar:
    """A calendar and its events. `roles` says by account who sees how much of it.

    `token_epoch` is raised to make all older sync tokens expire.
    """

    id: str
    summary: str
    zone: ZoneInfo
    owner: str
    roles: dict[str, str]
    entries: dict[str, Entry] = field(default_factory=dict)
    ids_by_base: dict[str, list[str]] = field(default_factory=dict)
    token_epoch: int = 0
    latest_revision: int = 0
    is_removed: bool = False

    def put(self, entries: Iterable[Entry]) -> None:
        """Keep these entries in place of earlier ones of the same ids."""
        for entry in entries:
            self.entries[entry.id] = entry
            known = self.ids_by_base.setdefault(entry.instance_base, [])
            if entry.id not in known:
                known.append(entry.id)
            self.latest_revision = max(self.latest_revision, entry.latest_revision)

    def find(self, event_id: str) -> Place | None:
        """What this id points to: an event, a series, or an instance that its series has now."""
        if event_id in self.entries:
            return Place(self.entries[event_id])
        match = INSTANCE_ID.fullmatch(event_id)
        if match is None:
            return None
        for entry_id in self.ids_by_base.get(match["base"], []):
            entry = self.entries[entry_id]
            if entry.expansion is not None and entry.expansion.position(match["suffix"]) is not None:
                return Place(entry, match["suffix"])
        return None

    def had(self, event_id: str) -> bool:
        """Whether this id once was an instance of a series here."""
        match = INSTANCE_ID.fullmatch(event_id)
        known = [] if match is None else self.ids_by_base.get(match["base"], [])
        return match is not None and any(
            version.expansion is not None and version.expansion.position(match["suffix"]) is not None
            for entry_id in known
            for version in self.entries[entry_id].past
        )

    def change_zone(self, zone: ZoneInfo) -> None:
        """Show every event in another zone; no instant of a labelled event changes (R59)."""
        self.zone = zone
        self.entries = {
            entry.id: make_entry(
                entry.resource, entry.stamp, zone, entry.instance_base, entry.overrides, entry.past
            )
            for entry in self.entries.values()
        }
