"""Counts the sample's weeks from tomorrow, so that it can be played on any day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TIME_ZONE = "Europe/London"
EARLIEST_WEEK = 44
EVENING = "20:00"
DAYS_OF_WORK = 3
"""Sessions lie on tomorrow's day of the week and the day after; the week's last evening follows them."""


@dataclass(frozen=True, slots=True)
class Days:
    """The sample's days around `tomorrow`, a date where the practice is."""

    tomorrow: date

    @classmethod
    def around(cls, now: datetime) -> "Days":
        """The days as they lie at `now` (aware)."""
        return cls(now.astimezone(ZoneInfo(TIME_ZONE)).date() + timedelta(days=1))

    def on(self, week: int, day: int) -> date:
        """The date of `day` in `week`."""
        return self.tomorrow + timedelta(days=day - 7 * week)

    def at(self, week: int, day: int, clock_time: str) -> datetime:
        """The moment, in UTC, at which clocks in the practice show `clock_time` on that day."""
        wall = datetime.combine(self.on(week, day), time.fromisoformat(clock_time), ZoneInfo(TIME_ZONE))
        return wall.astimezone(UTC)

    def evening(self, week: int) -> datetime:
        """When the working days of `week` are over, in UTC."""
        return self.at(week, DAYS_OF_WORK - 1, EVENING)
