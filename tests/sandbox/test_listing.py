"""What a listing holds: windows, deleted events, kinds of events, partial answers, roles."""

from datetime import UTC, datetime, timedelta

from sync.sandbox.habits import Habits
from sync.sandbox.in_process import InProcessHttp
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World
from tests.sandbox.practice import (
    ANA,
    JUNE,
    Client,
    Clock,
    calendar_client,
    hour,
    ids,
    listed,
    pages,
    refusal,
    weekly,
    window,
)

NOON = datetime(2026, 6, 16, 12, tzinfo=UTC)
END = NOON + timedelta(minutes=50)


def test_an_event_that_ends_when_the_window_begins_is_outside(world: World, client: Client) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))

    assert [] == listed(client, **window(END, 1))
    assert ["solo1"] == ids(listed(client, **window(END - timedelta(seconds=1), 1)))


def test_an_event_that_starts_when_the_window_ends_is_outside(world: World, client: Client) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))

    assert [] == listed(client, **window(NOON - timedelta(days=1), 1))
    assert ["solo1"] == ids(listed(client, **window(NOON + timedelta(seconds=1) - timedelta(days=1), 1)))


def test_an_instance_that_ends_when_the_window_begins_is_outside(world: World, client: Client) -> None:
    weekly(world)
    end = datetime(2026, 6, 16, 18, 50, tzinfo=UTC)

    assert [] == listed(client, singleEvents=True, **window(end, 1))
    assert ["abc_20260616T180000Z"] == ids(
        listed(client, singleEvents=True, **window(end - timedelta(seconds=1), 1))
    )


def test_a_series_whose_last_instance_ends_when_the_window_begins_is_outside(
    world: World, client: Client
) -> None:
    weekly(world, recurrence=["RRULE:FREQ=WEEKLY;COUNT=3"])

    assert [] == listed(client, **window(datetime(2026, 6, 16, 18, 50, tzinfo=UTC), 1))


def test_the_instances_of_one_series_include_the_one_that_ends_at_the_bound(
    world: World, client: Client
) -> None:
    weekly(world)
    end = datetime(2026, 6, 16, 18, 50, tzinfo=UTC)

    found = client.events().instances(calendarId=ANA, eventId="abc", **window(end, 1)).execute()

    assert ["abc_20260616T180000Z"] == ids(found["items"])


def test_one_instance_is_found_by_its_original_start(world: World, client: Client) -> None:
    weekly(world)

    found = client.events().instances(
        calendarId=ANA, eventId="abc", originalStart="2026-06-16T14:00:00-04:00"
    )

    assert ["abc_20260616T180000Z"] == ids(found.execute()["items"])


def test_a_series_is_listed_as_itself_unless_it_is_expanded(world: World, client: Client) -> None:
    weekly(world)

    assert ["abc"] == ids(listed(client, **JUNE))
    assert 5 == len(listed(client, singleEvents=True, **JUNE))
    assert [] == listed(client, **window(datetime(2026, 6, 3, tzinfo=UTC), 2))


def test_an_instance_points_to_its_series(world: World, client: Client) -> None:
    weekly(world)

    first = listed(client, singleEvents=True, **JUNE)[0]

    assert "abc" == first["recurringEventId"]
    assert first["start"] == first["originalStartTime"]
    assert "recurrence" not in first
    assert "abc@google.com" == first["iCalUID"]


def test_a_deleted_event_is_listed_only_when_deleted_ones_are_asked_for(world: World, client: Client) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))
    world.delete(ANA, "solo1")

    assert [] == listed(client, **JUNE)
    assert [("solo1", "cancelled", "J.")] == [
        (event["id"], event["status"], event["summary"]) for event in listed(client, showDeleted=True, **JUNE)
    ]


def test_a_deleted_event_shows_nothing_but_its_id_where_the_bin_keeps_no_details(clock: Clock) -> None:
    world = World(clock, habits=Habits(bin_keeps_details=False))
    world.add_calendar(ANA)
    world.insert(ANA, hour(NOON, id="solo1"))
    world.delete(ANA, "solo1")

    (stone,) = listed(calendar_client(InProcessHttp(world)), showDeleted=True, **JUNE)

    assert {"kind", "etag", "id", "status"} == set(stone)


def test_a_cancelled_instance_is_listed_beside_the_series_even_without_asking(
    world: World, client: Client
) -> None:
    weekly(world)
    world.delete(ANA, "abc_20260616T180000Z")

    (cancelled,) = [event for event in listed(client, **JUNE) if event["status"] == "cancelled"]

    assert {"kind", "etag", "id", "status", "recurringEventId", "originalStartTime"} == set(cancelled)


def test_a_cancelled_instance_is_listed_in_the_expansion_only_when_asked_for(
    world: World, client: Client
) -> None:
    weekly(world)
    world.delete(ANA, "abc_20260616T180000Z")

    assert "abc_20260616T180000Z" not in ids(listed(client, singleEvents=True, **JUNE))
    assert "abc_20260616T180000Z" in ids(listed(client, singleEvents=True, showDeleted=True, **JUNE))


def test_the_instances_of_a_deleted_series_are_simply_gone(world: World, client: Client) -> None:
    weekly(world)
    world.delete(ANA, "abc")

    assert [] == listed(client, singleEvents=True, showDeleted=True, **JUNE)
    assert ["abc"] == ids(listed(client, showDeleted=True, **JUNE))


def test_the_instances_of_a_deleted_series_may_be_listed_as_cancelled(clock: Clock) -> None:
    world = World(clock, habits=Habits(lists_deleted_instances=True))
    world.add_calendar(ANA)
    weekly(world)
    world.delete(ANA, "abc")
    client = calendar_client(InProcessHttp(world))

    found = listed(client, singleEvents=True, showDeleted=True, **JUNE)

    assert ["cancelled"] * 5 == [event["status"] for event in found]


def test_only_the_kinds_asked_for_are_listed(world: World, client: Client) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))
    world.insert(ANA, hour(NOON, id="solo2", eventType="focusTime"))

    assert ["solo2"] == ids(listed(client, eventTypes=["focusTime"], **JUNE))
    assert ["solo1", "solo2"] == ids(listed(client, eventTypes=["focusTime", "default"], **JUNE))


def test_an_unknown_kind_is_refused(http: InProcessHttp) -> None:
    status, _ = http.request(
        f"https://x.test/calendar/v3/calendars/{ANA}/events?eventTypes=appointmentSchedule"
    )

    assert "400" == status["status"]


def test_events_are_ordered_by_start_only_when_expanded(world: World, client: Client) -> None:
    world.insert(ANA, hour(NOON, id="late1"))
    world.insert(ANA, hour(NOON - timedelta(days=3), id="early"))

    assert ["early", "late1"] == [
        event["id"] for event in listed(client, singleEvents=True, orderBy="startTime", **JUNE)
    ]
    assert (400, "badRequest") == refusal(lambda: listed(client, orderBy="startTime"))


def test_a_span_that_ends_before_it_begins_is_refused(client: Client) -> None:
    span = {"timeMin": "2026-06-02T00:00:00Z", "timeMax": "2026-06-02T00:00:00Z"}

    assert (400, "timeRangeEmpty") == refusal(lambda: listed(client, **span))


def test_a_bound_without_an_offset_is_refused(client: Client) -> None:
    assert (400, "badRequest") == refusal(lambda: listed(client, timeMin="2026-06-02T00:00:00"))


def test_only_the_fields_asked_for_come(world: World, client: Client) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))

    (page,) = pages(client, fields="kind,items(id,start/timeZone)", **JUNE)

    assert {"kind": "calendar#events", "items": [{"id": "solo1", "start": {"timeZone": "UTC"}}]} == page


def test_a_field_selection_that_makes_no_sense_is_refused(client: Client) -> None:
    assert (400, "invalidParameter") == refusal(lambda: listed(client, fields="items(id"))


def test_moments_are_shown_in_the_zone_asked_for(world: World, client: Client) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))

    (shown,) = listed(client, timeZone="Europe/Zurich", **JUNE)

    assert "2026-06-16T14:00:00+02:00" == shown["start"]["dateTime"]


def test_a_reader_sees_no_detail_of_a_private_event(sandbox: Sandbox, over_http: Client) -> None:
    sandbox.world.add_calendar("clinic@example.test", owner="ben@example.test")
    sandbox.world.share("clinic@example.test", ANA, "reader")
    sandbox.world.insert("clinic@example.test", hour(NOON, id="solo1", visibility="private"))
    sandbox.world.insert("clinic@example.test", hour(NOON, id="solo2"))

    page = pages(over_http, calendarId="clinic@example.test", **JUNE)[0]

    assert "reader" == page["accessRole"]
    assert {"solo1": None, "solo2": "J."} == {event["id"]: event.get("summary") for event in page["items"]}


def test_who_may_see_only_busy_times_sees_no_detail_at_all(sandbox: Sandbox, over_http: Client) -> None:
    sandbox.world.add_calendar("clinic@example.test", owner="ben@example.test")
    sandbox.world.share("clinic@example.test", ANA, "freeBusyReader")
    sandbox.world.insert("clinic@example.test", hour(NOON, id="solo1", location="Room 2"))

    (seen,) = listed(over_http, calendarId="clinic@example.test", **JUNE)

    assert {"kind", "etag", "id", "status", "start", "end", "eventType"} == set(seen)


def test_a_calendar_that_is_not_shared_is_not_found(sandbox: Sandbox, over_http: Client) -> None:
    sandbox.world.add_calendar("clinic@example.test", owner="ben@example.test")

    assert (404, "notFound") == refusal(lambda: listed(over_http, calendarId="clinic@example.test"))


def test_events_are_found_by_icalendar_uid_words_property_and_last_change(
    world: World, client: Client, clock: Clock
) -> None:
    world.insert(ANA, hour(NOON, id="solo1", location="Room 2", extendedProperties={"private": {"k": "v"}}))
    clock.now += timedelta(hours=1)
    world.insert(ANA, hour(NOON, id="solo2"))

    assert ["solo1"] == ids(listed(client, iCalUID="solo1@google.com"))
    assert ["solo1"] == ids(listed(client, q="room"))
    assert ["solo1"] == ids(listed(client, privateExtendedProperty="k=v"))
    assert ["solo2"] == ids(listed(client, updatedMin=clock.now.isoformat()))


def test_an_event_that_cannot_be_read_is_listed_as_it_is(world: World, client: Client) -> None:
    world.insert(ANA, {"id": "odd01", "start": {"dateTime": "2026-13-40T00:00:00Z"}})

    (odd,) = listed(client, singleEvents=True, **JUNE)

    assert "2026-13-40T00:00:00Z" == odd["start"]["dateTime"]


def test_the_calendars_of_an_account_are_listed(world: World, client: Client) -> None:
    world.add_calendar("clinic@example.test", owner=ANA, access_role="reader", time_zone="Europe/London")

    entries = client.calendarList().list().execute()["items"]

    assert [(ANA, "owner"), ("clinic@example.test", "reader")] == [
        (e["id"], e["accessRole"]) for e in entries
    ]
    assert (
        "Europe/London" == client.calendarList().get(calendarId="clinic@example.test").execute()["timeZone"]
    )
    assert "America/New_York" == client.calendars().get(calendarId=ANA).execute()["timeZone"]


def test_a_removed_calendar_is_not_found(world: World, client: Client) -> None:
    world.remove_calendar(ANA)

    assert (404, "notFound") == refusal(lambda: listed(client))
    assert [] == client.calendarList().list().execute()["items"]
