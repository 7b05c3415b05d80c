"""What holds for every re-linking: one to one, inside one series, never across now or clients."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.calendar.relinking import Owners, SeriesMaster, relink
from sync.domain.calendar.series_ids import series_root
from sync.domain.calendar.values import Appointment, Event, KnownSession
from tests.domain.calendar.builders import NOW, at

MASTERS = ["abc", "abc_R20260609T140000", "abc_R20260616T140000", "xyz"]
RULES = ["RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;UNTIL=20260615T235959Z", "RRULE:FREQ=DAILY", "RRULE:odd"]

starts = st.builds(
    lambda day, hour: at(1, hour) + timedelta(days=day), st.integers(0, 35), st.sampled_from([9, 14, 15])
)
zones = st.sampled_from(["Europe/Berlin", "America/New_York"])
clients = st.sampled_from(["jo", "mia"])


def text(start: datetime) -> str:
    return start.strftime("%Y%m%dT%H%M%SZ")


originals = st.none() | starts.map(text) | st.sampled_from(["20260616", "unreadable"])
orphans = st.lists(
    st.builds(
        lambda start, series, client, zone, original: KnownSession(
            "s",
            client,
            f"old-{series}-{text(start)}" if series else "abc",
            start,
            start,
            zone,
            "scheduled",
            recurring_event_id=series,
            original_start=original or text(start),
        ),
        starts,
        st.sampled_from([*MASTERS, None]),
        clients,
        zones,
        originals,
    ),
    unique_by=lambda one: one.event_id,
    max_size=10,
)
newcomers = st.lists(
    st.builds(
        lambda start, series, zone, original, title: Appointment(
            Event(
                f"new-{series}-{text(start)}" if series else "xyz",
                recurring_event_id=series,
                original_start=original or text(start),
            ),
            start,
            start,
            zone,
            title,
        ),
        starts,
        st.sampled_from([*MASTERS, None]),
        zones,
        originals,
        st.sampled_from(["jo", "mia", ""]),
    ),
    unique_by=lambda one: one.event.event_id,
    max_size=10,
)
readings = st.lists(
    st.builds(
        lambda name, start, zone, rule: SeriesMaster(name, start, zone, (rule,) if rule else ()),
        st.sampled_from(MASTERS),
        st.none() | starts,
        st.none() | zones,
        st.none() | st.sampled_from(RULES),
    )
).map(lambda found: {one.recurring_event_id: one for one in found})

Masters = Mapping[str, SeriesMaster]
Item = TypeVar("Item")


def owner_of(appointment: Appointment) -> str | None:
    return appointment.title or None


@given(orphans, newcomers, readings, readings)
def test_pairs_are_one_to_one_of_one_root_one_client_and_one_side_of_now(
    lost: list[KnownSession], gained: list[Appointment], after: Masters, before: Masters
) -> None:
    pairs = relink(lost, gained, after, before, Owners(owner_of), NOW)

    assert len(pairs) == len({pair.known.event_id for pair in pairs})
    assert len(pairs) == len({pair.appointment.event.event_id for pair in pairs})
    for pair in pairs:
        known, event = pair.known, pair.appointment.event
        assert known in lost
        assert pair.appointment in gained
        assert series_root(known.recurring_event_id or known.event_id) == series_root(
            event.recurring_event_id or event.event_id
        )
        assert (known.starts_at <= NOW) == (pair.appointment.starts_at <= NOW)
        assert owner_of(pair.appointment) in ([known.client_id] if pair.guess else [known.client_id, None])


@given(orphans, newcomers, readings, readings, st.randoms(use_true_random=False))
def test_the_order_of_any_calendar_makes_no_difference(
    lost: list[KnownSession], gained: list[Appointment], after: Masters, before: Masters, chance: Random
) -> None:
    expected = relink(lost, gained, after, before, Owners(owner_of), NOW)

    assert expected == relink(
        _mixed(lost, chance),
        _mixed(gained, chance),
        _mixed_up(after),
        _mixed_up(before),
        Owners(owner_of),
        NOW,
    )


@given(st.integers(-10, 10), st.integers(1, 9), st.lists(starts, min_size=1, unique=True), zones)
def test_whatever_the_shift_a_whole_series_is_found_again(
    days: int, hour: int, planned: Sequence[datetime], zone: str
) -> None:
    by = timedelta(days=days, hours=hour)
    eve = at(1) - timedelta(days=60)
    lost = [
        KnownSession(
            "s", "jo", f"abc_{text(start)}", start, start, zone, "scheduled", recurring_event_id="abc"
        )
        for start in planned
    ]
    gained = [
        Appointment(
            Event(f"abc_{text(start + by)}", recurring_event_id="abc"), start + by, start + by, zone, ""
        )
        for start in planned
    ]
    before = {"abc": SeriesMaster("abc", at(1), zone)}
    after = {"abc": SeriesMaster("abc", at(1) + by, zone)}

    pairs = relink(lost, gained, after, before, Owners(owner_of), eve)

    assert {(start, start + by, False) for start in planned} == {
        (pair.known.starts_at, pair.appointment.starts_at, pair.guess) for pair in pairs
    }


def _mixed(items: Sequence[Item], chance: Random) -> list[Item]:
    return chance.sample(items, len(items))


def _mixed_up(masters: Masters) -> Masters:
    return dict(reversed(list(masters.items())))
