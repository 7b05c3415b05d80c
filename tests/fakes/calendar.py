"""A calendar source that lives in memory; it passes the same contract as the real one."""

from dataclasses import dataclass, field
from datetime import timedelta

from sync.domain.calendar.values import Doorbell, Event, Snapshot, Window
from sync.errors import CalendarGone, SyncError, SyncTokenExpired
from sync.ports import Known, nothing_known


@dataclass(slots=True)
class _Calendar:
    events: dict[str, Event] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    oldest_token: int = 0


class FakeSource:
    """Holds neutral events by calendar; `asked` keeps each question as (method, calendar id)."""

    absence_is_proof = True
    ask_every = timedelta(0)

    def __init__(self, *calendar_ids: str, time_zone: str = "UTC", access_role: str = "owner") -> None:
        self.asked: list[tuple[str, str]] = []
        self.time_zone = time_zone
        self.access_role = access_role
        self._calendars = {calendar_id: _Calendar() for calendar_id in calendar_ids}
        self._failures: list[SyncError] = []

    def put(self, calendar_id: str, event: Event) -> None:
        """Add an event, or replace the one with its id."""
        calendar = self._calendars[calendar_id]
        calendar.events[event.event_id] = event
        calendar.changes.append(event.event_id)

    def delete(self, calendar_id: str, event_id: str) -> None:
        """Cancel an event as Google does: its tombstone stays."""
        self.put(calendar_id, self._calendars[calendar_id].events[event_id]._replace(status="cancelled"))

    def vanish(self, calendar_id: str, event_id: str) -> None:
        """Take an event away without a trace but the doorbell's, as a series edit does."""
        del self._calendars[calendar_id].events[event_id]
        self._calendars[calendar_id].changes.append(event_id)

    def remove_calendar(self, calendar_id: str) -> None:
        """From now on this calendar is not found."""
        del self._calendars[calendar_id]

    def expire_tokens(self, calendar_id: str) -> None:
        """No sync token given out so far is accepted any more."""
        calendar = self._calendars[calendar_id]
        calendar.changes.append("")
        calendar.oldest_token = len(calendar.changes)

    def fail_with(self, error: SyncError, times: int = 1) -> None:
        """Answer the next `times` questions with `error`."""
        self._failures += [error] * times

    def snapshot(self, calendar_id: str, window: Window, known: Known = nothing_known) -> Snapshot:
        """See `CalendarSource.snapshot`."""
        calendar = self._asked("snapshot", calendar_id)
        events = [event for event in calendar.events.values() if _is_within(event, window)]
        etags = known()
        same = {
            e.event_id
            for e in events
            if e.etag and e.status != "cancelled" and etags.get(e.event_id) == e.etag
        }
        fresh = tuple(event for event in events if event.event_id not in same)
        return Snapshot(window, self.time_zone, self.access_role, fresh, frozenset(same))

    def ring(self, calendar_id: str, sync_token: str | None) -> Doorbell:
        """See `CalendarSource.ring`."""
        calendar = self._asked("ring", calendar_id)
        next_token = f"after {len(calendar.changes)}"
        if sync_token is None:
            return Doorbell(next_token, ())
        seen = sync_token.removeprefix("after ")
        if not seen.isdecimal() or not calendar.oldest_token <= int(seen) <= len(calendar.changes):
            raise SyncTokenExpired("the sync token has expired (410)")
        return Doorbell(next_token, tuple(dict.fromkeys(calendar.changes[int(seen) :])))

    def event(self, calendar_id: str, event_id: str) -> Event | None:
        """See `CalendarSource.event`."""
        return self._asked("event", calendar_id).events.get(event_id)

    def close(self) -> None:
        """See `CalendarSource.close`."""

    def _asked(self, method: str, calendar_id: str) -> _Calendar:
        self.asked.append((method, calendar_id))
        if self._failures:
            raise self._failures.pop(0)
        calendar = self._calendars.get(calendar_id)
        if calendar is None:
            raise CalendarGone("the calendar is not there, or no longer shared with us (404)")
        return calendar


def _is_within(event: Event, window: Window) -> bool:
    """Google's bounds: a timed event overlaps; one without readable times is always handed over."""
    if event.starts_at is None:
        return True
    return event.starts_at < window.ends_at and (event.ends_at or event.starts_at) > window.starts_at
