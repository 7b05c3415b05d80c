"""Plays the whole demo: a home of its own, a sandbox, the story; and gathers what came of it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sync.app import App, open_app
from sync.demo.calendar import ADDRESS, fill_calendar
from sync.demo.clock import SetClock
from sync.demo.days import EARLIEST_WEEK, Days
from sync.demo.home import SampleHome, found_practice
from sync.demo.outcome import Delivered, Outcome, Shown
from sync.demo.people import bring_in
from sync.demo.sample import sample_clients
from sync.demo.story import (
    Play,
    live_through_the_past,
    live_through_tomorrow,
    see_today,
    tomorrows_sessions,
)
from sync.domain.calendar.window import reading_window
from sync.domain.session_record import SessionRecord
from sync.jobs.brief import briefing_for
from sync.jobs.reports import PassReport
from sync.domain.briefing.privacy import Privacy
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World
from sync.store.inbox import questions
from sync.store.sessions import SessionFilter, session_records

SHOWN = "ZA"
"""Whose briefing is shown whole: the slow rise."""

PAGE = "briefing.html"


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
            staff = bring_in(app, sandbox, clients, clock.now)
            play = Play(app, clock, calendar, clients, staff.client_ids, now)
            return _perform(play, home, passed)
        finally:
            app.close()


def _perform(play: Play, home: SampleHome, passed: Callable[[], None]) -> Outcome:
    notes = live_through_the_past(play, passed)
    today = see_today(play)
    shown: list[Shown] = []

    def keep_shown(session: SessionRecord) -> None:
        if session.client_code == SHOWN:
            shown.append(_shown(play.app, session, home.folder / PAGE))

    live_through_tomorrow(play, keep_shown)
    return _gathered(play, home, notes, today, shown[0])


def _shown(app: App, session: SessionRecord, page: Path) -> Shown:
    """The briefing that has just been delivered for `session`, also as a page for a browser."""
    with app.reading() as records:
        briefing = briefing_for(app, records, session.id, app.now(), Privacy.CODE, refreshed=True)
    letter = app.renderer.letter(briefing, ADDRESS, f"<{session.id}@localhost>")
    page.write_text(app.renderer.preview_html(letter), encoding="utf-8")
    return Shown(session.client_code, letter.text, page)


def _gathered(play: Play, home: SampleHome, notes: int, today: PassReport, shown: Shown) -> Outcome:
    app = play.app
    with app.reading() as records:
        sessions = session_records(records, SessionFilter(), app.now())
        waiting = len(questions(records))
    tomorrow = tomorrows_sessions(play)
    cancelled = sum(session.status == "cancelled" for session in sessions)
    return Outcome(
        home=home,
        maildir=app.settings.mail.maildir,
        now=play.now,
        first_seen_at=sessions[0].starts_at,
        clients=len(play.clients),
        couples=sum(client.kind == "couple" for client in play.clients),
        events=_events(play) + cancelled,
        sessions=len(sessions),
        waiting=waiting,
        passes=EARLIEST_WEEK + 2 + len(tomorrow),
        stubs=today.counts["stubs"],
        notes=notes,
        moved=today.counts["moved"],
        cancelled=cancelled,
        delivered=tuple(_delivered(session) for session in tomorrow),
        shown=shown,
    )


def _events(play: Play) -> int:
    """How many events stand in the calendar, from its beginning to as far ahead as was read."""
    sync = play.app.settings.sync
    window = reading_window(play.app.now(), "Europe/London", sync.past_days, sync.future_days)
    first = play.days.at(EARLIEST_WEEK, 0, "00:00")
    return len(play.calendar.world.truth(ADDRESS, first, window.ends_at))


def _delivered(session: SessionRecord) -> Delivered:
    fate = session.briefing
    assert fate is not None and fate.sent_at is not None  # noqa: S101  # each was due and sent
    return Delivered(session.client_code, session.starts_at, fate.sent_at, bool(session.moves))
