"""Sync tokens: what they bring, what may not stand beside them, when they expire."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.sandbox.habits import Habits
from sync.sandbox.in_process import InProcessHttp
from sync.sandbox.world import World
from tests.sandbox.practice import (
    ANA,
    JUNE,
    Client,
    Clock,
    calendar_client,
    changes,
    first_token,
    hour,
    ids,
    listed,
    pages,
    refusal,
    statuses,
    weekly,
)

NOON = datetime(2026, 6, 16, 12, tzinfo=UTC)
EXPANDED = {"singleEvents": True}


def test_nothing_comes_when_nothing_changed(world: World, client: Client) -> None:
    weekly(world)

    assert [] == changes(client, first_token(client))


def test_a_change_comes_once(world: World, client: Client) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))
    token = first_token(client)
    world.patch(ANA, "solo1", {"summary": "K."})

    (page,) = pages(client, syncToken=token)

    assert ["K."] == [event["summary"] for event in page["items"]]
    assert [] == changes(client, page["nextSyncToken"])


def test_an_old_token_brings_everything_since(world: World, client: Client) -> None:
    token = first_token(client)
    world.insert(ANA, hour(NOON, id="solo1"))
    world.insert(ANA, hour(NOON, id="solo2"))

    assert ["solo1", "solo2"] == ids(changes(client, token))
    assert ["solo1", "solo2"] == ids(changes(client, token))


def test_a_deleted_event_comes_as_a_bare_tombstone(world: World, client: Client) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))
    token = first_token(client)
    world.delete(ANA, "solo1")

    (stone,) = changes(client, token)

    assert ("solo1", "cancelled") == (stone["id"], stone["status"])
    assert {"kind", "etag", "id", "status"} == set(stone)


def test_a_deleted_event_keeps_its_details_in_a_feed_that_shows_deleted_ones(
    world: World, client: Client
) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))
    token = first_token(client, showDeleted=True)
    world.delete(ANA, "solo1")

    assert ["J."] == [event["summary"] for event in changes(client, token, showDeleted=True)]


def test_a_tombstone_passes_a_filter_of_kinds(world: World, client: Client) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))
    token = first_token(client, eventTypes=["focusTime"])
    world.delete(ANA, "solo1")
    world.insert(ANA, hour(NOON, id="solo2"))

    assert ["solo1"] == ids(changes(client, token, eventTypes=["focusTime"]))


def test_a_cancelled_instance_names_its_series_and_original_start(world: World, client: Client) -> None:
    weekly(world)
    token = first_token(client)
    world.delete(ANA, "abc_20260616T180000Z")

    (stone,) = changes(client, token)

    assert "abc" == stone["recurringEventId"]
    assert "2026-06-16T14:00:00-04:00" == stone["originalStartTime"]["dateTime"]


def test_a_cancelled_instance_may_come_with_its_id_alone(clock: Clock) -> None:
    world = World(clock, habits=Habits(sparse_cancellations=True))
    world.add_calendar(ANA)
    weekly(world)
    client = calendar_client(InProcessHttp(world))
    token = first_token(client)
    world.delete(ANA, "abc_20260616T180000Z")

    (stone,) = changes(client, token)

    assert {"kind", "etag", "id", "status"} == set(stone)


def test_a_touched_series_comes_as_one_event_or_as_all_its_instances(world: World, client: Client) -> None:
    weekly(world)
    token, expanded = first_token(client), first_token(client, **EXPANDED)
    world.patch(ANA, "abc", {"summary": "K."})

    assert ["abc"] == ids(changes(client, token))
    assert 106 == len(changes(client, expanded, **EXPANDED))


def test_a_change_far_outside_the_window_of_the_first_reading_comes_too(world: World, client: Client) -> None:
    token = first_token(client, **JUNE)
    world.insert(ANA, hour(NOON + timedelta(days=900), id="solo1"))

    assert ["solo1"] == ids(changes(client, token))


def test_a_moved_instance_comes_alone(world: World, client: Client) -> None:
    weekly(world)
    token = first_token(client, **EXPANDED)
    world.move(ANA, "abc_20260616T180000Z", NOON, NOON + timedelta(minutes=50))

    assert ["abc_20260616T180000Z"] == ids(changes(client, token, **EXPANDED))


def test_a_deleted_series_comes_as_one_tombstone(world: World, client: Client) -> None:
    weekly(world)
    token = first_token(client)
    world.delete(ANA, "abc")

    assert {"abc": "cancelled"} == statuses(changes(client, token))


def test_a_deleted_series_is_reported_only_in_part_where_it_was_expanded(
    world: World, client: Client
) -> None:
    weekly(world)
    token = first_token(client, **EXPANDED)
    world.delete(ANA, "abc")

    stones = changes(client, token, **EXPANDED)

    assert {"cancelled"} == set(statuses(stones).values())
    assert 28 == len(stones)
    assert "abc_20261208T190000Z" == max(ids(stones))


def test_only_the_next_few_instances_of_a_deleted_series_may_be_reported(clock: Clock) -> None:
    world = World(clock, habits=Habits(most_tombstones=2))
    world.add_calendar(ANA, time_zone="America/New_York")
    weekly(world)
    client = calendar_client(InProcessHttp(world))
    token = first_token(client, **EXPANDED)
    world.delete(ANA, "abc")

    assert ["abc_20260616T180000Z", "abc_20260623T180000Z"] == ids(changes(client, token, **EXPANDED))


def test_the_instances_cut_off_a_series_are_reported_gone(world: World, client: Client) -> None:
    weekly(world, recurrence=["RRULE:FREQ=WEEKLY;COUNT=5"])
    token = first_token(client, **EXPANDED)
    world.delete_following(ANA, "abc_20260616T180000Z")

    found = statuses(changes(client, token, **EXPANDED))

    assert {
        "abc_20260602T180000Z": "confirmed",
        "abc_20260609T180000Z": "confirmed",
        "abc_20260616T180000Z": "cancelled",
        "abc_20260623T180000Z": "cancelled",
        "abc_20260630T180000Z": "cancelled",
    } == found


def test_a_split_without_a_new_time_reports_no_instance_gone(world: World, client: Client) -> None:
    weekly(world, recurrence=["RRULE:FREQ=WEEKLY;COUNT=5"])
    token = first_token(client, **EXPANDED)
    world.split(ANA, "abc_20260616T180000Z", {"summary": "K."})

    assert {"confirmed"} == set(statuses(changes(client, token, **EXPANDED)).values())


def test_a_restored_event_comes_back_with_its_details(world: World, client: Client) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))
    world.delete(ANA, "solo1")
    token = first_token(client)
    world.restore(ANA, "solo1")

    assert [("confirmed", "J.")] == [(e["status"], e["summary"]) for e in changes(client, token)]


def test_an_expired_token_asks_for_a_full_reading(world: World, client: Client) -> None:
    token = first_token(client)
    world.expire_tokens(ANA)

    assert (410, "fullSyncRequired") == refusal(lambda: changes(client, token))
    assert [] == changes(client, first_token(client))


def test_a_token_that_was_never_given_out_is_invalid(client: Client) -> None:
    assert (400, "invalid") == refusal(lambda: changes(client, "made up"))


def test_a_token_of_another_feed_is_invalid(world: World, client: Client) -> None:
    world.add_calendar("clinic@example.test", owner=ANA)
    token = first_token(client)

    assert (400, "invalid") == refusal(lambda: changes(client, token, **EXPANDED))
    assert (400, "invalid") == refusal(lambda: changes(client, token, eventTypes=["default"]))
    assert (400, "invalid") == refusal(
        lambda: listed(client, syncToken=token, calendarId="clinic@example.test")
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("iCalUID", "abc@google.com"),
        ("orderBy", "updated"),
        ("privateExtendedProperty", "k=v"),
        ("q", "J."),
        ("sharedExtendedProperty", "k=v"),
        ("timeMin", "2026-06-01T00:00:00Z"),
        ("timeMax", "2026-06-30T00:00:00Z"),
        ("updatedMin", "2026-06-01T00:00:00Z"),
        ("showDeleted", False),
    ],
)
def test_a_token_stands_beside_no_restriction(client: Client, name: str, value: object) -> None:
    token = first_token(client)

    assert (400, "badRequest") == refusal(lambda: changes(client, token, **{name: value}))


def test_a_restricted_listing_carries_no_token(client: Client) -> None:
    assert ["nextSyncToken" in pages(client, **{name: "updated"})[-1] for name in ("orderBy", "q")] == [
        False
    ] * 2


def test_changes_long_past_cannot_be_asked_for(client: Client) -> None:
    assert (410, "updatedMinTooLongAgo") == refusal(lambda: listed(client, updatedMin="2026-01-01T00:00:00Z"))
