"""What is left of deleted events, and the ids of series, by the whole job: little is promised of either."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from models import tables
from sync.jobs.connections import connect
from sync.jobs.history import ask_for_history, import_history
from sync.sandbox.habits import Habits
from sync.store.links import LinkWish, SignIn
from sync.store.practitioners import practitioner
from tests.jobs.looking import (
    HOUR,
    LENGTH,
    NEXT_WEEK,
    TOMORROW,
    delete,
    everything,
    fates,
    instance,
    ledger,
    move,
    rows,
    weekly,
)
from tests.practice import ANA, Practice

WEEK = timedelta(days=7)


def statuses(practice: Practice) -> list[str]:
    return [session.status for session in practice.sessions()]


@pytest.mark.parametrize("is_split", [False, True])
def test_r26_an_hour_whose_cancellation_is_an_id_and_nothing_else_is_cancelled_and_no_other(
    on_each: Practice, is_split: bool
) -> None:
    on_each.world.habits = Habits(sparse_cancellations=True)
    on_each.client("Jo Bloggs")
    series = weekly(on_each, count=6)
    on_each.once()
    if is_split:  # the ids stay, so that the series in the id is not the one that the hour belongs to
        on_each.world.split(ANA, instance(series, NEXT_WEEK + 2 * WEEK), {"location": "Room 2"})
        on_each.once()

    delete(on_each, instance(series, NEXT_WEEK + 3 * WEEK))
    report = on_each.once()

    assert ["scheduled"] * 3 + ["cancelled"] + ["scheduled"] * 2 == statuses(on_each)
    assert (1, 0) == (report.counts["cancelled"], report.counts["created"])


@pytest.mark.parametrize("keeps_details", [False, True])
def test_r29_what_was_deleted_before_we_came_leaves_nothing_anywhere(
    on_each: Practice, keeps_details: bool
) -> None:
    on_each.world.habits = Habits(bin_keeps_details=keeps_details, lists_deleted_instances=True)
    on_each.client("Jo Bloggs")
    delete(on_each, on_each.put("Jo Bloggs", TOMORROW))
    delete(on_each, instance(weekly(on_each, count=1), NEXT_WEEK))
    delete(on_each, weekly(on_each, start=NEXT_WEEK + HOUR))
    before = everything(on_each)

    on_each.once()
    on_each.once(full=True)

    assert before == everything(on_each)
    assert [] == before["Session"] + before["InboxItem"] + before["EventLink"]


def test_r30_a_cancelled_event_that_shows_other_details_cancels_and_changes_nothing_else(
    on_each: Practice,
) -> None:
    on_each.client("Jo Bloggs")
    on_each.client("Mia Stone")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    before = on_each.the_session()

    later = {"dateTime": (TOMORROW + HOUR).isoformat(), "timeZone": "Europe/London"}
    on_each.world.patch(ANA, event, {"status": "cancelled", "summary": "Mia Stone", "start": later})
    on_each.once()
    on_each.once(full=True)

    after = on_each.the_session()
    assert ("cancelled", before.starts_at, before.client_id, before.details, ()) == (
        after.status,
        after.starts_at,
        after.client_id,
        after.details,
        after.flags,
    )
    assert (["created", "cancelled"], ["withdrawn"]) == (ledger(on_each), fates(on_each))


@pytest.mark.parametrize("base", ["_60q30c1g60o30e1i", "with_a_20260101"])
def test_r38_an_hour_is_known_by_its_original_start_in_utc_however_its_series_and_times_are_written(
    on_each: Practice, base: str
) -> None:
    on_each.client("Jo Bloggs")
    weekly(on_each, id=base, count=4)
    planned = [NEXT_WEEK + number * WEEK for number in range(4)]
    on_each.once()
    on_each.world.set_time_zone(ANA, "America/Denver")  # every moment is written in other words now
    move(on_each, instance(base, planned[1]), planned[1] + HOUR)
    on_each.once(full=True)
    ids = [session.id for session in on_each.sessions()]
    kept = {(row.event_id, row.original_start) for row in rows(on_each, tables.EventLink)}
    assert {(instance(base, at), f"{at:%Y%m%dT%H%M%SZ}") for at in planned} == kept

    on_each.world.edit_all(ANA, instance(base, planned[0]), moved_to(planned[0] + 2 * HOUR))
    on_each.once()

    assert ids == [session.id for session in on_each.sessions()]
    shifts = [session.starts_at - at for session, at in zip(on_each.sessions(), planned, strict=True)]
    assert [2 * HOUR, HOUR, 2 * HOUR, 2 * HOUR] == shifts  # what was moved by itself stays where it is


def moved_to(start: datetime) -> dict[str, dict[str, str]]:
    """The change that a person types into one hour of a series."""
    return {"start": {"dateTime": start.isoformat()}, "end": {"dateTime": (start + LENGTH).isoformat()}}


def test_r42_a_series_that_is_split_again_and_again_is_followed_under_its_first_name(
    on_each: Practice,
) -> None:
    on_each.client("Jo Bloggs")
    series = weekly(on_each, count=8)
    on_each.once()
    before = {session.id: session.starts_at for session in on_each.sessions()}

    halves = [series]
    for week, later in ((2, HOUR), (4, 2 * HOUR), (6, 3 * HOUR)):
        planned = NEXT_WEEK + week * WEEK
        at = planned + later - HOUR
        halves.append(on_each.world.split(ANA, instance(series, at), moved_to(planned + later)))
        on_each.clock.forward(minutes=1)
        on_each.once()

    after = {session.id: session.starts_at for session in on_each.sessions()}
    assert [0, 0, 1, 1, 2, 2, 3, 3] == [(after[one] - before[one]) // HOUR for one in before]
    assert before.keys() == after.keys()
    assert {"scheduled"} == set(statuses(on_each))
    assert all(half.startswith(f"{series}_R") and half.count("_R") == 1 for half in halves[1:])


def reads_all_anew(practice: Practice) -> None:
    practice.world.expire_tokens(ANA)
    practice.once(full=True)


def edits_the_whole_series(practice: Practice) -> None:
    practice.world.patch(ANA, SERIES, {"location": "Room 2", "description": "Ring twice"})
    practice.once()


def re_times_the_whole_series(practice: Practice) -> None:
    practice.world.edit_all(ANA, instance(SERIES, NEXT_WEEK), moved_to(NEXT_WEEK + HOUR))
    practice.once()


def splits_the_series_before_it(practice: Practice) -> None:
    practice.world.split(ANA, instance(SERIES, NEXT_WEEK + WEEK), {"location": "Room 2"})
    practice.once()


def connects_again(practice: Practice) -> None:
    with practice.app.reading() as records:
        person = practitioner(records, practice.practitioner_id)
    connect(
        practice.app, person, SignIn("google", "1", ANA, '{"fresh": 1}'), [LinkWish(ANA)], practice.clock()
    )
    practice.once()


def lets_it_pass_and_imports_the_past(practice: Practice) -> None:
    practice.clock.forward(days=200)
    ask_for_history(practice.app, practice.link_id, date(2026, 1, 1), practice.clock())
    import_history(practice.app, practice.link_id)


SERIES = "weekly"


@pytest.mark.parametrize(
    "afterwards",
    [
        reads_all_anew,
        edits_the_whole_series,
        re_times_the_whole_series,
        splits_the_series_before_it,
        connects_again,
        lets_it_pass_and_imports_the_past,
    ],
)
def test_r24_a_cancelled_hour_stays_so_for_the_life_of_its_series(
    practice: Practice, afterwards: Callable[[Practice], None]
) -> None:
    practice.client("Jo Bloggs")
    weekly(practice, id=SERIES, count=8)
    practice.once()
    delete(practice, instance(SERIES, NEXT_WEEK + 3 * WEEK))
    practice.once()
    [cancelled] = [session for session in practice.sessions() if session.status == "cancelled"]

    practice.clock.forward(minutes=31)
    afterwards(practice)
    for _ in range(3):
        practice.clock.forward(days=10)
        practice.once(full=True)

    assert (8, [cancelled.id]) == (
        len(practice.sessions()),
        [session.id for session in practice.sessions() if session.status == "cancelled"],
    )
    told = [entry.kind for entry in rows(practice, tables.LedgerEntry) if entry.session_id == cancelled.id]
    assert ["created", "cancelled"] == told


def test_r96_a_move_changes_the_session_where_it_stands_and_nothing_is_copied_of_its_time(
    on_each: Practice,
) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    before = everything(on_each)
    [session] = rows(on_each, tables.Session)
    on_each.clock.forward(minutes=5)

    move(on_each, event, NEXT_WEEK)
    on_each.once()

    after = everything(on_each)
    [moved] = rows(on_each, tables.Session)
    assert (
        session.model_dump() | {"starts_at": NEXT_WEEK, "ends_at": NEXT_WEEK + LENGTH} == moved.model_dump()
    )
    assert {"Session", "EventLink", "LedgerEntry", "Message"} == {
        name for name in before if before[name] != after[name]
    }
    assert [1, 1] == [len(after[name]) for name in ("EventLink", "Note")]
