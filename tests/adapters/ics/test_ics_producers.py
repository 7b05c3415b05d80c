"""Files in the manner of Google, Microsoft, Apple and a booking tool are read as their owners mean them.

The people in them are invented.
"""

from datetime import UTC, datetime

import pytest

from sync.adapters.ics_reading import read_in_child
from sync.adapters.ics_wire import Answer, Question
from sync.domain.calendar.values import Event
from tests.adapters.ics.reading import ANA, FILES, JUNE_TO_AUGUST

PRODUCERS = ["google", "outlook", "icloud", "booking"]


def of(producer: str) -> Answer:
    """What a process of its own reads in a producer's file."""
    raw = (FILES / f"{producer}.ics").read_bytes()
    return read_in_child(raw, Question(JUNE_TO_AUGUST, (ANA,), "Europe/Paris"))


def hours(answer: Answer) -> list[tuple[str, str | None]]:
    standing = [e for e in answer.events.values() if e.status != "cancelled" and e.starts_at is not None]
    return [(f"{e.starts_at:%m-%dT%H%M}", e.title) for e in sorted(standing, key=_start)]


def _start(event: Event) -> datetime:
    return event.starts_at or datetime.max.replace(tzinfo=UTC)


def test_googles_series_goes_on_after_its_split_and_its_moved_hour_is_where_it_is() -> None:
    answer = of("google")

    assert [
        ("06-02T1300", "Jo Bloggs"),
        ("06-17T0900", "Jo Bloggs"),
        ("06-18T0900", "Dentist"),
        ("06-23T1430", "Jo Bloggs"),
        ("06-30T1430", "Jo Bloggs"),
        ("07-07T1430", "Jo Bloggs"),
    ] == hours(answer)
    assert {"4q1abcdef0123456789", "4q1abcdef0123456789_R20260623T130000"} == set(answer.masters)
    first = answer.events["4q1abcdef0123456789_20260602T130000Z"]
    assert ("https://meet.google.com/abc-defg-hij", True) == (first.video_link, first.organizer_is_self)
    assert [(ANA, True), ("jo@client.example", False)] == [(a.address, a.is_self) for a in first.attendees]
    assert "private" == answer.events["7single0123456789"].visibility
    assert "transparent" == answer.events["8day0123456789"].transparency


def test_microsofts_zone_names_and_teams_links_are_understood() -> None:
    answer = of("outlook")

    assert [
        ("06-02T0800", "Sitzung: Kim Weber"),
        ("06-18T1400", "Sitzung: Kim Weber"),
        ("06-23T0800", "Sitzung: Kim Weber"),
        ("06-30T0800", "Sitzung: Kim Weber"),
    ] == hours(answer)
    assert "Europe/Berlin" == answer.time_zone
    [series] = answer.masters.values()
    assert (series.time_zone, len(series.event_id)) == ("Europe/Berlin", 112)
    links = {e.video_link for e in answer.events.values() if e.recurring_event_id} - {None}
    assert {"https://teams.microsoft.com/l/meetup-join/1"} == links
    assert ["cancelled"] == [e.status for e in answer.events.values() if e.title == "Abgesagt: Sitzung Lee"]


def test_apples_zoom_place_emoji_and_floating_hour_are_understood() -> None:
    answer = of("icloud")

    assert [
        ("06-03T1900", "Max P. 🌿"),
        ("06-17T2100", "Max P. 🌿"),
        ("06-18T1300", "Nur Haddad"),
        ("07-15T1900", "Max P. 🌿"),
        ("07-29T1900", "Max P. 🌿"),
        ("08-12T1900", "Max P. 🌿"),
        ("08-26T1900", "Max P. 🌿"),
    ] == hours(answer)
    first = answer.events["8C7B0F5E-3A1D-4B9E-9A53-0D6E0B1F2C3D_20260603T190000Z"]
    assert "https://us02web.zoom.us/j/5551234567" == first.video_link


def test_a_booking_tools_feed_is_read_with_its_odd_entries_set_aside() -> None:
    answer = of("booking")

    assert [("06-16T0830", "Session: Ada Quill"), ("06-16T1030", "Session: Cai Long")] == hours(answer)
    assert ("cancelled", "Europe/Paris") == (
        answer.events["booking-1002@bookings.example"].status,
        answer.time_zone,
    )
    assert answer.events["booking-1004@bookings.example"].defect
    assert answer.events["booking-1001@bookings.example"].organizer_is_self


@pytest.mark.parametrize("producer", PRODUCERS)
def test_r71_another_stamp_is_no_other_event(producer: str) -> None:
    raw = (FILES / f"{producer}.ics").read_bytes()
    question = Question(JUNE_TO_AUGUST, (ANA,), "Europe/Paris")
    stamped = raw.replace(b"DTSTAMP:2026061", b"DTSTAMP:2026071").replace(
        b"LAST-MODIFIED:20260", b"LAST-MODIFIED:20261"
    )
    assert stamped != raw

    before, after = read_in_child(raw, question), read_in_child(stamped, question)

    assert {i: e.etag for i, e in before.events.items()} == {i: e.etag for i, e in after.events.items()}
    assert all(event.etag for event in before.events.values())


@pytest.mark.parametrize("producer", PRODUCERS)
def test_r13_the_order_of_entries_makes_no_difference(producer: str) -> None:
    raw = (FILES / f"{producer}.ics").read_bytes()
    head, *entries = raw.split(b"BEGIN:VEVENT")
    last, end = entries[-1].split(b"END:VCALENDAR")
    turned = b"BEGIN:VEVENT".join([head, *reversed([*entries[:-1], last])]) + b"END:VCALENDAR" + end
    question = Question(JUNE_TO_AUGUST, (ANA,), "Europe/Paris")

    assert read_in_child(raw, question).events == read_in_child(turned, question).events
