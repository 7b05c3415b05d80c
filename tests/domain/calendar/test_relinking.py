"""A session finds its event again after a series edit, and never takes another's (R39-R46, C4)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sync.domain.calendar.relinking import Owners, Relink, SeriesMaster, relink
from sync.domain.calendar.values import Appointment, Event, KnownSession
from tests.domain.calendar.builders import NOW, at

WEEK = timedelta(days=7)
WEEKLY = "RRULE:FREQ=WEEKLY"
BIWEEKLY = "RRULE:FREQ=WEEKLY;INTERVAL=2"
NOBODY: Mapping[str, SeriesMaster] = {}


def text(start: datetime) -> str:
    return start.strftime("%Y%m%dT%H%M%SZ")


def lost(
    start: datetime, master: str | None = "abc", client: str = "jo", zone: str = "UTC", **more: Any
) -> KnownSession:
    """A session whose instance of `master`, planned for `start`, is not listed any more."""
    event_id = f"{(master or 'solo').split('_R')[0]}_{text(start)}"
    usual: dict[str, Any] = {
        "starts_at": start,
        "ends_at": more.get("starts_at", start) + timedelta(minutes=50),
        "recurring_event_id": master,
        "original_start": text(start),
        "event_id": event_id,
    }
    fields = {**usual, **more}
    return KnownSession(f"s-{fields['event_id']}", client, time_zone=zone, status="scheduled", **fields)


def new(start: datetime, master: str | None = "abc", zone: str = "UTC", **more: Any) -> Appointment:
    """A listed instance of `master`, planned for `start`, that nothing is tied to."""
    usual: dict[str, Any] = {
        "event_id": f"{master}_{text(start)}",
        "starts_at": start,
        "recurring_event_id": master,
        "original_start": text(start),
    }
    event = Event(**{**usual, **more})
    assert event.starts_at is not None
    return Appointment(event, event.starts_at, event.starts_at + timedelta(minutes=50), zone, "Jo Bloggs")


def every(start: datetime, times: int, step: timedelta = WEEK) -> list[datetime]:
    return [start + step * number for number in range(times)]


def masters(*found: SeriesMaster) -> Mapping[str, SeriesMaster]:
    return {master.recurring_event_id: master for master in found}


def master(start: datetime | None, *rules: str, name: str = "abc", zone: str = "UTC") -> SeriesMaster:
    return SeriesMaster(name, start, zone, rules)


def found(
    orphans: Sequence[KnownSession],
    newcomers: Sequence[Appointment],
    after: Mapping[str, SeriesMaster] = NOBODY,
    before: Mapping[str, SeriesMaster] = NOBODY,
    owner_of: Callable[[Appointment], str | None] = lambda _: "jo",
    now: datetime = NOW,
    alone: Collection[str] = (),
) -> tuple[Relink, ...]:
    return relink(orphans, newcomers, after, before, Owners(owner_of, alone), now)


def times(pairs: Iterable[Relink]) -> list[tuple[datetime, datetime]]:
    return [(pair.known.starts_at, pair.appointment.starts_at) for pair in pairs]


def no_one(_: Appointment) -> None:
    """Matching is certain of no client."""


def instances(starts: Iterable[datetime], **more: Any) -> list[KnownSession]:
    return [lost(start, **more) for start in starts]


def arrivals(starts: Iterable[datetime], **more: Any) -> list[Appointment]:
    return [new(start, **more) for start in starts]


# All events


def test_r41_all_events_moved_from_tuesday_to_saturday_keep_their_week() -> None:
    orphans, newcomers = instances(every(at(16), 3)), arrivals(every(at(13), 4))

    pairs = found(orphans, newcomers, masters(master(at(6))), masters(master(at(2))), no_one)

    assert list(zip(every(at(16), 3), every(at(20), 3), strict=True)) == times(pairs)
    assert not any(pair.guess for pair in pairs)


def test_an_hour_that_stands_alone_keeps_its_client_by_its_plan_and_is_never_guessed() -> None:
    alone = [lost(at(16), client="kim")]
    moved, wider = masters(master(at(2, 15), WEEKLY)), masters(master(at(2, 15), BIWEEKLY))
    before = masters(master(at(2), WEEKLY))

    said = [one.session_id for one in alone]

    by_plan = found(alone, arrivals([at(16, 15)]), moved, before, alone=said)
    by_guess = found(alone, arrivals([at(16, 15)]), wider, before, alone=said)

    assert [(at(16), at(16, 15))] == times(by_plan)
    assert () == by_guess


def test_all_events_moved_in_time_only_keep_their_day() -> None:
    orphans, newcomers = instances(every(at(16), 3)), arrivals(every(at(16, 17), 3))

    pairs = found(orphans, newcomers, masters(master(at(2, 17))), masters(master(at(2))), no_one)

    assert list(zip(every(at(16), 3), every(at(16, 17), 3), strict=True)) == times(pairs)


def test_r37_an_instance_moved_by_itself_is_found_by_its_original_start() -> None:
    moved = lost(at(16), starts_at=at(18, 9))

    pairs = found([moved], [new(at(20)), new(at(27))], masters(master(at(6))), masters(master(at(2))))

    assert [(at(18, 9), at(20))] == times(pairs)


def test_an_original_start_that_was_not_kept_stands_in_the_id() -> None:
    orphan = lost(at(16), original_start=None)
    newcomer = new(at(20), original_start=None)

    pairs = found([orphan], [newcomer], masters(master(at(6))), masters(master(at(2))), no_one)

    assert [(at(16), at(20))] == times(pairs)


def test_r41_a_past_session_meets_only_a_past_event() -> None:
    orphans, newcomers = instances(every(at(2), 3)), arrivals(every(at(6), 3))

    pairs = found(orphans, newcomers, masters(master(at(6))), masters(master(at(2))))

    assert [(at(2), at(6)), (at(16), at(20))] == times(pairs)


def test_an_exact_pair_is_not_made_with_another_clients_event() -> None:
    pairs = found(
        [lost(at(16))], [new(at(20))], masters(master(at(6))), masters(master(at(2))), lambda _: "mia"
    )

    assert () == pairs


def test_where_the_shift_is_known_a_deleted_instance_takes_no_neighbour() -> None:
    orphans = instances([at(16), at(23)])

    pairs = found(
        orphans,
        arrivals([at(13), at(27)]),
        masters(master(at(6), WEEKLY)),
        masters(master(at(2), WEEKLY)),
    )

    assert [(at(23), at(27))] == times(pairs)


def test_holes_in_what_is_seen_do_not_hide_an_unchanged_rule() -> None:
    orphans = instances([at(16), at(30)])

    pairs = found(
        orphans,
        arrivals([at(13), at(20), at(27)]),
        masters(master(at(6), WEEKLY)),
        masters(master(at(2), WEEKLY)),
    )

    assert [(at(16), at(20))] == times(pairs)


# This and following


def split_of(start: datetime, until: str = "20260622T235959Z") -> Mapping[str, SeriesMaster]:
    ended = master(at(2), f"{WEEKLY};UNTIL={until}")
    return masters(ended, master(start, WEEKLY, name="abc_R20260623T140000"))


WAS = masters(master(at(2), WEEKLY))


def test_r39_a_split_without_a_new_time_needs_no_pairs() -> None:
    assert () == found([], [], split_of(at(23)), WAS)


def test_r40_this_and_following_with_a_new_time_goes_on_in_the_new_half() -> None:
    orphans = instances(every(at(23), 3))
    newcomers = arrivals(every(at(27, 15), 3), master="abc_R20260623T140000")

    pairs = found(orphans, newcomers, split_of(at(27, 15)), WAS, no_one)

    assert list(zip(every(at(23), 3), every(at(27, 15), 3), strict=True)) == times(pairs)
    assert not any(pair.guess for pair in pairs)


def test_r40_an_instance_deleted_before_the_split_does_not_move_the_split() -> None:
    orphans = instances(every(at(16), 3))
    newcomers = arrivals(every(at(24), 2), master="abc_R20260623T140000")

    pairs = found(orphans, newcomers, split_of(at(24)), WAS)

    assert [(at(23), at(24)), (at(30), at(24) + WEEK)] == times(pairs)


@pytest.mark.parametrize("name", ["abc_R20260623T140000", "abc_R20260627T140000"])
def test_r40_a_split_at_a_cancelled_instance_keeps_the_weeks(name: str) -> None:
    ended = master(at(2), f"{WEEKLY};UNTIL=20260622T235959Z")
    orphans = instances(every(at(30), 2))

    pairs = found(
        orphans,
        arrivals(every(at(27), 3), master=name),
        masters(ended, master(at(27), WEEKLY, name=name)),
        WAS,
    )

    assert list(zip(every(at(30), 2), every(at(27) + WEEK, 2), strict=True)) == times(pairs)
    assert not any(pair.guess for pair in pairs)


def test_the_stamp_of_a_split_tells_that_a_half_in_between_still_stands() -> None:
    ended = master(at(2), f"{WEEKLY};UNTIL=20260615T235959Z")
    name = "abc_R20260630T140000"  # the instances of 16 and 23 June kept their ids in a half not asked for

    pairs = found(
        instances(every(at(30), 2)),
        arrivals(every(at(30, 18), 2), master=name),
        masters(ended, master(at(30, 18), WEEKLY, name=name)),
        WAS,
    )

    assert list(zip(every(at(30), 2), every(at(30, 18), 2), strict=True)) == times(pairs)
    assert not any(pair.guess for pair in pairs)


def test_where_no_end_can_be_read_the_new_half_begins_with_the_earliest_orphan() -> None:
    name = "abc_R20260623T140000"

    pairs = found(
        instances(every(at(23), 2)),
        arrivals(every(at(27), 2), master=name),
        masters(master(at(27), name=name)),
        NOBODY,
        no_one,
    )

    assert list(zip(every(at(23), 2), every(at(27), 2), strict=True)) == times(pairs)


def test_r27_of_an_earlier_half_that_is_deleted_no_hour_goes_on_in_the_later_half() -> None:
    name = "abc_R20260630T140000"
    orphans = [*instances(every(at(16), 2)), *instances([at(30)], master=name)]

    pairs = found(
        orphans,
        arrivals([at(30, 16)], master=name),
        masters(master(None), master(at(30, 16), WEEKLY, name=name)),
        masters(master(at(2), WEEKLY)),
    )

    assert [(at(30), at(30, 16))] == times(pairs)


def test_a_series_split_twice_is_followed_from_half_to_half() -> None:
    first, second = "abc_R20260616T140000", "abc_R20260630T150000"
    orphans = instances([at(16), at(23), at(30), at(30) + WEEK])
    newcomers = [
        *arrivals([at(17, 15), at(24, 15)], master=first),
        *arrivals([at(30, 9) + WEEK / 7 * 4, at(30, 9) + WEEK / 7 * 11], master=second),
    ]
    after = masters(
        master(at(2), f"{WEEKLY};UNTIL=20260615T235959Z"),
        master(at(17, 15), f"{WEEKLY};UNTIL=20260630T235959Z", name=first),
        master(at(30, 9) + WEEK / 7 * 4, WEEKLY, name=second),
    )

    pairs = found(orphans, newcomers, after, WAS, no_one)

    expected = [one.starts_at for one in newcomers]
    assert list(zip([one.starts_at for one in orphans], expected, strict=True)) == times(pairs)


def test_the_second_half_moved_as_a_whole_follows_its_own_master() -> None:
    name = "abc_R20260616T140000"
    orphans = instances(every(at(16), 2), master=name)

    pairs = found(
        orphans,
        arrivals(every(at(20), 2), master=name),
        masters(master(at(20), WEEKLY, name=name)),
        masters(master(at(16), WEEKLY, name=name)),
        no_one,
    )

    assert list(zip(every(at(16), 2), every(at(20), 2), strict=True)) == times(pairs)


@pytest.mark.parametrize("name", ["abc_R20260701T150000", "abc_R20260702T150000"])
def test_a_second_split_at_a_cancelled_instance_keeps_the_weeks(name: str) -> None:
    first, begins = "abc_R20260616T140000", at(30, 15) + timedelta(days=2)
    after = masters(
        master(at(2), f"{WEEKLY};UNTIL=20260615T235959Z"),
        master(at(17, 15), f"{WEEKLY};UNTIL=20260630T235959Z", name=first),
        master(begins, WEEKLY, name=name),
    )
    before = masters(master(at(2), WEEKLY), master(at(17, 15), WEEKLY, name=first))

    pairs = found(
        instances([at(16), at(23), at(30) + WEEK]),
        [*arrivals([at(17, 15), at(24, 15)], master=first), *arrivals([begins, begins + WEEK], master=name)],
        after,
        before,
        no_one,
    )

    expected = [(at(16), at(17, 15)), (at(23), at(24, 15)), (at(30) + WEEK, begins + WEEK)]
    assert expected == times(pairs)


def test_the_stamp_of_a_second_split_is_read_on_the_clock_of_the_first() -> None:
    first, last = "abc_R20260616T140000", "abc_R20260708T150000"
    begins = at(30, 15) + timedelta(days=9)  # what the first half became on 24 June kept its ids
    after = masters(
        master(at(2), f"{WEEKLY};UNTIL=20260615T235959Z"),
        master(at(17, 15), f"{WEEKLY};UNTIL=20260623T235959Z", name=first),
        master(begins, WEEKLY, name=last),
    )
    before = masters(master(at(2), WEEKLY), master(at(17, 15), WEEKLY, name=first))

    pairs = found(
        instances([at(16), at(30) + WEEK]), [new(at(17, 15), first), new(begins, last)], after, before, no_one
    )

    assert [(at(16), at(17, 15)), (at(30) + WEEK, begins)] == times(pairs)


def test_a_series_may_be_moved_as_a_whole_and_then_split() -> None:
    name = "abc_R20260624T140000"
    after = masters(master(at(3), f"{WEEKLY};UNTIL=20260623T235959Z"), master(at(26, 15), WEEKLY, name=name))

    pairs = found(
        instances(every(at(16), 3)),
        [new(at(17)), *arrivals(every(at(26, 15), 2), master=name)],
        after,
        WAS,
        no_one,
    )

    assert [(at(16), at(17)), (at(23), at(26, 15)), (at(30), at(26, 15) + WEEK)] == times(pairs)


def test_an_earlier_half_takes_nothing_from_a_later_series() -> None:
    early, late = "abc_R20260602T140000", "abc_R20260616T140000"
    after = masters(
        master(at(2, 9), WEEKLY, name=early),
        master(at(16), f"{WEEKLY};UNTIL=20260622T235959Z", name=late),
    )

    pairs = found(instances(every(at(23), 3), master=late), [new(at(23, 9), early)], after, NOBODY, no_one)

    assert () == pairs


def test_an_earlier_series_leaves_to_a_later_one_what_that_one_became() -> None:
    middle, last = "abc_R20260623T140000", "abc_R20260630T140000"
    orphans = [lost(at(16)), lost(at(30), middle)]
    after = masters(master(at(30, 18), WEEKLY, name=last))

    pairs = found(orphans, [new(at(30, 18), last)], after, NOBODY, no_one)

    assert [(at(30), at(30, 18))] == times(pairs)


def test_the_master_of_another_series_is_no_half_of_this_one() -> None:
    other = master(at(24), f"{WEEKLY};UNTIL=20261231", name="xyz")
    orphans = instances(every(at(23), 3))
    newcomers = arrivals(every(at(27, 15), 3), master="abc_R20260623T140000")

    pairs = found(orphans, newcomers, {"xyz": other, **split_of(at(27, 15))}, WAS, no_one)

    assert list(zip(every(at(23), 3), every(at(27, 15), 3), strict=True)) == times(pairs)


def test_a_split_goes_by_the_plan_not_by_instances_moved_by_themselves() -> None:
    name = "abc_R20260623T140000"
    orphans = [lost(at(23), starts_at=at(30, 20)), lost(at(30))]

    pairs = found(
        orphans, arrivals(every(at(27), 2), master=name), masters(master(at(27), name=name)), NOBODY, no_one
    )

    assert [(at(30), at(27) + WEEK), (at(30, 20), at(27))] == times(pairs)


def test_the_end_that_a_series_always_had_is_not_where_it_was_split() -> None:
    name = "abc_R20260623T140000"
    before = masters(master(at(2), f"{WEEKLY};UNTIL=20261231T235959Z"))

    pairs = found(
        [lost(at(23))], [new(at(27), name)], masters(master(at(27), WEEKLY, name=name)), before, no_one
    )

    assert [(at(23), at(27))] == times(pairs)


def test_two_links_of_one_plan_do_not_share_an_event() -> None:
    orphans = [lost(at(16)), lost(at(16), event_id="abc_twin")]

    pairs = found(orphans, [new(at(20))], masters(master(at(6))), masters(master(at(2))), no_one)

    assert [at(20)] == [pair.appointment.starts_at for pair in pairs]


# The rhythm changed, or nothing can be read


def test_weekly_to_fortnightly_pairs_the_nearest_and_says_so() -> None:
    orphans = instances(every(at(16), 4))
    newcomers = arrivals(every(at(17, 15), 2, 2 * WEEK))

    pairs = found(orphans, newcomers, masters(master(at(3, 15), BIWEEKLY)), masters(master(at(2), WEEKLY)))

    assert [(at(16), at(17, 15)), (at(30), at(17, 15) + 2 * WEEK)] == times(pairs)
    assert all(pair.guess for pair in pairs)


def test_a_changed_rhythm_shows_in_the_gaps_where_no_rule_can_be_read() -> None:
    pairs = found(
        instances(every(at(16), 4)),
        arrivals(every(at(16, 15), 2, 2 * WEEK)),
        masters(master(at(2, 15))),
        masters(master(at(2))),
    )

    assert [(True, at(16)), (True, at(30))] == [(pair.guess, pair.known.starts_at) for pair in pairs]


def test_without_masters_the_nearest_within_half_a_week_is_guessed() -> None:
    pairs = found(instances(every(at(16), 3)), arrivals(every(at(17, 15), 3)))

    assert list(zip(every(at(16), 3), every(at(17, 15), 3), strict=True)) == times(pairs)
    assert all(pair.guess for pair in pairs)


def test_half_an_interval_away_is_too_far_for_a_guess() -> None:
    pairs = found([lost(at(16))], arrivals([at(20, 2), at(27, 2)]))

    assert () == pairs


@pytest.mark.parametrize("owner", [None, "mia"])
def test_a_guess_needs_the_same_client(owner: str | None) -> None:
    assert () == found(instances(every(at(16), 2)), arrivals(every(at(17), 2)), owner_of=lambda _: owner)


def test_without_any_interval_nothing_is_guessed() -> None:
    assert () == found([lost(at(16))], [new(at(16, 15))])


def test_a_shift_that_fits_nobody_gives_way_to_a_guess() -> None:
    moved = masters(master(at(2, 18), WEEKLY))

    pairs = found(instances([at(16)]), [new(at(16, 15))], moved, WAS)

    assert [(at(16), at(16, 15), True)] == [(*times([pair])[0], pair.guess) for pair in pairs]


# Clock changes


@pytest.mark.parametrize(
    ("zone", "change"),
    [("America/New_York", datetime(2026, 3, 8)), ("Europe/London", datetime(2026, 10, 25))],
)
def test_r57_a_series_keeps_its_wall_time_across_a_clock_change(zone: str, change: datetime) -> None:
    def local(days: int, hour: int) -> datetime:
        moment = (change + timedelta(days=days, hours=hour)).replace(tzinfo=ZoneInfo(zone))
        return moment.astimezone(UTC)

    tuesdays = [local(days, 14) for days in (-12, -5, 2, 9)]
    saturdays = [local(days, 23) for days in (-8, -1, 6, 13)]

    pairs = found(
        instances(tuesdays, zone=zone),
        arrivals(saturdays, zone=zone),
        masters(master(local(-15, 23), zone=zone)),
        masters(master(local(-19, 14), zone=zone)),
        no_one,
        now=tuesdays[0] - WEEK,
    )

    assert list(zip(tuesdays, saturdays, strict=True)) == times(pairs)
    assert {timedelta(days=4, hours=hours) for hours in (8, 9, 10)} > {b - a for a, b in times(pairs)}


def test_a_series_in_a_strange_zone_is_read_in_that_of_its_sessions() -> None:
    zone = "America/New_York"
    before, after = datetime(2026, 3, 3, 19, tzinfo=UTC), datetime(2026, 3, 10, 18, tzinfo=UTC)
    strange = "Eastern Time (US)"

    pairs = found(
        instances([before, after], zone=zone),
        arrivals([before + timedelta(days=6), after + timedelta(days=6)], zone=zone, master="abc"),
        masters(master(before - WEEK + timedelta(days=6), zone=strange)),
        masters(master(before - WEEK, zone=strange)),
        no_one,
        now=before - WEEK,
    )

    # 9 March is after the change: at 14:00 New York it is 18:00, not 19:00, in UTC
    assert [(after, after + timedelta(days=6))] == times(pairs)


# Single and recurring


def test_r45_a_single_session_that_repeats_now_is_the_first_of_its_series() -> None:
    solo = lost(at(16), None, event_id="solo", original_start=None)

    pairs = found([solo], arrivals(every(at(16), 3), master="solo"), owner_of=no_one)

    assert [Relink(solo, new(at(16), "solo"), guess=False)] == list(pairs)


def test_r45_a_single_session_that_was_moved_and_repeats_now_is_the_first_of_its_series() -> None:
    pairs = found(
        [lost(at(12), master=None, event_id="abc")],
        arrivals(every(at(16), 3)),
        masters(master(at(16), WEEKLY)),
    )

    assert [(at(12), at(16), True)] == [(*times([pair])[0], pair.guess) for pair in pairs]


def test_r45_a_single_session_that_repeats_at_another_hour_is_a_guess() -> None:
    solo = lost(at(16), None, event_id="solo", original_start=None)

    pairs = found([solo], arrivals(every(at(16, 15), 3), master="solo"))

    assert [Relink(solo, new(at(16, 15), "solo"), guess=True)] == list(pairs)


def test_r46_a_series_that_is_single_now_goes_on_in_its_first_session() -> None:
    single = new(at(16), None, event_id="abc", original_start=None)

    pairs = found(instances(every(at(16), 3)), [single], owner_of=no_one)

    assert [Relink(lost(at(16)), single, guess=False)] == list(pairs)


def test_r46_a_single_event_at_another_hour_takes_the_nearest_by_guess() -> None:
    single = new(at(17, 9), None, event_id="abc", original_start=None)

    pairs = found(instances(every(at(16), 3)), [single])

    assert [Relink(lost(at(16)), single, guess=True)] == list(pairs)
    assert () == found(instances(every(at(16), 3)), [single], owner_of=no_one)


# Neighbours


def test_two_series_of_one_client_that_swap_slots_stay_themselves() -> None:
    orphans = [*instances(every(at(16), 2)), *instances(every(at(18), 2), master="xyz")]
    newcomers = [*arrivals(every(at(18), 2)), *arrivals(every(at(16), 2), master="xyz")]

    pairs = found(
        orphans,
        newcomers,
        masters(master(at(4)), master(at(2), name="xyz")),
        masters(master(at(2)), master(at(4), name="xyz")),
    )

    assert 4 == len(pairs)
    assert all(pair.known.recurring_event_id == pair.appointment.event.recurring_event_id for pair in pairs)


@pytest.mark.parametrize("owner", ["jo", "mia"])
def test_r43_another_series_in_the_same_slot_is_never_taken(owner: str) -> None:
    other = arrivals(every(at(16), 3), master="q9z")

    assert () == found(instances(every(at(16), 3)), other, WAS, WAS, lambda _: owner)


def test_the_order_of_what_comes_in_makes_no_difference() -> None:
    orphans = instances(every(at(16), 3))
    newcomers = [*arrivals(every(at(17, 15), 2)), new(at(17, 15), event_id="abc_twin")]
    expected = found(orphans, newcomers)

    assert expected
    for mixed in permutations(orphans):
        for others in permutations(newcomers):
            assert expected == found(mixed, others)
