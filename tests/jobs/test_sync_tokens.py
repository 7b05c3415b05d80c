"""The doorbell and its token: when a snapshot is taken, and that token and records move together."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import tables
from sync.jobs.meaning import minted_with
from sync.sandbox.faults import Fault
from tests.jobs.looking import (
    HOUR,
    NEXT_WEEK,
    TOMORROW,
    calendar,
    delete,
    doorbells,
    everything,
    instance,
    move,
    snapshots,
    weekly,
)
from tests.practice import ANA, Practice


def change_link(practice: Practice, **values: object) -> None:
    """Change columns of the calendar's link."""
    with practice.app.writing() as records:
        row = records.db.get_one(tables.CalendarLink, practice.link_id)
        for name, value in values.items():
            setattr(row, name, value)
        records.db.add(row)


def read_once(practice: Practice) -> str:
    """Jo's series is known and the token kept; the requests so far are forgotten. The series' id."""
    practice.client("Jo Bloggs")
    series = weekly(practice, count=3)
    practice.once()  # the records first
    practice.once()  # then a token, with the snapshot that it vouches for
    practice.requests.clear()
    return series


def test_a_silent_doorbell_takes_no_snapshot_and_still_counts_as_read(practice: Practice) -> None:
    read_once(practice)
    practice.clock.forward(minutes=1)

    report = practice.once()

    assert (1, 0) == (len(doorbells(practice)), len(snapshots(practice)))
    assert ("fine", practice.clock(), False) == (
        report.calendars[0].status,
        report.calendars[0].synced_at,
        report.calendars[0].full,
    )
    assert practice.clock() == calendar(practice).last_read_at


def test_a_ringing_doorbell_takes_a_snapshot(practice: Practice) -> None:
    series = read_once(practice)
    move(practice, instance(series, NEXT_WEEK), NEXT_WEEK + HOUR)

    report = practice.once()

    assert (1, 1, True) == (len(doorbells(practice)), len(snapshots(practice)), report.calendars[0].full)


def test_after_half_an_hour_a_snapshot_is_taken_without_ringing(practice: Practice) -> None:
    read_once(practice)
    practice.clock.forward(minutes=29)
    practice.once()
    assert [] == snapshots(practice)
    practice.clock.forward(minutes=1)

    practice.once()

    assert 1 == len(snapshots(practice))


def test_r17_when_the_local_day_turns_a_snapshot_is_taken_and_the_window_moves_on(practice: Practice) -> None:
    practice.clock.set(practice.clock().replace(hour=22, minute=50))  # 23:50 in London
    read_once(practice)
    practice.clock.forward(minutes=5)
    practice.once()
    assert [] == snapshots(practice)
    practice.clock.forward(minutes=6)

    practice.once()

    assert ["2026-08-10T23:00:00+00:00"] == [params["timeMax"] for params in snapshots(practice)]


def test_r17_an_unchanged_appointment_slides_into_the_window(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW + timedelta(days=60, hours=1))
    practice.once()
    assert [] == practice.sessions()

    practice.clock.forward(days=1)
    practice.once()

    assert 1 == len(practice.sessions())


def test_a_wish_for_a_full_reading_takes_a_snapshot(practice: Practice) -> None:
    read_once(practice)

    practice.once(full=True)

    assert 1 == len(snapshots(practice))


def test_r1_a_token_is_kept_only_with_the_snapshot_it_rang_for(practice: Practice) -> None:
    series = read_once(practice)
    token, before = calendar(practice).sync_token, everything(practice)
    move(practice, instance(series, NEXT_WEEK), NEXT_WEEK + HOUR)
    practice.faults.add(Fault("html", after=1, operation="events.list"))

    practice.once()

    assert (token, before) == (calendar(practice).sync_token, everything(practice))
    practice.once()
    assert token != calendar(practice).sync_token
    assert NEXT_WEEK + HOUR in {session.starts_at for session in practice.sessions()}


def test_r1_a_second_page_that_fails_keeps_nothing_and_the_next_run_applies_all_once(
    practice: Practice,
) -> None:
    series = read_once(practice)
    token, before = calendar(practice).sync_token, everything(practice)
    move(practice, instance(series, NEXT_WEEK), NEXT_WEEK + HOUR)
    practice.faults.add(Fault("doubled_page", page=1, after=1))
    practice.faults.add(Fault("html", after=2, operation="events.list"))

    practice.once()

    assert (token, before) == (calendar(practice).sync_token, everything(practice))
    assert () == practice.faults.pending, "the second page was never asked for"
    assert 1 == practice.once().counts["moved"]


def test_r2_blank_pages_are_not_the_end(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.faults.add(Fault("blank_page", times=1, operation="events.list"))

    practice.once()

    assert 1 == len(practice.sessions())
    assert 2 == len(snapshots(practice))


def test_r3_r4_pages_differ_only_in_their_page_token_and_a_doorbell_sends_nothing_that_is_forbidden(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    practice.faults.add(Fault("blank_page", times=1, operation="events.list"))
    practice.faults.add(Fault("blank_page", times=1, after=2, operation="events.list"))
    for _ in range(3):
        practice.once()
        practice.clock.forward(minutes=1)

    for pages in (doorbells(practice)[:2], snapshots(practice)[:2]):
        first, second = pages
        assert first == {name: value for name, value in second.items() if name != "pageToken"}
    assert {"syncToken", "singleEvents", "maxResults", "fields", "alt"} == set(doorbells(practice)[-1])


def test_r5_r6_a_token_of_another_way_of_asking_is_not_sent(practice: Practice) -> None:
    read_once(practice)
    before = everything(practice)
    change_link(practice, token_fingerprint=minted_with(practice.app, "another"))

    practice.once()

    assert [False] == ["syncToken" in params for params in doorbells(practice)]
    assert 1 == len(snapshots(practice))
    assert before == everything(practice)
    practice.once()
    assert "syncToken" in doorbells(practice)[-1], "the new fingerprint was not kept"


def test_r7_an_expired_token_is_followed_by_one_full_reading(practice: Practice) -> None:
    read_once(practice)
    practice.world.expire_tokens(ANA)

    report = practice.once()

    assert [True, False] == ["syncToken" in params for params in doorbells(practice)]
    assert (1, "fine") == (len(snapshots(practice)), report.calendars[0].status)
    practice.once()
    assert 1 == len(snapshots(practice)), "the token that was minted anew was not kept"


def test_r7_a_full_reading_that_is_refused_too_is_a_failed_run_and_not_asked_a_third_time(
    practice: Practice,
) -> None:
    read_once(practice)
    before = everything(practice)
    practice.faults.add(Fault("status", status=410, reason="fullSyncRequired", times=None))

    report = practice.once()

    assert (2, 0, "unreachable") == (
        len(doorbells(practice)),
        len(snapshots(practice)),
        report.calendars[0].status,
    )
    assert before == everything(practice)


def test_r8_a_token_that_is_called_invalid_is_an_expired_one(practice: Practice) -> None:
    read_once(practice)
    invalid = Fault("status", status=400, reason="invalid", message="Invalid sync token value.")
    practice.faults.add(invalid)

    report = practice.once()

    assert ("fine", True) == (report.calendars[0].status, report.calendars[0].full)


def test_r9_after_an_expired_token_nothing_is_wiped_and_what_changed_meanwhile_is_followed(
    practice: Practice,
) -> None:
    series = read_once(practice)
    first, second, third = practice.sessions()
    move(practice, first.event_id, NEXT_WEEK + HOUR)
    delete(practice, instance(series, third.starts_at))
    practice.world.expire_tokens(ANA)

    practice.once()

    assert [
        (first.id, first.note_id, NEXT_WEEK + HOUR, "scheduled"),
        (second.id, second.note_id, second.starts_at, "scheduled"),
        (third.id, third.note_id, third.starts_at, "cancelled"),
    ] == [(s.id, s.note_id, s.starts_at, s.status) for s in practice.sessions()]


@pytest.mark.parametrize("kind", ["html", "no_kind", "lost_page", "cut_json"])
def test_r10_r11_an_answer_that_is_not_what_it_should_be_fails_the_run_and_changes_nothing(
    practice: Practice, kind: str
) -> None:
    series = read_once(practice)
    before, link = everything(practice), calendar(practice)
    delete(practice, series)
    practice.clock.forward(minutes=1)
    practice.faults.add(Fault(kind, after=1, operation="events.list"))  # type: ignore[arg-type] # one of its kinds

    report = practice.once()

    assert ("unreachable", True) == (report.calendars[0].status, report.failed)
    assert before == everything(practice)
    assert (link.sync_token, link.last_read_at) == (
        calendar(practice).sync_token,
        calendar(practice).last_read_at,
    )


def test_r14_a_snapshot_older_than_what_is_known_changes_nothing(practice: Practice) -> None:
    series = read_once(practice)
    before = practice.sessions()[0].starts_at
    with practice.app.writing() as records:
        for link in records.db.exec(select(tables.EventLink)):
            link.updated_at = practice.clock() + timedelta(days=1)
            records.db.add(link)
    move(practice, instance(series, NEXT_WEEK), NEXT_WEEK + HOUR)

    practice.once()

    assert before == practice.sessions()[0].starts_at


def test_the_first_visit_reads_the_window_and_leaves_the_walk_for_a_token_to_the_second(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    weekly(practice, count=3)

    practice.once()
    first = (len(doorbells(practice)), len(snapshots(practice)), calendar(practice).sync_token is None)
    practice.once()

    assert (0, 1, True) == first
    assert (1, 2, False) == (
        len(doorbells(practice)),
        len(snapshots(practice)),
        calendar(practice).sync_token is None,
    )


def test_r68_what_is_unchanged_is_read_again_under_another_access_role(practice: Practice) -> None:
    read_once(practice)
    practice.world.share(ANA, ANA, "reader")

    practice.once(full=True)

    assert 2 == len(snapshots(practice))
