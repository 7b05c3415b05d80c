"""Asks the calendar about every session that a complete snapshot lacks, before anything is cancelled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.domain.calendar.absence import (
    CONFIRM_LIMIT,
    SECOND_LOOK,
    gone_with_master,
    inquire,
    is_agreed,
    is_mass_absence,
)
from sync.domain.calendar.changes import MISSING_AFTER, Cancel, Change, Flag
from sync.domain.calendar.links import CalendarLink, LinkState
from sync.domain.calendar.series_ids import instance_id
from sync.domain.calendar.values import CancelReason, Event, KnownSession, Window
from sync.errors import CalendarGone, SignInNeeded, SyncError
from sync.jobs.visit import Visit
from sync.ports import CalendarSource
from sync.store.known_sessions import count_ahead


@dataclass(frozen=True, slots=True)
class Settled:
    """What the calendar answered: events that are still there (`alive`), sessions that are gone.

    `suspect` counts what is missing when the calendar itself is in doubt: then nothing is gone.
    `doubtful` is missing where silence proves nothing: a later reading has to agree.
    `unanswered` says that some questions are left for the next reading.
    """

    alive: tuple[Event, ...] = ()
    gone: tuple[tuple[KnownSession, datetime | None], ...] = ()
    suspect: int = 0
    doubtful: tuple[KnownSession, ...] = ()
    unanswered: bool = False


def settle_absences(
    visit: Visit, absent: Sequence[KnownSession], window: Window, unsure: Collection[str] = ()
) -> Settled:
    """Ask about what a reading of `window` lacks (R20, R23): masters first, then each event.

    Those of `unsure`, by event id, may have another id by now: only a series that is gone settles them.
    """
    if not absent:
        return Settled()
    with visit.app.reading() as records:
        ahead = count_ahead(records, visit.calendar.id, visit.now, window)
    asking = _Asking(visit.source, visit.calendar.calendar_id)
    masters = asking.about(inquire(absent).masters)
    believed = visit.wish.accept_empty or _second_look(visit.calendar, visit.now)
    proves = visit.source.absence_is_proof
    mass = not believed and is_mass_absence(absent, ahead, visit.now)
    if mass and not (proves and _all_gone(asking, masters, absent)):
        doubtful = () if proves else tuple(absent)
        return Settled(suspect=len(absent), doubtful=doubtful, unanswered=True)
    dead = {master: event is None or event.status == "cancelled" for master, event in masters.items()}
    with_master = gone_with_master(absent, dead)
    open_ = [session for session in absent if session not in with_master]
    rest = [session for session in open_ if session.event_id not in unsure]
    answers = asking.about(inquire(rest).events)
    repeated = _first_is_gone(asking, answers)
    answers = {event_id: None if event_id in repeated else event for event_id, event in answers.items()}
    gone = [*with_master, *(s for s in rest if s.event_id in answers and answers[s.event_id] is None)]
    doubtful = () if proves or visit.wish.accept_empty else _not_agreed(gone, visit.now)
    return Settled(
        alive=tuple(event for event in answers.values() if event is not None),
        gone=tuple((session, None) for session in gone if session not in doubtful),
        doubtful=doubtful,
        unanswered=asking.failed or len(rest) > CONFIRM_LIMIT or len(rest) < len(open_) or bool(doubtful),
    )


def _first_is_gone(asking: "_Asking", answers: Mapping[str, Event | None]) -> set[str]:
    """The single events that repeat now and whose first instance is gone: that was their hour (R45).

    Under the old id the whole series answers, which says nothing of that hour.
    """
    first = {
        event.event_id: instance_id(event.event_id, event.starts_at)
        for event in answers.values()
        if event is not None and event.recurrence and event.starts_at is not None
    }
    found = asking.about(tuple(first.values()))
    return {
        event_id
        for event_id, instance in first.items()
        if instance in found and ((event := found[instance]) is None or event.status == "cancelled")
    }


def _not_agreed(gone: Sequence[KnownSession], now: datetime) -> tuple[KnownSession, ...]:
    return tuple(session for session in gone if not is_agreed(session, now))


def _second_look(calendar: CalendarLink, now: datetime) -> bool:
    """Whether the same was found at least ten minutes ago: then it is no passing fault."""
    return calendar.state is LinkState.SUSPECT and now - calendar.state_since >= SECOND_LOOK


def _all_gone(asking: "_Asking", masters: dict[str, Event | None], absent: Sequence[KnownSession]) -> bool:
    """Whether nothing that the snapshot lacks answers for itself: else the snapshot is not to be trusted."""
    if asking.failed or any(e is not None and e.status != "cancelled" for e in masters.values()):
        return False
    singles = tuple(s.event_id for s in absent if s.recurring_event_id is None)[:CONFIRM_LIMIT]
    answers = asking.about(singles)
    return not asking.failed and all(e is None or e.status == "cancelled" for e in answers.values())


class _Asking:
    """Asks for events one by one; each once. A passing fault ends the asking, not the reading."""

    def __init__(self, source: CalendarSource, calendar_id: str) -> None:
        self._source = source
        self._calendar_id = calendar_id
        self._answers: dict[str, Event | None] = {}
        self.failed = False

    def about(self, event_ids: Sequence[str]) -> dict[str, Event | None]:
        """What is known of `event_ids` after asking; those not answered are left out."""
        for event_id in event_ids:
            if event_id not in self._answers and not self.failed:
                self._ask(event_id)
        return {event_id: self._answers[event_id] for event_id in event_ids if event_id in self._answers}

    def _ask(self, event_id: str) -> None:
        try:
            self._answers[event_id] = self._source.event(self._calendar_id, event_id)
        except (SignInNeeded, CalendarGone):
            raise
        except SyncError:
            self.failed = True


def changes_of(settled: Settled, now: datetime) -> list[Change]:
    """The changes that what is gone calls for: cancelled if ahead, a flag if it had begun (R32)."""
    return [
        Cancel(session, CancelReason.DELETED, "unknown", happened_at)
        if session.starts_at > now
        else Flag(session, MISSING_AFTER)
        for session, happened_at in settled.gone
    ]
