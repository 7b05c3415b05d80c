"""The world itself: ids, truth, and events that change calendars."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.sandbox.world import World
from tests.sandbox.practice import ANA, JUNE, Client, Clock, changes, first_token, hour, ids, listed, weekly

NOON = datetime(2026, 6, 16, 12, tzinfo=UTC)
JULY = datetime(2026, 7, 1, tzinfo=UTC)
CLINIC = "clinic@example.test"


def test_the_truth_is_what_takes_place(world: World) -> None:
    weekly(world)
    world.insert(ANA, hour(NOON, id="solo1"))
    world.insert(ANA, hour(NOON, id="solo2"))
    world.delete(ANA, "solo2")
    world.delete(ANA, "abc_20260630T180000Z")

    found = [event["id"] for event in world.truth(ANA, NOON, JULY)]

    assert ["solo1", "abc_20260616T180000Z", "abc_20260623T180000Z"] == found


def test_equal_seeds_give_equal_ids(clock: Clock) -> None:
    made = []
    for seed in (1, 1, 2):
        world = World(clock, seed=seed)
        world.add_calendar(ANA)
        made.append(world.insert(ANA, hour(NOON)))

    assert made[0] == made[1]
    assert made[0] != made[2]


def test_an_id_is_given_once(world: World) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))

    with pytest.raises(ValueError, match="taken"):
        world.insert(ANA, hour(NOON, id="solo1"))


def test_what_does_not_exist_cannot_be_changed(world: World) -> None:
    with pytest.raises(LookupError):
        world.patch(ANA, "nobody", {"summary": "K."})
    with pytest.raises(LookupError):
        world.delete("nowhere@example.test", "nobody")


def test_an_edit_is_stamped_with_the_time_of_the_clock(world: World, client: Client, clock: Clock) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))
    before = client.events().get(calendarId=ANA, eventId="solo1").execute()
    clock.now += timedelta(hours=3)
    world.patch(ANA, "solo1", {"summary": "K."})
    after = client.events().get(calendarId=ANA, eventId="solo1").execute()

    assert "2026-06-10T03:00:00.000Z" == after["updated"]
    assert before["created"] == after["created"] == before["updated"]
    assert before["etag"] != after["etag"]


def test_the_owner_is_marked_among_the_attendees(world: World, client: Client) -> None:
    people = [{"email": ANA, "responseStatus": "accepted"}, {"email": "jo@example.test"}]
    world.insert(ANA, hour(NOON, id="solo1", attendees=people))

    attendees = client.events().get(calendarId=ANA, eventId="solo1").execute()["attendees"]

    assert [True, None] == [attendee.get("self") for attendee in attendees]
    assert ["accepted", "needsAction"] == [attendee["responseStatus"] for attendee in attendees]


def test_an_event_moved_to_another_calendar_leaves_a_bare_tombstone(world: World, client: Client) -> None:
    world.add_calendar(CLINIC, owner=ANA)
    world.insert(ANA, hour(NOON, id="solo1"))
    token = first_token(client, showDeleted=True)
    world.move_to_calendar(ANA, "solo1", CLINIC)

    (stone,) = changes(client, token, showDeleted=True)
    (moved,) = listed(client, calendarId=CLINIC, **JUNE)

    assert ("solo1", "cancelled", None) == (stone["id"], stone["status"], stone.get("summary"))
    assert ("solo1", "solo1@google.com", "J.") == (moved["id"], moved["iCalUID"], moved["summary"])
    assert CLINIC == moved["organizer"]["email"]


def test_a_series_moved_to_another_calendar_takes_its_changes_along(world: World, client: Client) -> None:
    world.add_calendar(CLINIC, owner=ANA)
    weekly(world)
    world.delete(ANA, "abc_20260616T180000Z")
    world.move_to_calendar(ANA, "abc", CLINIC)

    assert [] == listed(client, singleEvents=True, **JUNE)
    assert [f"abc_202606{day:02d}T180000Z" for day in (2, 9, 23, 30)] == ids(
        listed(client, calendarId=CLINIC, singleEvents=True, **JUNE)
    )


def test_an_invitation_to_one_instance_has_no_readable_series(world: World, client: Client) -> None:
    linked = {"recurringEventId": "other", "originalStartTime": {"dateTime": NOON.isoformat()}}
    world.insert(ANA, hour(NOON, id="other_20260616T120000Z", **linked))

    assert [("other_20260616T120000Z", "other")] == [
        (event["id"], event["recurringEventId"]) for event in listed(client, singleEvents=True, **JUNE)
    ]
