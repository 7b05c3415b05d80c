"""One visit to one calendar: what holds while it is read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.app import App
from sync.domain.calendar.links import CalendarLink
from sync.domain.calendar.values import Window
from sync.ports import CalendarSource


@dataclass(frozen=True, slots=True)
class PullWish:
    """How calendars are to be read. `accept_empty`: a person says that mass absence is real.

    `only_due`: those that were read, or have failed, a moment ago are left for the next time.
    """

    full: bool = False
    accept_empty: bool = False
    only_due: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """The app, the calendar as it was when the visit began, who answers for it, and the moment (UTC)."""

    app: App
    calendar: CalendarLink
    source: CalendarSource
    now: datetime
    wish: PullWish = PullWish()

    def prove_calendar(self) -> None:
        """See that the calendar itself still answers: a lost event and a lost calendar answer alike.

        Raises a `SyncError` when it does not; then no 404 may be believed.
        """
        self.source.snapshot(self.calendar.calendar_id, Window(self.now, self.now + timedelta(minutes=1)))
