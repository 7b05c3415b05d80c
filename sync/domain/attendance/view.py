"""One client's attendance seen on one day: the appointments, the rhythm, the episodes, how it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sync.domain.attendance.agreement import Agreement
from sync.domain.attendance.episodes import Episode, Standing, episodes_of, standing_of
from sync.domain.attendance.fates import AppointmentFate, Fate, SessionState, fates_of
from sync.domain.attendance.rhythm import Rhythm, rhythm_of
from sync.domain.attendance.tally import RECENT_DAYS, Tally, last_counted, recent, tally_of

NEW_EPISODE_DAYS = 90
"""Without a kept session for so long, the next one opens a new episode, unless the settings say otherwise."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Kept sessions of those that the spacing means for the days that counted."""

    kept: int
    expected: float

    @property
    def share(self) -> float:
        """At most 1."""
        return min(1.0, self.kept / self.expected) if self.expected else 1.0


@dataclass(frozen=True, slots=True)
class View:
    """All that can be said of one client's attendance on `today`, the practitioner's day."""

    fates: tuple[AppointmentFate, ...]
    rhythm: Rhythm
    episodes: tuple[Episode, ...]
    standing: Standing
    next_booked: AppointmentFate | None
    today: date

    @property
    def waits(self) -> bool:
        """Whether something is booked, or a pause was planned: then nothing is missing."""
        return self.next_booked is not None or self.rhythm.agreement.is_paused(self.today)

    @property
    def last_eight(self) -> Tally:
        """Of the last eight appointments that count."""
        return tally_of(last_counted(self.fates))

    @property
    def ninety_days(self) -> Tally:
        """Of the last 90 days."""
        return tally_of(recent(self.fates, self.today))

    @property
    def before_present(self) -> date | None:
        """The day of the last kept session before the present episode; None where there is none."""
        return self.episodes[-2].last_on if len(self.episodes) > 1 else None

    @property
    def coverage(self) -> Coverage | None:
        """For those of the last 90 days that lie in the present episode; None without a spacing."""
        if not self.episodes or self.episodes[-1].close is not None:
            return None
        first = max(self.today - timedelta(days=RECENT_DAYS - 1), self.episodes[-1].began_on)
        expected = self.rhythm.expected(first, self.today)
        kept = sum(fate.kept and fate.day >= first for fate in self.fates)
        return None if expected is None else Coverage(kept, expected)

    @property
    def next_words(self) -> str:
        """Whether anything is booked, in words."""
        return "The next is booked." if self.next_booked is not None else "Nothing is booked."


def view_of(
    states: Iterable[SessionState],
    agreement: Agreement,
    zone: ZoneInfo,
    now: datetime,
    new_episode_days: int = NEW_EPISODE_DAYS,
) -> View:
    """One client's attendance as of `now` (aware); `zone` is the practitioner's."""
    fates = fates_of(states, zone, now)
    today = now.astimezone(zone).date()
    rhythm = rhythm_of(fates, agreement, today)
    ahead = _first_ahead(fates)
    episodes = episodes_of(rhythm, ahead, new_episode_days)
    standing = standing_of(fates, rhythm, episodes[-1] if episodes else None, ahead)
    return View(fates, rhythm, episodes, standing, ahead, today)


def _first_ahead(fates: Sequence[AppointmentFate]) -> AppointmentFate | None:
    """The next that is booked, or the one that is going on."""
    return next((fate for fate in fates if fate.fate is Fate.AHEAD), None)
