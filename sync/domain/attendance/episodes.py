"""Parts a client's kept sessions into episodes of work, and says how the present one stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from sync.domain.attendance.agreement import Agreement, Ending
from sync.domain.attendance.fates import AppointmentFate
from sync.domain.attendance.rhythm import Rhythm

ADMINISTRATIVE_DAYS = 180
"""An episode is closed for the books after so many days without a kept session (LA County policy 312.01)."""

LAPSED_DAYS = 28


class Close(StrEnum):
    """How an episode ended: by the therapist's word, by a gap that a new one followed, or by time."""

    SAID = "said"
    NEW_EPISODE = "new-episode"
    ADMINISTRATIVE = "administrative"


class Standing(StrEnum):
    """How the work with a client stands on a day."""

    NOTHING = "nothing"
    STARTING = "starting"
    NEVER_STARTED = "never-started"
    ONGOING = "ongoing"
    PAUSED = "paused"
    LAPSED = "lapsed"
    RETURNING = "returning"
    CLOSED = "closed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Episode:
    """Kept sessions that belong together; `close` None while it is open.

    `propose_close`: 90 days (or what is set) without a kept session, nothing booked and no pause.
    """

    sessions: tuple[AppointmentFate, ...]
    close: Close | None = None
    closed_on: date | None = None
    ending: Ending | None = None
    propose_close: bool = False

    @property
    def began_on(self) -> date:
        """The day of its first kept session."""
        return self.sessions[0].day

    @property
    def last_on(self) -> date:
        """The day of its last kept session."""
        return self.sessions[-1].day


def episodes_of(
    rhythm: Rhythm, next_booked: AppointmentFate | None, new_after_days: int
) -> tuple[Episode, ...]:
    """The episodes of a client, by time.

    A new one opens at the first kept session after an ending, or after `new_after_days` without one,
    pauses not counted.
    """
    if not rhythm.kept:
        return ()
    runs = _runs(rhythm, new_after_days)
    closed = [_earlier(run, later[0].day, rhythm.agreement) for run, later in pairwise(runs)]
    return (*closed, _present(runs[-1], rhythm, next_booked, new_after_days))


def _runs(rhythm: Rhythm, new_after_days: int) -> list[list[AppointmentFate]]:
    runs = [[rhythm.kept[0]]]
    endings = rhythm.agreement.endings
    for gap in rhythm.gaps:
        after, before = gap.after.day, gap.before.day
        if gap.days >= new_after_days or (endings and _ending_between(endings, after, before)):
            runs.append([])
        runs[-1].append(gap.before)
    return runs


def _ending_between(endings: Sequence[Ending], first: date, last: date) -> Ending | None:
    """The last ending said for a day from `first` on and before `last`."""
    within = [one for one in endings if first <= one.ended_on < last]
    return within[-1] if within else None


def _earlier(run: Sequence[AppointmentFate], next_day: date, agreement: Agreement) -> Episode:
    ending = _ending_between(agreement.endings, run[-1].day, next_day)
    if ending is not None:
        return Episode(tuple(run), Close.SAID, ending.ended_on, ending)
    return Episode(tuple(run), Close.NEW_EPISODE, run[-1].day)


def _present(
    run: Sequence[AppointmentFate], rhythm: Rhythm, next_booked: AppointmentFate | None, new_after_days: int
) -> Episode:
    ending = ending_in_force(rhythm.agreement, run[-1].day)
    if ending is not None:
        return Episode(tuple(run), Close.SAID, ending.ended_on, ending)
    open_days = rhythm.open_days or 0
    waits = next_booked is not None or rhythm.agreement.is_paused(rhythm.today)
    if not waits and open_days >= ADMINISTRATIVE_DAYS:
        return Episode(tuple(run), Close.ADMINISTRATIVE, rhythm.today)
    return Episode(tuple(run), propose_close=not waits and open_days >= new_after_days)


def ending_in_force(agreement: Agreement, last_kept: date | None) -> Ending | None:
    """The ending that no kept session followed and that was not taken back."""
    after = [
        one
        for one in agreement.endings
        if one.reopened_on is None and (last_kept is None or one.ended_on >= last_kept)
    ]
    return after[-1] if after else None


def standing_of(
    fates: Sequence[AppointmentFate],
    rhythm: Rhythm,
    present: Episode | None,
    next_booked: AppointmentFate | None,
) -> Standing:
    """How the work stands today."""
    last_kept = rhythm.kept[-1].day if rhythm.kept else None
    if ending_in_force(rhythm.agreement, last_kept) is not None:
        return Standing.ENDED
    if present is None:
        return _before_the_first(fates, next_booked)
    if rhythm.agreement.is_paused(rhythm.today):
        return Standing.PAUSED
    if present.close is Close.ADMINISTRATIVE:
        return Standing.CLOSED
    days = rhythm.spacing.days if rhythm.spacing is not None else 0
    if (rhythm.open_days or 0) <= max(LAPSED_DAYS, 3 * days):
        return Standing.ONGOING
    return Standing.LAPSED if next_booked is None else Standing.RETURNING


def _before_the_first(fates: Sequence[AppointmentFate], next_booked: AppointmentFate | None) -> Standing:
    """Never started: an appointment at least, none kept, and neither an answer nor a next one awaited."""
    if not fates:
        return Standing.NOTHING
    waits = next_booked is not None or any(fate.fate in ("unconfirmed", "not_known") for fate in fates)
    return Standing.STARTING if waits else Standing.NEVER_STARTED
