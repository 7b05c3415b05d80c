"""Plays the whole demo: a home of its own, a sandbox, the story; and gathers what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sync.app import App, open_app
from sync.demo.calendar import ADDRESS, fill_calendar
from sync.demo.clock import SetClock
from sync.demo.days import EARLIEST_WEEK, TIME_ZONE, Days
from sync.demo.home import SampleHome, found_practice
from sync.demo.outcome import Counts, Delivered, Outcome, Shown
from sync.demo.people import bring_in
from sync.demo.sample import sample_clients
from sync.demo.story import Play, live_through_the_past, live_through_tomorrow, see_today
from sync.domain.attendance.states import CANCELLED
from sync.domain.briefing.privacy import Privacy
from sync.domain.calendar.window import reading_window
from sync.domain.session_record import SessionRecord
from sync.jobs.brief import briefing_for
from sync.jobs.reports import PassReport
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World
from sync.store.inbox import questions
from sync.store.records import Records
from sync.store.sessions import SessionFilter, session_record, session_records

SHOWN = "ZA"
"""Whose briefing is shown whole: the slow rise."""

PAGE = "briefing.html"


@dataclass(frozen=True, slots=True)
class _Told:
    """What the story tells of itself while it is played."""

    notes: int
    today: PassReport
    delivered: tuple[Delivered, ...]
    shown: Shown


def play_demo(home: SampleHome, now: datetime, passed: Callable[[], None]) -> Outcome:
    """Play the sample around the real moment `now` (aware, UTC), calling `passed` after each week.

    Raises a `PracticeError`. The sandbox is gone afterwards, the home stays.
    """
    days = Days.around(now)
    clock = SetClock(days.at(EARLIEST_WEEK, 0, "07:00"))
    clients = sample_clients()
    with Sandbox(World(clock)) as sandbox:
        calendar = fill_calendar(sandbox.world, days, clients)
        app = open_app(found_practice(home, sandbox, clock.now), clock)
        try:
            client_ids = bring_in(app, sandbox, clients, clock.now)
            play = Play(app, clock, calendar, clients, client_ids, now)
            return _gathered(play, home, _perform(play, home, passed))
        finally:
            app.close()


def _perform(play: Play, home: SampleHome, passed: Callable[[], None]) -> _Told:
    app = play.app
    notes = live_through_the_past(play, passed)
    today = see_today(play)
    delivered: list[Delivered] = []
    shown: list[Shown] = []

    def look(session_id: str) -> None:
        with app.reading() as records:
            delivered.append(_delivered(session_record(records, session_id, app.now())))
            if delivered[-1].code == SHOWN:
                shown.append(_shown(app, records, session_id, home))

    live_through_tomorrow(play, look)
    return _Told(notes, today, tuple(delivered), shown[0])


def _delivered(session: SessionRecord) -> Delivered:
    fate = session.briefing
    assert fate is not None  # noqa: S101  # every session ahead has a briefing in the outbox
    assert fate.sent_at is not None  # noqa: S101  # it was due, and a local folder takes every mail
    return Delivered(
        session.client_code, session.id, session.starts_at, fate.sent_at, moved=bool(session.moves)
    )


def _shown(app: App, records: Records, session_id: str, home: SampleHome) -> Shown:
    """The briefing that has just been delivered for this session, also as a page for a browser."""
    session = session_record(records, session_id, app.now())
    earlier = session_records(
        records, SessionFilter(client_id=session.client_id, starts_before=session.starts_at), app.now()
    )
    briefing = briefing_for(app, records, session_id, app.now(), Privacy.CODE, refreshed=True)
    letter = app.renderer.letter(briefing, ADDRESS, f"<{session_id}@localhost>")
    page = home.folder / PAGE
    page.write_text(app.renderer.preview_html(letter), encoding="utf-8")
    return Shown(session.client_code, letter.text, page, earlier[-1].id)


def _gathered(play: Play, home: SampleHome, told: _Told) -> Outcome:
    app = play.app
    with app.reading() as records:
        sessions = session_records(records, SessionFilter(), app.now())
        waiting = len(questions(records))
    gone = sum(session.status == CANCELLED for session in sessions)
    counts = Counts(
        clients=len(play.clients),
        passes=EARLIEST_WEEK + len(told.today.calendars) + len(told.delivered),
        events=_events(play) + gone,
        sessions=len(sessions),
        waiting=waiting,
        moved=told.today.counts["moved"],
        cancelled=told.today.counts["cancelled"],
        notes=told.notes,
        stubs=told.today.counts["stubs"],
    )
    maildir = app.settings.mail.maildir
    return Outcome(home, maildir, sessions[0].starts_at, counts, told.delivered, told.shown)


def _events(play: Play) -> int:
    """How many events stand in the calendar, from its beginning to as far ahead as was read."""
    sync = play.app.settings.sync
    window = reading_window(play.app.now(), TIME_ZONE, sync.past_days, sync.future_days)
    first = play.days.at(EARLIEST_WEEK, 0, "00:00")
    return len(play.calendar.world.truth(ADDRESS, first, window.ends_at))
