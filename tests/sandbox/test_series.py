"""Series: instances keep their wall time; which ids live on after each kind of edit (R37-R46)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sync.sandbox.in_process import InProcessHttp
from sync.sandbox.world import World
from tests.sandbox.practice import (
    ANA,
    JUNE,
    JUNE_IDS,
    NEW_YORK,
    THIRD,
    Client,
    Clock,
    at,
    calendar_client,
    hour,
    ids,
    june,
    listed,
    starts,
    weekly,
)


@pytest.mark.parametrize(
    ("zone", "first", "expected"),
    [
        ("America/New_York", datetime(2026, 3, 3, 14), {"20260303T190000Z": "14", "20260310T180000Z": "14"}),
        ("Europe/London", datetime(2026, 3, 24, 14), {"20260324T140000Z": "14", "20260331T130000Z": "14"}),
        (
            "Australia/Lord_Howe",
            datetime(2026, 3, 31, 14),
            {"20260331T030000Z": "14", "20260407T033000Z": "14"},
        ),
    ],
)
def test_a_series_keeps_its_wall_time_across_clock_changes(
    clock: Clock, zone: str, first: datetime, expected: dict[str, str]
) -> None:
    world = World(clock)
    world.add_calendar(ANA, time_zone=zone)
    weekly(world, first.replace(tzinfo=ZoneInfo(zone)), recurrence=["RRULE:FREQ=WEEKLY;COUNT=2"])

    found = listed(calendar_client(InProcessHttp(world)), singleEvents=True)

    assert expected == {e["id"].removeprefix("abc_"): e["start"]["dateTime"][11:13] for e in found}


def test_a_series_keeps_the_wall_time_of_its_own_zone_in_a_calendar_of_another(clock: Clock) -> None:
    world = World(clock)
    world.add_calendar(ANA, time_zone="Europe/London")
    weekly(world, datetime(2026, 3, 3, 14, tzinfo=NEW_YORK), recurrence=["RRULE:FREQ=WEEKLY;COUNT=2"])

    found = listed(calendar_client(InProcessHttp(world)), singleEvents=True)

    assert ["2026-03-03T19:00:00Z", "2026-03-10T18:00:00Z"] == starts(found)


def test_a_moved_instance_keeps_its_id_and_original_start(world: World, client: Client) -> None:
    weekly(world)
    world.move(ANA, THIRD, datetime(2026, 6, 18, 13, tzinfo=UTC), datetime(2026, 6, 18, 14, tzinfo=UTC))

    (moved,) = [event for event in listed(client, singleEvents=True, **JUNE) if event["id"] == THIRD]

    assert "2026-06-18T09:00:00-04:00" == moved["start"]["dateTime"]
    assert "2026-06-16T14:00:00-04:00" == moved["originalStartTime"]["dateTime"]
    assert JUNE_IDS == ids(listed(client, singleEvents=True, **JUNE))


def test_a_moved_instance_is_found_where_it_is_now(world: World, client: Client) -> None:
    weekly(world)
    later = datetime(2026, 9, 3, 13, tzinfo=UTC)
    world.move(ANA, THIRD, later, later + timedelta(hours=1))

    day = {"timeMin": "2026-09-03T00:00:00Z", "timeMax": "2026-09-04T00:00:00Z"}

    assert THIRD not in june(client)
    assert [THIRD] == ids(listed(client, singleEvents=True, **day))


def test_a_deleted_and_restored_instance_is_the_same_as_before(world: World, client: Client) -> None:
    weekly(world)
    before = june(client)
    world.delete(ANA, THIRD)
    without = june(client)
    world.restore(ANA, THIRD)

    assert THIRD not in without
    assert before == june(client)


def test_a_deleted_and_restored_series_is_the_same_as_before(world: World, client: Client) -> None:
    weekly(world)
    world.delete(ANA, THIRD)
    before = june(client)
    world.delete(ANA, "abc")
    world.restore(ANA, "abc")

    assert before == june(client)
    assert THIRD not in before


def test_a_new_title_for_all_events_changes_no_id(world: World, client: Client) -> None:
    weekly(world)
    world.edit_all(ANA, "abc", {"summary": "K."})

    found = listed(client, singleEvents=True, **JUNE)

    assert JUNE_IDS == ids(found)
    assert {"K."} == {event["summary"] for event in found}


def test_what_was_changed_on_an_instance_outlives_a_change_of_all(world: World, client: Client) -> None:
    weekly(world)
    world.patch(ANA, THIRD, {"summary": "Only this one"})
    world.edit_all(ANA, "abc", {"summary": "K.", "location": "Room 2"})

    (third,) = [event for event in listed(client, singleEvents=True, **JUNE) if event["id"] == THIRD]

    assert ("Only this one", "Room 2") == (third["summary"], third["location"])


def test_a_new_time_for_all_events_gives_every_instance_a_new_id(world: World, client: Client) -> None:
    weekly(world)
    world.edit_all(ANA, "abc", {"start": at(6, 14)})

    assert {
        "abc_20260606T180000Z": "2026-06-06T14:00:00-04:00",
        "abc_20260613T180000Z": "2026-06-13T14:00:00-04:00",
        "abc_20260620T180000Z": "2026-06-20T14:00:00-04:00",
        "abc_20260627T180000Z": "2026-06-27T14:00:00-04:00",
    } == june(client)


def test_all_events_move_as_far_as_the_instance_that_was_typed_into(world: World, client: Client) -> None:
    weekly(world, recurrence=["RRULE:FREQ=WEEKLY;BYDAY=TU"])
    world.edit_all(ANA, THIRD, {"start": at(20, 15)})

    assert "abc_20260620T190000Z" in june(client)
    assert (
        "2026-06-06T15:00:00-04:00"
        == client.events().get(calendarId=ANA, eventId="abc").execute()["start"]["dateTime"]
    )
    assert {"15"} == {start[11:13] for start in june(client).values()}


def test_an_instance_deleted_before_all_events_move_stays_deleted(world: World, client: Client) -> None:
    weekly(world)
    world.delete(ANA, THIRD)
    world.edit_all(ANA, "abc", {"start": at(2, 15)})

    assert [f"abc_202606{day:02d}T190000Z" for day in (2, 9, 23, 30)] == sorted(june(client))


def test_an_event_keeps_its_length_when_only_its_start_is_changed(world: World, client: Client) -> None:
    weekly(world)
    world.edit_all(ANA, "abc", {"start": at(2, 15)})

    assert "2026-06-02T15:50:00-04:00" == listed(client, singleEvents=True, **JUNE)[0]["end"]["dateTime"]


def test_an_instance_of_a_deleted_series_answers_as_cancelled(world: World, client: Client) -> None:
    weekly(world)
    world.delete(ANA, "abc")

    assert "cancelled" == client.events().get(calendarId=ANA, eventId=THIRD).execute()["status"]


def test_a_single_event_made_to_repeat_becomes_a_series_of_its_id(world: World, client: Client) -> None:
    world.insert(ANA, hour(datetime(2026, 6, 2, 14, tzinfo=NEW_YORK), id="abc"))
    world.patch(ANA, "abc", {"recurrence": ["RRULE:FREQ=WEEKLY"]})

    assert JUNE_IDS == sorted(june(client))


def test_a_series_made_to_stop_repeating_becomes_a_single_event_of_its_id(
    world: World, client: Client
) -> None:
    weekly(world)
    world.delete(ANA, THIRD)
    world.patch(ANA, "abc", {"recurrence": None})

    assert {"abc": "2026-06-02T14:00:00-04:00"} == june(client)


def test_an_all_day_series_has_days_in_its_ids(world: World, client: Client) -> None:
    days = {"start": {"date": "2026-10-31"}, "end": {"date": "2026-11-01"}}
    world.insert(ANA, {"id": "day00", **days, "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]})

    found = listed(client, singleEvents=True)

    assert ["day00_20261031", "day00_20261101", "day00_20261102"] == ids(found)
    assert ["2026-11-01", "2026-11-02", "2026-11-03"] == sorted(event["end"]["date"] for event in found)
    assert {"date": "2026-11-01"} == client.events().get(calendarId=ANA, eventId="day00_20261101").execute()[
        "start"
    ]


def test_a_timed_instance_made_all_day_keeps_its_id(world: World, client: Client) -> None:
    weekly(world)
    world.patch(ANA, THIRD, {"start": {"date": "2026-06-16"}, "end": {"date": "2026-06-17"}})

    found = client.events().get(calendarId=ANA, eventId=THIRD).execute()

    assert {"date": "2026-06-16"} == found["start"]
    assert "dateTime" in found["originalStartTime"]


def test_a_series_without_any_instance_is_no_error(world: World, client: Client) -> None:
    weekly(world, recurrence=["RRULE:FREQ=WEEKLY;UNTIL=20260501T000000Z"])

    assert [] == listed(client, singleEvents=True)


def test_a_rule_that_makes_no_sense_gives_no_instance(world: World, client: Client) -> None:
    weekly(world, recurrence=["RRULE:FREQ=SOMETIMES"])

    assert [] == listed(client, singleEvents=True)
    assert [] == listed(client, **JUNE)
    assert ["abc"] == ids(listed(client))


def test_excluded_days_are_left_out_and_added_ones_come(world: World, client: Client) -> None:
    lines = [
        "RRULE:FREQ=WEEKLY;UNTIL=20260630",
        "EXDATE;TZID=America/New_York:20260616T140000",
        "EXDATE:20260623T180000Z",
        "RDATE;TZID=Europe/London:20260618T190000",
    ]
    weekly(world, recurrence=lines)

    assert [f"abc_202606{day:02d}T180000Z" for day in (2, 9, 18, 30)] == sorted(june(client))


def test_a_calendar_shown_in_another_zone_has_the_same_ids_and_instants(world: World, client: Client) -> None:
    weekly(world)
    world.set_time_zone(ANA, "Europe/Zurich")

    assert JUNE_IDS == sorted(june(client))
    assert "2026-06-02T20:00:00+02:00" == june(client)[JUNE_IDS[0]]


def test_an_instance_restored_before_its_series_is_deleted_answers_as_cancelled(
    world: World, client: Client
) -> None:
    weekly(world)
    world.delete(ANA, THIRD)
    world.restore(ANA, THIRD)
    world.delete(ANA, "abc")

    assert "cancelled" == client.events().get(calendarId=ANA, eventId=THIRD).execute()["status"]


def test_a_change_on_an_instance_that_is_no_more_is_forgotten(world: World, client: Client) -> None:
    weekly(world)
    world.delete(ANA, THIRD)
    world.edit_all(ANA, "abc", {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"]})
    world.edit_all(ANA, "abc", {"start": at(2, 15), "recurrence": ["RRULE:FREQ=WEEKLY"]})

    assert "abc_20260616T190000Z" in june(client)


def test_a_new_time_without_a_zone_keeps_the_zone_of_the_old_one(world: World, client: Client) -> None:
    weekly(world)
    world.set_time_zone(ANA, "Europe/London")
    world.edit_all(ANA, "abc", {"start": {"dateTime": "2026-06-02T20:00:00+01:00"}})

    found = client.events().get(calendarId=ANA, eventId="abc").execute()

    assert "America/New_York" == found["start"]["timeZone"]
