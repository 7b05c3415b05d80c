"""Says moments and days as the practitioner would, in her own zone and whatever the machine's language."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class LocalTime:
    """The practitioner's wall: her zone, and the day from which she looks (for leaving out the year)."""

    zone: ZoneInfo
    today: date

    def day_of(self, at: datetime) -> date:
        """The day of a moment in her zone."""
        return at.astimezone(self.zone).date()

    def clock(self, at: datetime) -> str:
        """`14:00`."""
        return f"{at.astimezone(self.zone):%H:%M}"

    def day(self, at: datetime) -> str:
        """`16 June`, with the year when it is not this one."""
        return self.date(self.day_of(at))

    def date(self, day: date) -> str:
        """`16 June`, likewise, of a day of her calendar."""
        year = "" if day.year == self.today.year else f" {day.year}"
        return f"{day.day} {MONTHS[day.month - 1]}{year}"

    def weekday(self, at: datetime) -> str:
        """`Tuesday 16 June`."""
        return f"{DAYS[at.astimezone(self.zone).weekday()]} {self.day(at)}"

    def month(self, at: datetime) -> str:
        """`June`, with the year when it is not this one."""
        local = at.astimezone(self.zone)
        return MONTHS[local.month - 1] + ("" if local.year == self.today.year else f" {local.year}")

    def moment(self, at: datetime) -> str:
        """`Tuesday 16 June, 14:00`."""
        return f"{self.weekday(at)}, {self.clock(at)}"

    def span(self, starts_at: datetime, ends_at: datetime) -> str:
        """`Tuesday 16 June, 14:00–14:50`."""
        return f"{self.moment(starts_at)}–{self.clock(ends_at)}"

    def checked(self, at: datetime) -> str:
        """`today at 13:02`, `yesterday at 13:02` or `on Tuesday 9 June at 13:02`."""
        days = (self.today - self.day_of(at)).days
        name = {0: "today", 1: "yesterday"}.get(days, f"on {self.weekday(at)}")
        return f"{name} at {self.clock(at)}"


def local_time(time_zone: str, now: datetime) -> LocalTime:
    """The practitioner's wall at `now` (aware); an unknown zone name is a `ZoneInfoNotFoundError`."""
    zone = ZoneInfo(time_zone)
    return LocalTime(zone, now.astimezone(zone).date())


def month_and_year(day: date) -> str:
    """`June 2026`: for what is kept, and read in another year."""
    return f"{MONTHS[day.month - 1]} {day.year}"
