"""How often a client comes: the spacing that was agreed or is usual, and the gaps between kept sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from sync.domain.attendance.agreement import Agreement
from sync.domain.attendance.fates import AppointmentFate
from sync.domain.attendance.tally import RECENT_DAYS, Share

ON_CADENCE = 1.5
"""A gap of up to this many spacings is on cadence."""

USUAL_OF = 8
LEAST_GAPS = 4
"""A usual spacing is the median of the last eight gaps, and needs four; adherence needs four as well."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """Every so many days; `said`: agreed with the therapist, else only what is usual."""

    days: int
    said: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """The days between two kept sessions without the days of pauses, and the spacing that held then."""

    after: AppointmentFate
    before: AppointmentFate
    days: int
    spacing: Spacing | None

    @property
    def is_on_cadence(self) -> bool | None:
        """Whether it is no longer than one and a half spacings; None where no spacing is known."""
        return None if self.spacing is None else self.days <= ON_CADENCE * self.spacing.days


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A client's kept sessions by start, one a day, with the gaps between them, seen from `today`."""

    agreement: Agreement
    kept: tuple[AppointmentFate, ...]
    gaps: tuple[Gap, ...]
    usual: Spacing | None
    today: date

    @property
    def spacing(self) -> Spacing | None:
        """The spacing that holds today: as agreed, else as usual."""
        return _spacing_on(self.today, self.agreement, self.usual)

    @property
    def open_days(self) -> int | None:
        """Days since the last kept session without those of pauses; None before the first."""
        if not self.kept:
            return None
        last = self.kept[-1].day
        return max(0, (self.today - last).days - self.agreement.pause_days(last, self.today))

    @property
    def is_long_open(self) -> bool:
        """Whether the last kept session is more than two spacings and three days ago, pauses aside."""
        open_days, spacing = self.open_days, self.spacing
        return open_days is not None and spacing is not None and open_days > 2 * spacing.days + 3

    @property
    def adherence(self) -> Share | None:
        """Gaps on cadence of those that ended in the last 90 days; None below four of them.

        The gap that is open counts as soon as it is too long.
        """
        since = self.today - timedelta(days=RECENT_DAYS - 1)
        judged = [gap.is_on_cadence for gap in self.gaps if gap.before.day >= since]
        judged = [on for on in judged if on is not None]
        if self.spacing is not None and (self.open_days or 0) > ON_CADENCE * self.spacing.days:
            judged.append(False)
        return Share(judged.count(True), len(judged)) if len(judged) >= LEAST_GAPS else None

    def expected(self, first: date, last: date) -> float | None:
        """How many sessions the spacing means for the days from `first` to `last`; None where there is none.

        Days of pauses do not count.
        """
        total, day = 0.0, first
        while day <= last:
            spacing = _spacing_on(day, self.agreement, self.usual)
            if spacing is None:
                return None
            if not self.agreement.is_paused(day):
                total += 1 / spacing.days
            day += timedelta(days=1)
        return total


def rhythm_of(fates: Sequence[AppointmentFate], agreement: Agreement, today: date) -> Rhythm:
    """The rhythm of a client's appointments, which are by start."""
    kept = tuple({fate.day: fate for fate in fates if fate.kept}.values())
    lengths = [_length(earlier, later, agreement) for earlier, later in pairwise(kept)]
    usual = _usual(lengths)
    gaps = tuple(
        Gap(earlier, later, length, _generous(earlier.day, later.day, agreement, usual))
        for earlier, later, length in zip(kept, kept[1:], lengths, strict=False)
    )
    return Rhythm(agreement, kept, gaps, usual, today)


def _length(earlier: AppointmentFate, later: AppointmentFate, agreement: Agreement) -> int:
    return (later.day - earlier.day).days - agreement.pause_days(earlier.day, later.day)


def _usual(lengths: Sequence[int]) -> Spacing | None:
    if len(lengths) < LEAST_GAPS:
        return None
    return Spacing(max(1, int(median(lengths[-USUAL_OF:]) + 0.5)), said=False)


def _spacing_on(day: date, agreement: Agreement, usual: Spacing | None) -> Spacing | None:
    agreed = agreement.cadence_on(day)
    return usual if agreed is None else Spacing(agreed.days, said=True)


def _generous(first: date, last: date, agreement: Agreement, usual: Spacing | None) -> Spacing | None:
    """The longest spacing that held on either end: a gap across a change is not held against a client."""
    if not agreement.cadences:
        return usual
    held = [_spacing_on(day, agreement, usual) for day in (first, last)]
    return max((one for one in held if one is not None), key=lambda one: one.days, default=None)
