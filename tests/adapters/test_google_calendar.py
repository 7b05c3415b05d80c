"""What is asked of Google, and what is made of its answers, good and bad."""

import logging
import ssl
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from http.client import IncompleteRead
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import google.auth._exponential_backoff
import googleapiclient.http
import httplib2
import pytest
from google.oauth2.credentials import Credentials

from sync.adapters.google_calendar import DOORBELL_FIELDS, SNAPSHOT_FIELDS, GoogleCalendar
from sync.adapters.google_credentials import StoredCredentials
from sync.domain.calendar.values import Window
from sync.errors import (
    CalendarGone,
    CalendarUnreachable,
    QuotaSpent,
    SignInNeeded,
    SyncError,
    SyncTokenExpired,
)
from tests.fakes.scripted_http import Answer, ScriptedHttp, page, refusal

CALENDAR = "ilse.brandt@practice.example"
WINDOW = Window(datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC))
STORED = StoredCredentials(
    "client",
    "secret",
    "lasting",
    "https://oauth2.example/token",
    ("openid",),
    "1",
    CALENDAR,
    "2026-06-01T00:00:00Z",
)
TOKEN = (200, b'{"access_token": "a", "expires_in": 3600}')


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries wait between their attempts; here no time passes."""
    clock = SimpleNamespace(sleep=lambda _: None)
    monkeypatch.setattr(googleapiclient.http, "time", clock)
    monkeypatch.setattr(google.auth._exponential_backoff, "time", clock)


def signed_in(*answers: Answer) -> tuple[GoogleCalendar, ScriptedHttp]:
    http = ScriptedHttp(answers)
    credentials = Credentials(token="t")  # type: ignore[no-untyped-call]  # google-auth is typed in part only
    return GoogleCalendar(credentials, http_factory=lambda: http), http


def hour(event_id: str, start: str = "2026-06-16T14:00:00Z", **more: Any) -> dict[str, Any]:
    return {"id": event_id, "start": {"dateTime": start}, "end": {"dateTime": start}, **more}


def snapshot(*answers: Answer) -> list[str]:
    return [event.event_id for event in signed_in(*answers)[0].snapshot(CALENDAR, WINDOW).events]


class TestSnapshot:
    def test_asks_for_the_window_and_for_nothing_that_is_not_used(self) -> None:
        source, http = signed_in(page(sync="T1"))

        source.snapshot(CALENDAR, WINDOW)

        assert http.queries() == [
            {
                "singleEvents": ["true"],
                "showDeleted": ["true"],
                "timeMin": ["2026-06-01T00:00:00+00:00"],
                "timeMax": ["2026-08-01T00:00:00+00:00"],
                "eventTypes": ["default"],
                "maxResults": ["2500"],
                "fields": [SNAPSHOT_FIELDS],
                "alt": ["json"],
            }
        ]

    def test_names_the_calendar_in_the_address_whatever_its_id(self) -> None:
        source, http = signed_in(page(sync="T1"))

        source.snapshot("a/b#c@group.calendar.example", WINDOW)

        assert "/calendars/a%2Fb%23c%40group.calendar.example/events?" in http.asked[0][1]

    def test_bounds_in_another_zone_are_sent_as_the_same_moments(self) -> None:
        source, http = signed_in(page(sync="T1"))
        auckland = timezone(timedelta(hours=12))

        source.snapshot(CALENDAR, Window(datetime(2026, 6, 1, tzinfo=auckland), WINDOW.ends_at))

        assert http.queries()[0]["timeMin"] == ["2026-05-31T12:00:00+00:00"]

    def test_only_reads(self) -> None:
        source, http = signed_in(page(hour("a"), next="p2"), page(sync="T1"))

        source.snapshot(CALENDAR, WINDOW)

        assert {method for method, _ in http.asked} == {"GET"}

    def test_an_empty_page_is_not_the_end(self) -> None:
        assert snapshot(page(next="p2"), page(next="p3"), page(hour("a"), sync="T1")) == ["a"]

    def test_later_pages_differ_only_in_their_page_token(self) -> None:
        source, http = signed_in(page(next="p2"), page(next="p3"), page(sync="T1"))

        source.snapshot(CALENDAR, WINDOW)

        first, *later = http.queries()
        assert later == [first | {"pageToken": [token]} for token in ("p2", "p3")]

    def test_says_the_calendars_zone_and_our_role(self) -> None:
        reading = signed_in(page(sync="T1"))[0].snapshot(CALENDAR, WINDOW)

        assert (reading.time_zone, reading.access_role, reading.window) == ("Europe/Berlin", "owner", WINDOW)

    @pytest.mark.parametrize("zone", ["GMT+02:00", "", None, ["UTC"]])
    def test_an_unknown_zone_of_the_calendar_is_read_as_utc(self, zone: object) -> None:
        assert signed_in(page(sync="T1", timeZone=zone))[0].snapshot(CALENDAR, WINDOW).time_zone == "UTC"

    def test_an_event_on_two_pages_is_read_as_it_was_updated_last(self) -> None:
        new, old = (
            hour("a", summary=s, updated=f"2026-06-0{d}T00:00:00Z") for s, d in (("new", 2), ("old", 1))
        )
        for pages in ([new, old], [old, new]):
            source, _ = signed_in(page(pages[0], next="p2"), page(pages[1], sync="T1"))

            assert [e.title for e in source.snapshot(CALENDAR, WINDOW).events] == ["new"]

    def test_one_bad_event_does_not_hold_up_the_others(self) -> None:
        source, _ = signed_in(
            page(hour("a"), hour("b", "2026-13-01T00:00:00Z"), None, {}, hour("c"), sync="T1")
        )

        read = {event.event_id: event.defect for event in source.snapshot(CALENDAR, WINDOW).events}

        assert read == {"a": None, "b": "its start cannot be read", "c": None}

    @pytest.mark.parametrize(
        "answers",
        [
            [page(hour("a"))],
            [page(hour("a"), next="p2"), page(hour("b"))],
            [page(hour("a"), next="p2"), page(next="p2")],
            [page(hour("a"), next="p2"), refusal(500, "backendError")],
            [page(hour("a"), next="p2"), refusal(404, "notFound")],
            [page(hour("a"), next="p2"), TimeoutError("t")],
            [page(hour("a"), next="p2"), (200, b"<html>Welcome to the hotel</html>")],
            [page(hour("a"), next=5)],
            [page(hour("a"), sync=5)],
            [page(sync="T1", items={})],
            [page(sync="T1", kind="calendar#event")],
        ],
    )
    def test_half_a_listing_is_none(self, answers: list[Answer]) -> None:
        with pytest.raises(SyncError):
            snapshot(*answers)

    def test_a_listing_without_end_is_given_up(self) -> None:
        endless = ScriptedHttp([page(next=f"p{n}") for n in range(1200)])
        source = GoogleCalendar(Credentials(token="t"), http_factory=lambda: endless)  # type: ignore[no-untyped-call]  # as above

        with pytest.raises(CalendarUnreachable):
            source.snapshot(CALENDAR, WINDOW)

        assert len(endless.asked) == 1000

    def test_a_page_that_leads_to_itself_is_given_up_at_once(self) -> None:
        source, http = signed_in(page(hour("a"), next="p2"))

        with pytest.raises(CalendarUnreachable):
            source.snapshot(CALENDAR, WINDOW)

        assert len(http.asked) == 2

    def test_a_listing_that_takes_too_long_is_given_up(self) -> None:
        slow = ScriptedHttp([page(next=f"p{n}") for n in range(50)])
        seconds = iter(range(0, 10_000, 20))
        source = GoogleCalendar(
            Credentials(token="t"),  # type: ignore[no-untyped-call]  # as above
            http_factory=lambda: slow,
            deadline_seconds=60,
            monotonic=lambda: next(seconds),
        )

        with pytest.raises(CalendarUnreachable):
            source.snapshot(CALENDAR, WINDOW)

        assert len(slow.asked) == 3

    def test_a_missing_calendar_is_gone_and_not_empty(self) -> None:
        with pytest.raises(CalendarGone):
            snapshot(refusal(404, "notFound"))


class TestDoorbell:
    def test_every_ring_asks_the_same_but_for_its_tokens(self) -> None:
        source, http = signed_in(page(next="p2"), page(sync="T1"), page(next="p2"), page(sync="T2"))

        source.ring(CALENDAR, None)
        source.ring(CALENDAR, "T1")

        constant = {
            "singleEvents": ["false"],
            "maxResults": ["2500"],
            "fields": [DOORBELL_FIELDS],
            "alt": ["json"],
        }
        assert http.queries() == [
            constant,
            constant | {"pageToken": ["p2"]},
            constant | {"syncToken": ["T1"]},
            constant | {"syncToken": ["T1"], "pageToken": ["p2"]},
        ]

    def test_the_first_ring_names_no_event(self) -> None:
        bell = signed_in(page({"id": "a"}, next="p2"), page({"id": "b"}, sync="T1"))[0].ring(CALENDAR, None)

        assert (bell.sync_token, bell.event_ids) == ("T1", ())

    def test_a_later_ring_names_what_changed_on_any_page_once(self) -> None:
        pages = page({"id": "a"}, next="p2"), page({"id": "b"}, {"id": "a"}, sync="T2")

        assert signed_in(*pages)[0].ring(CALENDAR, "T1").event_ids == ("a", "b")

    def test_a_change_without_an_id_still_rings(self) -> None:
        assert signed_in(page({}, sync="T2"))[0].ring(CALENDAR, "T1").event_ids == ("",)

    @pytest.mark.parametrize(
        "answer", [refusal(410, "fullSyncRequired"), refusal(400, "invalid", "Invalid sync token value.")]
    )
    def test_an_expired_token_is_said_to_be_expired(self, answer: Answer) -> None:
        with pytest.raises(SyncTokenExpired):
            signed_in(answer)[0].ring(CALENDAR, "T1")

    def test_an_expired_token_is_asked_for_once_only(self) -> None:
        source, http = signed_in(refusal(410, "fullSyncRequired"))

        with pytest.raises(SyncTokenExpired):
            source.ring(CALENDAR, "T1")

        assert len(http.asked) == 1

    def test_a_refused_first_ring_is_no_expiry(self) -> None:
        with pytest.raises(CalendarUnreachable):
            signed_in(refusal(410, "fullSyncRequired"))[0].ring(CALENDAR, None)

    def test_a_last_page_without_a_token_is_a_failure(self) -> None:
        with pytest.raises(CalendarUnreachable):
            signed_in(page({"id": "a"}))[0].ring(CALENDAR, "T1")


class TestOneEvent:
    def event(self, *answers: Answer) -> Any:
        return signed_in(*answers)[0].event(CALENDAR, "ev1")

    def body(self, event_id: str = "ev1") -> tuple[int, bytes]:
        return 200, f'{{"kind": "calendar#event", "id": "{event_id}", "status": "cancelled"}}'.encode()

    def test_is_read_as_it_is_now(self) -> None:
        assert self.event(self.body()).status == "cancelled"

    @pytest.mark.parametrize("answer", [refusal(404, "notFound"), refusal(410, "deleted")])
    def test_is_none_when_google_says_it_is_gone(self, answer: Answer) -> None:
        assert self.event(answer) is None

    @pytest.mark.parametrize("status", [404, 410])
    def test_is_not_gone_because_a_proxy_says_so(self, status: int) -> None:
        with pytest.raises(CalendarUnreachable):
            self.event((status, b"<html>404 Not Found</html>"))

    def test_that_is_another_one_is_no_answer(self) -> None:
        with pytest.raises(CalendarUnreachable):
            self.event(self.body("ev2"))

    @pytest.mark.parametrize(
        "body", [b"{}", b"[]", b'{"kind": "calendar#events"}', b"<html>", b'{"kind": "cal']
    )
    def test_that_is_no_event_is_no_answer(self, body: bytes) -> None:
        with pytest.raises(CalendarUnreachable):
            self.event((200, body))


FAILURES: list[tuple[Answer, type[SyncError], int]] = [
    (refusal(503, "backendError"), CalendarUnreachable, 3),
    (refusal(429, "rateLimitExceeded"), CalendarUnreachable, 3),
    (refusal(403, "userRateLimitExceeded"), CalendarUnreachable, 3),
    (refusal(403, "quotaExceeded"), QuotaSpent, 1),
    (refusal(403, "accessNotConfigured"), SignInNeeded, 1),
    (refusal(401, "authError"), SignInNeeded, 1),
    (refusal(400, "badRequest"), SyncError, 1),
    ((403, b'{"error": null}'), CalendarUnreachable, 1),
    ((200, b"<html>Welcome</html>"), CalendarUnreachable, 1),
    ((200, b'{"kind": "calendar#events", "items": [{"id'), CalendarUnreachable, 1),
    ((200, b'{"kind": "calendar#events", "items": [{"summary": "\xc3'), CalendarUnreachable, 1),
    ((200, b"[" * 100_000), CalendarUnreachable, 1),
    (TimeoutError("t"), CalendarUnreachable, 3),
    (ConnectionResetError("r"), CalendarUnreachable, 3),
    (ssl.SSLCertVerificationError("c"), CalendarUnreachable, 3),
    (httplib2.ServerNotFoundError("Unable to find the server"), CalendarUnreachable, 3),
    (IncompleteRead(b"half"), CalendarUnreachable, 1),
]
READINGS: list[Callable[[GoogleCalendar], object]] = [
    lambda source: source.snapshot(CALENDAR, WINDOW),
    lambda source: source.ring(CALENDAR, "T1"),
    lambda source: source.event(CALENDAR, "ev1"),
]


@pytest.mark.parametrize("reading", READINGS, ids=["snapshot", "ring", "event"])
@pytest.mark.parametrize(("answer", "kind", "attempts"), FAILURES)
def test_a_failure_is_one_of_ours_after_few_attempts_and_tells_nobody_the_calendar(
    answer: Answer,
    kind: type[SyncError],
    attempts: int,
    reading: Callable[[GoogleCalendar], object],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    source, http = signed_in(answer)

    with pytest.raises(SyncError) as caught:
        reading(source)
    logging.getLogger("test").exception("it failed", exc_info=caught.value)

    assert type(caught.value) is kind
    assert len(http.asked) == attempts
    told = caplog.text + repr(caught.value) + "".join(traceback.format_exception(caught.value))
    assert CALENDAR not in told
    assert quote(CALENDAR) not in told


def test_a_failure_that_passes_is_not_noticed() -> None:
    assert snapshot(refusal(503), TimeoutError("t"), page(hour("a"), sync="T1")) == ["a"]


def test_after_a_lost_answer_a_new_connection_is_used() -> None:
    connections = [ScriptedHttp([(200, b"<html>")]), ScriptedHttp([page(sync="T1")])]
    fresh = iter(connections)
    source = GoogleCalendar(Credentials(token="t"), http_factory=lambda: next(fresh))  # type: ignore[no-untyped-call]  # as above

    with pytest.raises(CalendarUnreachable):
        source.ring(CALENDAR, None)
    source.ring(CALENDAR, None)
    source.ring(CALENDAR, None)

    assert [len(connection.asked) for connection in connections] == [1, 2]


class TestPermission:
    def reading(self, *answers: Answer) -> ScriptedHttp:
        http = ScriptedHttp(answers)
        GoogleCalendar(STORED, http_factory=lambda: http).snapshot(CALENDAR, WINDOW)
        return http

    def test_is_exchanged_for_an_access_token_at_its_own_address(self) -> None:
        http = self.reading(TOKEN, page(sync="T1"))

        assert http.asked[0] == ("POST", "https://oauth2.example/token")

    def test_that_was_taken_back_needs_a_sign_in(self) -> None:
        with pytest.raises(SignInNeeded):
            self.reading((400, b'{"error": "invalid_grant", "error_description": "Bad Request"}'))

    def test_of_a_client_that_is_gone_says_to_fetch_its_file_afresh(self) -> None:
        with pytest.raises(SignInNeeded) as caught:
            self.reading((401, b'{"error": "invalid_client"}'))

        assert "client" in caught.value.advice

    def test_that_is_refused_again_and_again_needs_a_sign_in_after_two_refreshes(self) -> None:
        http = ScriptedHttp([TOKEN, refusal(401), TOKEN, refusal(401), TOKEN, refusal(401)])
        source = GoogleCalendar(STORED, http_factory=lambda: http)

        with pytest.raises(SignInNeeded):
            source.snapshot(CALENDAR, WINDOW)

        assert len(http.asked) == 6

    @pytest.mark.parametrize(
        "answer",
        [
            (503, b"{}"),
            (500, b'{"error": "internal_failure"}'),
            (200, b"<html>Welcome to the hotel</html>"),
            (400, b"<html>Welcome to the hotel</html>"),
            (200, b"{}"),
            httplib2.ServerNotFoundError("Unable to find the server"),
            TimeoutError("t"),
        ],
    )
    def test_that_cannot_be_asked_for_just_now_is_no_reason_to_sign_in(self, answer: Answer) -> None:
        with pytest.raises(CalendarUnreachable):
            self.reading(answer)
