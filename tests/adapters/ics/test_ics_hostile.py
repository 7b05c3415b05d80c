"""No file hangs, fills or breaks the worker; whatever is wrong with it is one of our own errors (W13)."""

import resource
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.adapters.ics_body import MOST_EVENTS, MOST_LINES, take_apart
from sync.adapters.ics_reading import read_in_child
from sync.adapters.ics_wire import Question
from sync.errors import CalendarUnreachable, SyncError
from tests.adapters.ics.reading import ANA, FILES, JUNE_TO_AUGUST, calendar, read

QUESTION = Question(JUNE_TO_AUGUST, (ANA,), "Europe/Paris")
GOOD = "UID:good\nDTSTART:20260616T130000Z"
LONDON = "DTSTART;TZID=Europe/London:20260602T140000"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        b"<html><body>Welcome to the hotel's network</body></html>",
        b"BEGIN:VCALENDAR",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\n",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VCALENDAR\n",
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n<!-- a proxy was here -->",
        b"BEGIN:VCARD\nEND:VCARD",
        "BEGIN:VCALENDAR\nEND:VCALENDAR\n".encode("utf-16"),
    ],
    ids=lambda raw: raw[:20].decode("latin-1").strip() or "blank",
)
def test_r11_what_is_no_whole_calendar_is_never_an_empty_one(raw: bytes) -> None:
    with pytest.raises(CalendarUnreachable):
        take_apart(raw)


@pytest.mark.parametrize(
    "raw", [b"BEGIN:VCALENDAR\nEND:VCALENDAR", b"\xef\xbb\xbfbegin:vcalendar\r\nend:vcalendar\r\n"]
)
def test_a_calendar_without_events_is_an_empty_one(raw: bytes) -> None:
    assert () == take_apart(raw).blocks


def test_w13_more_than_a_million_lines_are_not_taken_apart() -> None:
    with pytest.raises(CalendarUnreachable, match="million"):
        take_apart(b"BEGIN:VCALENDAR\n" + b"X:\n" * MOST_LINES + b"END:VCALENDAR\n")


def test_several_calendars_in_one_file_are_read_as_one() -> None:
    assert {"good", "other"} == set(read(calendar(GOOD) + calendar(GOOD.replace("good", "other"))).events)


def test_w13_more_than_ten_thousand_events_are_not_read() -> None:
    with pytest.raises(CalendarUnreachable, match="10,000"):
        take_apart(calendar(*["UID:1"] * (MOST_EVENTS + 1)))


def test_w13_ten_thousand_events_are_read_within_the_time() -> None:
    raw = calendar(*(f"UID:{n}\nDTSTART:20260616T130000Z\nSUMMARY:Session {n}" for n in range(MOST_EVENTS)))

    assert MOST_EVENTS == len(read_in_child(raw, QUESTION).events)


def never(number: int) -> str:
    """A rule without an hour, which is looked for until the end of all years."""
    rule = "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMONTHDAY=31;BYMONTH=2"
    return f"UID:n{number}\nDTSTART:19000101T000000Z\nRRULE:{rule}"


def test_w13_a_file_full_of_rules_without_end_is_given_up_and_the_worker_goes_on() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    with pytest.raises(CalendarUnreachable, match="too much"):
        read_in_child(calendar(*map(never, range(40))), QUESTION)

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 15
    assert ["good"] == list(read_in_child(calendar(GOOD), QUESTION).events)


def test_w13_one_event_of_a_million_dates_is_set_aside() -> None:
    dates = ",".join(["20260617T130000Z"] * 1_000_000)

    found = read_in_child(calendar(f"UID:wide\n{LONDON}\nRDATE:{dates}", GOOD), QUESTION).events

    assert found["wide"].defect
    assert found["good"].starts_at is not None
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 600 * 1024


@pytest.mark.parametrize(("mebibytes", "ends_well"), [(400, True), (600, False)])
def test_w13_the_process_may_use_512_mebibytes_and_no_more(mebibytes: int, ends_well: bool) -> None:
    program = (
        f"from sync.adapters.ics_bounds import bound_process\nbound_process()\nbytearray({mebibytes} * 2**20)"
    )

    done = subprocess.run([sys.executable, "-c", program], stderr=subprocess.PIPE, check=False)

    assert (ends_well, not ends_well) == (done.returncode == 0, b"MemoryError" in done.stderr)


def test_w13_a_process_that_takes_too_long_is_ended() -> None:
    began = time.monotonic()

    with pytest.raises(CalendarUnreachable, match="too long"):
        read_in_child(calendar(*map(never, range(40))), QUESTION, wall_seconds=1)

    assert time.monotonic() - began < 10


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_random_bytes_raise_nothing_but_our_own_errors(noise: bytes) -> None:
    for raw in (noise, calendar(GOOD).replace(b"UID:good", b"UID:good\n" + noise)):
        try:
            read(raw)
        except SyncError:
            continue


LINES = st.sampled_from(
    [
        *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "BEGIN:VCALENDAR", "END:VCALENDAR"),
        *("UID:a", "UID:a@google.com", "UID:a_R20260616T130000@google.com", "UID", ":", " folded", ";;;=:"),
        *(
            "DTSTART:20260616T130000Z",
            "DTSTART;VALUE=DATE:20260616",
            "DTSTART;TZID=X:20260616T130000",
            "DTSTART:0",
        ),
        *(
            "DTEND:20260616T140000Z",
            "DURATION:-PT1H",
            "DURATION:P99999999D",
            "RECURRENCE-ID:20260616T130000Z",
        ),
        *(
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20260616T130000Z",
            "RECURRENCE-ID;VALUE=DATE:20260616",
            "EXDATE:1",
        ),
        *("RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;UNTIL=19000101", "RRULE:FREQ=YEARLY;BYDAY=99MO", "RRULE:"),
        *("RRULE:FREQ=DAILY;COUNT=9", "RDATE:20260617T130000Z", "RDATE;VALUE=PERIOD:20260617T130000Z/PT1H"),
        *(
            "EXDATE;VALUE=DATE:20260616",
            "SEQUENCE:x",
            "STATUS:CANCELLED",
            "ATTENDEE;PARTSTAT=:mailto:",
            "SUMMARY:\\",
        ),
        *(
            "BEGIN:VTIMEZONE",
            "TZID:X",
            "END:VTIMEZONE",
            "X-WR-TIMEZONE:X",
            'ATTENDEE;CN="x:mailto:a@b.c',
            "DTSTART:\x00",
        ),
    ]
)


@settings(max_examples=150)
@given(st.lists(LINES, max_size=25))
def test_lines_in_any_order_raise_nothing_but_our_own_errors(lines: list[str]) -> None:
    raw = ("BEGIN:VCALENDAR\n" + "\n".join(lines) + "\nEND:VCALENDAR\n").encode()
    try:
        answer = read(raw)
    except SyncError:
        return

    for event in (*answer.events.values(), *answer.masters.values()):
        assert event.event_id.isprintable()
        assert event.starts_at is None or event.starts_at.tzinfo is UTC
        assert event.starts_at is None or event.starts_at > datetime(1899, 1, 1, tzinfo=UTC)


@settings(max_examples=60)
@given(st.sampled_from(["google", "outlook", "icloud", "booking"]), st.data())
def test_a_damaged_file_raises_nothing_but_our_own_errors(producer: str, data: st.DataObject) -> None:
    raw = bytearray((FILES / f"{producer}.ics").read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    try:
        read(bytes(raw))
    except SyncError:
        return
