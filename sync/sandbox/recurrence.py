"""Says when a recurring event takes place: on wall time, so that 14:00 stays 14:00 across clock changes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # dateutil ships no types

from sync.sandbox.moments import suffix_of, utc_of, zone_named

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_OCCURRENCES = 20_000


@dataclass(slots=True)
class Expansion:
    """The occurrences of one recurrence, worked out as far as was asked for, and remembered.

    `first` is the first start on the wall clock of `zone`, naive. Starts are kept as POSIX seconds.
    """

    lines: tuple[str, ...]
    first: datetime
    zone: ZoneInfo
    all_day: bool
    starts: list[float] = field(default_factory=list)
    suffixes: list[str] = field(default_factory=list)
    _coming: Iterator[datetime] | None = None
    _finished: bool = False

    def between(self, starting_from: float, starting_before: float) -> range:
        """The positions of the occurrences that start in [starting_from, starting_before)."""
        self._work_out(starting_before)
        return range(bisect_left(self.starts, starting_from), bisect_left(self.starts, starting_before))

    def position(self, suffix: str) -> int | None:
        """Where the occurrence with this id suffix stands; None when the recurrence has no such one."""
        start = start_of_suffix(suffix, self.zone)
        if start is None:
            return None
        self._work_out(start.timestamp() + 1)
        at = bisect_left(self.starts, start.timestamp())
        return at if at < len(self.suffixes) and self.suffixes[at] == suffix else None

    def _work_out(self, until: float) -> None:
        if self._coming is None:
            self._coming = islice(wall_starts(self.lines, self.first, self.zone), MOST_OCCURRENCES)
        while not self._finished and not (self.starts and self.starts[-1] >= until):
            wall = next(self._coming, None)
            start = None if wall is None else utc_of(wall, self.zone)
            if wall is None or start is None:
                self._finished = True
            else:
                self._insert(start, suffix_of(wall if self.all_day else start, self.all_day))

    def _insert(self, start: datetime, suffix: str) -> None:
        at = bisect_right(self.starts, start.timestamp())
        self.starts.insert(at, start.timestamp())
        self.suffixes.insert(at, suffix)


def start_of_suffix(suffix: str, zone: ZoneInfo) -> datetime | None:
    """The UTC start that an instance's id suffix names; a day begins at midnight of `zone`."""
    try:
        if suffix.endswith("Z"):
            return datetime.strptime(suffix, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return utc_of(datetime.strptime(suffix, "%Y%m%d"), zone)  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None


def wall_starts(lines: Sequence[str], first: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The naive starts that RRULE, RDATE and EXDATE lines give; nothing for lines that make no sense."""
    text = "\n".join(_on_the_wall(line, first, zone) for line in lines)
    try:
        rule = rrulestr(text, dtstart=first, forceset=True)
    except (ValueError, TypeError, IndexError, AttributeError):
        return
    yield from rule


def end_before(lines: Sequence[str], start: datetime, zone: ZoneInfo, all_day: bool) -> list[str]:
    """`lines` ended just before the occurrence that starts at the UTC moment `start`."""
    last = start.astimezone(zone) - timedelta(days=1) if all_day else start - timedelta(seconds=1)
    stamp = last.strftime("%Y%m%d" if all_day else "%Y%m%dT%H%M%SZ")
    return [
        f"{_without(line, 'UNTIL', 'COUNT')};UNTIL={stamp}" if line.startswith("RRULE") else line
        for line in lines
    ]


def continue_after(lines: Sequence[str], passed: int) -> list[str]:
    """`lines` for the rest of a series of which `passed` occurrences stay behind: COUNT is lowered."""
    continued = []
    for line in lines:
        count = _part(line, "COUNT")
        rest = line if count is None else f"{_without(line, 'COUNT')};COUNT={max(int(count) - passed, 1)}"
        continued.append(rest)
    return continued


def shift_weekdays(lines: Sequence[str], days: int) -> list[str]:
    """`lines` with plain weekdays (`BYDAY=TU`) moved on by `days`; positions (`2TU`) stay as they are."""
    return [_shift_line(line, days) for line in lines]


def _shift_line(line: str, days: int) -> str:
    named = _part(line, "BYDAY")
    if named is None or days % 7 == 0 or not set(named.split(",")) <= set(WEEKDAYS):
        return line
    moved = ",".join(WEEKDAYS[(WEEKDAYS.index(day) + days) % 7] for day in named.split(","))
    return f"{_without(line, 'BYDAY')};BYDAY={moved}"


def _part(line: str, name: str) -> str | None:
    parts = line.partition(":")[2].split(";") if line.startswith("RRULE") else []
    return next((part.partition("=")[2] for part in parts if part.startswith(f"{name}=")), None)


def _without(line: str, *names: str) -> str:
    head, _, body = line.partition(":")
    kept = [part for part in body.split(";") if part.partition("=")[0] not in names]
    return f"{head}:{';'.join(kept)}"


def _on_the_wall(line: str, first: datetime, zone: ZoneInfo) -> str:
    """`line` with every moment as naive wall time, which is what the expansion runs on."""
    head, _, body = line.partition(":")
    if head.startswith(("RDATE", "EXDATE")):
        stated = zone_named(head.partition("TZID=")[2].partition(";")[0], zone)
        moments = ",".join(_wall_stamp(stamp, stated, zone, first.time()) for stamp in body.split(","))
        return f"{head.partition(';')[0]}:{moments}"
    until = _part(line, "UNTIL")
    if until is None:
        return line
    return f"{_without(line, 'UNTIL')};UNTIL={_wall_stamp(until, zone, zone, time.max)}"


def _wall_stamp(stamp: str, stated: ZoneInfo, zone: ZoneInfo, time_of_day: time) -> str:
    """One moment of a line in `zone`; a bare day gets `time_of_day`."""
    if len(stamp) == len("20260630"):
        return stamp + time_of_day.strftime("T%H%M%S")
    source = ZoneInfo("UTC") if stamp.endswith("Z") else stated
    try:
        moment = datetime.strptime(stamp.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=source)
    except ValueError:
        return stamp
    return moment.astimezone(zone).strftime("%Y%m%dT%H%M%S")
