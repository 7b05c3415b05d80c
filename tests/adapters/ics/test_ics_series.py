"""Series of published calendars take place when their producers mean them to (R38, R39, R49, R50, R57)."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.domain.calendar.values import Window
from tests.adapters.ics.reading import calendar, events, read, starts

LONDON = "DTSTART;TZID=Europe/London:20260602T140000\nDTEND;TZID=Europe/London:20260602T145000"
WEEKLY = f"UID:w\n{LONDON}\nRRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:planned"


def test_r38_an_instance_is_called_by_its_series_and_its_original_start() -> None:
    found = events(WEEKLY)

    assert [f"w_202606{day}T130000Z" for day in ("02", "09", "16", "23")] == sorted(found)
    third = found["w_20260616T130000Z"]
    assert ("w", "20260616T130000Z", "w") == (
        third.recurring_event_id,
        third.original_start,
        third.ical_uid,
    )


def test_r37_a_moved_instance_keeps_its_id_and_its_original_start() -> None:
    moved = (
        "UID:w\nRECURRENCE-ID;TZID=Europe/London:20260616T140000\nDTSTART;TZID=Europe/London:20260618T090000"
    )

    found = events(WEEKLY, moved)

    assert 4 == len(found)
    assert datetime(2026, 6, 18, 8, tzinfo=UTC) == found["w_20260616T130000Z"].starts_at
    assert "20260616T130000Z" == found["w_20260616T130000Z"].original_start


@pytest.mark.parametrize(
    "recurrence_id",
    [
        "RECURRENCE-ID:20260616T130000Z",
        "RECURRENCE-ID;TZID=America/New_York:20260616T090000",
        "RECURRENCE-ID;VALUE=DATE:20260616",
        "RECURRENCE-ID:20260616T140000",
    ],
)
def test_r49_an_instance_is_found_in_whatever_zone_it_is_named(recurrence_id: str) -> None:
    found = events(WEEKLY, f"UID:w\n{recurrence_id}\nDTSTART:20260618T080000Z\nSUMMARY:moved")

    assert (4, "moved") == (len(found), found["w_20260616T130000Z"].title)


@pytest.mark.parametrize(
    "exdate",
    [
        "EXDATE;TZID=Europe/London:20260616T140000",
        "EXDATE:20260616T130000Z",
        "EXDATE;TZID=America/New_York:20260616T090000",
        "EXDATE;VALUE=DATE:20260616",
        "EXDATE;TZID=Nowhere/Atall:20260616T140000",
        "EXDATE:20260601T000000Z,20260616T130000Z\nEXDATE:20270101T000000Z",
    ],
)
def test_r49_an_excluded_hour_is_absent_in_whatever_zone_it_is_named(exdate: str) -> None:
    assert ["06-02T1300", "06-09T1300", "06-23T1300"] == starts(f"{WEEKLY}\n{exdate}")


def test_r49_an_hour_that_was_moved_and_then_left_out_is_absent() -> None:
    moved = "UID:w\nRECURRENCE-ID:20260616T130000Z\nDTSTART:20260618T080000Z"

    assert ["06-02T1300", "06-09T1300", "06-23T1300"] == starts(f"{WEEKLY}\nEXDATE:20260616T130000Z", moved)


def test_r49_another_hour_of_the_same_wall_time_elsewhere_is_not_excluded() -> None:
    assert 4 == len(starts(f"{WEEKLY}\nEXDATE;TZID=America/New_York:20260616T140000"))


@pytest.mark.parametrize(
    "rdate",
    [
        "RDATE;TZID=Europe/London:20260619T140000",
        "RDATE:20260619T130000Z",
        "RDATE;TZID=America/New_York:20260619T090000",
        "RDATE;VALUE=PERIOD:20260619T130000Z/PT50M",
    ],
)
def test_r49_an_added_hour_counts_in_whatever_zone_it_is_named(rdate: str) -> None:
    hours = starts(f"UID:r\n{LONDON}\n{rdate}")

    assert ["06-02T1300", "06-19T1300"] == hours


def test_r49_an_added_period_has_its_own_length() -> None:
    found = events(f"UID:r\n{LONDON}\nRDATE;VALUE=PERIOD:20260619T130000Z/20260619T143000Z")

    assert datetime(2026, 6, 19, 14, 30, tzinfo=UTC) == found["r_20260619T130000Z"].ends_at


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20260616", "06-16T1300"),  # a mere day is over at its end
        ("20260616T130000Z", "06-16T1300"),
        ("20260616T125959Z", "06-09T1300"),
        ("20260616T140000", "06-16T1300"),  # no zone: the series' own
        ("20260616T135959", "06-09T1300"),
    ],
)
def test_r49_a_series_ends_at_the_day_or_the_moment_it_names(until: str, last: str) -> None:
    assert last == starts(f"UID:u\n{LONDON}\nRRULE:FREQ=WEEKLY;UNTIL={until}")[-1]


@pytest.mark.parametrize(
    ("rule", "hours"),
    [
        ("FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=7", ["06-02T1300", "07-07T1300"]),
        ("FREQ=MONTHLY;BYDAY=1TU", ["06-02T1300", "07-07T1300", "08-04T1300"]),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1", ["06-02T1300", "06-30T1300", "07-28T1300", "08-25T1300"]),
        (
            "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,TH;COUNT=4",
            ["06-02T1300", "06-04T1300", "06-23T1300", "06-25T1300"],
        ),
        ("FREQ=WEEKLY;BYDAY=FR;COUNT=3", ["06-02T1300", "06-05T1300", "06-12T1300", "06-19T1300"]),
        ("FREQ=DAILY;BYDAY=MO;COUNT=2", ["06-02T1300", "06-08T1300", "06-15T1300"]),
    ],
)
def test_r49_a_rule_means_what_the_standard_says_and_the_start_is_always_an_hour(
    rule: str, hours: list[str]
) -> None:
    """RFC 5545, 3.8.5.3: DTSTART is the first instance, also where the rule does not meet it."""
    assert hours == starts(f"UID:y\n{LONDON}\nRRULE:{rule}")


@pytest.mark.parametrize(
    "rule", ["FREQ=WEEKLY;UNTIL=20260101T000000Z", "FREQ=WEEKLY;COUNT=1\nEXDATE:20260602T130000Z"]
)
def test_r50_a_series_may_have_no_instance_at_all(rule: str) -> None:
    found = read(calendar(f"UID:z\n{LONDON}\nRRULE:{rule}"))

    assert ({}, ["z"]) == (found.events, list(found.masters))


def test_r57_a_weekly_hour_keeps_its_wall_time_over_the_change_of_clocks() -> None:
    window = Window(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
    entry = "UID:ny\nDTSTART;TZID=America/New_York:20260303T140000\nDURATION:PT50M\nRRULE:FREQ=WEEKLY;COUNT=3"

    found = read(calendar(entry), window).events

    assert [f"ny_202603{stamp}Z" for stamp in ("03T190000", "10T180000", "17T180000")] == sorted(found)


def test_r57_an_hour_that_the_clock_leaves_out_and_one_it_repeats_do_not_end_a_series() -> None:
    window = Window(datetime(2026, 3, 20, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC))
    entry = "UID:g\nDTSTART;TZID=Europe/Berlin:20260322T023000\nDURATION:PT50M\nRRULE:FREQ=WEEKLY;COUNT=32"

    assert 32 == len(read(calendar(entry), window).events)


def test_this_and_all_following_moves_what_follows_and_keeps_the_original_starts() -> None:
    later = (
        "UID:w\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/London:20260616T140000\n"
        "DTSTART;TZID=Europe/London:20260617T160000\nDURATION:PT80M\nSUMMARY:later"
    )

    found = events(WEEKLY, later)

    assert ["06-02T1300", "06-09T1300", "06-17T1500", "06-24T1500"] == starts(WEEKLY, later)
    last = found["w_20260623T130000Z"]
    assert last.starts_at is not None
    assert ("later", last.starts_at + timedelta(minutes=80)) == (last.title, last.ends_at)


def test_r39_a_half_that_google_split_off_goes_on_under_the_old_names() -> None:
    old = f"UID:abc@google.com\n{LONDON}\nRRULE:FREQ=WEEKLY;UNTIL=20260615T225959Z"
    new = (
        "UID:abc_R20260616T130000@google.com\nDTSTART;TZID=Europe/London:20260616T140000\n"
        "DURATION:PT50M\nRRULE:FREQ=WEEKLY;COUNT=2"
    )

    found = events(old, new)

    assert [f"abc_202606{day}T130000Z" for day in ("02", "09", "16", "23")] == sorted(found)
    assert "abc_R20260616T130000" == found["abc_20260616T130000Z"].recurring_event_id


def test_a_cancelled_instance_is_told_and_a_cancelled_series_is_cancelled_throughout() -> None:
    one = "UID:w\nRECURRENCE-ID:20260616T130000Z\nDTSTART:20260616T130000Z\nSTATUS:CANCELLED"

    assert ["w_20260616T130000Z"] == [
        e.event_id for e in events(WEEKLY, one).values() if e.status == "cancelled"
    ]
    assert {"cancelled"} == {e.status for e in events(f"{WEEKLY}\nSTATUS:CANCELLED").values()}


def test_r47_an_instance_without_its_series_stands_by_itself() -> None:
    found = events("UID:m\nRECURRENCE-ID:20260616T130000Z\nDTSTART:20260617T130000Z")

    assert ["m_20260616T130000Z"] == list(found)
    assert "m" == found["m_20260616T130000Z"].recurring_event_id


def test_r12_of_two_that_speak_of_the_same_hour_the_newer_holds() -> None:
    older = "UID:w\nRECURRENCE-ID:20260616T130000Z\nDTSTART:20260617T130000Z\nSEQUENCE:1\nSUMMARY:older"
    newer = "UID:w\nRECURRENCE-ID:20260616T130000Z\nDTSTART:20260618T130000Z\nSEQUENCE:2\nSUMMARY:newer"

    for order in ((WEEKLY, older, newer), (newer, older, WEEKLY)):
        assert "newer" == events(*order)["w_20260616T130000Z"].title


@pytest.mark.parametrize(
    "stamp", ["SEQUENCE:2", "LAST-MODIFIED:20260602T000000Z", "DTSTAMP:20260602T000000Z"]
)
def test_r12_newer_is_by_sequence_then_by_stamps(stamp: str) -> None:
    first = "20260601T000000Z"
    plain = f"UID:s\nDTSTART:20260616T130000Z\nSEQUENCE:1\nLAST-MODIFIED:{first}\nDTSTAMP:{first}"
    name = stamp.partition(":")[0]
    newer = "\n".join(line if not line.startswith(name) else stamp for line in plain.splitlines())

    assert "new" == events(f"{newer}\nSUMMARY:new", f"{plain}\nSUMMARY:old")["s"].title


@pytest.mark.parametrize(
    "rule",
    [
        *(
            "FREQ=SECONDLY",
            "FREQ=MINUTELY;COUNT=5",
            "FREQ=HOURLY",
            "FREQ=WEEKLY;INTERVAL=0",
            "FREQ=WEEKLY;INTERVAL=-1",
        ),
        *(
            "FREQ=DAILY;COUNT=5001",
            "FREQ=WEEKLY\nEXRULE:FREQ=MONTHLY",
            "DATE;20260616",
            "FREQ=SOMETIMES",
            "COUNT=3",
        ),
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,1,2,3,4,5",
    ],
)
def test_w13_a_rule_that_must_not_be_followed_sets_its_own_event_aside(rule: str) -> None:
    found = events(f"UID:bad\n{LONDON}\nRRULE:{rule}", WEEKLY)

    assert found["bad"].defect
    assert 5 == len(found)


def test_w13_an_event_of_more_than_a_thousand_hours_is_set_aside() -> None:
    dates = [
        f"202607{day:02d}T{hour:02d}{minute:02d}00Z"
        for day in range(1, 29)
        for hour in range(24)
        for minute in (0, 30)
    ]

    found = events(f"UID:many\n{LONDON}\nRDATE:{','.join(dates)}", WEEKLY)

    assert "it takes place too often" == found["many"].defect


def test_w13_a_rule_without_end_or_hours_costs_its_own_event_alone() -> None:
    never = "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMONTHDAY=31;BYMONTH=2"
    often = f"UID:often\nDTSTART:19000101T000000Z\nRRULE:{never}"

    found = events(often, WEEKLY)

    assert "it takes too long to read" == found["often"].defect
    assert 4 == len([e for e in found.values() if e.recurring_event_id == "w"])


def test_r72_a_broken_instance_is_set_aside_and_its_series_is_read() -> None:
    found = events(WEEKLY, "UID:w\nRECURRENCE-ID:20260616T130000Z\nDTSTART:nonsense")

    assert 4 == len(found)
    assert found["w_20260616T130000Z"].defect


def test_of_two_events_with_one_uid_the_newer_holds() -> None:
    old = "UID:one\nSEQUENCE:1\nDTSTART:20260602T140000Z\nSUMMARY:old"
    new = "UID:one\nSEQUENCE:2\nDTSTART:20260603T140000Z\nSUMMARY:new"

    assert ["new"] == [event.title for event in events(old, new).values()]
    assert ["new"] == [event.title for event in events(new, old).values()]


@pytest.mark.parametrize("about", ["", "RECURRENCE-ID:20260616T130000Z\n"])
def test_r13_where_nothing_tells_which_is_newer_the_order_of_two_events_makes_no_difference(
    about: str,
) -> None:
    one, other = (f"UID:w\n{about}DTSTART:2026060{day}T140000Z\nSUMMARY:{day}" for day in (4, 5))
    series = () if not about else (WEEKLY,)

    assert events(*series, one, other) == events(*series, other, one)


def test_two_hours_of_one_uid_that_nothing_tells_to_be_an_update_are_both_there() -> None:
    jo = "UID:x\nDTSTART:20260602T140000Z\nDTEND:20260602T145000Z\nSUMMARY:Jo Bloggs"
    ann = "UID:x\nDTSTART:20260602T170000Z\nDTEND:20260602T175000Z\nSUMMARY:Ann Lee"
    touching = "UID:x\nDTSTART:20260602T143000Z\nDTEND:20260602T152000Z\nSUMMARY:Jo Bloggs"

    assert {"x": "Jo Bloggs", "x_20260602T170000Z": "Ann Lee"} == {
        name: event.title for name, event in events(ann, jo).items()
    }
    assert events(ann, jo) == events(jo, ann)
    assert 1 == len(events(jo, touching))
    assert ["x"] == list(events(jo, f"{ann}\nSEQUENCE:1"))


@pytest.mark.parametrize("line", ["SEQUENCE:3", "DTSTAMP:20260602T000000Z", "SEQUENCE:0"])
def test_a_single_event_with_the_uid_of_a_series_takes_no_hour_of_it_away(line: str) -> None:
    beside = f"UID:w\nDTSTART:20260618T080000Z\nDTEND:20260618T085000Z\n{line}\nSUMMARY:single"
    within = f"UID:w\nDTSTART:20260616T130000Z\nDTEND:20260616T135000Z\n{line}\nSUMMARY:single"
    left_out = f"{WEEKLY}\nEXDATE:20260616T130000Z"

    assert 5 == len(events(WEEKLY, beside))
    assert "single" == events(beside, WEEKLY)["w_20260618T080000Z"].title
    assert (4, "single") == (len(found := events(WEEKLY, within)), found["w_20260616T130000Z"].title)
    assert "single" == events(left_out, within)["w_20260616T130000Z"].title


def test_a_series_that_was_made_of_an_older_single_event_replaces_it() -> None:
    single = "UID:w\nDTSTART:20260601T080000Z\nDTEND:20260601T085000Z\nSUMMARY:single"

    assert 4 == len(events(single, f"{WEEKLY}\nSEQUENCE:1"))
