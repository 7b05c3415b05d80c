"""What Google does without saying so, as switches: each is one reading of what was seen in the wild."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Habits:
    """The undocumented side of the calendar; the defaults are what was seen most, or what is hardest."""

    delta_days: int = 730
    """How many days ahead an endless series is expanded when no window is given."""

    tombstone_days: int = 183
    """How many days ahead a deleted or re-timed series' instances are reported as gone (R28)."""

    most_tombstones: int = 30
    """How many of them at most, for one series in one answer (R28)."""

    lists_deleted_instances: bool = False
    """Whether a windowed listing with `showDeleted` names the instances of a deleted series."""

    bin_keeps_details: bool = True
    """Whether a deleted single event still shows title and times where `showDeleted` is asked for (R30)."""

    sparse_cancellations: bool = False
    """Whether a cancelled instance comes without `recurringEventId` and `originalStartTime` (R26)."""

    split_suffix: Literal["old", "new"] = "old"
    """Whether the `_R` of a split carries the instance's old start or its new one."""

    vanished_instance: Literal["missing", "cancelled"] = "missing"
    """What asking for an instance beyond its series' end answers: 404, or a cancelled instance."""

    largest_page: int = 2500
    """How many events a page holds at most, however many were asked for (R2)."""
