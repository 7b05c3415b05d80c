"""Counts appointments by what became of them, and says shares as counts before percentages."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sync.domain.attendance.fates import COUNTED, AppointmentFate, Fate

LAST = 8
"""How many of the last appointments the attendance line speaks of."""

RECENT_DAYS = 90
"""The window of counts and flags, in days."""

LEAST_FOR_PERCENT = 10
"""Below this many a share is told as counts only."""


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Whole per cent; None below ten, where it would say more than is known."""
        return None if self.whole < LEAST_FOR_PERCENT else round(100 * self.part / self.whole)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many appointments met which fate.

    `assumed` are among the kept; `moved` and `late_changes` are told beside the classes, not added to them.
    """

    kept: int = 0
    no_show: int = 0
    late_cancel: int = 0
    early_cancel: int = 0
    rescheduled: int = 0
    cancelled_by_practitioner: int = 0
    cancelled_by_unknown: int = 0
    unconfirmed: int = 0
    not_known: int = 0
    ahead: int = 0
    assumed: int = 0
    moved: int = 0
    late_changes: int = 0

    @property
    def total(self) -> int:
        """All of them, whatever became of them."""
        return sum(getattr(self, str(fate)) for fate in Fate)

    @property
    def missed(self) -> int:
        """No-shows and late cancellations."""
        return self.no_show + self.late_cancel

    @property
    def counted(self) -> int:
        """All that an attendance rate speaks of."""
        return self.kept + self.missed + self.early_cancel

    @property
    def show_rate(self) -> Share:
        """Kept, of kept and missed."""
        return Share(self.kept, self.kept + self.missed)

    @property
    def attendance_rate(self) -> Share:
        """Kept, of kept, missed and cancelled in time without another in its place."""
        return Share(self.kept, self.counted)


def tally_of(fates: Iterable[AppointmentFate]) -> Tally:
    """The counts of these appointments; each is counted in exactly one class."""
    fates = list(fates)
    classes = Counter(str(fate.fate) for fate in fates)
    return Tally(
        **classes,
        assumed=sum(fate.assumed for fate in fates),
        moved=sum(fate.moved for fate in fates),
        late_changes=sum(fate.late_change for fate in fates),
    )


def added(tallies: Iterable[Tally]) -> Tally:
    """Several counts as one."""
    sums: Counter[str] = Counter()
    for tally in tallies:
        sums.update({name: getattr(tally, name) for name in Tally.__slots__})
    return Tally(**sums)


def last_counted(fates: Sequence[AppointmentFate], last: int = LAST) -> tuple[AppointmentFate, ...]:
    """The last so many appointments that an attendance rate speaks of, by start, which `fates` are in."""
    found: list[AppointmentFate] = []
    for fate in reversed(fates):
        if fate.fate in COUNTED:
            found.append(fate)
            if len(found) == last:
                break
    return tuple(reversed(found))


def between(fates: Sequence[AppointmentFate], first: date, last: date) -> list[AppointmentFate]:
    """The appointments of the days from `first` to `last`, both included, that do not lie ahead."""
    return [fate for fate in fates if first <= fate.day <= last and fate.fate is not Fate.AHEAD]


def recent(fates: Sequence[AppointmentFate], today: date) -> list[AppointmentFate]:
    """The appointments of the last 90 days."""
    return between(fates, today - timedelta(days=RECENT_DAYS - 1), today)
