"""Where clocks change, and where they do not: sessions, ids, windows and briefings in five zones."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sync.jobs.practitioners import change
from tests.jobs.looking import LENGTH, calendar, fates, mails, snapshots
from tests.practice import ANA, HandClock, Practice, open_practice

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
CHANGES = (
    ("Europe/London", date(2026, 3, 29), 60),
    ("Europe/London", date(2026, 10, 25), 60),
    ("America/New_York", date(2026, 3, 8), 60),
    ("America/New_York", date(2026, 11, 1), 60),
    ("Australia/Lord_Howe", date(2026, 4, 5), 30),
    ("Australia/Lord_Howe", date(2026, 10, 4), 30),
    ("Pacific/Auckland", date(2026, 4, 5), 60),
    ("Pacific/Auckland", date(2026, 9, 27), 60),
    ("Asia/Kolkata", date(2026, 6, 14), 0),
)
"""Each zone, a Sunday on which its clocks change, and by how many minutes; in Kolkata they never do."""


def local(zone: str, day: date, wall: time) -> datetime:
    """The moment, in UTC, when clocks in `zone` show `wall` on `day`."""
    return datetime.combine(day, wall, ZoneInfo(zone)).astimezone(UTC)


def wall_of(moment: datetime, zone: str) -> time:
    return moment.astimezone(ZoneInfo(zone)).time()


@pytest.fixture
def practice(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Practice]:
    """A practice in the zone of the test, ten days before its clocks change, at nine in the morning."""
    zone, day, _ = request.getfixturevalue("clocks")
    settings = {"PRACTICE_SYNC_BRIEFING__LEAD_MINUTES": f"{12 * 60}"}
    opened = open_practice(
        tmp_path,
        f"sqlite:///{tmp_path / 'home' / 'practice.db'}",
        time_zone=zone,
        settings=settings,
        clock=HandClock(local(zone, day - 10 * DAY, time(9))),
    )
    opened.client("Jo Bloggs")
    yield opened
    opened.app.close()


@pytest.fixture(params=CHANGES, ids=lambda one: f"{one[0]} {one[1]}")
def clocks(request: pytest.FixtureRequest) -> tuple[str, date, int]:
    found: tuple[str, date, int] = request.param
    return found


def times(start: datetime, zone: str, length: timedelta = LENGTH) -> dict[str, Any]:
    """Start and end, written in `zone`."""
    inside = ZoneInfo(zone)
    return {
        "start": {"dateTime": start.astimezone(inside).isoformat(), "timeZone": zone},
        "end": {"dateTime": (start + length).astimezone(inside).isoformat(), "timeZone": zone},
    }


def put(practice: Practice, start: datetime, zone: str, **more: Any) -> str:
    return practice.world.insert(ANA, {"summary": "Jo Bloggs", **times(start, zone), **more})


def weekly(practice: Practice, start: datetime, zone: str, count: int = 6) -> str:
    return put(practice, start, zone, recurrence=[f"RRULE:FREQ=WEEKLY;COUNT={count}"])


def test_r57_a_weekly_series_keeps_its_wall_time_and_the_ids_of_its_hours_shift(
    practice: Practice, clocks: tuple[str, date, int]
) -> None:
    zone, day, minutes = clocks
    series = weekly(practice, local(zone, day - 5 * DAY, time(14)), zone)

    practice.once()

    sessions = practice.sessions()
    assert [day + (7 * week - 5) * DAY for week in range(6)] == [
        session.starts_at.astimezone(ZoneInfo(zone)).date() for session in sessions
    ]
    assert {time(14)} == {wall_of(session.starts_at, zone) for session in sessions}
    assert [f"{series}_{s.starts_at:%Y%m%dT%H%M%SZ}" for s in sessions] == [s.event_id for s in sessions]
    apart = abs((sessions[1].starts_at - sessions[0].starts_at) - WEEK)
    assert timedelta(minutes=minutes) == apart


def test_r57_all_events_that_move_keep_their_sessions_over_the_change(
    practice: Practice, clocks: tuple[str, date, int]
) -> None:
    zone, day, _ = clocks
    series = weekly(practice, local(zone, day - 5 * DAY, time(14)), zone)
    practice.once()
    practice.clock.forward(minutes=1)
    practice.once()
    before = {session.id: session.starts_at for session in practice.sessions()}

    practice.world.edit_all(ANA, series, times(local(zone, day - DAY, time(22, 30)), zone))
    practice.clock.forward(minutes=1)
    practice.once()

    moved = {
        session_id: local(zone, start.astimezone(ZoneInfo(zone)).date() + 4 * DAY, time(22, 30))
        for session_id, start in before.items()
    }
    assert moved == {session.id: session.starts_at for session in practice.sessions()}
    assert {()} == {session.flags for session in practice.sessions()}


def test_r40_this_and_following_that_moves_from_before_the_change_keeps_its_sessions(
    practice: Practice, clocks: tuple[str, date, int]
) -> None:
    zone, day, _ = clocks
    series = weekly(practice, local(zone, day - 5 * DAY, time(14)), zone)
    practice.once()
    practice.clock.forward(minutes=1)
    practice.once()
    first, *following = practice.sessions()
    second = local(zone, day + 2 * DAY, time(14))

    practice.world.split(
        ANA,
        f"{series}_{second:%Y%m%dT%H%M%SZ}",
        times(local(zone, day + 3 * DAY, time(9)), zone),
    )
    practice.clock.forward(minutes=1)
    practice.once()

    walls = {
        session.id: local(zone, session.starts_at.astimezone(ZoneInfo(zone)).date() + DAY, time(9))
        for session in following
    }
    assert {first.id: first.starts_at, **walls} == {one.id: one.starts_at for one in practice.sessions()}


def test_r104_the_lead_is_real_time_in_every_zone(practice: Practice, clocks: tuple[str, date, int]) -> None:
    zone, day, _ = clocks
    start = local(zone, day, time(8))
    put(practice, start, zone)
    practice.once()
    assert [start - timedelta(hours=12)] == [mail.due_at for mail in mails(practice)]

    practice.clock.set(start - timedelta(hours=12, minutes=1))
    practice.once()
    assert ["pending"] == fates(practice)

    practice.clock.forward(minutes=1)
    practice.once()
    assert ["sent"] == fates(practice)


def test_a_briefing_names_the_day_and_hour_of_the_clocks_on_its_own_day(
    practice: Practice, clocks: tuple[str, date, int]
) -> None:
    zone, day, _ = clocks
    starts = local(zone, day, time(8)), local(zone, day + DAY, time(14))
    for start in starts:
        put(practice, start, zone)
    practice.once()
    for start in starts:
        practice.clock.set(start - timedelta(hours=1))
        practice.once()

    assert [
        f"Briefing: Sunday {day.day} {day:%B}, 08:00",
        f"Briefing: Monday {(day + DAY).day} {day + DAY:%B}, 14:00",
    ] == [letter.subject for letter in practice.inbox.letters]


def test_r17_the_window_is_read_anew_when_the_local_day_turns_and_not_before(
    practice: Practice, clocks: tuple[str, date, int]
) -> None:
    zone, day, _ = clocks
    midnight = local(zone, day, time())
    practice.clock.set(midnight - timedelta(minutes=20))
    practice.once()
    practice.clock.forward(minutes=1)
    practice.once()  # the first token
    practice.requests.clear()
    practice.clock.set(midnight - timedelta(minutes=1))
    practice.once()
    assert [] == snapshots(practice)

    practice.clock.set(midnight)
    practice.once()

    edges = (day - 15 * DAY, day + 61 * DAY)
    assert [tuple(local(zone, edge, time()).isoformat() for edge in edges)] == [
        (asked["timeMin"], asked["timeMax"]) for asked in snapshots(practice)
    ]


def test_r21_hours_at_both_edges_of_the_window_are_neither_doubled_nor_cancelled(
    practice: Practice, clocks: tuple[str, date, int]
) -> None:
    zone, day, _ = clocks
    put(practice, local(zone, day - 25 * DAY, time(0, 10)), zone)
    put(practice, local(zone, day + 50 * DAY, time(23, 5)), zone)
    for _ in range(3):
        practice.once(full=True)
        practice.clock.forward(days=1)

    assert ["held", "scheduled"] == [session.status for session in practice.sessions()]
    assert {()} == {session.flags for session in practice.sessions()}


def test_r59_another_zone_of_the_calendar_moves_nothing_and_mails_nothing(
    practice: Practice, clocks: tuple[str, date, int]
) -> None:
    zone, day, _ = clocks
    weekly(practice, local(zone, day - 5 * DAY, time(14)), zone)
    put(practice, local(zone, day, time(9)), zone)
    practice.once()
    before = [(one.id, one.starts_at, one.event_id) for one in practice.sessions()]

    for other in ("America/Denver", "Asia/Kathmandu", "Australia/Lord_Howe"):
        practice.world.set_time_zone(ANA, other)
        practice.clock.forward(minutes=1)
        report = practice.once(full=True)
        assert 0 == report.counts["moved"] + report.counts["created"] + report.counts["cancelled"]
        assert other == calendar(practice).time_zone

    assert before == [(one.id, one.starts_at, one.event_id) for one in practice.sessions()]
    assert {"pending"} == set(fates(practice))


def test_r52_a_practitioner_who_travels_reads_her_hours_by_the_clocks_where_she_is(
    practice: Practice, clocks: tuple[str, date, int]
) -> None:
    zone, day, _ = clocks
    start = local(zone, day, time(14))
    put(practice, start, zone)
    practice.once()
    [before] = practice.sessions()

    change(practice.app, practice.practitioner_id, {"time_zone": "Asia/Tokyo"})
    practice.once(full=True)
    practice.clock.set(start - timedelta(hours=12))
    practice.once()

    [after] = practice.sessions()
    there = start.astimezone(ZoneInfo("Asia/Tokyo"))
    assert (before.id, before.starts_at, zone, ()) == (
        after.id,
        after.starts_at,
        after.time_zone,
        after.moves,
    )
    assert [f"Briefing: {there:%A} {there.day} {there:%B}, {there:%H:%M}"] == [
        letter.subject for letter in practice.inbox.letters
    ]
    assert "Times are for Asia/Tokyo." in practice.inbox.letters[0].text


def test_r51_an_hour_in_the_zone_of_another_place_keeps_its_instant_and_its_zone(
    practice: Practice, clocks: tuple[str, date, int]
) -> None:
    _, day, _ = clocks
    start = local("America/St_Johns", day, time(10))
    put(practice, start, "America/St_Johns")

    practice.once()

    assert (start, "America/St_Johns") == (
        practice.the_session().starts_at,
        practice.the_session().time_zone,
    )


@pytest.mark.parametrize("name", ["GMT-07:00", "Pacific Standard Time", "", "Mars/Olympus"])
@pytest.mark.parametrize("clocks", CHANGES[:1])
def test_r53_a_zone_that_nobody_knows_drops_no_hour(
    practice: Practice, clocks: tuple[str, date, int], name: str
) -> None:
    zone, day, _ = clocks
    start = local(zone, day, time(14))
    edges = times(start, "America/Los_Angeles")
    for edge in edges.values():
        edge["timeZone"] = name
    practice.world.insert(ANA, {"summary": "Jo Bloggs", **edges})

    practice.once()

    session = practice.the_session()
    assert (start, start + LENGTH, zone) == (session.starts_at, session.ends_at, session.time_zone)


@pytest.mark.parametrize(
    ("zone", "first", "minutes"),
    [
        ("Europe/London", "2026-10-25T01:30:00+01:00", 60),
        ("America/New_York", "2026-11-01T01:30:00-04:00", 60),
        ("Australia/Lord_Howe", "2026-04-05T01:45:00+11:00", 30),
        ("Pacific/Auckland", "2026-04-05T02:30:00+13:00", 60),
    ],
)
@pytest.mark.parametrize("clocks", CHANGES[:1])
def test_r58_a_move_from_the_first_to_the_second_of_a_repeated_hour_is_seen(
    tmp_path: Path, clocks: tuple[str, date, int], zone: str, first: str, minutes: int
) -> None:
    start = datetime.fromisoformat(first).astimezone(UTC)
    second = start + timedelta(minutes=minutes)
    assert wall_of(start, zone) == wall_of(second, zone)
    practice = open_practice(
        tmp_path,
        f"sqlite:///{tmp_path / 'home' / 'practice.db'}",
        time_zone=zone,
        clock=HandClock(start - 3 * DAY),
    )
    practice.client("Jo Bloggs")
    event = put(practice, start, zone)
    practice.once()

    practice.world.move(ANA, event, second, second + LENGTH)
    practice.clock.forward(minutes=1)
    report = practice.once()

    assert 1 == report.counts["moved"]
    assert second == practice.the_session().starts_at
    practice.app.close()


@pytest.mark.parametrize("length", [timedelta(0), timedelta(minutes=-30)])
@pytest.mark.parametrize("clocks", CHANGES[:3:2])
def test_r56_an_hour_without_a_length_is_a_session_is_briefed_and_stays_as_it_is(
    practice: Practice, clocks: tuple[str, date, int], length: timedelta
) -> None:
    zone, day, _ = clocks
    start = local(zone, day, time(14, 35))
    practice.world.insert(ANA, {"summary": "Jo Bloggs", **times(start, zone, length)})
    practice.once()
    assert (start, start) == (practice.the_session().starts_at, practice.the_session().ends_at)

    practice.clock.set(start - timedelta(minutes=5))
    practice.once()
    practice.clock.set(start)
    for _ in range(2):
        practice.clock.forward(minutes=31)
        report = practice.once()
        assert 0 == report.counts["created"] + report.counts["moved"] + report.counts["cancelled"]

    assert ["sent"] == fates(practice)
    assert ("unconfirmed", ()) == (practice.the_session().status, practice.the_session().flags)


@pytest.mark.parametrize(
    "start",
    [
        "0000-01-01T14:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "2026-13-01T14:00:00Z",
        "2026-02-30T14:00:00Z",
        "2026-06-12T24:30:00Z",
        "tomorrow",
    ],
)
@pytest.mark.parametrize("clocks", CHANGES[:1])
def test_r60_a_date_that_makes_no_sense_sets_aside_its_own_event_only(
    practice: Practice, clocks: tuple[str, date, int], start: str
) -> None:
    zone, day, _ = clocks
    for wall in (time(9), time(11)):
        put(practice, local(zone, day, wall), zone)
    practice.world.insert(
        ANA, {"summary": "Jo Bloggs", "start": {"dateTime": start}, "end": {"dateTime": start}}
    )
    practice.once()
    practice.clock.forward(minutes=1)

    report = practice.once(full=True)

    assert (2, "fine") == (len(practice.sessions()), report.calendars[0].status)
    assert calendar(practice).sync_token is not None
