"""Finds the time zones of a published calendar: its own, those it brings along, Windows' names."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo
from functools import partial
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

_OWN_ZONE = re.compile(rb"X-WR-TIMEZONE(?:;[^:]*)?:(.*)", re.IGNORECASE)
_ZONE_ID = re.compile(rb"TZID(?:;[^:]*)?:(.*)", re.IGNORECASE)


def calendar_zone(frame: Sequence[bytes], fallback: str) -> str:
    """The calendar's own zone: what it says, else the only one it describes, else `fallback`."""
    said = [found for line in frame if (found := _OWN_ZONE.fullmatch(line))]
    described = [found for line in frame if (found := _ZONE_ID.fullmatch(line))]
    for found in (*said[:1], *(described if len(described) == 1 else ())):
        name = iana_name(found[1].decode("utf-8", "replace").strip())
        if name is not None:
            return name
    return fallback


def iana_name(name: str) -> str | None:
    """The IANA name of a zone that is called so by IANA or by Windows; None for any other."""
    cleaned = name.strip("/\"' ")
    for candidate in (cleaned, WINDOWS_TO_OLSON.get(cleaned, "")):
        try:
            return ZoneInfo(candidate).key
        except (LookupError, ValueError, OSError):
            continue
    return None


def learn_zones(frame: Sequence[bytes], guarded: Callable[[Callable[[], object]], None]) -> None:
    """Make known what the calendar describes under names that are nobody else's.

    A described zone has the rules of one year at best, so one that is known by its name is taken as it
    is known. `guarded` runs each and forgives those that cannot be read.
    """
    for lines in _described(frame):
        names = [found[1] for line in lines if (found := _ZONE_ID.fullmatch(line))]
        if names and iana_name(names[0].decode("utf-8", "replace").strip()) is None:
            guarded(partial(Timezone.from_ical, b"\r\n".join((*lines, b""))))  # reading one makes it known


def _described(frame: Sequence[bytes]) -> Iterator[list[bytes]]:
    run: list[bytes] | None = None
    for line in frame:
        says = line.strip().upper()
        if says == b"BEGIN:VTIMEZONE":
            run = []
        if run is not None:
            run.append(line)
            if says == b"END:VTIMEZONE":
                yield run
                run = None


def name_of(moment: datetime) -> str | None:
    """The IANA name of the zone in which a moment was written; None for UTC and for described zones."""
    key = getattr(moment.tzinfo, "key", None)
    return None if key in (None, "UTC", "Etc/UTC") else str(key)


def on_the_wall(moment: datetime, zone: tzinfo) -> datetime:
    """The naive time that a clock in `zone` shows."""
    return moment.astimezone(zone).replace(tzinfo=None)
