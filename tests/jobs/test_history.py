"""Importing the past: once, completely, without stubs and mails, however often it is broken off."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from models import tables
from sync.domain.calendar.values import Window
from sync.errors import CalendarGone, CalendarNotProved, Refused
from sync.jobs import history, history_reading
from sync.jobs.history import ask_for_history, go_on_with_histories, import_history
from sync.jobs.history_preview import preview_history
from sync.jobs.history_report import HistoryReport
from sync.jobs.marks import mark_session
from sync.jobs.notes import open_note, write_note
from sync.jobs.visit import Visit
from sync.sandbox.faults import Fault
from sync.store.leases import take_lease
from tests.jobs.looking import (
    LENGTH,
    TOMORROW,
    calendar,
    everything,
    mails,
    rows,
    second_calendar,
    snapshots,
    weekly,
)
from tests.jobs.test_account_switch import ANEW, connected
from tests.jobs.test_copies import ROOMS, copy_of, with_rooms
from tests.practice import ANA, WEDNESDAY, HandClock, Practice, open_practice

SINCE = date(2024, 6, 1)
LONG_AGO = datetime(2024, 6, 4, 9, tzinfo=UTC)


def days_ago(days: float) -> datetime:
    return WEDNESDAY - timedelta(days=days)


def past_year(practice: Practice) -> None:
    """Two years of weekly hours, and a few of each other kind."""
    practice.client("Jo Bloggs")
    weekly(practice, start=LONG_AGO, count=110)  # up to July 2026
    practice.put("Jo Bloggs", days_ago(300), status="tentative")
    practice.put("Dentist", days_ago(200))
    practice.put("Dentist", days_ago(100))
    practice.put("Bloggs", days_ago(90))


def ask(practice: Practice, since: date | None = SINCE, *, again: bool = False) -> None:
    ask_for_history(practice.app, practice.link_id, since, practice.clock(), again=again)


def imported(practice: Practice, since: date | None = SINCE, *, again: bool = False) -> HistoryReport:
    ask(practice, since, again=again)
    return import_history(practice.app, practice.link_id)


def previewed(practice: Practice, since: datetime = datetime(2024, 6, 1, tzinfo=UTC)) -> HistoryReport:
    source = practice.app.source("preview", "{}")
    return preview_history(Visit(practice.app, calendar(practice), source, practice.clock()), since)


def by_status(practice: Practice) -> Counter[str]:
    return Counter(row.status for row in rows(practice, tables.Session) if row.is_history)


def test_years_become_sessions_without_a_stub_or_a_mail(on_each: Practice) -> None:
    past_year(on_each)

    report = imported(on_each)
    on_each.clock.forward(minutes=5)
    on_each.once()

    sessions = on_each.sessions()
    old = [session for session in sessions if session.is_history]
    assert 110 + 1 == len(sessions)
    assert Counter(held=len(old) - 1, scheduled=1) == by_status(on_each)
    assert (len(old), 1, 2) == (report.sessions, report.uncertain, report.unmatched)
    assert {None} == {session.note_status for session in old}
    assert {None} == {session.briefing for session in old}
    assert set() == {mail.about_id for mail in mails(on_each)} & {session.id for session in old}
    assert [] == rows(on_each, tables.InboxItem)
    assert {"history"} == {
        entry.detail for entry in rows(on_each, tables.LedgerEntry) if entry.session_id in {s.id for s in old}
    }


def test_the_present_goes_on_where_the_past_ends_and_numbers_count_both(practice: Practice) -> None:
    past_year(practice)
    practice.once()
    before = [session.number for session in practice.sessions()]

    imported(practice)

    after = [session.number for session in practice.sessions() if not session.is_history]
    past = [session for session in practice.sessions() if session.is_history]
    assert list(range(1, len(before) + 1)) == before
    assert [number + len(past) - 1 for number in before if number] == after
    assert [None] == [session.number for session in past if session.status == "unconfirmed"]


def test_twice_is_once(on_each: Practice) -> None:
    past_year(on_each)
    imported(on_each)
    on_each.once()
    before = everything(on_each)

    again = imported(on_each, again=True)
    nothing = imported(on_each)

    assert before == everything(on_each)
    assert (0, 0) == (again.sessions, nothing.sessions)
    assert again.known > 90
    assert 0 == nothing.events_read


def test_history_before_or_after_the_first_pull_makes_the_same_sessions(
    tmp_path: Any, sqlite_url: str
) -> None:
    found = []
    for name, order in (("one", ("once", "history")), ("other", ("history", "once"))):
        url = sqlite_url.replace("home", f"{name}/home")
        opened = open_practice(tmp_path / name, url, clock=HandClock())
        past_year(opened)
        for each in order:
            opened.once() if each == "once" else imported(opened)
        found.append([(s.starts_at, s.status, s.is_history, s.number) for s in opened.sessions()])
        opened.app.close()

    assert found[0] == found[1]


class Killed(BaseException):
    """The process ends here."""


def broken_off(practice: Practice, monkeypatch: pytest.MonkeyPatch, name: str, at_call: int) -> None:
    """Import until the `at_call`th call of this part, and die there."""
    real: Callable[..., Any] = getattr(history, name)
    calls = 0

    def dying(*args: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at_call:
            raise Killed
        return real(*args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(history, name, dying)
        with pytest.raises(Killed):
            import_history(practice.app, practice.link_id)


@pytest.mark.parametrize(
    "part", ["read_past", "note_history", "create_sessions", "note_run", "leased_calendar"]
)
@pytest.mark.parametrize("at_call", [1, 3])
def test_broken_off_anywhere_it_goes_on_where_it_was_and_doubles_nothing(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, part: str, at_call: int
) -> None:
    past_year(practice)
    expected = previewed(practice)
    ask(practice)

    broken_off(practice, monkeypatch, part, at_call)
    kept = len(rows(practice, tables.Session))
    report = import_history(practice.app, practice.link_id)

    assert (at_call > 1) == (kept > 0)
    assert (expected.sessions, expected.sessions - kept) == (
        len(rows(practice, tables.Session)),
        report.sessions,
    )
    assert calendar(practice).history_done_at is not None


def test_broken_off_within_a_slice_leaves_nothing_of_it_on_either_database(
    on_each: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    past_year(on_each)
    ask(on_each)

    broken_off(on_each, monkeypatch, "note_run", 1)
    nothing = (rows(on_each, tables.Session), calendar(on_each).history_read_to)
    import_history(on_each.app, on_each.link_id)

    assert ([], None) == nothing
    assert previewed(on_each).known >= 95
    assert 0 == previewed(on_each).sessions


def test_the_background_goes_on_by_a_slice_for_each_pass(on_each: Practice) -> None:
    past_year(on_each)
    ask(on_each)

    reached = []
    for _ in range(20):
        on_each.clock.forward(minutes=15)
        on_each.once()
        reached.append(calendar(on_each).history_read_to)

    assert sorted(set(reached), key=str) == list(dict.fromkeys(reached))
    assert 7 <= len(set(reached)) <= 9
    assert calendar(on_each).history_done_at is not None
    assert 110 + 1 == len(on_each.sessions())


def test_while_somebody_holds_the_calendar_nothing_is_read_and_then_it_goes_on(practice: Practice) -> None:
    past_year(practice)
    ask(practice)
    with practice.app.writing() as records:
        take_lease(
            records, f"calendar:{practice.link_id}", "another", practice.clock(), timedelta(minutes=10)
        )
    waits = []

    gave_up = import_history(practice.app, practice.link_id, wait=lambda: waits.append(1))
    went_on = import_history(practice.app, practice.link_id, wait=lambda: practice.clock.forward(minutes=11))

    assert (True, 60, 0) == (gave_up.busy, len(waits), gave_up.events_read)
    assert (False, True) == (went_on.busy, went_on.done)


def test_a_calendar_that_is_gone_in_the_middle_keeps_what_was_read(practice: Practice) -> None:
    past_year(practice)
    ask(practice)
    import_one = practice.requests

    def lose(report: HistoryReport) -> None:
        practice.faults.add(Fault("status", status=404, reason="notFound", times=None))

    with pytest.raises(CalendarGone):
        import_history(practice.app, practice.link_id, tell=lose)
    kept = by_status(practice)
    practice.faults.clear()
    report = import_history(practice.app, practice.link_id)

    assert 12 <= kept["held"] <= 14
    assert report.sessions == by_status(practice).total() - kept.total()
    assert import_one


def test_in_the_background_what_cannot_be_read_is_left_alone_for_an_hour(practice: Practice) -> None:
    past_year(practice)
    practice.once()
    ask(practice)
    practice.faults.add(Fault("status", status=404, reason="notFound", times=None))
    go_on_with_histories(practice.app, practice.clock())
    asked = len(practice.requests)

    practice.clock.forward(minutes=30)
    go_on_with_histories(practice.app, practice.clock())
    at_once = len(practice.requests)
    practice.faults.clear()
    practice.clock.forward(minutes=31)
    go_on_with_histories(practice.app, practice.clock())

    assert asked == at_once
    assert calendar(practice).history_read_to is not None


def test_one_past_that_cannot_be_read_holds_up_no_other(
    practice: Practice, caplog: pytest.LogCaptureFixture
) -> None:
    past_year(practice)
    ask(practice)
    other = second_calendar(practice)
    ask_for_history(practice.app, other, SINCE, practice.clock())
    practice.world.remove_calendar(ANA)

    go_on_with_histories(practice.app, practice.clock())

    assert calendar(practice).history_read_to is None
    assert calendar(practice, other).history_read_to is not None
    assert "CalendarGone" in caplog.text


def test_a_paused_calendar_is_left_alone(practice: Practice) -> None:
    past_year(practice)
    ask(practice)
    with practice.app.writing() as records:
        row = records.db.get_one(tables.CalendarLink, practice.link_id)
        row.state = "paused"
        records.db.add(row)
    asked = len(practice.requests)

    go_on_with_histories(practice.app, practice.clock())
    with pytest.raises(Refused):
        import_history(practice.app, practice.link_id)

    assert asked == len(practice.requests)


def test_an_hour_over_the_edge_of_two_slices_is_made_once(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    edge = datetime(2024, 6, 1, tzinfo=UTC) - timedelta(hours=1) + history_slice()
    practice.put("Jo Bloggs", edge - timedelta(minutes=25))
    practice.put("Jo Bloggs", edge)

    report = imported(practice)

    assert 2 == report.sessions == len(practice.sessions())


def history_slice() -> timedelta:
    return timedelta(days=90)


@pytest.mark.parametrize("first", ["once", "history"])
def test_an_hour_over_the_edge_of_the_window_is_an_ordinary_session(practice: Practice, first: str) -> None:
    practice.client("Jo Bloggs")
    midnight = datetime(2026, 5, 25, 23, tzinfo=UTC)  # in London, fourteen days and one before
    practice.put("Jo Bloggs", midnight - timedelta(minutes=25))
    practice.put("Jo Bloggs", midnight - timedelta(minutes=90))

    for each in (first, "history" if first == "once" else "once"):
        practice.once() if each == "once" else imported(practice)

    assert [True, False] == [session.is_history for session in practice.sessions()]


def test_wall_time_over_the_changes_of_clocks_is_kept(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    weekly(practice, start=datetime(2025, 1, 7, 9, tzinfo=UTC), count=60)

    imported(practice)

    hours = {s.starts_at.month: s.starts_at.hour for s in practice.sessions() if s.starts_at.year == 2025}
    assert (9, 8) == (hours[1], hours[7])
    assert len(practice.sessions()) == len({s.starts_at for s in practice.sessions()})


def test_a_dry_run_says_what_the_import_then_makes_and_writes_nothing(practice: Practice) -> None:
    past_year(practice)
    before = practice.app.db.engine.connect().exec_driver_sql("PRAGMA data_version").scalar()
    all_before = everything(practice)

    told = previewed(practice)

    assert all_before == everything(practice)
    assert before == practice.app.db.engine.connect().exec_driver_sql("PRAGMA data_version").scalar()
    assert None is calendar(practice).history_since
    made = imported(practice)
    assert (told.made, told.clients, told.uncertain, told.unmatched, told.events_read, told.titles) == (
        made.made,
        made.clients,
        made.uncertain,
        made.unmatched,
        made.events_read,
        made.titles,
    )


def dedicated(tmp_path: Any, url: str) -> Practice:
    opened = open_practice(tmp_path, url, dedicated=True, title_pattern="Session: {client}")
    weekly(opened, "Session: Ines Ferreira", start=LONG_AGO, count=50)
    weekly(opened, "Session: Tomasz Hale", start=LONG_AGO + timedelta(days=200), count=30)
    opened.put("Session: Ines Ferreira", days_ago(150))
    opened.put("Session: Ines", days_ago(151))
    opened.put("Team meeting", days_ago(152))
    return opened


def test_on_a_calendar_of_the_practices_own_names_of_the_past_make_clients_as_foretold(
    tmp_path: Any, database_url: str
) -> None:
    opened = dedicated(tmp_path, database_url)
    told = previewed(opened)

    made = imported(opened)

    assert (2, 2) == (len(told.new_clients), len(made.new_clients))
    assert Counter({"IF": 51, "TH": 30}) == by_code(told) == by_code(made)
    assert (2, 0) == (made.uncertain, made.unmatched)
    assert [] == rows(opened, tables.InboxItem)
    opened.app.close()


def by_code(report: HistoryReport) -> Counter[str]:
    return Counter({report.codes[client]: number for client, number in report.clients.items()})


def test_no_title_is_in_what_a_report_says_of_itself(practice: Practice) -> None:
    past_year(practice)

    report = imported(practice)

    assert Counter({"Dentist": 2, "Bloggs": 1}) == report.titles
    assert "Dentist" not in repr(report)


def test_what_is_learned_later_is_found_when_the_past_is_read_again(practice: Practice) -> None:
    past_year(practice)
    imported(practice)
    before = len(practice.sessions())

    practice.client("Ada Dent", "Dentist")
    again = imported(practice, None, again=True)

    assert (2, before + 2) == (again.sessions, len(practice.sessions()))


def test_an_earlier_beginning_reads_the_rest_and_a_later_one_nothing(practice: Practice) -> None:
    past_year(practice)
    some = imported(practice, date(2025, 6, 1))
    none = imported(practice, date(2026, 1, 1))
    rest = imported(practice, SINCE)

    assert (0, True) == (none.events_read, none.done)
    assert some.sessions + rest.sessions == len(practice.sessions())
    assert [52, 52] == [some.sessions, rest.sessions]


def test_asked_for_an_earlier_past_while_a_slice_is_read_nothing_of_it_is_left_out(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    past_year(practice)
    ask(practice, date(2025, 6, 1))
    real = history_reading.read_past

    def asked_meanwhile(visit: Visit, span: Window, *more: Any) -> Any:
        reading = real(visit, span, *more)
        ask(practice)
        return reading

    monkeypatch.setattr(history, "read_past", asked_meanwhile)
    import_history(practice.app, practice.link_id)

    assert previewed(practice).sessions == 0
    assert datetime(2024, 5, 31, 23, tzinfo=UTC) == calendar(practice).history_since


def test_r41_read_again_after_the_whole_series_has_moved_no_hour_is_doubled(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    series = weekly(practice, start=LONG_AGO, count=110)
    imported(practice)
    practice.once()
    before = {(s.id, s.starts_at) for s in practice.sessions() if s.is_history}

    start = LONG_AGO + timedelta(hours=3)
    practice.world.move(ANA, series, start, start + LENGTH)
    practice.clock.forward(hours=1)
    practice.once()
    again = imported(practice, None, again=True)

    assert 0 == again.sessions
    assert before == {(s.id, s.starts_at) for s in practice.sessions() if s.is_history}


EDGE = datetime(2024, 3, 31, tzinfo=UTC)
"""Where the first slice ends of a past that is wanted from New Year's Day 2024 on."""


def move_all(practice: Practice, series: str, start: datetime) -> None:
    """Move the whole series, so that it begins at `start`."""
    when = {
        side: {"dateTime": at.isoformat(), "timeZone": "Europe/London"}
        for side, at in (("start", start), ("end", start + LENGTH))
    }
    practice.world.edit_all(ANA, series, when)
    practice.clock.forward(minutes=5)


@pytest.mark.parametrize(("hours", "by"), [(-13, 1), (11, -1), (-13, 7), (11, -7), (-13, 21), (11, -15)])
def test_r41_a_series_moved_between_two_slices_has_each_hour_once(
    on_each: Practice, hours: int, by: int
) -> None:
    on_each.client("Jo Bloggs")
    start = EDGE - timedelta(days=42) + timedelta(hours=hours)
    series = weekly(on_each, start=start, count=20)
    on_each.once()
    ask(on_each, date(2024, 1, 1))
    on_each.clock.forward(minutes=1)
    on_each.once()
    first = len(on_each.sessions())
    assert 6 <= first <= 7

    move_all(on_each, series, start + timedelta(days=by))
    imported(on_each, None)
    imported(on_each, None, again=True)

    assert 20 == len(on_each.sessions())
    assert 0 == imported(on_each, None, again=True).sessions


@pytest.mark.parametrize(("hours", "by"), [(-13, 1), (11, -1)])
def test_r41_a_series_whose_present_was_followed_between_two_slices_has_each_hour_once(
    practice: Practice, hours: int, by: int
) -> None:
    practice.client("Jo Bloggs")
    start = EDGE - timedelta(days=42) + timedelta(hours=hours)
    series = weekly(practice, start=start, count=125)  # up to July 2026
    practice.once()
    ask(practice, date(2024, 1, 1))
    practice.clock.forward(minutes=1)
    practice.once()

    move_all(practice, series, start + timedelta(days=by))
    practice.once()
    imported(practice, None)
    imported(practice, None, again=True)

    assert 125 == len(practice.sessions())
    assert 0 == imported(practice, None, again=True).sessions


@pytest.mark.parametrize("by", [1, -1, 7, -7, 21, -21, 100])
def test_r41_a_series_of_the_past_that_moved_over_an_edge_is_not_doubled(practice: Practice, by: int) -> None:
    practice.client("Jo Bloggs")
    start = EDGE - timedelta(days=7 * 9, hours=13)
    series = weekly(practice, start=start, count=10)
    imported(practice, date(2023, 6, 1) if by < -20 else date(2024, 1, 1))
    before = everything(practice)

    move_all(practice, series, start + timedelta(days=by))

    assert 0 == imported(practice, None, again=True).sessions
    assert before == everything(practice)


def test_r32_a_changed_past_changes_nothing_and_raises_no_flag_when_it_is_read_again(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    kept, gone, moved = (practice.put("Jo Bloggs", days_ago(100 + n)) for n in range(3))
    imported(practice)
    practice.once()
    before = everything(practice)

    practice.world.patch(ANA, kept, {"summary": "Mia Stone"})
    practice.world.delete(ANA, gone)
    practice.world.move(ANA, moved, days_ago(140), days_ago(140) + LENGTH)
    practice.clock.forward(hours=1)
    practice.once()
    imported(practice, None, again=True)

    assert before == everything(practice)


def test_r19_later_readings_do_not_sweep_the_past(practice: Practice) -> None:
    past_year(practice)
    imported(practice)
    practice.once()
    old = {(s.id, s.status) for s in practice.sessions() if s.is_history}

    for _ in range(4):
        practice.clock.forward(days=8)
        practice.once(full=True)

    assert old == {(s.id, s.status) for s in practice.sessions() if s.is_history}
    assert [] == rows(practice, tables.SessionFlag)


def test_a_window_that_is_made_wider_lays_no_stub_for_history(practice: Practice) -> None:
    past_year(practice)
    imported(practice)
    settings = practice.app.settings
    wider = settings.sync.model_copy(update={"past_days": 60})
    practice.app.settings = settings.model_copy(update={"sync": wider})

    practice.once(full=True)

    within = [s for s in practice.sessions(starts_from=days_ago(60)) if s.is_history]
    assert len(within) > 4
    assert {None} == {session.note_status for session in within}


def test_a_note_can_be_written_for_an_hour_of_the_past(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    on_each.put("Jo Bloggs", days_ago(100), status="tentative")
    imported(on_each)
    session = on_each.the_session()

    opened = open_note(on_each.app, session.id, on_each.clock())
    write_note(on_each.app, session.id, "Plan: call the school", on_each.clock())

    after = on_each.the_session()
    assert ("unconfirmed", "held", "draft", 1) == (
        session.status,
        after.status,
        after.note_status,
        after.number,
    )
    assert opened.status == "stub"


def test_what_became_of_an_hour_of_the_past_can_be_said(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", days_ago(100))
    imported(practice)

    mark_session(practice.app, practice.the_session().id, "no_show", practice.clock())
    practice.once()

    assert ("no_show", None) == (practice.the_session().status, practice.the_session().note_status)
    assert [] == mails(practice)


def test_a_briefing_speaks_of_the_past_but_asks_for_no_notes_of_it(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    weekly(practice, start=LONG_AGO, count=20)
    practice.put("Jo Bloggs", TOMORROW)
    imported(practice)
    practice.once()

    practice.clock.set(TOMORROW - timedelta(minutes=50))
    practice.once()

    [letter] = practice.inbox.letters
    assert "Session 21" in letter.text
    assert "no note yet" not in letter.text


def test_the_past_is_read_slice_by_slice(practice: Practice) -> None:
    past_year(practice)
    spans = []

    def note(report: HistoryReport) -> None:
        spans.append(report.read_to)

    ask(practice)
    report = import_history(practice.app, practice.link_id, tell=note)

    bounds = [(asked["timeMin"], asked["timeMax"]) for asked in snapshots(practice)]
    assert 8 == len(spans) == len(set(bounds))
    assert spans == sorted(spans)
    assert all(end == begin for (_, end), (begin, _) in pairwise(bounds))
    assert report.until == spans[-1]


@pytest.mark.parametrize("since", [date(2026, 6, 10), date(2030, 1, 1), date(1969, 1, 1), date(1990, 1, 1)])
def test_a_beginning_that_makes_no_sense_is_refused_and_changes_nothing(
    practice: Practice, since: date
) -> None:
    with pytest.raises(Refused):
        ask(practice, since)

    assert calendar(practice).history_since is None


def test_without_a_beginning_there_is_nothing_to_go_on_with(practice: Practice) -> None:
    with pytest.raises(Refused, match="from when"):
        ask(practice, None)
    with pytest.raises(Refused):
        import_history(practice.app, practice.link_id)


def test_a_beginning_within_the_window_is_done_at_once(practice: Practice) -> None:
    past_year(practice)

    report = imported(practice, date(2026, 6, 8))

    assert (True, 0) == (report.done, report.events_read)


def test_the_beginning_is_midnight_where_she_is(tmp_path: Any, sqlite_url: str) -> None:
    opened = open_practice(tmp_path, sqlite_url, time_zone="Pacific/Auckland")
    ask(opened, date(2025, 1, 1))

    assert datetime(2024, 12, 31, 11, tzinfo=UTC) == calendar(opened).history_since
    opened.app.close()


@pytest.mark.parametrize("title", ["Jo Bloggs", "Busy"])
def test_r75_a_meeting_of_the_past_that_two_of_her_calendars_show_is_one_session(
    on_each: Practice, title: str
) -> None:
    rooms = with_rooms(on_each)
    on_each.client("Jo Bloggs")
    shared = on_each.put("Jo Bloggs", days_ago(100), attendees=[{"email": ROOMS}])
    copy_of(on_each, shared, days_ago(100), summary=title)
    copy_of(on_each, "only-here", days_ago(90))
    imported(on_each)

    ask_for_history(on_each.app, rooms, SINCE, on_each.clock())
    source = on_each.app.source("preview", "{}")
    told = preview_history(Visit(on_each.app, calendar(on_each, rooms), source, on_each.clock()), LONG_AGO)
    report = import_history(on_each.app, rooms)

    assert (1, 1, 1) == (told.sessions, report.sessions, report.known)
    assert 2 == len(on_each.sessions())
    assert [] == rows(on_each, tables.SessionFlag)


def begun_anew(practice: Practice) -> None:
    """Two hours are known; then another account shows a calendar of the same name, with other hours."""
    past_year(practice)
    practice.once()
    practice.world.add_calendar(ANA, time_zone="Europe/London", owner=ANA)
    for days in (200, 100):
        practice.put("Jo Bloggs", days_ago(days))
    connected(practice, ANEW)


def test_r86_nothing_of_the_past_is_taken_in_before_the_calendar_is_proved(on_each: Practice) -> None:
    begun_anew(on_each)
    before = everything(on_each)["Session"]

    ask(on_each)
    with pytest.raises(CalendarNotProved):
        import_history(on_each.app, on_each.link_id)
    for _ in range(3):
        on_each.clock.forward(hours=2)
        on_each.once()

    assert before == everything(on_each)["Session"]
    assert None is calendar(on_each).history_read_to
    on_each.once(accept_empty=True)
    assert 2 == imported(on_each).sessions


def test_r86_the_present_proves_the_calendar_to_an_import_by_another_account(practice: Practice) -> None:
    past_year(practice)
    practice.once()
    connected(practice, ANEW)

    assert 90 < imported(practice).sessions


def test_a_slice_that_comes_empty_once_is_no_year_without_sessions(on_each: Practice) -> None:
    past_year(on_each)
    expected = previewed(on_each).sessions
    for number in range(4):
        on_each.faults.add(Fault("empty_complete", operation="events.list", after=2 * number, times=1))

    assert expected == imported(on_each).sessions


def test_a_slice_that_is_empty_is_believed_at_the_second_look(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", LONG_AGO)

    report = imported(practice)

    assert (True, 1) == (report.done, report.sessions)
    assert 8 + 7 == len(snapshots(practice))


def test_hours_before_those_that_a_series_lost_later_are_imported(on_each: Practice) -> None:
    """Connected in March; ended in June, with a day in April as its last; and then the past is read."""
    on_each.clock.set(days_ago(90))
    on_each.client("Jo Bloggs")
    weekly(on_each, start=LONG_AGO, count=300)
    on_each.once()
    on_each.clock.set(WEDNESDAY)
    known = [session for session in on_each.sessions() if session.starts_at < days_ago(40)]
    on_each.world.delete_following(ANA, known[-3].event_id)

    imported(on_each)

    days = {session.starts_at.date() for session in on_each.sessions() if session.starts_at < WEDNESDAY}
    assert {timedelta(days=7)} == {later - earlier for earlier, later in pairwise(sorted(days))}
    assert LONG_AGO.date() == min(days)


def test_r32_hours_whose_series_lay_in_the_bin_are_not_known_to_have_been_held(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    series = weekly(practice, count=20)
    practice.once()
    practice.world.delete(ANA, series)
    practice.once()
    practice.clock.forward(days=100)
    practice.world.restore(ANA, series)
    practice.once()

    imported(practice)

    assert Counter(scheduled=4) == by_status(practice)
