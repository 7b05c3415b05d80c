"""Every calendar source keeps the same promises."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import googleapiclient.http
import pytest

from sync.domain.calendar.values import Attendee, Window
from sync.errors import CalendarGone, CalendarUnreachable, SyncTokenExpired
from tests.contract.calendar_stages import CALENDAR, OTHER, STAGES, Stage

TUESDAY = datetime(2026, 6, 16, 14, tzinfo=UTC)
FIFTY = timedelta(minutes=50)
WINDOW = Window(datetime(2026, 6, 10, tzinfo=UTC), datetime(2026, 6, 20, tzinfo=UTC))


@pytest.fixture(params=list(STAGES.values()), ids=list(STAGES))
def stage(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(googleapiclient.http, "time", SimpleNamespace(sleep=lambda _: None))
    with request.param() as stage:
        yield stage


def standing(stage: Stage, window: Window = WINDOW) -> list[str]:
    events = stage.source.snapshot(CALENDAR, window).events
    return sorted(event.event_id for event in events if event.status != "cancelled")


def test_an_hour_is_read_as_it_was_typed(stage: Stage) -> None:
    stage.put("hour", TUESDAY, TUESDAY + FIFTY, "Session", "ada@client.example")

    (event,) = stage.source.snapshot(CALENDAR, WINDOW).events

    assert (event.event_id, event.status, event.title) == ("hour", "confirmed", "Session")
    assert (event.starts_at, event.ends_at) == (TUESDAY, TUESDAY + FIFTY)
    assert event.attendees == (Attendee("ada@client.example", "needsAction"),)
    assert event.defect is None


def test_an_empty_calendar_is_an_empty_reading(stage: Stage) -> None:
    reading = stage.source.snapshot(CALENDAR, WINDOW)

    assert (reading.events, reading.window, reading.access_role) == ((), WINDOW, stage.access_role)


def test_what_has_the_etag_that_is_known_is_only_named(stage: Stage) -> None:
    stage.put("same", TUESDAY, TUESDAY + FIFTY, "Session")
    stage.put("other", TUESDAY + FIFTY, TUESDAY + 2 * FIFTY, "Session")
    etags = {e.event_id: e.etag or "" for e in stage.source.snapshot(CALENDAR, WINDOW).events}

    reading = stage.source.snapshot(CALENDAR, WINDOW, lambda: etags | {"other": "of long ago"})

    assert (["other"], {"same"}) == ([e.event_id for e in reading.events], set(reading.unchanged))


def test_a_day_is_a_date(stage: Stage) -> None:
    stage.put_day("day", date(2026, 6, 16), date(2026, 6, 17))

    (event,) = stage.source.snapshot(CALENDAR, WINDOW).events

    assert (event.starts_on, event.starts_at, event.ends_at) == (date(2026, 6, 16), None, None)


def test_what_overlaps_the_window_is_read_and_what_only_touches_it_is_not(stage: Stage) -> None:
    first, last = WINDOW.starts_at, WINDOW.ends_at
    stage.put("ends0as0it0begins", first - FIFTY, first)
    stage.put("runs0into0it", first - FIFTY / 2, first + FIFTY / 2)
    stage.put("runs0out0of0it", last - FIFTY / 2, last + FIFTY / 2)
    stage.put("begins0as0it0ends", last, last + FIFTY)

    assert standing(stage) == ["runs0into0it", "runs0out0of0it"]


def test_a_deleted_hour_no_longer_stands(stage: Stage) -> None:
    stage.put("hour", TUESDAY, TUESDAY + FIFTY)
    stage.delete("hour")

    event = stage.source.event(CALENDAR, "hour")

    assert standing(stage) == []
    assert event is None or event.status == "cancelled"


def test_an_hour_taken_back_from_the_bin_is_the_same_hour(stage: Stage) -> None:
    stage.put("hour", TUESDAY, TUESDAY + FIFTY)
    stage.delete("hour")
    stage.restore("hour")

    event = stage.source.event(CALENDAR, "hour")

    assert event is not None
    assert (event.status, event.starts_at) == ("confirmed", TUESDAY)


def test_a_moved_hour_keeps_its_id(stage: Stage) -> None:
    stage.put("hour", TUESDAY, TUESDAY + FIFTY)
    stage.move("hour", TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=1) + FIFTY)

    event = stage.source.event(CALENDAR, "hour")

    assert event is not None
    assert event.starts_at == TUESDAY + timedelta(days=1)


def test_an_hour_outside_the_window_can_be_asked_for(stage: Stage) -> None:
    later = TUESDAY + timedelta(days=90)
    stage.put("hour", later, later + FIFTY)

    event = stage.source.event(CALENDAR, "hour")

    assert standing(stage) == []
    assert event is not None
    assert event.starts_at == later


def test_an_unknown_event_is_gone(stage: Stage) -> None:
    assert stage.source.event(CALENDAR, "never0was") is None


def test_the_first_ring_names_nothing(stage: Stage) -> None:
    stage.put("hour", TUESDAY, TUESDAY + FIFTY)

    assert stage.source.ring(CALENDAR, None).event_ids == ()


def test_each_change_rings_once(stage: Stage) -> None:
    stage.put("kept", TUESDAY, TUESDAY + FIFTY)
    stage.put("dropped", TUESDAY, TUESDAY + FIFTY)
    token = stage.source.ring(CALENDAR, None).sync_token
    stage.put("new", TUESDAY, TUESDAY + FIFTY)
    stage.delete("dropped")

    rung = stage.source.ring(CALENDAR, token)

    assert sorted(rung.event_ids) == ["dropped", "new"]
    assert stage.source.ring(CALENDAR, rung.sync_token).event_ids == ()


def test_a_token_may_be_used_again_after_a_failed_run(stage: Stage) -> None:
    token = stage.source.ring(CALENDAR, None).sync_token
    stage.put("new", TUESDAY, TUESDAY + FIFTY)

    assert [stage.source.ring(CALENDAR, token).event_ids for _ in range(2)] == [("new",), ("new",)]


def test_another_calendar_does_not_ring(stage: Stage) -> None:
    token = stage.source.ring(OTHER, None).sync_token
    stage.put("hour", TUESDAY, TUESDAY + FIFTY)

    assert stage.source.ring(OTHER, token).event_ids == ()


@pytest.mark.parametrize("token", [None, "never given out"])
def test_a_token_that_is_not_good_is_expired_and_a_new_one_is_given(stage: Stage, token: str | None) -> None:
    token = token or stage.source.ring(CALENDAR, None).sync_token
    stage.expire_tokens()

    with pytest.raises(SyncTokenExpired):
        stage.source.ring(CALENDAR, token)
    fresh = stage.source.ring(CALENDAR, None).sync_token

    assert stage.source.ring(CALENDAR, fresh).event_ids == ()


def test_a_removed_calendar_is_gone_and_not_empty(stage: Stage) -> None:
    stage.put("hour", TUESDAY, TUESDAY + FIFTY)
    token = stage.source.ring(CALENDAR, None).sync_token
    stage.remove_calendar()

    with pytest.raises(CalendarGone):
        stage.source.snapshot(CALENDAR, WINDOW)
    with pytest.raises(CalendarGone):
        stage.source.ring(CALENDAR, token)


def test_an_outage_is_not_an_empty_calendar_and_passes(stage: Stage) -> None:
    stage.put("hour", TUESDAY, TUESDAY + FIFTY)
    stage.source.ring(CALENDAR, None)
    stage.cut_off()

    with pytest.raises(CalendarUnreachable):
        stage.source.snapshot(CALENDAR, WINDOW)

    assert standing(stage) == ["hour"]
