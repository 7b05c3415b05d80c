"""Lets the sample practice live: ten months in weekly passes, today's changes, tomorrow's briefings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sync.app import App
from sync.demo.agreed import agree, plan_pauses
from sync.demo.calendar import SampleCalendar
from sync.demo.clock import SetClock
from sync.demo.days import EARLIEST_WEEK, Days
from sync.demo.note_texts import note_text
from sync.demo.sample import SampleClient
from sync.domain.attendance.states import NO_SHOW, SCHEDULED
from sync.domain.session_record import SessionRecord
from sync.errors import Refused
from sync.jobs.marks import mark_session
from sync.jobs.notes import write_note
from sync.jobs.once import run_once
from sync.jobs.reports import PassReport
from sync.jobs.signing import sign_note
from sync.settings import Settings
from sync.store.sessions import SessionFilter, session_records

WRITING = timedelta(minutes=9)
"""How long one note takes, in the sample."""

UNSIGNED = 2
"""The notes of so many last weeks are not signed yet."""

MOVED, CANCELLED = "PL", "TN"
"""Whose sessions are moved to tomorrow, and called off, while the calendar is being watched."""


@dataclass(frozen=True, slots=True)
class Play:
    """All that the story is played with. `client_ids` are by code; `now` is the real moment, in UTC."""

    app: App
    clock: SetClock
    calendar: SampleCalendar
    clients: tuple[SampleClient, ...]
    client_ids: dict[str, str]
    now: datetime

    @property
    def days(self) -> Days:
        """The days around the real moment."""
        return self.calendar.days

    def client(self, code: str) -> SampleClient:
        """The client with this code."""
        return next(client for client in self.clients if client.code == code)


def run_pass(app: App) -> PassReport:
    """One pass at the clock's moment. Raises `Refused` when it had trouble: the sample would not be whole."""
    report = run_once(app, app.now())
    trouble = next((calendar for calendar in report.calendars if calendar.trouble), None)
    if trouble is not None:
        raise Refused(f"The sample's calendar could not be read: {trouble.trouble}", trouble.advice)
    if report.failed:
        raise Refused(
            "The sample's mail folder took no mail.", "Free some space, or name a folder with --home."
        )
    return report


def live_through_the_past(play: Play, passed: Callable[[], None]) -> int:
    """Read each week of the past on its last evening, and write its notes; how many were written.

    `passed` is called after each of the `EARLIEST_WEEK` passes. They look back only, so that no briefing
    waits for an hour that nobody will come back to.
    """
    for client in play.clients:
        plan_pauses(play.app, client, play.client_ids[client.code], play.days, play.app.now())
    looking_back = replace(play.app, settings=_looking_back(play.app.settings))
    written = 0
    for week in range(EARLIEST_WEEK, 0, -1):
        play.clock.set(play.days.evening(week))
        run_pass(looking_back)
        written += _close_week(play, week)
        passed()
    return written


def _looking_back(settings: Settings) -> Settings:
    return settings.model_copy(update={"sync": settings.sync.model_copy(update={"future_days": 1})})


def _close_week(play: Play, week: int) -> int:
    """Say who did not come, and write the notes of the others; how many."""
    sessions = {session.client_id: session for session in _sessions_of(play, week)}
    written = 0
    for client in play.clients:
        session = sessions.get(play.client_ids[client.code])
        if session is None or week in client.calendar.unwritten:
            continue
        play.clock.forward(WRITING)
        if week in client.calendar.no_shows:
            mark_session(play.app, session.id, NO_SHOW, play.app.now())
        else:
            agree(play.app, client, session.client_id, session.id, week)
            write_note(play.app, session.id, note_text(client, week, play.days), play.app.now())
            if week > UNSIGNED:
                sign_note(play.app, session.id, play.app.now())
            written += 1
    return written


def _sessions_of(play: Play, week: int) -> Sequence[SessionRecord]:
    wanted = SessionFilter(play.days.at(week, 0, "00:00"), play.days.evening(week))
    with play.app.reading() as records:
        return session_records(records, wanted, play.app.now())


def see_today(play: Play) -> PassReport:
    """Look ahead at the real moment; then one session is moved, one called off, and both are noticed."""
    play.clock.set(play.now)
    first = run_pass(play.app)
    play.clock.forward(timedelta(minutes=4))
    play.calendar.move(play.client(MOVED), 0, to_day=0)
    play.calendar.delete(play.client(CANCELLED), 0)
    play.clock.forward(timedelta(minutes=1))
    second = run_pass(play.app)
    return PassReport(first.counts + second.counts, [*first.calendars, *second.calendars])


def live_through_tomorrow(play: Play, delivered: Callable[[str], None]) -> None:
    """Run a pass whenever one of tomorrow's briefings is due, and call `delivered` with its session's id."""
    lead = timedelta(minutes=play.app.settings.briefing.lead_minutes)
    for session in _tomorrows_sessions(play):
        play.clock.set(session.starts_at - lead)
        run_pass(play.app)
        delivered(session.id)


def _tomorrows_sessions(play: Play) -> Sequence[SessionRecord]:
    """What is to take place tomorrow, by start."""
    wanted = SessionFilter(play.days.at(0, 0, "00:00"), play.days.at(0, 1, "00:00"), status=SCHEDULED)
    with play.app.reading() as records:
        return session_records(records, wanted, play.app.now())
