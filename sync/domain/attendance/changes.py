"""Reads from a session's ledger when it was cancelled, and whether it was moved, and how late."""

from collections.abc import Iterable

from sync.domain.attendance.fates import SessionState
from sync.domain.attendance.states import CANCELLED
from sync.domain.session_story import Happening

CHANGES = ("moved", "relinked", "cancelled")
"""The kinds of entries that tell of it; and one that a person marked it as cancelled."""


def with_changes(state: SessionState, told: Iterable[Happening], late_hours: float) -> SessionState:
    """`state` with what its ledger tells, which is in the order in which it was seen.

    Moved late: with less than `late_hours` of notice by the calendar's own word; where only a reading saw
    it, late is not claimed. Cancelled by a person's word it was at the latest when the session was to begin.
    """
    cancelled_at = None
    moves = []
    for one in told:
        if one.kind == "cancelled":
            cancelled_at = one.at
        elif one.kind == "marked" and (one.detail or "").startswith(CANCELLED):
            cancelled_at = min(one.at, state.starts_at)
        elif one.kind in ("moved", "relinked") and one.is_reschedule:
            moves.append(one)
    late = any(
        one.happened_at is not None and one.notice_hours is not None and 0 <= one.notice_hours < late_hours
        for one in moves
    )
    return state._replace(cancelled_at=cancelled_at, moved=bool(moves), moved_late=late)
