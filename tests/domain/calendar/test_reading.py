"""Reading one event: an appointment, a cancellation, or none of ours."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.calendar.reading import read_event
from sync.domain.calendar.values import (
    Appointment,
    Attendee,
    Cancelled,
    CancelReason,
    Event,
    Reading,
    Skipped,
    SkipReason,
)
from tests.domain.calendar.builders import BERLIN, at, event, guest, myself


def reading_of(**more: object) -> Reading:
    return read_event(event(**more), BERLIN)  # type: ignore[arg-type] # any field of an event


def why(reading: Reading) -> SkipReason | CancelReason | None:
    return None if isinstance(reading, Appointment) else reading.reason


def test_r25_a_bare_tombstone_of_a_single_event_is_a_cancellation() -> None:
    bare = Event("solo", status="cancelled")

    assert Cancelled(bare, CancelReason.DELETED) == read_event(bare, BERLIN)


def test_r24_a_bare_tombstone_of_an_instance_is_a_cancellation() -> None:
    bare = Event("abc_20260616T140000Z", status="cancelled", recurring_event_id="abc")

    assert Cancelled(bare, CancelReason.DELETED) == read_event(bare, BERLIN)


def test_r30_a_cancelled_event_with_every_detail_is_a_cancellation() -> None:
    assert CancelReason.DELETED == why(reading_of(status="cancelled"))


def test_r30_a_cancelled_event_that_is_also_unreadable_is_a_cancellation() -> None:
    assert CancelReason.DELETED == why(reading_of(status="cancelled", defect="its start cannot be read"))


@pytest.mark.parametrize("status", ["confirmed", "tentative", "holographic"])
def test_r62_every_status_but_cancelled_takes_place(status: str) -> None:
    assert why(reading_of(status=status)) is None


def test_r48_an_all_day_event_is_no_appointment() -> None:
    assert SkipReason.ALL_DAY == why(read_event(Event("ev1", starts_on=date(2026, 6, 16)), BERLIN))


def test_r61_an_event_without_a_start_is_no_appointment() -> None:
    assert SkipReason.NO_START == why(read_event(Event("ev1"), BERLIN))


def test_r60_an_event_whose_times_cannot_be_read_is_set_aside() -> None:
    assert SkipReason.DEFECT == why(reading_of(defect="its end cannot be read"))


@pytest.mark.parametrize(
    "event_type", ["birthday", "focusTime", "fromGmail", "outOfOffice", "workingLocation", "holographic"]
)
def test_r63_only_the_default_type_is_an_appointment(event_type: str) -> None:
    assert SkipReason.OTHER_TYPE == why(reading_of(event_type=event_type))


def test_r64_what_the_practitioner_declined_is_cancelled() -> None:
    assert CancelReason.DECLINED == why(reading_of(attendees=(myself("declined"), guest())))


def test_r64_the_practitioner_is_known_by_the_mark_not_by_an_address() -> None:
    someone_else = Attendee("ana@practice.example", "declined")

    assert why(reading_of(attendees=(someone_else, guest()))) is None


def test_r65_an_invitation_that_was_not_answered_is_noted_as_such() -> None:
    reading = reading_of(organizer_is_self=False, attendees=(myself("needsAction"),))

    assert isinstance(reading, Appointment)
    assert reading.unanswered


@pytest.mark.parametrize("response", ["accepted", "tentative"])
def test_r65_an_answered_invitation_is_like_any_appointment(response: str) -> None:
    reading = reading_of(organizer_is_self=False, attendees=(myself(response),))

    assert isinstance(reading, Appointment)
    assert not reading.unanswered


def test_r65_her_own_event_needs_no_answer() -> None:
    reading = reading_of(attendees=(myself("needsAction"), guest()))

    assert isinstance(reading, Appointment)
    assert not reading.unanswered


@pytest.mark.parametrize(
    ("responses", "declined"), [(["declined"], True), (["declined", "accepted"], False), ([], False)]
)
def test_r66_the_client_has_declined_when_every_guest_has(responses: list[str], declined: bool) -> None:
    guests = tuple(guest(f"g{i}@post.example", response) for i, response in enumerate(responses))

    reading = reading_of(attendees=(myself("accepted"), *guests))

    assert isinstance(reading, Appointment)
    assert declined == reading.client_declined


def test_r67_a_free_hour_is_no_appointment() -> None:
    assert SkipReason.FREE == why(reading_of(transparency="transparent"))


def test_r61_a_missing_title_and_end_are_no_reason_to_lose_an_hour() -> None:
    reading = reading_of(title=None, ends_at=None)

    assert isinstance(reading, Appointment)
    assert ("", at(16), at(16)) == (reading.title, reading.starts_at, reading.ends_at)


@pytest.mark.parametrize("ends_at", [at(16), at(16, 13)])
def test_r56_an_end_at_or_before_the_start_is_an_unknown_length(ends_at: datetime) -> None:
    reading = reading_of(ends_at=ends_at)

    assert isinstance(reading, Appointment)
    assert (at(16), at(16)) == (reading.starts_at, reading.ends_at)


@pytest.mark.parametrize("zone", ["GMT-07:00", "W. Europe Standard Time", "", None])
def test_r53_r54_a_strange_zone_or_none_gives_the_calendars_zone_and_keeps_the_instant(
    zone: str | None,
) -> None:
    reading = reading_of(time_zone=zone)

    assert isinstance(reading, Appointment)
    assert (at(16), BERLIN) == (reading.starts_at, reading.time_zone)


def test_r51_the_instant_is_not_corrected_by_the_zone() -> None:
    start = datetime(2026, 3, 8, 21, tzinfo=UTC)

    reading = read_event(event(start=start)._replace(time_zone="America/Los_Angeles"), BERLIN)

    assert isinstance(reading, Appointment)
    assert (start, "America/Los_Angeles") == (reading.starts_at, reading.time_zone)


odd_text = (
    st.none() | st.text(max_size=20) | st.sampled_from(["cancelled", "default", "transparent", "private"])
)
odd_moment = st.none() | st.datetimes(timezones=st.just(UTC))
odd_people = st.lists(
    st.builds(Attendee, st.text(max_size=8), st.text(max_size=8), st.booleans()), max_size=3
)
odd_events = st.builds(
    Event,
    event_id=st.text(min_size=1, max_size=8),
    status=odd_text.map(str),
    starts_at=odd_moment,
    ends_at=odd_moment,
    starts_on=st.none() | st.dates(),
    time_zone=odd_text,
    title=odd_text,
    attendees=odd_people.map(tuple),
    attendees_omitted=st.booleans(),
    organizer_is_self=st.booleans(),
    event_type=odd_text.map(str),
    transparency=odd_text.map(str),
    visibility=odd_text.map(str),
    recurring_event_id=odd_text,
    updated_at=odd_moment,
    etag=odd_text,
    defect=odd_text,
)


@given(odd_events)
def test_no_content_makes_the_reading_fail_and_an_appointment_never_ends_before_it_starts(odd: Event) -> None:
    match read_event(odd, BERLIN):
        case Appointment() as reading:
            assert reading.starts_at <= reading.ends_at
        case Cancelled(seen, _) | Skipped(seen, _):
            assert odd is seen
