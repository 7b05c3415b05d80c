"""Reads from a series' recurrence lines how often it repeats and when it ends (RFC 5545, 3.3.10)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_PERIODS = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(days=7), "MONTHLY": timedelta(days=30)}
_INTERVAL = re.compile(r"[1-9][0-9]{0,2}")
_COUNT = re.compile(r"[0-9]{1,6}")
_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a series repeats: `times` in every `period`."""

    period: timedelta
    times: int = 1

    @property
    def gap(self) -> timedelta:
        """The usual time from one instance to the next; a month counts as 30 days."""
        return self.period / self.times


def rhythm_of(recurrence: Iterable[str]) -> Rhythm | None:
    """The rhythm of the first rule; None where there is none, or not by day, week or month."""
    rule = _rule(recurrence)
    period = _PERIODS.get(rule.get("FREQ", ""))
    interval = rule.get("INTERVAL", "1")
    if period is None or _INTERVAL.fullmatch(interval) is None:
        return None
    days = "" if rule["FREQ"] == "DAILY" else rule.get("BYDAY") or rule.get("BYMONTHDAY") or ""
    return Rhythm(period * int(interval), days.count(",") + 1)


def step_of(recurrence: Iterable[str]) -> timedelta | None:
    """What lies on the wall clock between any two neighbours; None where that differs or is not known."""
    lines = tuple(recurrence)
    rule, rhythm = _rule(lines), rhythm_of(lines)
    if rhythm is None or rhythm.times > 1 or rule["FREQ"] == "MONTHLY" or "BYMONTH" in rule:
        return None
    return None if rule["FREQ"] == "DAILY" and "BYDAY" in rule else rhythm.period


def count_of(recurrence: Iterable[str]) -> int | None:
    """How many instances the first rule has; None where it does not say so."""
    count = _rule(recurrence).get("COUNT", "")
    return int(count) if _COUNT.fullmatch(count) else None


def until_of(recurrence: Iterable[str], zone: ZoneInfo) -> datetime | None:
    """The UTC moment up to which the first rule goes; a mere day is over at its end in `zone`."""
    found = _UNTIL.fullmatch(_rule(recurrence).get("UNTIL", ""))
    if found is None:
        return None
    try:
        moment = datetime.strptime(found[1] + (found[2] or "000000"), "%Y%m%d%H%M%S")  # noqa: DTZ007  # zoned below
        if found[2] is None:
            moment += timedelta(days=1)
        return moment.replace(tzinfo=UTC if found[3] else zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _rule(recurrence: Iterable[str]) -> Mapping[str, str]:
    line = next((line for line in map(str.upper, recurrence) if line.startswith("RRULE")), "")
    parts = (part.partition("=") for part in line.partition(":")[2].split(";"))
    return {name.strip(): value.strip() for name, _, value in parts}
