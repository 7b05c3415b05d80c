"""Turns what is known of a session back to an earlier moment, as far as the records tell."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sync.domain.progress.measures import MeasureResult
from sync.domain.session_record import SessionRecord

NOT_TURNED_BACK = (
    "Notes, what was added to them, questionnaires and the hour are as they were known then. As they are "
    "today: names, codes and aliases, which session it is, what is followed or set aside, marks and "
    "cancellations, place and video link."
)


def session_then(session: SessionRecord, at: datetime) -> SessionRecord:
    """The session at the hour that was known at `at` (aware), with the moves that were seen by then."""
    later = [move for move in session.moves if move.seen_at > at]
    if not later:
        return session
    starts_at = later[0].from_starts_at
    return replace(
        session,
        starts_at=starts_at,
        ends_at=starts_at + (session.ends_at - session.starts_at),
        moves=tuple(move for move in session.moves if move.seen_at <= at),
    )


def measures_then(results: Iterable[MeasureResult], at: datetime) -> tuple[MeasureResult, ...]:
    """The results that had been entered by `at`; what was voided only later counts."""
    known = (result for result in results if result.entered_at <= at)
    return tuple(
        replace(result, voided_at=None, void_reason=None)
        if result.voided_at is not None and result.voided_at > at
        else result
        for result in known
    )
