"""Sessions follow their events: moved, cancelled, restored, described, and left alone once begun."""

from datetime import timedelta
from pathlib import Path

from sync.domain.calendar.values import Details
from tests.jobs.looking import (
    HOUR,
    LENGTH,
    NEXT_WEEK,
    TOMORROW,
    calendar,
    delete,
    everything,
    fates,
    instance,
    ledger,
    move,
    weekly,
)
from tests.practice import ANA, WEDNESDAY, Practice, open_practice


def test_r37_a_moved_hour_stays_the_same_session_with_the_same_note(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    series = weekly(on_each, count=1)
    on_each.once()
    before = on_each.the_session()

    move(on_each, instance(series, NEXT_WEEK), NEXT_WEEK + timedelta(days=2))
    report = on_each.once()

    after = on_each.the_session()
    assert 1 == report.counts["moved"]
    assert (before.id, before.note_id, before.event_id) == (after.id, after.note_id, after.event_id)
    assert (NEXT_WEEK + timedelta(days=2), "scheduled") == (after.starts_at, after.status)
    assert [(NEXT_WEEK, NEXT_WEEK + timedelta(days=2), WEDNESDAY)] == [
        (seen.from_starts_at, seen.to_starts_at, seen.seen_at) for seen in after.moves
    ]


def test_another_length_is_kept_and_is_no_move_in_the_ledger(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()

    practice.world.move(ANA, event, TOMORROW, TOMORROW + 2 * HOUR)
    practice.once()

    assert TOMORROW + 2 * HOUR == practice.the_session().ends_at
    assert ["created"] == ledger(practice)


def test_r25_a_deleted_hour_is_cancelled_with_what_was_known_of_it(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()

    delete(on_each, event)
    report = on_each.once()

    session = on_each.the_session()
    assert 1 == report.counts["cancelled"]
    assert ("cancelled", "unknown", TOMORROW, "Jo Bloggs") == (
        session.status,
        session.cancelled_by,
        session.starts_at,
        session.details.title,
    )
    assert ["created", "cancelled"] == ledger(on_each)


def test_r24_a_deleted_hour_of_a_series_stays_cancelled_when_the_series_is_read_again(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    series = weekly(practice, count=3)
    practice.once()

    delete(practice, instance(series, NEXT_WEEK))
    practice.once()
    practice.world.patch(ANA, series, {"location": "Room 2"})
    practice.once()

    assert ["cancelled", "scheduled", "scheduled"] == [session.status for session in practice.sessions()]


def test_r31_a_restored_hour_is_the_same_session_with_the_same_note_and_a_briefing(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    before = on_each.the_session()

    delete(on_each, event)
    on_each.once()
    on_each.world.restore(ANA, event)
    report = on_each.once()

    after = on_each.the_session()
    assert 1 == report.counts["restored"]
    assert (before.id, before.note_id, "scheduled", "stub") == (
        after.id,
        after.note_id,
        after.status,
        after.note_status,
    )
    assert (None, None, False) == (after.cancelled_by, after.notice_hours, after.late)
    assert ["created", "cancelled", "restored"] == ledger(on_each)
    assert ["pending"] == fates(on_each)


def test_r32_a_session_that_is_over_keeps_its_state_and_its_time(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    gone, moved = practice.put("Jo Bloggs", TOMORROW), practice.put("Jo Bloggs", TOMORROW + 2 * HOUR)
    practice.once()
    practice.clock.set(TOMORROW + 4 * HOUR)

    delete(practice, gone)
    move(practice, moved, TOMORROW + timedelta(days=3))
    practice.once()
    practice.once(full=True)

    first, second = practice.sessions()
    assert ("unconfirmed", ("calendar-missing-after-session",)) == (first.status, first.flags)
    assert (TOMORROW + 2 * HOUR, "unconfirmed", ("calendar-moved-after-session",)) == (
        second.starts_at,
        second.status,
        second.flags,
    )


def test_r32_a_cancelled_hour_that_comes_back_after_its_start_is_flagged_once(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    delete(practice, event)
    practice.once()
    practice.clock.set(TOMORROW + 2 * HOUR)
    practice.world.restore(ANA, event)

    reports = [practice.once(full=True) for _ in range(3)]

    assert ["fine"] * 3 == [report.calendars[0].status for report in reports]
    session = practice.the_session()
    assert ("cancelled", ("calendar-restored-after-session",)) == (session.status, session.flags)
    assert ["created", "cancelled", "flagged"] == ledger(practice)


def test_r32_what_a_series_brings_along_from_the_bin_was_not_held(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    series = weekly(on_each, count=20)
    on_each.once()
    delete(on_each, series)
    on_each.once()
    on_each.clock.forward(days=100)
    on_each.world.restore(ANA, series)

    on_each.once(full=True)

    met = [one for one in on_each.sessions() if one.starts_at > WEDNESDAY + timedelta(days=61)]
    back = [one.starts_at - NEXT_WEEK for one in met if one.status == "unconfirmed"]
    assert [timedelta(weeks=12), timedelta(weeks=13)] == back
    assert {"unconfirmed", "scheduled"} == {one.status for one in met}


def test_r48_an_hour_that_becomes_all_day_is_cancelled_and_back_again_restored(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    timed = {
        "start": {"dateTime": TOMORROW.isoformat()},
        "end": {"dateTime": (TOMORROW + LENGTH).isoformat()},
    }

    practice.world.patch(ANA, event, {"start": {"date": "2026-06-11"}, "end": {"date": "2026-06-12"}})
    practice.once()
    assert ["cancelled"] == [session.status for session in practice.sessions()]
    practice.world.patch(ANA, event, timed)
    practice.once()

    assert "scheduled" == practice.the_session().status


def test_r64_an_invitation_that_she_declines_is_cancelled_by_her_and_restored_when_she_accepts(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()

    practice.world.patch(ANA, event, {"attendees": [{"email": ANA, "responseStatus": "declined"}]})
    practice.once()
    declined = practice.the_session()
    practice.world.patch(ANA, event, {"attendees": [{"email": ANA, "responseStatus": "accepted"}]})
    practice.once()

    assert ("cancelled", "practitioner") == (declined.status, declined.cancelled_by)
    assert "scheduled" == practice.the_session().status


def test_r66_a_client_who_declines_is_marked_and_the_session_stands(practice: Practice) -> None:
    practice.client("Jo Bloggs", addresses=("jo@post.example",))
    event = practice.put("Weekly", TOMORROW, attendees=[{"email": "jo@post.example"}])
    practice.once()

    practice.world.patch(
        ANA, event, {"attendees": [{"email": "jo@post.example", "responseStatus": "declined"}]}
    )
    practice.once()

    session = practice.the_session()
    assert ("scheduled", True) == (session.status, session.client_declined)
    assert ["created", "declined"] == ledger(practice)


def test_r66_a_client_who_declines_cancels_where_the_settings_say_so(tmp_path: Path, sqlite_url: str) -> None:
    cancelling = {"PRACTICE_SYNC_ATTENDANCE__CLIENT_DECLINE": "cancel"}
    practice = open_practice(tmp_path, sqlite_url, settings=cancelling)
    practice.client("Jo Bloggs", addresses=("jo@post.example",))
    event = practice.put("Weekly", TOMORROW, attendees=[{"email": "jo@post.example"}])
    practice.once()

    practice.world.patch(
        ANA, event, {"attendees": [{"email": "jo@post.example", "responseStatus": "declined"}]}
    )
    practice.once()

    session = practice.the_session()
    assert ("cancelled", "client", 24.0, False) == (
        session.status,
        session.cancelled_by,
        session.notice_hours,
        session.late,
    )
    practice.app.close()


def test_r67_an_hour_that_becomes_free_twice_is_cancelled_and_restored_twice(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()

    for transparency in ("transparent", "opaque", "transparent", "opaque"):
        practice.world.patch(ANA, event, {"transparency": transparency})
        practice.once()

    assert "scheduled" == practice.the_session().status
    assert ["created", "cancelled", "restored", "cancelled", "restored"] == ledger(practice)


def test_r68_a_title_that_is_hidden_from_us_is_kept(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()

    practice.world.patch(ANA, event, {"summary": None})
    practice.once()

    session = practice.the_session()
    assert ("Jo Bloggs", ("details-hidden",)) == (session.details.title, session.flags)


def test_r59_another_zone_of_the_whole_calendar_moves_nothing(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    weekly(practice)
    practice.once()
    before = everything(practice)

    practice.world.set_time_zone(ANA, "America/Denver")
    report = practice.once(full=True)

    assert 0 == report.counts["moved"]
    assert before["Session"] == everything(practice)["Session"]
    assert "America/Denver" == calendar(practice).time_zone


def test_r71_a_new_colour_and_reminder_touch_neither_session_nor_note_nor_mail(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    before = everything(practice)
    practice.clock.forward(minutes=1)

    practice.world.patch(ANA, event, {"colorId": "7", "reminders": {"useDefault": False}})
    practice.once()

    after = everything(practice)
    assert before["EventLink"] != after["EventLink"], "the version was not noted, so this proves nothing"
    assert before | {"EventLink": after["EventLink"]} == after


def test_r70_a_video_link_that_arrives_later_is_kept(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()

    practice.world.patch(ANA, event, {"hangoutLink": "https://meet.example/abc", "location": "Online"})
    practice.once()

    assert Details("Jo Bloggs", "https://meet.example/abc", "Online") == practice.the_session().details


def test_an_hour_that_is_retitled_to_another_client_is_asked_about_and_not_briefed(
    practice: Practice,
) -> None:
    jo, _ann = practice.client("Jo Bloggs"), practice.client("Ann Lee")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    practice.world.patch(ANA, event, {"summary": "Ann Lee"})
    practice.clock.forward(minutes=1)
    practice.once()
    practice.clock.set(TOMORROW - HOUR)
    practice.once()

    session = practice.the_session()
    assert (jo.id, ("title-names-another-client",)) == (session.client_id, session.flags)
    assert ([], "Jo Bloggs") == (practice.inbox.letters, session.details.title)
