"""The attendance line of the briefing and the progress page: counts, and the flags that fired."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sync.domain.attendance.fates import AppointmentFate, Fate
from sync.domain.attendance.flags import Flag, flags_of, missed_near_a_low
from sync.domain.attendance.tally import Tally, last_counted, tally_of
from sync.domain.attendance.view import View
from sync.domain.phrasing import counted


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """What is said of a client's attendance; `fates` are the appointments that were counted.

    `sentence` is empty where nothing counts yet.
    """

    sentence: str
    flags: tuple[Flag, ...] = ()
    fates: tuple[AppointmentFate, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The sentence and a line for each flag, as they are shown."""
        return tuple(filter(None, (self.sentence, *(flag.words for flag in self.flags))))

    @property
    def tally(self) -> Tally:
        """The counts that the sentence tells."""
        return tally_of(self.fates)


def attendance_line(view: View, after: datetime | None = None, lows: Sequence[date] = ()) -> AttendanceLine:
    """The line for the therapist. `after` is the start of the session it is read before, if any.

    `lows` are days of confirmed downward labels, for the flag A7.
    """
    counts = last_counted(view.fates)
    flags = flags_of(view)
    near_a_low = missed_near_a_low(view, lows)
    if near_a_low is not None:
        flags = (*flags, near_a_low)
    sentence = f"{counts_words(tally_of(counts))}; {_next_words(view, after)}." if counts else ""
    return AttendanceLine(sentence, flags, counts)


def counts_words(tally: Tally) -> str:
    """`7 of the last 8 appointments kept, 1 cancelled in time`."""
    if tally.counted == 1:
        kept = "The last appointment was kept" if tally.kept else "The last appointment was not kept"
        return kept if tally.kept else f"{kept} ({_others(tally)})"
    others = _others(tally)
    words = f"{tally.kept} of the last {tally.counted} appointments kept"
    return f"{words}, {others}" if others else words


def _others(tally: Tally) -> str:
    parts = (
        (tally.no_show, counted(tally.no_show, "no-show")),
        (tally.late_cancel, f"{tally.late_cancel} cancelled late"),
        (tally.early_cancel, f"{tally.early_cancel} cancelled in time"),
    )
    return ", ".join(words for number, words in parts if number)


def _next_words(view: View, after: datetime | None) -> str:
    if after is None:
        return "the next is booked" if view.next_booked is not None else "nothing is booked"
    later = any(fate.fate is Fate.AHEAD and fate.starts_at > after for fate in view.fates)
    return "the next after this one is booked" if later else "nothing is booked after this one"
