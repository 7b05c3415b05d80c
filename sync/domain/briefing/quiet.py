"""Keeps mail out of a practitioner's quiet hours, without letting a session go unbriefed."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sync.domain.briefing.wall_clock import moment_on

TIME_TO_READ = timedelta(minutes=10)
"""How long before a session a briefing that waited has to be there, or half of a shorter lead."""

BEFORE_QUIET = timedelta(minutes=15)
"""How long before quiet begins a briefing goes out that cannot wait for its end; cron may come rarely."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begins` to `ends` of her wall clock, over midnight where it ends before it begins."""

    begins: time
    ends: time
    zone: ZoneInfo

    def around(self, at: datetime) -> tuple[datetime, datetime] | None:
        """The quiet stretch that `at` (aware) lies in, in UTC; its end is no part of it."""
        today = at.astimezone(self.zone).date()
        over_midnight = timedelta(days=int(self.ends <= self.begins))
        for day in (today - timedelta(days=1), today):
            begins = moment_on(day, self.begins, self.zone)
            ends = moment_on(day + over_midnight, self.ends, self.zone)
            if begins <= at < ends:
                return begins, ends
        return None


def briefing_due(starts_at: datetime, lead: timedelta, quiet: QuietHours | None) -> datetime:
    """When the briefing for a session is due: `lead` of real time before it (R104), but not in quiet hours.

    Then it waits for their end where that leaves time to read it, and else goes out before they begin.
    """
    due = starts_at - lead
    stretch = quiet.around(due) if quiet else None
    if stretch is None:
        return due
    begins, ends = stretch
    return ends if ends <= starts_at - min(lead / 2, TIME_TO_READ) else begins - BEFORE_QUIET


def after_quiet(at: datetime, quiet: QuietHours | None) -> datetime:
    """`at`, or the end of the quiet hours that it lies in."""
    stretch = quiet.around(at) if quiet else None
    return stretch[1] if stretch else at
