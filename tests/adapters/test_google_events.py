"""Google's events come out neutral, whatever is in them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.adapters.google_events import known_zone, read_google_event
from sync.domain.calendar.values import Attendee, Event


def read(**fields: Any) -> Event:
    """A confirmed hour of a Tuesday, with `fields` instead; None takes a field away."""
    hour = {
        "id": "ev1",
        "status": "confirmed",
        "start": {"dateTime": "2026-06-16T14:00:00Z"},
        "end": {"dateTime": "2026-06-16T14:50:00Z"},
    }
    item = {name: value for name, value in (hour | fields).items() if value is not None}
    event = read_google_event(item)
    assert event is not None
    return event


def test_a_plain_hour_is_read_in_utc() -> None:
    event = read()

    assert event.starts_at == datetime(2026, 6, 16, 14, tzinfo=UTC)
    assert event.ends_at == datetime(2026, 6, 16, 14, 50, tzinfo=UTC)
    assert event.defect is None


def test_the_offset_decides_the_moment_and_the_zone_does_not_correct_it() -> None:
    event = read(start={"dateTime": "2026-03-08T14:00:00-07:00", "timeZone": "Europe/Berlin"})

    assert event.starts_at == datetime(2026, 3, 8, 21, tzinfo=UTC)
    assert event.starts_at.tzinfo is UTC
    assert event.time_zone == "Europe/Berlin"


@pytest.mark.parametrize(
    "zone", ["GMT+02:00", "W. Europe Standard Time", "", "../etc/passwd", "Europe", "x" * 5000]
)
def test_an_unknown_zone_does_not_drop_the_event(zone: str) -> None:
    event = read(start={"dateTime": "2026-06-16T16:00:00+02:00", "timeZone": zone})

    assert event.starts_at == datetime(2026, 6, 16, 14, tzinfo=UTC)
    assert event.time_zone is None
    assert event.defect is None


def test_an_offset_without_a_zone_is_enough() -> None:
    assert read(start={"dateTime": "2026-06-16T16:00:00+02:00"}).starts_at == datetime(
        2026, 6, 16, 14, tzinfo=UTC
    )


def test_a_time_without_offset_is_read_in_its_own_zone() -> None:
    event = read(start={"dateTime": "2026-06-16T16:00:00", "timeZone": "Europe/Berlin"})

    assert event.starts_at == datetime(2026, 6, 16, 14, tzinfo=UTC)


def test_a_time_without_offset_and_zone_is_read_in_the_calendars_zone() -> None:
    bare = {"dateTime": "2026-06-16T16:00:00"}
    event = read_google_event({"id": "ev1", "start": bare, "end": bare}, "Europe/Berlin")

    assert event is not None
    assert event.starts_at == datetime(2026, 6, 16, 14, tzinfo=UTC)


def test_a_time_without_any_zone_is_a_defect() -> None:
    assert read(start={"dateTime": "2026-06-16T16:00:00"}).defect == "its start cannot be read"


def test_an_all_day_event_is_a_date_and_no_moment() -> None:
    event = read(start={"date": "2026-06-16"}, end={"date": "2026-06-17"})

    assert event.starts_on == date(2026, 6, 16)
    assert event.starts_at is None
    assert event.ends_at is None
    assert event.defect is None


@pytest.mark.parametrize("end", ["2026-06-16T14:00:00Z", "2026-06-16T13:00:00Z"])
def test_an_end_at_or_before_the_start_is_handed_on_as_it_is(end: str) -> None:
    event = read(end={"dateTime": end})

    assert event.ends_at == datetime.fromisoformat(end)
    assert event.defect is None


@pytest.mark.parametrize(
    "start",
    [
        {"dateTime": "0000-06-16T14:00:00Z"},
        {"dateTime": "9999-12-31T23:59:00-01:00"},
        {"dateTime": "9999-06-16T14:00:00Z"},
        {"dateTime": "0001-01-01T00:00:00+10:00"},
        {"dateTime": "2026-13-16T14:00:00Z"},
        {"dateTime": "2026-06-16T14:00:00+99:99"},
        {"dateTime": "soon"},
        {"dateTime": 5},
        {"date": "2026-02-30"},
        {"date": "9999-12-31"},
    ],
)
def test_a_nonsense_start_is_a_defect_in_words_without_content(start: dict[str, Any]) -> None:
    event = read(start=start, summary="Ada Miró")

    assert event.defect == "its start cannot be read"
    assert event.starts_at is None
    assert event.starts_on is None
    assert event.title == "Ada Miró"


def test_a_nonsense_end_is_a_defect_and_the_start_is_kept() -> None:
    event = read(end={"dateTime": "2026-06-16T25:00:00Z"})

    assert event.defect == "its end cannot be read"
    assert event.starts_at == datetime(2026, 6, 16, 14, tzinfo=UTC)


def test_a_confirmed_event_without_start_is_a_defect() -> None:
    assert read(start=None, end=None).defect == "it has no start"


def test_an_event_without_end_is_sound() -> None:
    event = read(end=None)

    assert event.ends_at is None
    assert event.defect is None


def test_a_bare_tombstone_is_read_without_defect() -> None:
    assert read_google_event({"id": "ev1", "status": "cancelled"}) == Event("ev1", status="cancelled")


def test_a_cancelled_event_with_nonsense_dates_is_still_cancelled() -> None:
    event = read(status="cancelled", start={"dateTime": "never"})

    assert (event.status, event.defect) == ("cancelled", None)


def test_everything_but_the_id_may_be_missing() -> None:
    event = read_google_event({"id": "ev1"})

    assert event == Event("ev1", defect="it has no start")


@pytest.mark.parametrize("event_id", [None, 7, "", []])
def test_an_item_without_an_id_is_no_event(event_id: object) -> None:
    assert read_google_event({"id": event_id, "summary": "x"}) is None


def test_unknown_words_are_handed_on_and_do_not_fail() -> None:
    event = read(
        eventType="holographic",
        visibility="whispered",
        transparency="murky",
        attendees=[{"email": "ada@client.example", "responseStatus": "perhaps"}],
        conferenceData={"entryPoints": [{"entryPointType": "telepathy", "uri": "https://x.example"}]},
    )

    assert (event.event_type, event.visibility, event.transparency) == ("holographic", "whispered", "murky")
    assert event.attendees == (Attendee("ada@client.example", "perhaps"),)
    assert event.video_link is None


def test_a_missing_event_type_means_default() -> None:
    assert read().event_type == "default"


def test_addresses_are_lower_case_and_oneself_is_known_by_self() -> None:
    event = read(
        attendees=[
            {"email": "Ada@Client.example", "responseStatus": "accepted"},
            {"email": "t@practice.example", "self": True},
            {"email": "room-2@resource.example", "resource": True},
            {"displayName": "nobody"},
            "nonsense",
        ]
    )

    assert event.attendees == (
        Attendee("ada@client.example", "accepted"),
        Attendee("t@practice.example", "needsAction", is_self=True),
    )


@pytest.mark.parametrize(
    ("organizer", "is_self"),
    [(None, True), ({"email": "x@y.example"}, False), ({"email": "x@y.example", "self": True}, True)],
)
def test_an_event_without_organizer_is_ones_own(organizer: dict[str, Any] | None, is_self: bool) -> None:
    assert read(organizer=organizer).organizer_is_self is is_self


def test_omitted_attendees_are_said_to_be_omitted() -> None:
    assert read(attendeesOmitted=True).attendees_omitted is True


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ({"dateTime": "2026-06-16T16:00:00+02:00"}, "20260616T140000Z"),
        ({"dateTime": "2026-06-16T14:00:00Z"}, "20260616T140000Z"),
        ({"date": "2026-06-16"}, "20260616"),
        ({}, None),
        ({"dateTime": "?"}, None),
    ],
)
def test_the_original_start_has_one_form_however_it_is_written(
    original: dict[str, str], text: str | None
) -> None:
    assert read(originalStartTime=original).original_start == text


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({"hangoutLink": "https://meet.example/old"}, "https://meet.example/old"),
        (
            {
                "hangoutLink": "https://meet.example/old",
                "conferenceData": {
                    "entryPoints": [
                        {"entryPointType": "phone", "uri": "tel:+1"},
                        {"entryPointType": "video", "uri": "https://meet.example/new"},
                    ]
                },
            },
            "https://meet.example/new",
        ),
        ({"conferenceData": {"createRequest": {"status": {"statusCode": "pending"}}}}, None),
        ({"conferenceData": {"entryPoints": "soon"}}, None),
        ({"conferenceData": {"entryPoints": [None, {"entryPointType": "video"}]}}, None),
        ({"conferenceData": {"entryPoints": [{"entryPointType": "video", "uri": "javascript:x"}]}}, None),
        ({"hangoutLink": "javascript:x"}, None),
    ],
)
def test_the_video_link_is_the_conferences_else_the_older_one(
    fields: dict[str, Any], link: str | None
) -> None:
    assert read(**fields).video_link == link


def test_the_rest_is_read_as_it_stands() -> None:
    event = read(
        summary="🌿 <b>Ada</b>\u202e",
        location="Room 2",
        colorId="11",
        etag='"3"',
        updated="2026-06-01T08:00:00.123Z",
        iCalUID="ev1@google.com",
        recurringEventId="abc",
        recurrence=["RRULE:FREQ=WEEKLY", 5],
    )

    assert event.title == "🌿 <b>Ada</b>\u202e"
    assert (event.location, event.color_id, event.etag) == ("Room 2", "11", '"3"')
    assert event.updated_at == datetime(2026, 6, 1, 8, 0, 0, 123000, tzinfo=UTC)
    assert (event.ical_uid, event.recurring_event_id) == ("ev1@google.com", "abc")
    assert event.recurrence == ("RRULE:FREQ=WEEKLY",)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "UTC"])
def test_a_zone_of_the_iana_list_is_known(zone: str) -> None:
    assert known_zone(zone) == zone


FIELDS = [
    "id",
    "status",
    "start",
    "end",
    "summary",
    "attendees",
    "organizer",
    "originalStartTime",
    "conferenceData",
    "recurrence",
    "updated",
    "eventType",
    "hangoutLink",
    "attendeesOmitted",
    "iCalUID",
]
WORDS = ["", "x", "2026-06-16", "2026-06-16T14:00:00", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59"]
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["dateTime", "date", "timeZone", "email", "self", "entryPoints", "entryPointType", "uri"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(FIELDS), JUNK))
def test_no_content_makes_reading_fail(item: dict[str, Any]) -> None:
    event = read_google_event(item, "Europe/Berlin")

    assert (event is None) == (not isinstance(item.get("id"), str) or not item["id"])
