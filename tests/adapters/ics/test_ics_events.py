"""One event of a published calendar, in our words (R51-R62, R70)."""

from datetime import UTC, date, datetime

import pytest

from sync.domain.calendar.values import Attendee
from tests.adapters.ics.reading import ANA, calendar, events, one, read

AT = datetime(2026, 6, 16, 13, tzinfo=UTC)
CUSTOM = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        ("DTSTART:20260616T130000Z", None),
        ("DTSTART;TZID=Europe/London:20260616T140000", "Europe/London"),
        ("DTSTART;TZID=GMT Standard Time:20260616T140000", "Europe/London"),
        ("DTSTART;TZID=W. Europe Standard Time:20260616T150000", "Europe/Berlin"),
        ("DTSTART;TZID=/example.org/20260101/Europe/Berlin:20260616T150000", "Europe/Berlin"),
        ("DTSTART:20260616T140000", "Europe/London"),
        ("DTSTART;TZID=Nowhere/Atall:20260616T140000", "Europe/London"),
        ("DTSTART;TZID=Customized Time Zone:20260616T150000", None),
    ],
    ids=["UTC", "IANA", "Windows", "Windows 2", "with prefix", "floating", "unknown", "described"],
)
def test_r51_r53_a_start_is_one_moment_however_its_zone_is_written(start: str, zone: str | None) -> None:
    event = one(start, head=f"X-WR-TIMEZONE:Europe/London\n{CUSTOM}")

    assert (AT, zone) == (event.starts_at, event.time_zone)


@pytest.mark.parametrize(
    ("head", "zone"),
    [
        ("X-WR-TIMEZONE:Europe/London", "Europe/London"),
        ("X-WR-TIMEZONE:Eastern Standard Time", "America/New_York"),
        ("BEGIN:VTIMEZONE\nTZID:Asia/Kolkata\nEND:VTIMEZONE", "Asia/Kolkata"),
        ("X-WR-TIMEZONE:somewhere", "Europe/Paris"),
        ("X-WR-CALNAME:none", "Europe/Paris"),
    ],
)
def test_r53_the_calendars_zone_is_what_it_says_else_the_practices(head: str, zone: str) -> None:
    assert zone == read(calendar(head=head)).time_zone


def test_r52_a_moment_is_told_by_the_rules_of_its_own_date() -> None:
    assert (
        datetime(2027, 1, 20, 19, tzinfo=UTC) == one("DTSTART;TZID=Europe/Zurich:20270120T200000").starts_at
    )


def test_r54_a_moment_in_utc_needs_no_zone() -> None:
    assert (AT, None) == ((event := one("DTSTART:20260616T130000Z")).starts_at, event.defect)


def test_r55_a_day_is_a_date_and_no_moment() -> None:
    event = one("DTSTART;VALUE=DATE:20260616", "DTEND;VALUE=DATE:20260617")

    assert (date(2026, 6, 16), None, None) == (event.starts_on, event.starts_at, event.ends_at)


@pytest.mark.parametrize(
    ("end", "ends_at"),
    [
        ("DTEND:20260616T135000Z", datetime(2026, 6, 16, 13, 50, tzinfo=UTC)),
        ("DURATION:PT50M", datetime(2026, 6, 16, 13, 50, tzinfo=UTC)),
        ("DTEND:20260616T130000Z", AT),
        ("DTEND:20260616T120000Z", datetime(2026, 6, 16, 12, tzinfo=UTC)),
        ("SUMMARY:no end at all", None),
        ("DTEND;VALUE=DATE:20260617", None),
    ],
)
def test_r56_an_end_is_told_or_not_known_and_none_is_invented(end: str, ends_at: datetime | None) -> None:
    event = one("DTSTART:20260616T130000Z", end)

    assert (AT, ends_at, None) == (event.starts_at, event.ends_at, event.defect)


def test_r58_both_hours_that_a_clock_repeats_are_told_apart() -> None:
    first, second = one("DTSTART:20261025T003000Z"), one("DTSTART:20261025T013000Z")

    assert first.starts_at != second.starts_at


@pytest.mark.parametrize(
    "lines",
    [
        *(
            "DTSTART:nonsense",
            "DTSTART:00010101T000000Z",
            "DTSTART:99991231T235959Z",
            "DTSTART:20261301T000000Z",
        ),
        *(
            "SUMMARY:no start",
            "DTSTART:20260616T130000Z\nDTEND:nonsense",
            "DTSTART:20260616T130000Z\nDURATION:XY",
        ),
        *("DTSTART:20260616T130000Z\nRRULE:DATE;20260616", "DTSTART:20260616T130000Z\nBEGIN:VALARM"),
    ],
)
def test_r60_nonsense_sets_aside_one_event_and_the_others_are_read(lines: str) -> None:
    found = events(f"UID:bad\n{lines}", "UID:good\nDTSTART:20260616T130000Z")

    assert (AT, None) == (found["good"].starts_at, found["good"].defect)
    assert found["bad"].defect
    assert "nonsense" not in found["bad"].defect


def test_r61_all_but_a_start_may_be_missing() -> None:
    event = one("DTSTART:20260616T130000Z")

    assert (None, None, (), None) == (event.title, event.location, event.attendees, event.video_link)


def test_words_are_unfolded_and_unescaped_and_otherwise_left_alone() -> None:
    event = one("DTSTART:20260616T130000Z", "SUMMARY:Jo\\, Blo", " ggs 🌱 <b>\\;", "LOCATION: Room 2 ")

    assert ("Jo, Bloggs 🌱 <b>;", "Room 2") == (event.title, event.location)


def test_guests_are_read_with_their_answers_and_rooms_are_none() -> None:
    event = one(
        "DTSTART:20260616T130000Z",
        'ATTENDEE;CN="Jo";PARTSTAT=ACCEPTED:mailto:Jo@Client.example',
        "ATTENDEE;PARTSTAT=DECLINED:MAILTO:kim@client.example",
        "ATTENDEE;PARTSTAT=X-ODD:mailto:lee@client.example",
        "ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room@practice.example",
        "ATTENDEE;EMAIL=max@client.example:/aMjAx/principal/",
        "ATTENDEE:urn:uuid:1",
    )

    assert (
        Attendee("jo@client.example", "accepted"),
        Attendee("kim@client.example", "declined"),
        Attendee("lee@client.example", "needsAction"),
        Attendee("max@client.example", "needsAction"),
    ) == event.attendees


@pytest.mark.parametrize(
    ("organizer", "guest", "hers"),
    [
        ("", "", True),
        (ANA, ANA, True),
        ("stranger@elsewhere.example", ANA, False),
        ("booking@tool.example", "jo@client.example", True),
    ],
)
def test_r65_an_event_is_a_strangers_only_where_she_is_seen_among_its_guests(
    organizer: str, guest: str, hers: bool
) -> None:
    lines = [f"ORGANIZER:mailto:{organizer}"] * bool(organizer) + [f"ATTENDEE:mailto:{guest}"] * bool(guest)

    assert hers == one("DTSTART:20260616T130000Z", *lines).organizer_is_self


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("TRANSP:TRANSPARENT", "transparency", "transparent"),
        ("TRANSP:OPAQUE", "transparency", "opaque"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", "transparency", "transparent"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", "event_type", "outOfOffice"),
        ("CLASS:PRIVATE", "visibility", "private"),
        ("CLASS:CONFIDENTIAL", "visibility", "confidential"),
        ("CLASS:X-ODD", "visibility", "default"),
        ("STATUS:CANCELLED", "status", "cancelled"),
        ("STATUS:X-ODD", "status", "confirmed"),
        ("LAST-MODIFIED:20260601T080000Z", "updated_at", datetime(2026, 6, 1, 8, tzinfo=UTC)),
        ("LAST-MODIFIED:nonsense", "updated_at", None),
    ],
)
def test_r62_each_word_has_its_meaning_and_an_unknown_one_none(line: str, field: str, value: object) -> None:
    assert value == getattr(one("DTSTART:20260616T130000Z", line), field)


@pytest.mark.parametrize(
    ("line", "link"),
    [
        ("X-GOOGLE-CONFERENCE:https://meet.google.com/abc", "https://meet.google.com/abc"),
        (
            "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/1",
            "https://teams.microsoft.com/l/1",
        ),
        ("CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://video.example/1", "https://video.example/1"),
        ("LOCATION:https://us02web.zoom.us/j/123?pwd=a", "https://us02web.zoom.us/j/123?pwd=a"),
        ("LOCATION:Room 2\\, https://zoom.us/j/9", "https://zoom.us/j/9"),
        ("URL:https://whereby.com/ana", "https://whereby.com/ana"),
        ("URL:https://booking.example/change/1", None),
        ("LOCATION:https://zoom.us.evil.example/j/1", None),
        ("X-GOOGLE-CONFERENCE:javascript:alert(1)", None),
    ],
)
def test_r70_a_video_link_is_found_where_producers_put_it(line: str, link: str | None) -> None:
    assert link == one("DTSTART:20260616T130000Z", line).video_link


def test_an_event_without_an_id_of_its_own_has_a_lasting_one() -> None:
    raw = calendar("DTSTART:20260616T130000Z\nSUMMARY:a", "DTSTART:20260616T130000Z\nSUMMARY:b")
    again = raw.replace(b"SUMMARY:a", b"DTSTAMP:20260616T130000Z\r\nSUMMARY:a")

    assert 2 == len(read(raw).events)
    assert set(read(raw).events) == set(read(again).events)


@pytest.mark.parametrize("uid", ["x" * 2000, "with\\nline", "tab\there", "\x01"])
def test_r73_an_id_that_cannot_be_kept_gets_one_that_can(uid: str) -> None:
    [event_id] = events(f"UID:{uid}\nDTSTART:20260616T130000Z")

    assert event_id.isprintable()
    assert len(event_id) <= 900
