"""Which hours of a moved series are on record: by the plan of its master, before and now."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sync.domain.calendar.past_places import as_planned, as_they_were, is_planned, moved_series, on_record
from sync.domain.calendar.series_shift import Masters, SeriesMaster
from sync.domain.calendar.values import KnownSession

START = datetime(2024, 3, 5, 10, tzinfo=UTC)
WEEK = timedelta(days=7)
LONDON = "Europe/London"


def master(start: datetime = START, rule: str = "COUNT=8") -> SeriesMaster:
    return SeriesMaster("s", start, LONDON, (f"RRULE:FREQ=WEEKLY;{rule}",))


def hour(start: datetime) -> KnownSession:
    return KnownSession("x", "c", f"s_{start:%Y%m%dT%H%M%SZ}", start, start, LONDON, "held", None, "s")


def winter(week: int) -> datetime:
    """The hour of this week at ten on London's wall, where the clock is changed after three."""
    return START + week * WEEK - timedelta(hours=int(week > 3))


@pytest.mark.parametrize(
    ("start", "rule", "planned"),
    [
        (winter(0), "COUNT=8", True),
        (winter(7), "COUNT=8", True),
        (winter(8), "COUNT=8", False),
        (winter(-1), "COUNT=8", False),
        (START + 5 * WEEK, "COUNT=8", False),
        (winter(5), "UNTIL=20240409T090000Z", True),
        (winter(6), "UNTIL=20240409T090000Z", False),
        (winter(5), "INTERVAL=2", False),
        (winter(5), "BYDAY=TU,FR", None),
    ],
)
def test_an_hour_is_planned_by_wall_time_between_both_ends(
    start: datetime, rule: str, planned: bool | None
) -> None:
    assert planned is is_planned(hour(start), master(rule=rule), LONDON)


def test_what_is_gone_or_was_never_planned_says_that_a_series_moved() -> None:
    before = {"s": master()}
    assert [] == moved_series([hour(winter(3))], [], before, LONDON)
    assert ["s"] == moved_series([hour(winter(8))], [], before, LONDON)
    assert ["s"] == moved_series([], [hour(winter(0))], before, LONDON)
    assert [] == moved_series([hour(winter(8))], [hour(winter(8))], {}, LONDON)


def test_an_hour_that_fits_neither_plan_leaves_the_series_untold() -> None:
    moved = Masters({"s": master(START + timedelta(days=1))}, {"s": master()}, LONDON)
    known = [hour(winter(0)), hour(winter(1))]

    told = on_record(known, moved)
    untold = on_record([*known, hour(START + timedelta(hours=3))], moved)

    assert {"s"} == told.series
    assert {"s_20240306T100000Z", "s_20240313T100000Z"} == told.event_ids
    assert (frozenset(), frozenset()) == (untold.series, untold.event_ids)


@pytest.mark.parametrize("days", [0, 1])
def test_of_a_series_that_ends_sooner_now_nothing_is_told(days: int) -> None:
    shorter = Masters({"s": master(START + timedelta(days=days), "COUNT=2")}, {"s": master()}, LONDON)

    assert frozenset() == on_record([hour(winter(0)), hour(winter(2))], shorter).series


def test_a_lost_hour_pushes_the_others_on_to_the_end() -> None:
    moved = Masters({"s": master(START + WEEK)}, {"s": master()}, LONDON)
    known = [hour(winter(week)) for week in range(3)]

    assert {"s_20240326T100000Z"} == on_record(known, moved).event_ids


def test_a_master_that_was_edited_since_its_hours_were_read_is_not_remembered() -> None:
    hours = [hour(winter(0)), hour(winter(1))]
    assert [master()] == as_planned([master()], hours, LONDON)
    assert [] == as_planned([master(START + timedelta(hours=1))], hours, LONDON)


@pytest.mark.parametrize(("days", "told"), [([1], True), ([2], False), ([1, 8], False), ([1, 2], True)])
def test_what_was_followed_says_how_the_series_was(days: list[int], told: bool) -> None:
    """Its past is a day off; the hours ahead were moved by these days, one after the other."""
    moved = {"s": master(START + timedelta(days=1), "COUNT=30")}
    now = hour(winter(5) + timedelta(days=1))
    aliases = [replace(hour(winter(5) + timedelta(days=1 - day)), is_alias=True) for day in days]
    ever = [replace(hour(winter(2)), session_id="y"), now, *aliases]

    found = as_they_were(ever, moved, moved, LONDON)

    assert ({"s": master(rule="COUNT=30")} if told else {}) == found
    assert {} == as_they_were(ever, {"s": master()}, moved, LONDON)
