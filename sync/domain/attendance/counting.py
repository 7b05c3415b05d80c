"""Counts what became of a client's appointments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.domain.briefing.values import AttendanceCounts

COUNTED = 8
"""How many of the last appointments the attendance line speaks of."""


@dataclass(frozen=True, slots=True)
class AppointmentFate:
    """One appointment that is over: kept, missed, or neither (cancelled early, unanswered).

    `is_history`: it was over before its calendar was connected, so no note of it is expected.
    """

    session_id: str
    starts_at: datetime
    kept: bool
    missed: bool
    is_history: bool = False


def kept_of_last(fates: Sequence[AppointmentFate], last: int = COUNTED) -> AttendanceCounts | None:
    """How many of the last appointments that count were kept; None when none counts yet.

    Appointments cancelled in time or by the practitioner, and unanswered ones, count neither way.
    """
    counting = [fate for fate in fates if fate.kept or fate.missed][-last:]
    if not counting:
        return None
    return AttendanceCounts(kept=sum(1 for fate in counting if fate.kept), counted=len(counting))
