"""The flags A1 to A7: plain rules, each with what made it fire. There is no score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import takewhile
from statistics import median

from sync.domain.attendance.episodes import Standing
from sync.domain.attendance.fates import AppointmentFate, Fate
from sync.domain.attendance.tally import recent
from sync.domain.attendance.view import View
from sync.domain.phrasing import counted

LEAST_BOOKED_AHEAD, OF_LAST, LEAST_SEEN = 0.75, 8, 4
"""She usually books ahead: at three of four of her last eight sessions the next one stood there already."""

DRIFT = 1.5
LAST_GAPS, GAPS_BEFORE = 4, 8
NEAR_A_LOW = timedelta(days=14)


class Grade(StrEnum):
    """What stands behind a flag: studies of missed sessions themselves, or good sense alone."""

    DIRECT = "direct"
    PLAUSIBLE = "plausible, unvalidated"


RULES = {
    "A1": ("Two appointments in a row were missed.", Grade.DIRECT),
    "A2": ("Three appointments or more were missed within 90 days.", Grade.DIRECT),
    "A3": ("A no-show before the third kept session.", Grade.DIRECT),
    "A4": (
        "More than twice the spacing and three days since the last session, and nothing booked.",
        Grade.PLAUSIBLE,
    ),
    "A5": (
        "The last four gaps are half as long again as the eight before, with no other spacing agreed.",
        Grade.PLAUSIBLE,
    ),
    "A6": ("Nothing is booked after the last session, although it usually is by then.", Grade.PLAUSIBLE),
    "A7": ("A missed appointment within 14 days of a lower stretch, or of an SRS below 36.", Grade.PLAUSIBLE),
}
"""The rule of each flag in words, and its evidence."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag that fired: which, what was seen, and the appointments that made it fire."""

    name: str
    words: str
    evidence: tuple[AppointmentFate, ...]

    @property
    def rule(self) -> str:
        """The rule that fired, in words."""
        return RULES[self.name][0]

    @property
    def grade(self) -> Grade:
        """What stands behind the rule."""
        return RULES[self.name][1]


def flags_of(view: View) -> tuple[Flag, ...]:
    """The flags A1 to A6 that hold today; none of work that has ended or was closed."""
    if view.standing in (Standing.ENDED, Standing.CLOSED):
        return ()
    return tuple(flag for rule in _RULES_SEEN for flag in [rule(view)] if flag is not None)


def missed_near_a_low(view: View, lows: Sequence[date]) -> Flag | None:
    """A7, for the therapist alone: a miss of the last 90 days within 14 days of one of these days.

    `lows` are the days of confirmed downward labels, or of a low rating of the sessions themselves.
    """
    near = [
        miss
        for miss in recent(view.fates, view.today)
        if miss.missed and any(abs(miss.day - low) <= NEAR_A_LOW for low in lows)
    ]
    if not near:
        return None
    return Flag(
        "A7", f"{_missed_words(near)}, within two weeks of a lower stretch or a low SRS.", tuple(near)
    )


def _two_in_a_row(view: View) -> Flag | None:
    """The last two of which it is known whether they were kept; one that nobody knows of is between none."""
    last: list[AppointmentFate] = []
    for fate in reversed(recent(view.fates, view.today)):
        if fate.fate in (Fate.UNCONFIRMED, Fate.NOT_KNOWN) or fate.kept:
            break
        if fate.missed:
            last.append(fate)
    if len(last) < 2:
        return None
    missed = last[::-1]
    words = f"The last {len(missed)} appointments that count did not take place ({_kinds(missed)})."
    return Flag("A1", f"{words} {view.next_words}", tuple(missed))


def _three_in_ninety_days(view: View) -> Flag | None:
    missed = [fate for fate in recent(view.fates, view.today) if fate.missed]
    if len(missed) < 3:
        return None
    return Flag("A2", f"{_missed_words(missed)} in the last 90 days. {view.next_words}", tuple(missed))


def _early_no_show(view: View) -> Flag | None:
    """Within the present episode, what led to it included; only while it is of the last 90 days."""
    before = view.before_present
    kept, early = 0, []
    for fate in view.fates:
        if before is not None and fate.day <= before:
            continue
        kept += fate.kept
        if kept >= 3:
            break
        if fate.fate is Fate.NO_SHOW:
            early.append(fate)
    near = recent(early, view.today)
    if not near:
        return None
    return Flag("A3", f"{counted(len(near), 'no-show')} before the third kept session.", tuple(near))


def _open_gap(view: View) -> Flag | None:
    open_days, spacing = view.rhythm.open_days, view.rhythm.spacing
    if open_days is None or spacing is None or view.waits or not view.rhythm.is_long_open:
        return None
    rhythm = f"{'agreed' if spacing.said else 'usual'} every {counted(spacing.days, 'day')}"
    words = f"{counted(open_days, 'day')} since the last kept session ({rhythm}), and nothing is booked."
    return Flag("A4", words, (view.rhythm.kept[-1],))


def _drift(view: View) -> Flag | None:
    present = view.episodes[-1] if view.episodes else None
    gaps = [gap for gap in view.rhythm.gaps if present is not None and gap.after.day >= present.began_on]
    gaps = gaps[-(LAST_GAPS + GAPS_BEFORE) :]
    if len(gaps) < LAST_GAPS + GAPS_BEFORE or view.rhythm.agreement.cadence_on(
        gaps[0].after.day
    ) != view.rhythm.agreement.cadence_on(view.today):
        return None
    last, before = (median(gap.days for gap in some) for some in (gaps[-LAST_GAPS:], gaps[:-LAST_GAPS]))
    if last <= DRIFT * before:
        return None
    words = f"The last four gaps are {last:g} days at the median, the eight before were {before:g}."
    return Flag("A5", words, tuple(gap.before for gap in gaps[-LAST_GAPS:]))


def _not_booked_as_usual(view: View) -> Flag | None:
    if view.waits or not view.rhythm.kept:
        return None
    seen = [fate for fate in view.rhythm.kept if not fate.is_history][-OF_LAST - 1 : -1]
    ahead = [fate for fate in seen if _had_a_next(view.fates, fate)]
    if len(seen) < LEAST_SEEN or len(ahead) < LEAST_BOOKED_AHEAD * len(seen):
        return None
    words = (
        "Nothing is booked after the last session; after "
        f"{len(ahead)} of the {len(seen)} before, the next one was."
    )
    return Flag("A6", words, (view.rhythm.kept[-1],))


def _had_a_next(fates: Sequence[AppointmentFate], kept: AppointmentFate) -> bool:
    """Whether another appointment stood in the calendar already when this session ended."""
    later = takewhile(lambda fate: fate.starts_at > kept.starts_at, reversed(fates))
    return any(fate.created_at <= kept.ends_at for fate in later)


def _missed_words(missed: Sequence[AppointmentFate]) -> str:
    return f"{counted(len(missed), 'appointment')} did not take place ({_kinds(missed)})"


def _kinds(missed: Sequence[AppointmentFate]) -> str:
    """`1 no-show, 1 late cancellation`."""
    no_shows = sum(fate.fate is Fate.NO_SHOW for fate in missed)
    late = len(missed) - no_shows
    parts = [(no_shows, "no-show"), (late, "late cancellation")]
    return ", ".join(counted(number, kind) for number, kind in parts if number)


_RULES_SEEN: tuple[Callable[[View], Flag | None], ...] = (
    _two_in_a_row,
    _three_in_ninety_days,
    _early_no_show,
    _open_gap,
    _drift,
    _not_booked_as_usual,
)
