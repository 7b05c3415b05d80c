"""A pass over the calendar: appointments become sessions, and follow the calendar from then on."""

from datetime import timedelta
from pathlib import Path

import pytest

from models import tables
from tests.jobs.looking import (
    HOUR,
    LENGTH,
    NEXT_WEEK,
    TOMORROW,
    calendar,
    delete,
    everything,
    instance,
    ledger,
    mails,
    move,
    rows,
    second_calendar,
    snapshots,
    weekly,
)
from tests.practice import ANA, Practice, open_practice


def test_an_appointment_of_a_client_becomes_a_session_with_a_stub_and_a_briefing(on_each: Practice) -> None:
    client = on_each.client("Jo Bloggs")
    on_each.put("Jo Bloggs", TOMORROW)

    report = on_each.once()

    session = on_each.the_session()
    assert 1 == report.counts["created"]
    assert (client.id, TOMORROW, "scheduled", 1) == (
        session.client_id,
        session.starts_at,
        session.status,
        session.number,
    )
    assert "stub" == session.note_status
    assert session.briefing is not None
    assert ("pending", TOMORROW - HOUR) == (session.briefing.status, session.briefing.due_at)


def test_r44_a_duplicate_with_equal_extended_properties_is_a_session_of_its_own(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    for _ in range(2):
        practice.put("Jo Bloggs", TOMORROW, extendedProperties={"private": {"session": "1"}})

    practice.once()

    assert 2 == len({session.id for session in practice.sessions()})
    assert snapshots(practice)
    assert [] == [asked for asked in snapshots(practice) if "extendedProperties" in asked["fields"]]


def test_r12_a_second_pass_over_the_same_calendar_changes_nothing(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    weekly(on_each)
    on_each.put("Bloggs", TOMORROW)
    on_each.put("Dentist", TOMORROW)
    on_each.once()
    before = everything(on_each)

    report = on_each.once(full=True)

    assert before == everything(on_each)
    assert {"created": 0, "moved": 0, "cancelled": 0, "restored": 0, "stubs": 0, "unmatched": 0} == {
        name: report.counts[name]
        for name in ("created", "moved", "cancelled", "restored", "stubs", "unmatched")
    }


def test_r16_a_touched_endless_series_makes_only_the_sessions_within_the_window(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    series = practice.put("Jo Bloggs", NEXT_WEEK, recurrence=["RRULE:FREQ=WEEKLY"])
    practice.once()
    within = len(practice.sessions())

    practice.world.patch(ANA, series, {"location": "Room 2"})
    practice.once()

    assert (8, 8) == (within, len(practice.sessions()))


def test_r16_a_session_beyond_the_window_follows_when_the_doorbell_names_it(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    far = TOMORROW + timedelta(days=90)
    move(practice, event, far)
    practice.once()

    move(practice, event, far + HOUR)
    practice.once()
    moved = practice.the_session().starts_at
    delete(practice, event)
    practice.once()

    assert far + HOUR == moved
    assert "cancelled" == practice.the_session().status


def test_r12_an_hour_that_comes_back_into_the_window_moves_once(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    move(practice, event, TOMORROW + timedelta(days=90))
    practice.once()

    move(practice, event, TOMORROW + HOUR)
    report = practice.once()

    assert 1 == report.counts["moved"]
    assert ["created", "moved", "moved"] == ledger(practice)


def test_r72_one_unreadable_event_in_a_page_of_three_stops_neither_the_others_nor_the_token(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    bad = practice.world.insert(
        ANA, {"summary": "Jo Bloggs", "start": {"dateTime": "2026-06-12T25:00:00Z"}, "end": {}}
    )
    practice.put("Jo Bloggs", TOMORROW + 2 * HOUR)

    report = practice.once()

    assert bad not in {session.event_id for session in practice.sessions()}
    assert (2, "fine") == (len(practice.sessions()), report.calendars[0].status)
    practice.once()
    assert calendar(practice).sync_token is not None


def test_r73_an_id_of_nine_hundred_letters_is_kept_whole(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    long_id = "a" * 900
    on_each.put("Jo Bloggs", TOMORROW, id=long_id)
    on_each.once()

    move(on_each, long_id, TOMORROW + HOUR)
    on_each.once()

    session = on_each.the_session()
    assert (long_id, TOMORROW + HOUR) == (session.event_id, session.starts_at)


@pytest.mark.parametrize(
    "title", ["Jo Bloggs 🙂 <script>alert(1)</script>", "\u202eJo Bloggs\u202c", "Jo Bloggs\r\nBcc: x"]
)
def test_r74_a_title_is_kept_to_the_letter(practice: Practice, title: str) -> None:
    practice.client("Jo Bloggs")
    practice.put(title, TOMORROW)

    practice.once()

    assert title == practice.the_session().details.title


def test_r73_a_title_of_ten_thousand_characters_is_kept_whole(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    title = "Jo Bloggs " + "<p>\r\n" * 2000
    practice.put(title, TOMORROW)

    practice.once()

    assert title == practice.the_session().details.title


def test_r76_a_calendar_is_only_ever_read(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    series = weekly(practice)
    practice.once()
    delete(practice, instance(series, NEXT_WEEK))
    practice.clock.set(NEXT_WEEK + timedelta(days=7) - HOUR)
    practice.once()

    assert practice.inbox.letters, "nothing was sent, so this proves little"
    assert {"GET"} == {request.method for request in practice.requests}


def test_r36_one_id_in_two_calendars_is_two_sessions(practice: Practice) -> None:
    from_other = "ben@practice.example"
    practice.client("Jo Bloggs")
    second_calendar(practice, from_other, dedicated=True, title_pattern="With {client}")
    practice.put("Jo Bloggs", TOMORROW, id="samesame")
    practice.world.insert(
        from_other,
        {
            "id": "samesame",
            "summary": "With Pat Quill",
            "start": {"dateTime": TOMORROW.isoformat()},
            "end": {"dateTime": (TOMORROW + LENGTH).isoformat()},
        },
    )
    practice.once()

    practice.world.move(from_other, "samesame", TOMORROW + HOUR, TOMORROW + 2 * HOUR)
    practice.once()

    assert {(ANA, TOMORROW), (from_other, TOMORROW + HOUR)} == {
        (session.calendar_id, session.starts_at) for session in practice.sessions()
    }


def test_on_a_calendar_of_the_practices_own_each_new_name_becomes_one_client(
    tmp_path: Path, database_url: str
) -> None:
    practice = open_practice(tmp_path, database_url, dedicated=True, title_pattern="Session: {client}")
    practice.put("Session: Pat Quill", TOMORROW)
    practice.put("Session: PAT QUILL", TOMORROW + 2 * HOUR)
    practice.put("Session: room 12", TOMORROW + 4 * HOUR)

    practice.once()
    practice.put("Session: pat quill", TOMORROW + 6 * HOUR)
    practice.once()

    assert 1 == len(rows(practice, tables.Client))
    assert [(1, "PQ"), (2, "PQ"), (3, "PQ")] == [(s.number, s.client_code) for s in practice.sessions()]
    assert 1 == len(rows(practice, tables.InboxItem))
    practice.app.close()


def test_what_is_no_clients_leaves_no_word_anywhere(practice: Practice, tmp_path: Path) -> None:
    practice.client("Jo Bloggs")
    practice.put(
        "Oncologist zebrafish", TOMORROW, attendees=[{"email": "dr@zebrafish.example"}], id="zebrafishid"
    )

    practice.once()

    assert [] == practice.sessions()
    kept = b"".join(path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())
    assert b"zebrafish" not in kept


def test_a_cancelled_series_of_an_unknown_client_makes_nothing(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    series = weekly(practice, count=3)
    delete(practice, series)

    practice.once()

    assert ([], []) == (practice.sessions(), mails(practice))
