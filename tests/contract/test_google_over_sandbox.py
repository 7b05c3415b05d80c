"""What only Google's side can show: series, pages, faults on the way, and several threads at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import googleapiclient.http
import httplib2
import pytest

from sync.adapters.google_calendar import GoogleCalendar
from sync.domain.calendar.values import Window
from sync.errors import CalendarUnreachable, SignInNeeded, SyncError
from sync.sandbox.faults import Fault
from sync.sandbox.server import Sandbox
from tests.contract.calendar_stages import CALENDAR, OTHER, new_world, stored_by

WINDOW = Window(datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))
SERIES = {
    "id": "abc",
    "summary": "Session",
    "start": {"dateTime": "2026-06-02T16:00:00+02:00", "timeZone": "Europe/Berlin"},
    "end": {"dateTime": "2026-06-02T16:50:00+02:00", "timeZone": "Europe/Berlin"},
    "recurrence": ["RRULE:FREQ=WEEKLY"],
}


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    monkeypatch.setattr(googleapiclient.http, "time", SimpleNamespace(sleep=lambda _: None))
    with Sandbox(new_world()) as sandbox:
        yield sandbox


@pytest.fixture
def source(sandbox: Sandbox) -> Iterator[GoogleCalendar]:
    source = GoogleCalendar(stored_by(sandbox), api_root=sandbox.api_root)
    yield source
    source.close()


def hour(number: int) -> dict[str, Any]:
    start = datetime(2026, 6, 2, tzinfo=UTC) + timedelta(minutes=number)
    times = {
        "start": {"dateTime": start.isoformat()},
        "end": {"dateTime": (start + timedelta(minutes=1)).isoformat()},
    }
    return {"id": f"hour{number:05}", **times}


def listings(sandbox: Sandbox) -> list[dict[str, Any]]:
    return [asked.params for asked in sandbox.requests if asked.path.endswith("/events")]


def test_a_series_comes_as_its_hours_and_each_has_its_planned_start(
    sandbox: Sandbox, source: GoogleCalendar
) -> None:
    sandbox.world.insert(CALENDAR, SERIES)
    sandbox.world.move(
        CALENDAR,
        "abc_20260616T140000Z",
        datetime(2026, 6, 18, 9, tzinfo=UTC),
        datetime(2026, 6, 18, 10, tzinfo=UTC),
    )

    events = {event.event_id: event for event in source.snapshot(CALENDAR, WINDOW).events}

    assert sorted(events) == [f"abc_202606{day:02}T140000Z" for day in (2, 9, 16, 23, 30)]
    moved = events["abc_20260616T140000Z"]
    assert (moved.recurring_event_id, moved.original_start) == ("abc", "20260616T140000Z")
    assert moved.starts_at == datetime(2026, 6, 18, 9, tzinfo=UTC)
    assert moved.time_zone is not None


def test_a_series_master_can_be_asked_for_with_its_recurrence(
    sandbox: Sandbox, source: GoogleCalendar
) -> None:
    sandbox.world.insert(CALENDAR, SERIES)

    master = source.event(CALENDAR, "abc")

    assert master is not None
    assert master.recurrence == ("RRULE:FREQ=WEEKLY",)


def test_a_touched_endless_series_rings_once(sandbox: Sandbox, source: GoogleCalendar) -> None:
    sandbox.world.insert(CALENDAR, SERIES)
    token = source.ring(CALENDAR, None).sync_token
    sandbox.world.edit_all(CALENDAR, "abc", {"summary": "Hour"})

    assert source.ring(CALENDAR, token).event_ids == ("abc",)


def test_only_default_events_are_read(sandbox: Sandbox, source: GoogleCalendar) -> None:
    kinds = ["default", "focusTime", "outOfOffice", "workingLocation", "birthday", "fromGmail"]
    for number, kind in enumerate(kinds):
        sandbox.world.insert(CALENDAR, {**hour(number), "eventType": kind})

    assert [event.event_id for event in source.snapshot(CALENDAR, WINDOW).events] == ["hour00000"]


def test_no_description_is_asked_for(sandbox: Sandbox, source: GoogleCalendar) -> None:
    sandbox.world.insert(CALENDAR, {**hour(1), "description": "canary"})

    source.snapshot(CALENDAR, WINDOW)

    assert all("description" not in asked["fields"] for asked in listings(sandbox))


class TestManyPages:
    @pytest.fixture(autouse=True)
    def _many_hours(self, sandbox: Sandbox) -> None:
        for number in range(6000):
            sandbox.world.insert(CALENDAR, hour(number))

    def test_are_all_read_with_the_same_question(self, sandbox: Sandbox, source: GoogleCalendar) -> None:
        events = source.snapshot(CALENDAR, WINDOW).events

        assert len({event.event_id for event in events}) == len(events) == 6000
        first, *later = listings(sandbox)
        assert [{k: v for k, v in asked.items() if k != "pageToken"} for asked in later] == [first, first]

    def test_may_overlap(self, sandbox: Sandbox, source: GoogleCalendar) -> None:
        sandbox.faults.add(Fault("doubled_page", page=1))

        assert len(source.snapshot(CALENDAR, WINDOW).events) == 6000

    @pytest.mark.parametrize(
        "fault",
        [
            Fault("lost_page", page=2),
            Fault("html", page=2, times=None),
            Fault("cut_json", page=3, times=None),
            Fault("no_kind", page=2),
            Fault("status", page=2, times=None),
            Fault("disconnect", page=2, times=None),
            Fault("doubled_page", page=2, times=None),
        ],
    )
    def test_are_a_reading_only_when_all_arrived(
        self, sandbox: Sandbox, source: GoogleCalendar, fault: Fault
    ) -> None:
        sandbox.faults.add(fault)

        with pytest.raises(CalendarUnreachable):
            source.snapshot(CALENDAR, WINDOW)

    def test_of_the_doorbell_are_a_ring_only_when_all_arrived(
        self, sandbox: Sandbox, source: GoogleCalendar
    ) -> None:
        sandbox.faults.add(Fault("lost_page", page=2))

        with pytest.raises(CalendarUnreachable):
            source.ring(CALENDAR, None)


@pytest.mark.parametrize("kind", ["status", "disconnect"])
def test_a_short_outage_is_not_noticed(sandbox: Sandbox, source: GoogleCalendar, kind: Any) -> None:
    sandbox.world.insert(CALENDAR, hour(1))
    sandbox.faults.add(Fault(kind, times=2))

    assert len(source.snapshot(CALENDAR, WINDOW).events) == 1


def test_a_server_that_is_not_there_is_unreachable(sandbox: Sandbox, source: GoogleCalendar) -> None:
    source.snapshot(CALENDAR, WINDOW)
    sandbox.stop()

    with pytest.raises(CalendarUnreachable):
        source.snapshot(CALENDAR, WINDOW)


def test_a_slow_server_is_unreachable(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("slow", seconds=5, times=None))
    source = GoogleCalendar(
        stored_by(sandbox), api_root=sandbox.api_root, http_factory=lambda: httplib2.Http(timeout=0.05)
    )

    with pytest.raises(CalendarUnreachable):
        source.snapshot(CALENDAR, WINDOW)


def test_a_permission_taken_back_needs_a_sign_in(sandbox: Sandbox, source: GoogleCalendar) -> None:
    source.snapshot(CALENDAR, WINDOW)
    sandbox.sign_in.revoke_account(CALENDAR)

    with pytest.raises(SignInNeeded):
        source.snapshot(CALENDAR, WINDOW)


def test_a_stale_access_token_is_renewed_unnoticed(sandbox: Sandbox, source: GoogleCalendar) -> None:
    source.snapshot(CALENDAR, WINDOW)
    sandbox.sign_in.expire_access_tokens()

    assert source.snapshot(CALENDAR, WINDOW).access_role == "owner"


def test_threads_each_get_their_own_answers(sandbox: Sandbox, source: GoogleCalendar) -> None:
    sandbox.world.insert(CALENDAR, {**hour(1), "summary": CALENDAR})
    sandbox.world.insert(OTHER, {**hour(1), "summary": OTHER})

    def read(calendar_id: str) -> bool:
        titles = {event.title for event in source.snapshot(calendar_id, WINDOW).events}
        return titles == {calendar_id}

    def read_often(calendar_id: str) -> list[bool]:
        try:
            return [read(calendar_id) for _ in range(15)]
        finally:
            source.close()

    with ThreadPoolExecutor(4) as pool:
        answers = [answer for answers in pool.map(read_often, [CALENDAR, OTHER] * 2) for answer in answers]

    assert answers == [True] * 60


def test_threads_share_one_refresh(sandbox: Sandbox, source: GoogleCalendar) -> None:
    def read(_: int) -> None:
        try:
            source.snapshot(CALENDAR, WINDOW)
        finally:
            source.close()

    sandbox.faults.add(Fault("slow", operation="token", seconds=0.2))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(read, range(4)))

    assert [asked.path for asked in sandbox.requests].count("/token") == 1


def test_another_account_does_not_see_the_calendar(sandbox: Sandbox) -> None:
    source = GoogleCalendar(stored_by(sandbox, "stranger@elsewhere.example"), api_root=sandbox.api_root)

    with pytest.raises(SyncError):
        source.snapshot(CALENDAR, WINDOW)
    source.close()
