"""Says how a marker moves over months, in ten words that are used only when their rule holds.

The rule is that of docs/trends.md: it weighs how consistent a movement is, how large beside the person's own
usual ups and downs, and whether it still goes on. Nothing is claimed of fewer than five ratings or 28 days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Self

from sync.domain.progress.statistics import mann_kendall, mean_step, theil_sen_change, usual_swing

FEWEST, SHORTEST_DAYS = 5, 28
"""Below either there is no reading."""

RECENT = 8
"""How many ratings are the recent ones."""

_SHORT, _CONSISTENT_SHORT, _CONSISTENT_LONG = 10, 1.75, 2.24
"""z for a consistent course: the exact table's for up to ten ratings (two-sided p at most .083); beyond,
1.645·√((1+.3)/(1−.3)), which leaves room for a carry-over of .3 from one session to the next."""

_SWING_RECENT, _SWING_LONG = 1.5, 1.125
"""How many usual swings a movement must exceed."""

_GOES_ON = 0.4
"""Which part of a long movement its newer half must show, to be called going on."""


class Label(StrEnum):
    """What can be said of a course."""

    TOO_EARLY = "too early"
    IMPROVING = "improving"
    HOLDING_GAINS = "holding gains"
    RECENT_LIFT = "recent lift"
    STEADY = "steady"
    FLUCTUATING = "fluctuating"
    LOWER_SPELL = "lower spell"
    SETBACK = "setback"
    WORSENING = "worsening"
    LOWER_LEVEL = "lower, level"


UP = frozenset({Label.IMPROVING, Label.HOLDING_GAINS})
DOWN = frozenset({Label.WORSENING, Label.LOWER_LEVEL, Label.SETBACK})
"""The two families: within one, the reading of the session before confirms this one."""


def family(label: Label) -> frozenset[Label] | None:
    """The family of a label that claims a direction; None for one that claims none."""
    return next((labels for labels in (UP, DOWN) if label in labels), None)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """How much counts on a scale: over the recent ratings, over the whole course, and its smallest step."""

    recent: float
    long: float
    step: float = 1.0
    swing: float = 0.0
    """From which mean step between neighbours on a course is one of ups and downs."""

    @classmethod
    def of_rating(cls, scale: float, step: float = 1.0) -> Self:
        """For ratings from nought to `scale`: a fifth of it recently, 15 hundredths over the whole."""
        return cls(0.20 * scale, 0.15 * scale, step, 0.20 * scale)

    @classmethod
    def of_measure(cls, span: float, reliable_change: float) -> Self:
        """For a questionnaire whose scores span `span`: its reliable change for both."""
        return cls(reliable_change, reliable_change, 1.0, 0.20 * span)


@dataclass(frozen=True, slots=True)
class Trend:
    """A reading of a whole course. `confirmed` says that the session before gave the same direction.

    `taken_back` is the confirmed label of the session before whose direction is no longer seen.
    `start`, `prior` and `now` are medians: of the first ratings, of the five before the last three, of the
    last three; `prior` is None of fewer than eight. `change` is the size of the whole course, for ranking.
    """

    label: Label
    confirmed: bool
    taken_back: Label | None
    n: int
    start: float
    prior: float | None
    now: float
    change: float
    threshold: float


def read_trend(days: Sequence[float], values: Sequence[float], yardstick: Yardstick) -> Trend:
    """Read a course of at least one value, oldest first, higher is better; `days` never fall.

    A label with a direction is confirmed when the course without its last value has one of the same family.
    """
    course = _Course(days, values, yardstick)
    label, before = course.label(), _label_without_last(days, values, yardstick, 1)
    confirmed = family(label) is not None and family(label) == family(before)
    is_over = family(before) not in (None, family(label))
    was_confirmed = is_over and family(_label_without_last(days, values, yardstick, 2)) == family(before)
    return Trend(
        label=label,
        confirmed=confirmed,
        taken_back=before if was_confirmed else None,
        n=course.n,
        start=course.start,
        prior=course.prior,
        now=course.now,
        change=course.change,
        threshold=course.long,
    )


def _label_without_last(
    days: Sequence[float], values: Sequence[float], yardstick: Yardstick, sessions: int
) -> Label:
    """What was said so many sessions ago."""
    n = len(values) - sessions
    return _Course(days[:n], values[:n], yardstick).label() if n >= FEWEST else Label.TOO_EARLY


def clearly(values: Sequence[float], yardstick: Yardstick) -> float:
    """From how much on the last three of `values` are clearly apart from the five before."""
    return max(yardstick.recent, _SWING_RECENT * usual_swing(values[-20:]))


def usual_before(values: Sequence[float]) -> float | None:
    """The median of the five values before the last three; None of fewer than eight."""
    return median(values[-8:-3]) if len(values) >= 8 else None


def stands_lower(values: Sequence[float], by: float) -> bool:
    """Whether the last three of `values` are lower than the five before them, and the last two each are."""
    prior = usual_before(values)
    return prior is not None and prior - median(values[-3:]) >= by and max(values[-2:]) <= prior - by


class _Course:
    """A course with all that the rule asks of it, each worked out once."""

    def __init__(self, days: Sequence[float], values: Sequence[float], yardstick: Yardstick) -> None:
        self.days, self.values, self.yardstick = days, values, yardstick
        self.n = len(values)
        self.recent = clearly(values, yardstick)
        self.long = max(yardstick.long, _SWING_LONG * usual_swing(values[-20:]))
        if self.n < 12:
            self.long = max(self.long, self.recent)
        self.k = 3 if self.n < 15 else 5
        self.start = median(values[: self.k])
        self.now = median(values[-3:])
        self.prior = usual_before(values)
        self.change = theil_sen_change(days, values)

    def label(self) -> Label:
        """The first of the rule's labels that holds."""
        if self.n < FEWEST or self.days[-1] - self.days[0] < SHORTEST_DAYS:
            return Label.TOO_EARLY
        lately, wholly = self._direction(RECENT, 3, self.recent), self._direction(self.n, self.k, self.long)
        if (sudden := self._sudden(lately, wholly)) is not None:
            return sudden
        still = wholly if wholly * self._newer_half() >= _GOES_ON * self.long else 0
        if -1 in (lately, still):
            return Label.WORSENING
        if 1 in (lately, still):
            return Label.IMPROVING
        if wholly:
            return Label.HOLDING_GAINS if wholly > 0 else Label.LOWER_LEVEL
        restless = max(self.yardstick.swing, self.yardstick.step)
        if self.n >= 6 and mean_step(self.values[-RECENT:]) >= restless:
            return Label.FLUCTUATING
        return Label.STEADY

    def _sudden(self, lately: int, wholly: int) -> Label | None:
        """What three sessions of another level say, beside the five before them."""
        if self.prior is None:
            return None
        if stands_lower(self.values, self.recent):
            if self.prior - self.start >= self.long:
                return Label.SETBACK
            return Label.WORSENING if -1 in (lately, wholly) else Label.LOWER_SPELL
        if self.now - self.prior >= self.recent and min(self.values[-2:]) >= self.prior + self.recent:
            return None if 1 in (lately, wholly) else Label.RECENT_LIFT
        return None

    def _direction(self, count: int, k: int, least: float) -> int:
        """1 where the last `count` values rise by at least `least`, -1 where they fall, else 0."""
        days, values = self.days[-count:], self.values[-count:]
        z = mann_kendall(values)
        if abs(z) < (_CONSISTENT_SHORT if len(values) <= _SHORT else _CONSISTENT_LONG):
            return 0
        direction = 1 if z > 0 else -1
        across = direction * (self.change if count == self.n else theil_sen_change(days, values))
        between = direction * (median(values[-k:]) - median(values[:k]))
        return direction if across >= least and between >= least / 2 else 0

    def _newer_half(self) -> float:
        """How far the newer half goes; of few ratings, the recent ones."""
        newer = self.n - self.n // 2
        count = newer if newer >= FEWEST else RECENT
        return theil_sen_change(self.days[-count:], self.values[-count:])
