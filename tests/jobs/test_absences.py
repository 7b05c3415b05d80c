"""What a snapshot lacks is asked about before anything is cancelled; too much of it stops the line."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sync.domain.calendar.links import LinkState
from sync.jobs.notes import write_note
from sync.sandbox.faults import Fault
from sync.sandbox.habits import Habits
from tests.jobs.looking import (
    HOUR,
    NEXT_WEEK,
    TOMORROW,
    asked,
    calendar,
    delete,
    everything,
    fates,
    instance,
    move,
    weekly,
)
from tests.practice import ANA, Practice, open_practice


def empty_snapshots(practice: Practice, times: int = 1) -> None:
    """The next `times` passes meet an empty snapshot (each asks the doorbell first)."""
    for number in range(times):
        practice.faults.add(Fault("empty_complete", operation="events.list", after=2 * number + 1, times=1))


def statuses(practice: Practice) -> list[str]:
    return [session.status for session in practice.sessions()]


def single_questions(practice: Practice) -> int:
    return sum(1 for request in practice.requests if "/events/" in request.path)


def test_r19_what_has_aged_out_of_the_window_is_as_it_was(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    practice.clock.forward(days=40)

    practice.once()

    assert (["unconfirmed"], ()) == (statuses(practice), practice.the_session().flags)


def test_r20_an_hour_that_moved_beyond_the_window_is_moved(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", NEXT_WEEK)
    practice.once()
    before = practice.the_session()
    autumn = NEXT_WEEK + timedelta(days=80)

    move(practice, event, autumn)
    practice.once()

    after = practice.the_session()
    assert (before.id, before.note_id, autumn, "scheduled") == (
        after.id,
        after.note_id,
        after.starts_at,
        after.status,
    )
    assert ["withdrawn", "pending"] == fates(practice)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_r21_hours_at_the_windows_edges_are_neither_doubled_nor_swept(
    tmp_path: Path, sqlite_url: str, zone: str
) -> None:
    practice = open_practice(tmp_path, sqlite_url, time_zone=zone)
    practice.client("Jo Bloggs")
    local = practice.clock().astimezone(ZoneInfo(zone)).replace(hour=0, minute=10)
    practice.put("Jo Bloggs", local - timedelta(days=14))
    practice.put("Jo Bloggs", local + timedelta(days=59, hours=23, minutes=40))
    practice.once()

    for _ in range(4):
        practice.clock.forward(hours=9)
        practice.once(full=True)

    assert ["held", "scheduled"] == statuses(practice)
    assert [(), ()] == [session.flags for session in practice.sessions()]
    practice.app.close()


def test_r22_a_snapshot_that_breaks_off_cancels_nothing(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    weekly(practice)
    practice.once()
    before = everything(practice)
    practice.faults.add(Fault("lost_page", after=1, operation="events.list"))

    practice.once(full=True)

    assert before == everything(practice)


def test_r23_a_few_that_are_absent_are_asked_about_and_what_is_alive_stays(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    for hours in range(3):
        practice.put("Jo Bloggs", TOMORROW + hours * HOUR)
    practice.once()
    empty_snapshots(practice)
    practice.requests.clear()

    practice.once(full=True)

    assert (["scheduled"] * 3, 3) == (statuses(practice), single_questions(practice))


def test_r23_an_unanswered_question_cancels_nothing_and_is_asked_again(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    events = [practice.put("Jo Bloggs", TOMORROW + hours * HOUR) for hours in range(3)]
    practice.once()
    for event in events:
        del practice.world.calendars[ANA].entries[event]
    practice.faults.add(Fault("html", operation="events.get"))

    practice.once(full=True)
    unanswered = statuses(practice)
    practice.once()

    assert ["scheduled"] * 3 == unanswered
    assert ["cancelled"] * 3 == statuses(practice)


def test_r23_mass_absence_with_a_living_series_cancels_nothing_and_is_told_once(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    weekly(practice, count=8)
    practice.once()
    before = everything(practice)["Session"]
    empty_snapshots(practice, times=5)

    for _ in range(5):
        practice.clock.forward(minutes=1)
        report = practice.once(full=True)

    assert before == everything(practice)["Session"]
    assert ("suspect", LinkState.SUSPECT) == (report.calendars[0].status, calendar(practice).state)
    assert ["sent"] == fates(practice, "alert")
    assert "Many appointments are missing" in practice.inbox.letters[0].subject


def test_r23_mass_absence_of_single_hours_that_are_alive_cancels_nothing(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    for hours in range(6):
        practice.put("Jo Bloggs", TOMORROW + hours * HOUR)
    practice.once()
    empty_snapshots(practice)

    report = practice.once(full=True)

    assert (["scheduled"] * 6, "suspect") == (statuses(practice), report.calendars[0].status)


def test_r23_mass_absence_that_cannot_be_asked_about_cancels_nothing(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    series = weekly(practice, count=8)
    practice.once()
    delete(practice, series)
    practice.faults.add(Fault("html", operation="events.get", times=None))

    report = practice.once()

    assert (["scheduled"] * 8, "suspect") == (statuses(practice), report.calendars[0].status)


def test_r23_a_suspect_calendar_that_shows_all_again_is_fine(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    weekly(practice, count=8)
    practice.once()
    empty_snapshots(practice)
    practice.once(full=True)

    report = practice.once()

    assert ("fine", True) == (report.calendars[0].status, report.calendars[0].full)


def ended_series(practice: Practice) -> None:
    """Jo's series of eight ended after the first: seven vanish while the series lives."""
    practice.client("Jo Bloggs")
    series = weekly(practice, count=8)
    practice.once()
    practice.world.delete_following(ANA, instance(series, NEXT_WEEK + timedelta(days=7)))


def test_r23_after_ten_minutes_a_second_look_believes_it(practice: Practice) -> None:
    ended_series(practice)
    practice.once()
    practice.clock.forward(minutes=9)
    practice.once()
    waiting = statuses(practice)
    practice.clock.forward(minutes=1)

    practice.once()

    assert ["scheduled"] * 8 == waiting
    assert ["scheduled"] + ["cancelled"] * 7 == statuses(practice)
    assert LinkState.FINE == calendar(practice).state


def test_r23_a_person_may_say_that_it_is_real(practice: Practice) -> None:
    ended_series(practice)

    practice.once(accept_empty=True)

    assert ["scheduled"] + ["cancelled"] * 7 == statuses(practice)


def test_r23_a_calendar_that_is_rightly_empty_is_believed_once_and_then_fine(on_each: Practice) -> None:
    """Every series ended today: what is left of them is alive, and shows nothing ahead."""
    on_each.client("Jo Bloggs")
    for hours in range(3):
        weekly(on_each, start=NEXT_WEEK - timedelta(days=7) + hours * HOUR, count=9)
    on_each.once()
    for series in list(on_each.world.calendars[ANA].entries):
        on_each.world.delete_following(ANA, instance(series, first_ahead(on_each, series)))

    doubted = on_each.once()
    before = everything(on_each)
    on_each.once(accept_empty=True)
    after = everything(on_each)
    later = [on_each.once(full=True) for _ in range(3)]

    assert ("suspect", 0) == (doubted.calendars[0].status, doubted.counts["cancelled"])
    assert ["held"] * 3 + ["cancelled"] * 24 == statuses(on_each)
    assert before["Note"] != after["Note"], "the stubs of what does not take place are hidden"
    assert (["fine"] * 3, 0) == (
        [report.calendars[0].status for report in later],
        sum(report.counts["cancelled"] for report in later),
    )
    assert [] == [fate for fate in fates(on_each) if fate == "pending"]


def first_ahead(practice: Practice, series: str) -> datetime:
    """The planned start of a series' first hour that is still to come."""
    ahead = [s for s in practice.sessions(starts_from=practice.clock()) if s.event_id.startswith(series)]
    return min(session.starts_at for session in ahead)


def test_r23_a_persons_word_cancels_nothing_that_answers_for_itself(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    weekly(practice, count=6)
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    before = everything(practice)["Session"]
    empty_snapshots(practice)

    practice.once(accept_empty=True)

    assert before == everything(practice)["Session"]


def test_r27_a_deleted_series_is_cancelled_at_once_moved_hours_included_and_held_ones_stay(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    series = weekly(practice, count=8)
    practice.once()
    third = NEXT_WEEK + timedelta(days=14)
    move(practice, instance(series, third), third + timedelta(days=1))
    practice.once()
    practice.clock.set(NEXT_WEEK + timedelta(days=7, hours=2))
    write_note(practice.app, practice.sessions()[0].id, "She came.", practice.clock())

    delete(practice, series)
    practice.once()

    assert ["held", "unconfirmed"] + ["cancelled"] * 6 == statuses(practice)
    assert [("calendar-missing-after-session",)] * 2 == [s.flags for s in practice.sessions()[:2]]


@pytest.mark.parametrize("answer", ["missing", "cancelled"])
def test_r28_a_series_that_ends_earlier_is_followed_though_only_part_of_it_is_reported(
    practice: Practice, answer: str
) -> None:
    practice.world.habits = Habits(vanished_instance=answer)  # type: ignore[arg-type] # one of its two answers
    practice.client("Jo Bloggs")
    series = weekly(practice, count=8)
    practice.once()

    practice.world.delete_following(ANA, instance(series, NEXT_WEEK + timedelta(days=35)))
    practice.once()

    assert ["scheduled"] * 5 + ["cancelled"] * 3 == statuses(practice)


def test_no_more_than_fifty_are_asked_about_at_once_and_the_rest_at_the_next_reading(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    events = [practice.put("Jo Bloggs", TOMORROW + number * HOUR / 2, minutes=20) for number in range(55)]
    practice.once()
    for event in events:
        del practice.world.calendars[ANA].entries[event]
    practice.requests.clear()

    practice.once(accept_empty=True)
    first = (single_questions(practice), statuses(practice).count("cancelled"))
    practice.once(accept_empty=True)

    assert (50, 50) == first
    assert ["cancelled"] * 55 == statuses(practice)


def test_what_is_noted_as_missing_after_its_hour_is_not_asked_about_at_every_reading(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    practice.clock.set(TOMORROW + 2 * HOUR)
    del practice.world.calendars[ANA].entries[event]
    practice.once(full=True)
    practice.requests.clear()

    practice.once(full=True)

    assert ("calendar-missing-after-session",) == practice.the_session().flags
    assert (0, True) == (single_questions(practice), bool(asked(practice, "/events")))
