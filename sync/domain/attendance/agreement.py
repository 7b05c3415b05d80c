"""What the therapist said about how often a client comes, planned pauses, and how the work ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class EndingType(StrEnum):
    """How a therapy ended, by the therapist's word alone."""

    PLANNED = "planned"
    CLIENT_TOLD = "client-told"
    UNPLANNED = "unplanned"
    PRACTITIONER = "practitioner"
    TRANSFER = "transfer"
    PRACTICAL = "practical"
    UNKNOWN = "unknown"


ENDING_WORDS = {
    EndingType.PLANNED: "planned together",
    EndingType.CLIENT_TOLD: "the client decided and said so",
    EndingType.UNPLANNED: "without a word, no contact since",
    EndingType.PRACTITIONER: "by the practitioner or the practice",
    EndingType.TRANSFER: "passed on to somebody else",
    EndingType.PRACTICAL: "a move, money or insurance",
    EndingType.UNKNOWN: "not known",
}


@dataclass(frozen=True, slots=True)
class Cadence:
    """Every so many days from a day on; `valid_from` None: for as long as anything is known."""

    days: int
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A planned pause; `until_on` is the first day after it, None while that is open."""

    from_on: date
    until_on: date | None = None
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True, slots=True)
class Ending:
    """That the work ended on a day; `reopened_on` where it went on after all.

    `goals_met` is the therapist's judgement; None where she gave none.
    """

    ended_on: date
    kind: EndingType = EndingType.UNKNOWN
    goals_met: bool | None = None
    reopened_on: date | None = None

    @property
    def is_drop_out(self) -> bool:
        """Unplanned, or the client's decision before the goals were judged met."""
        return self.kind is EndingType.UNPLANNED or (
            self.kind is EndingType.CLIENT_TOLD and self.goals_met is False
        )


@dataclass(frozen=True, slots=True)
class Agreement:
    """All that was said of one client's rhythm; cadences, pauses and endings are by their day."""

    cadences: tuple[Cadence, ...] = ()
    pauses: tuple[Pause, ...] = ()
    endings: tuple[Ending, ...] = ()

    def cadence_on(self, day: date) -> Cadence | None:
        """What was agreed for a day; None where nothing was."""
        holding = [one for one in self.cadences if one.valid_from is None or one.valid_from <= day]
        return max(holding, key=lambda one: one.valid_from or date.min, default=None)

    def is_paused(self, day: date) -> bool:
        """Whether a planned pause covers the day."""
        return any(pause.covers(day) for pause in self.pauses)

    def pause_days(self, after: date, before: date) -> int:
        """How many of the days after `after` and before `before` lie in a pause, each counted once."""
        if not self.pauses:
            return 0
        return sum(
            (last - first).days for first, last in _joined(self.pauses, after + timedelta(days=1), before)
        )


def _joined(pauses: Iterable[Pause], begin: date, end: date) -> Sequence[tuple[date, date]]:
    """The pauses between two days (`end` excluded) as spans that do not overlap."""
    spans: list[tuple[date, date]] = []
    for pause in sorted(pauses, key=lambda one: one.from_on):
        first, last = max(pause.from_on, begin), min(pause.until_on or end, end)
        if spans:
            first = max(first, spans[-1][1])
        if first < last:
            spans.append((first, last))
    return spans
