"""What a published calendar answers as a source: what changed, one event at a time, and at what cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.adapters.ics_calendar import IcsCalendar, IcsCredentials, is_published
from sync.domain.calendar.values import Window
from sync.errors import CalendarUnreachable, SignInNeeded, SyncTokenExpired
from tests.adapters.ics.https import Answer, Asked, HttpsHost, https_host
from tests.adapters.ics.reading import ANA, JUNE_TO_AUGUST, calendar

HOUR = "UID:hour\nDTSTART:20260616T130000Z\nDTSTAMP:20260610T080000Z"
WEEKLY = "UID:w\nDTSTART;TZID=Europe/London:20260602T140000\nDURATION:PT50M\nRRULE:FREQ=WEEKLY"
SHORT = Window(datetime(2026, 6, 10, tzinfo=UTC), datetime(2026, 6, 20, tzinfo=UTC))


@dataclass
class Shown:
    """A host that shows what it is given, and a source that reads it; `pass_time` makes it ask again."""

    host: HttpsHost
    seconds: float = 0.0

    def show(self, *entries: str, head: str = "X-WR-TIMEZONE:Europe/London", etag: str = "") -> None:
        def answering(asked: Asked) -> Answer:
            if etag and asked.headers.get("If-None-Match") == etag:
                return Answer(304, headers={"ETag": etag})
            return Answer(body=calendar(*entries, head=head), headers={"ETag": etag} if etag else {})

        self.host.answering = answering
        self.pass_time()

    def pass_time(self) -> None:
        self.seconds += 60

    def source(self) -> IcsCalendar:
        credentials = IcsCredentials(self.host.url, (ANA,))
        return IcsCalendar(credentials, self.host.network(), "UTC", lambda: self.seconds)


@pytest.fixture
def shown() -> Iterator[Shown]:
    with https_host() as host:
        yield Shown(host)


def test_what_the_host_calls_unchanged_rings_nothing_and_is_not_sent(shown: Shown) -> None:
    shown.show(HOUR, etag='"1"')
    source = shown.source()
    token = source.ring("c", None).sync_token
    shown.pass_time()

    assert ((), token) == ((rung := source.ring("c", token)).event_ids, rung.sync_token)
    assert '"1"' == shown.host.requests[-1].headers["If-None-Match"]


@pytest.mark.parametrize(
    "entries",
    [
        (HOUR.replace("DTSTAMP:20260610", "DTSTAMP:20260611"), WEEKLY),
        (WEEKLY, HOUR),
        (f"{HOUR}\nLAST-MODIFIED:20260611T080000Z", WEEKLY),
    ],
    ids=["another stamp", "another order", "another date of writing"],
)
def test_r71_what_says_the_same_in_another_file_rings_nothing(shown: Shown, entries: tuple[str, ...]) -> None:
    shown.show(HOUR, WEEKLY)
    source = shown.source()
    token = source.ring("c", None).sync_token
    shown.show(*entries)

    assert () == source.ring("c", token).event_ids


def test_what_changed_is_named_by_event_or_series(shown: Shown) -> None:
    shown.show(HOUR, WEEKLY, "UID:stays\nDTSTART:20260617T130000Z")
    source = shown.source()
    token = source.ring("c", None).sync_token
    shown.show(
        f"{WEEKLY};COUNT=3", "UID:stays\nDTSTART:20260617T130000Z", "UID:new\nDTSTART:20260618T130000Z"
    )

    assert ("hour", "new", "w") == source.ring("c", token).event_ids


def test_another_zone_of_the_calendar_rings(shown: Shown) -> None:
    shown.show(HOUR)
    source = shown.source()
    token = source.ring("c", None).sync_token
    shown.show(HOUR, head="X-WR-TIMEZONE:Europe/Berlin")

    assert ("",) == source.ring("c", token).event_ids


def test_after_a_restart_a_change_rings_without_a_name_and_the_same_file_not_at_all(shown: Shown) -> None:
    shown.show(HOUR)
    token = shown.source().ring("c", None).sync_token

    assert () == shown.source().ring("c", token).event_ids
    shown.show(HOUR, WEEKLY)
    assert ("",) == shown.source().ring("c", token).event_ids


@pytest.mark.parametrize("token", ["", "{}", "[1]", '{"place": "other", "digest": "", "validators": {}}'])
def test_a_token_that_is_none_of_this_address_is_expired(shown: Shown, token: str) -> None:
    shown.show(HOUR)

    with pytest.raises(SyncTokenExpired):
        shown.source().ring("c", token)


def test_a_reading_and_its_questions_ask_the_host_once_and_later_ones_again(shown: Shown) -> None:
    shown.show(HOUR, WEEKLY)
    source = shown.source()
    token = source.ring("c", None).sync_token
    source.snapshot("c", JUNE_TO_AUGUST)
    source.event("c", "hour")
    source.event("c", "gone")
    assert 1 == len(shown.host.requests)

    shown.pass_time()
    source.ring("c", token)
    source.snapshot("c", JUNE_TO_AUGUST)

    assert 2 == len(shown.host.requests)
    assert "If-None-Match" not in shown.host.requests[-1].headers


def test_an_hour_with_the_etag_that_is_known_is_only_named(shown: Shown) -> None:
    shown.show(HOUR, WEEKLY)
    source = shown.source()
    first = source.snapshot("c", SHORT)
    known = {event.event_id: event.etag or "" for event in first.events}

    again = source.snapshot("c", SHORT, lambda: known)

    assert ({"hour", "w_20260616T130000Z"}, (), set(known)) == (
        set(known),
        again.events,
        set(again.unchanged),
    )


def test_a_series_is_answered_with_its_rule(shown: Shown) -> None:
    shown.show(WEEKLY)

    master = shown.source().event("c", "w")

    assert master is not None
    assert (("RRULE:FREQ=WEEKLY",), "Europe/London") == (master.recurrence, master.time_zone)
    assert datetime(2026, 6, 2, 13, tzinfo=UTC) == master.starts_at


def test_an_hour_outside_the_window_is_found_wherever_it_is(shown: Shown) -> None:
    moved = "UID:w\nRECURRENCE-ID:20270105T140000Z\nDTSTART:20270301T090000Z"
    shown.show(f"{WEEKLY}\nEXDATE:20270112T140000Z", moved)
    source = shown.source()
    source.snapshot("c", SHORT)

    regular, elsewhere = source.event("c", "w_20261229T140000Z"), source.event("c", "w_20270105T140000Z")

    assert regular is not None
    assert elsewhere is not None
    assert datetime(2026, 12, 29, 14, 50, tzinfo=UTC) == regular.ends_at
    assert datetime(2027, 3, 1, 9, tzinfo=UTC) == elsewhere.starts_at
    assert source.event("c", "w_20270112T140000Z") is None
    assert source.event("c", "w_20261229T150000Z") is None


def test_r72_an_hour_of_a_series_that_cannot_be_read_is_not_gone(shown: Shown) -> None:
    shown.show("UID:w\nDTSTART:20260602T140000Z\nRRULE:FREQ=SECONDLY")
    source = shown.source()

    found = source.event("c", "w_20260616T130000Z")

    assert found is not None
    assert found.defect
    assert source.event("c", "other_20260616T130000Z") is None
    assert {"w"} == source.snapshot("c", SHORT).present


def test_an_answer_that_is_no_calendar_is_an_outage_and_passes(shown: Shown) -> None:
    source = shown.source()
    shown.host.answering = lambda _asked: Answer(body=b"<html>Welcome</html>")
    with pytest.raises(CalendarUnreachable):
        source.snapshot("c", SHORT)

    shown.show(HOUR)

    assert {"hour"} == source.snapshot("c", SHORT).present


def test_a_file_is_a_calendar_too(shown: Shown, tmp_path: Path) -> None:
    file = tmp_path / "hours.ics"
    file.write_bytes(calendar(HOUR))
    credentials = IcsCredentials(str(file))
    source = IcsCalendar(credentials, shown.host.network(), "UTC", lambda: shown.seconds)
    token = source.ring("c", None).sync_token
    file.write_bytes(calendar(HOUR, WEEKLY))
    shown.pass_time()

    assert ("w",) == source.ring("c", token).event_ids


def test_neither_a_token_nor_a_repr_nor_an_error_carries_the_address(shown: Shown) -> None:
    shown.show(HOUR)
    credentials = IcsCredentials(shown.host.url, (ANA,))
    source = shown.source()
    token = source.ring("c", None).sync_token

    assert "secret-3f9a" in credentials.to_json()
    assert "secret-3f9a" not in token + repr(credentials) + repr(source) + repr(vars(source)["_versions"])


def test_stored_credentials_are_read_back_and_anything_else_needs_a_person() -> None:
    credentials = IcsCredentials("https://calendar.example/a", (ANA,))

    assert credentials == IcsCredentials.from_json(credentials.to_json())
    assert is_published(credentials.to_json())
    for text in ("", "{}", "[]", '{"kind": "google"}', '{"kind": "ics", "place": 1, "owners": []}'):
        with pytest.raises(SignInNeeded):
            IcsCredentials.from_json(text)


def test_an_hour_touches_the_window_by_the_calendars_own_bounds(shown: Shown) -> None:
    def at(uid: str, start: datetime) -> str:
        return f"UID:{uid}\nDTSTART:{start:%Y%m%dT%H%M%SZ}\nDURATION:PT50M"

    first, last, half = SHORT.starts_at, SHORT.ends_at, timedelta(minutes=25)
    shown.show(
        at("ends", first - 2 * half), at("in", first - half), at("out", last - half), at("begins", last)
    )

    assert {"in", "out"} == shown.source().snapshot("c", SHORT).present
