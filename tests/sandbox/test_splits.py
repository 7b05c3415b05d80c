"""Series divided in two: which ids live on after "this and following" (R39, R40, R42)."""

import pytest

from sync.sandbox.habits import Habits
from sync.sandbox.in_process import InProcessHttp
from sync.sandbox.world import World
from tests.sandbox.practice import (
    ANA,
    JUNE,
    JUNE_IDS,
    THIRD,
    Client,
    Clock,
    at,
    calendar_client,
    ids,
    june,
    listed,
    refusal,
    weekly,
)


def test_a_split_without_a_new_time_keeps_the_ids_of_all_instances(world: World, client: Client) -> None:
    weekly(world)
    new = world.split(ANA, THIRD, {"summary": "K."})

    found = listed(client, singleEvents=True, **JUNE)

    assert "abc_R20260616T180000" == new
    assert JUNE_IDS == ids(found)
    assert ["abc", "abc", new, new, new] == [
        e["recurringEventId"] for e in sorted(found, key=lambda e: e["id"])
    ]
    assert {"J.", "K."} == {event["summary"] for event in found}
    assert f"{new}@google.com" == client.events().get(calendarId=ANA, eventId=new).execute()["iCalUID"]


def test_a_split_without_a_new_time_keeps_what_was_changed_on_instances(world: World, client: Client) -> None:
    weekly(world)
    world.delete(ANA, "abc_20260609T180000Z")
    world.delete(ANA, "abc_20260623T180000Z")
    world.split(ANA, THIRD, {"summary": "K."})

    assert [f"abc_202606{day:02d}T180000Z" for day in (2, 16, 30)] == sorted(june(client))


def test_a_split_ends_the_old_series_before_its_instance(world: World, client: Client) -> None:
    weekly(world)
    world.split(ANA, THIRD, {"summary": "K."})

    old = client.events().get(calendarId=ANA, eventId="abc").execute()

    assert ["RRULE:FREQ=WEEKLY;UNTIL=20260616T175959Z"] == old["recurrence"]


def test_a_split_with_a_new_time_gives_the_rest_new_ids(world: World, client: Client) -> None:
    weekly(world)
    new = world.split(ANA, THIRD, {"start": at(17, 15)})

    assert "abc_R20260616T180000" == new
    assert {
        "abc_20260602T180000Z": "2026-06-02T14:00:00-04:00",
        "abc_20260609T180000Z": "2026-06-09T14:00:00-04:00",
        "abc_20260617T190000Z": "2026-06-17T15:00:00-04:00",
        "abc_20260624T190000Z": "2026-06-24T15:00:00-04:00",
    } == june(client)


def test_a_split_series_may_be_named_after_its_new_time(clock: Clock) -> None:
    world = World(clock, habits=Habits(split_suffix="new"))
    world.add_calendar(ANA, time_zone="America/New_York")
    weekly(world)

    assert "abc_R20260617T190000" == world.split(ANA, THIRD, {"start": at(17, 15)})


def test_a_split_that_reaches_back_gives_no_id_twice(world: World, client: Client) -> None:
    weekly(world)
    new = world.split(ANA, THIRD, {"start": at(9, 14)})

    found = ids(listed(client, singleEvents=True, **JUNE))

    assert len(found) == len(set(found))
    assert f"{new}_20260609T180000Z" in found


def test_a_series_is_split_again_under_its_first_name(world: World, client: Client) -> None:
    weekly(world)
    world.split(ANA, THIRD, {"summary": "K."})
    again = world.split(ANA, "abc_20260623T180000Z", {"summary": "L."})

    assert "abc_R20260623T180000" == again
    assert JUNE_IDS == sorted(june(client))


def test_a_split_at_the_first_instance_changes_the_whole_series(world: World, client: Client) -> None:
    weekly(world)

    assert "abc" == world.split(ANA, JUNE_IDS[0], {"summary": "K."})
    assert {"K."} == {event["summary"] for event in listed(client, singleEvents=True, **JUNE)}


def test_a_counted_series_has_as_many_instances_after_a_split(world: World, client: Client) -> None:
    weekly(world, recurrence=["RRULE:FREQ=WEEKLY;COUNT=4"])
    world.split(ANA, THIRD, {"summary": "K."})

    assert JUNE_IDS[:4] == ids(listed(client, singleEvents=True))


def test_deleting_this_and_following_ends_the_series(world: World, client: Client) -> None:
    weekly(world)
    world.delete_following(ANA, THIRD)

    assert JUNE_IDS[:2] == ids(listed(client, singleEvents=True))
    assert (404, "notFound") == refusal(lambda: client.events().get(calendarId=ANA, eventId=THIRD).execute())


def test_an_instance_beyond_the_end_may_answer_as_cancelled(clock: Clock) -> None:
    world = World(clock, habits=Habits(vanished_instance="cancelled"))
    world.add_calendar(ANA, time_zone="America/New_York")
    weekly(world)
    world.delete_following(ANA, THIRD)
    client = calendar_client(InProcessHttp(world))

    assert "cancelled" == client.events().get(calendarId=ANA, eventId=THIRD).execute()["status"]
    assert (404, "notFound") == refusal(
        lambda: client.events().get(calendarId=ANA, eventId="abc_20260617T180000Z").execute()
    )


def test_a_split_with_a_new_time_loses_what_was_changed_on_instances(world: World, client: Client) -> None:
    weekly(world)
    world.delete(ANA, "abc_20260623T180000Z")
    world.split(ANA, THIRD, {"start": at(23, 14)})

    assert "abc_20260623T180000Z" in june(client)


def test_only_an_instance_can_be_split_off(world: World) -> None:
    weekly(world)

    with pytest.raises(LookupError, match="not an instance"):
        world.split(ANA, "abc", {"summary": "K."})
