"""An hour of an edited series is looked for where it is planned now, or it waits (R40, R41)."""

from datetime import UTC, datetime, timedelta

from sync.domain.calendar.series_places import Place, places_of
from sync.domain.calendar.series_shift import Masters, SeriesMaster
from sync.domain.calendar.values import KnownSession

WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
FIRST = datetime(2026, 3, 3, 14, tzinfo=UTC)
"""A Tuesday, 14:00 in London, before the clocks change there on 29 March."""
WEEKLY = ("RRULE:FREQ=WEEKLY",)


def stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def hour(planned: datetime, master: str = "abc", base: str = "abc") -> KnownSession:
    """A session of a series, whose own time lies far from its plan."""
    return KnownSession(
        f"s-{planned}",
        "jo",
        f"{base}_{stamp(planned)}",
        starts_at=planned + 90 * WEEK,
        ends_at=planned + 90 * WEEK + HOUR,
        time_zone="Europe/London",
        status="scheduled",
        recurring_event_id=master,
        original_start=stamp(planned),
    )


def master(start: datetime | None, *rule: str, name: str = "abc") -> SeriesMaster:
    return SeriesMaster(name, start, "Europe/London", rule or WEEKLY)


def places(known: KnownSession, before: SeriesMaster | None, *now: SeriesMaster) -> Place | None:
    """Where `known` stands by the masters."""
    then = {} if before is None else {before.recurring_event_id: before}
    masters = Masters({one.recurring_event_id: one for one in now}, then, "UTC")
    return places_of([known], masters).get(known.event_id)


def test_r41_the_shift_holds_on_the_wall_clock_across_a_clock_change() -> None:
    summer = FIRST + 8 * WEEK - HOUR

    place = places(hour(summer), master(FIRST), master(FIRST + timedelta(days=1, hours=2)))

    moved = summer + timedelta(days=1, hours=2)
    assert Place("abc", moved, (f"abc_{stamp(moved)}",), is_sure=True) == place


def test_r41_where_the_master_did_not_move_an_hour_is_where_it_was() -> None:
    known = hour(FIRST + WEEK)

    place = places(known, master(FIRST), master(FIRST))

    assert place == Place("abc", FIRST + WEEK, (known.event_id,), is_sure=True)


def test_r40_an_hour_after_a_split_is_of_the_new_half_under_either_name() -> None:
    old = master(FIRST, f"RRULE:FREQ=WEEKLY;UNTIL={stamp(FIRST + 2 * WEEK - HOUR)}")
    name = f"abc_R{stamp(FIRST + 2 * WEEK)[:-1]}"
    half = master(FIRST + 2 * WEEK + 2 * HOUR, name=name)

    place = places(hour(FIRST + 3 * WEEK), master(FIRST), old, half)

    moved = FIRST + 3 * WEEK + 2 * HOUR
    ids = (f"abc_{stamp(moved)}", f"{name}_{stamp(moved)}")
    assert Place(name, moved, ids, is_sure=True) == place


def test_r41_without_both_readings_of_the_master_nothing_is_said() -> None:
    assert places(hour(FIRST + WEEK), None, master(FIRST + HOUR)) is None
    assert places(hour(FIRST + WEEK), master(FIRST), master(None)) is None
    assert places(hour(FIRST + WEEK), master(FIRST)) is None


def test_r41_of_a_series_with_another_rhythm_nothing_is_said() -> None:
    fortnightly = master(FIRST + HOUR, "RRULE:FREQ=WEEKLY;INTERVAL=2")

    assert places(hour(FIRST + 2 * WEEK), master(FIRST), fortnightly) is None


def test_r41_a_plan_that_the_rule_does_not_lead_to_is_of_an_edit_before_and_says_nothing() -> None:
    moved = master(FIRST + timedelta(days=4))

    assert places(hour(FIRST + WEEK), moved, moved) is None


def test_where_the_rule_cannot_be_counted_out_silence_at_another_place_proves_nothing() -> None:
    twice = "RRULE:FREQ=WEEKLY;BYDAY=TU,TH"
    there, moved = master(FIRST, twice), master(FIRST + HOUR, twice)

    found = [places(hour(FIRST + WEEK), there, now) for now in (there, moved)]

    assert [True, False] == [place is not None and place.is_sure for place in found]


def test_of_a_half_whose_beginning_cannot_be_counted_out_nothing_is_said() -> None:
    monthly = "RRULE:FREQ=MONTHLY"
    old = master(FIRST, f"{monthly};UNTIL={stamp(FIRST + 9 * WEEK)}")
    half = master(FIRST + 10 * WEEK, monthly, name="abc_R20260512T140000")

    place = places(hour(FIRST + 30 * WEEK), master(FIRST, monthly), old, half)

    assert place is None or "abc" == place.master_id


def test_a_single_event_has_no_place_in_a_series() -> None:
    single = KnownSession("s", "jo", "solo", FIRST, FIRST + HOUR, "UTC", "scheduled")

    assert {} == places_of([single], Masters({}, {}, "UTC"))
