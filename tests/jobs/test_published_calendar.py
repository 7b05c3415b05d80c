"""A practice on a published calendar, which shows what is there and has no trace of what is gone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from models import tables
from sync.domain.calendar.links import PUBLISHED, LinkState
from sync.jobs.pull import pull_all
from sync.jobs.refresh import refresh_session
from sync.jobs.visit import PullWish
from tests.adapters.ics.https import Answer, HttpsHost, https_host
from tests.adapters.ics.publisher import Publisher
from tests.jobs.looking import LENGTH, NEXT_WEEK, TOMORROW, calendar, fates, ledger, rows
from tests.practice import ANA, Practice, open_practice


@dataclass
class Published:
    """Ana's practice, and the host that publishes her calendar."""

    practice: Practice
    publisher: Publisher
    host: HttpsHost

    def put(self, uid: str, start: datetime, title: str = "Jo Bloggs") -> None:
        self.publisher.put(ANA, uid, start, start + LENGTH, title)

    def weekly(self, start: datetime, *more: str, uid: str = "w") -> None:
        """A series in London's time, so that `start` is an hour later on the wall."""
        wall = f"{start + timedelta(hours=1):%Y%m%dT%H%M%S}"
        lines = (f"DTSTART;TZID=Europe/London:{wall}", "DURATION:PT50M", "SUMMARY:Jo Bloggs")
        self.publisher.write(ANA, uid, *lines, "RRULE:FREQ=WEEKLY;COUNT=6", *more)

    def once(self, after_minutes: float = 0, **wish: bool) -> None:
        self.practice.clock.forward(minutes=after_minutes)
        self.practice.once(**wish)

    def statuses(self) -> list[str]:
        return [session.status for session in self.practice.sessions()]

    def doubts(self) -> list[str]:
        return [link.event_id for link in rows(self.practice, tables.EventLink) if link.missing_since]


@pytest.fixture
def published(tmp_path: Path, sqlite_url: str) -> Iterator[Published]:
    with https_host() as host:
        yield from opened(tmp_path, sqlite_url, host)


@pytest.fixture
def on_each(tmp_path: Path, database_url: str) -> Iterator[Published]:
    with https_host() as host:
        yield from opened(tmp_path, database_url, host)


def opened(tmp_path: Path, database_url: str, host: HttpsHost) -> Iterator[Published]:
    practice = open_practice(tmp_path, database_url)
    publisher = Publisher(host, ANA)
    practice.app.open_source = lambda _s, _c: publisher.read(ANA, lambda: practice.clock().timestamp())
    with practice.app.writing() as records:
        [account] = records.db.exec(select(tables.Account))
        account.kind = PUBLISHED
        records.db.add(account)
    practice.client("Jo Bloggs")
    yield Published(practice, publisher, host)
    practice.app.close()


def test_an_hour_that_is_missing_is_cancelled_when_a_later_reading_agrees(on_each: Published) -> None:
    on_each.put("gone", TOMORROW)
    on_each.put("stays", NEXT_WEEK)
    on_each.once()
    on_each.publisher.delete(ANA, "gone")

    on_each.once(after_minutes=6)
    assert (["scheduled", "scheduled"], ["gone"]) == (on_each.statuses(), on_each.doubts())
    on_each.once(after_minutes=9)
    assert ["scheduled", "scheduled"] == on_each.statuses()
    on_each.once(after_minutes=1)

    assert ["cancelled", "scheduled"] == on_each.statuses()


def test_an_hour_that_is_back_in_the_second_reading_was_never_gone(on_each: Published) -> None:
    on_each.put("hour", TOMORROW)
    on_each.once()
    on_each.publisher.delete(ANA, "hour")
    on_each.once(after_minutes=6)

    on_each.publisher.restore(ANA, "hour")
    on_each.once(after_minutes=11)
    assert (["scheduled"], []) == (on_each.statuses(), on_each.doubts())
    on_each.publisher.delete(ANA, "hour")
    on_each.once(after_minutes=11)

    assert (["scheduled"], ["hour"]) == (on_each.statuses(), on_each.doubts())  # counted afresh
    assert ["created"] == ledger(on_each.practice)


def test_an_outage_between_two_readings_agrees_with_nothing(published: Published) -> None:
    published.put("hour", TOMORROW)
    published.once()
    published.publisher.delete(ANA, "hour")
    published.once(after_minutes=6)
    published.publisher.failures = 1

    published.once(after_minutes=30)
    assert (["scheduled"], LinkState.UNREACHABLE) == (
        published.statuses(),
        calendar(published.practice).state,
    )
    published.once(after_minutes=1)

    assert ["cancelled"] == published.statuses()


def test_an_hour_marked_as_cancelled_is_cancelled_at_once(published: Published) -> None:
    published.put("hour", TOMORROW)
    published.once()
    stamp = f"DTSTART:{TOMORROW:%Y%m%dT%H%M%SZ}"
    published.publisher.write(ANA, "hour", stamp, "SUMMARY:Jo Bloggs", "STATUS:CANCELLED")

    published.once(after_minutes=6)

    assert ["cancelled"] == published.statuses()


def test_a_cancelled_hour_that_comes_back_is_the_same_session(published: Published) -> None:
    published.put("hour", NEXT_WEEK)
    published.once()
    before = published.practice.the_session()
    published.publisher.delete(ANA, "hour")
    published.once(after_minutes=6)
    published.once(after_minutes=11)
    assert ["cancelled"] == published.statuses()

    published.publisher.restore(ANA, "hour")
    published.once(after_minutes=6)

    after = published.practice.the_session()
    assert (before.id, before.note_id, "scheduled") == (after.id, after.note_id, after.status)
    assert ["created", "cancelled", "restored"] == ledger(published.practice)


def test_r23_an_emptied_calendar_cancels_nothing_until_a_second_look_finds_the_same(
    published: Published,
) -> None:
    for hour in range(5):
        published.put(f"hour{hour}", TOMORROW + timedelta(hours=2 * hour))
    published.once()
    published.publisher.empty = True

    published.once(after_minutes=6)
    assert (["scheduled"] * 5, LinkState.SUSPECT) == (
        published.statuses(),
        calendar(published.practice).state,
    )
    assert ["sent"] == fates(published.practice, "alert")
    published.once(after_minutes=9)
    assert ["scheduled"] * 5 == published.statuses()
    published.once(after_minutes=2)

    assert ["cancelled"] * 5 == published.statuses()


def test_r23_a_person_may_say_that_it_is_right_so(published: Published) -> None:
    for hour in range(5):
        published.put(f"hour{hour}", TOMORROW + timedelta(hours=2 * hour))
    published.once()
    published.publisher.empty = True
    published.once(after_minutes=6)

    published.once(after_minutes=1, accept_empty=True)

    assert ["cancelled"] * 5 == published.statuses()


def test_an_hour_that_moved_is_the_same_session_at_once(published: Published) -> None:
    published.put("hour", NEXT_WEEK)
    published.once()
    before = published.practice.the_session()

    published.put("hour", NEXT_WEEK + timedelta(days=1))
    published.once(after_minutes=6)

    after = published.practice.the_session()
    assert (before.id, NEXT_WEEK + timedelta(days=1)) == (after.id, after.starts_at)


def test_r20_an_hour_that_moved_beyond_the_window_is_moved(published: Published) -> None:
    published.put("hour", NEXT_WEEK)
    published.once()
    published.put("hour", NEXT_WEEK + timedelta(days=80))

    published.once(after_minutes=6)

    assert NEXT_WEEK + timedelta(days=80) == published.practice.the_session().starts_at


def test_an_hour_beyond_the_window_that_is_missing_is_not_cancelled_for_it(published: Published) -> None:
    published.put("hour", NEXT_WEEK)
    published.once()
    published.put("hour", NEXT_WEEK + timedelta(days=80))
    published.once(after_minutes=6)
    published.once(after_minutes=6)  # settles what changed
    published.publisher.delete(ANA, "hour")

    published.once(after_minutes=6)

    assert ["scheduled"] == published.statuses()


def test_r37_one_hour_of_a_series_that_moved_keeps_its_session(published: Published) -> None:
    published.weekly(NEXT_WEEK)
    published.once()
    second = published.practice.sessions()[1]
    moved = second.starts_at + timedelta(days=2)

    exception = (
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:w",
        f"RECURRENCE-ID:{second.starts_at:%Y%m%dT%H%M%SZ}",
        f"DTSTART:{moved:%Y%m%dT%H%M%SZ}",
        "DURATION:PT50M",
        "SUMMARY:Jo Bloggs",
    )
    published.weekly(NEXT_WEEK, *exception)
    published.once(after_minutes=6)

    assert [moved] == [s.starts_at for s in published.practice.sessions() if s.id == second.id]
    assert 6 == len(published.practice.sessions())


def test_r41_all_events_moved_keep_their_sessions(published: Published) -> None:
    published.weekly(NEXT_WEEK)
    published.once()
    before = {s.id: s.starts_at for s in published.practice.sessions()}

    published.weekly(NEXT_WEEK + timedelta(days=1, hours=2))
    published.once(after_minutes=6)

    after = {s.id: s.starts_at for s in published.practice.sessions()}
    assert {each: start + timedelta(days=1, hours=2) for each, start in before.items()} == after
    assert ["scheduled"] * 6 == published.statuses()


def test_r40_this_and_following_moved_in_googles_way_keep_their_sessions(published: Published) -> None:
    uid, split = "abc@google.com", NEXT_WEEK + timedelta(days=14)
    published.weekly(NEXT_WEEK, uid=uid)
    published.once()
    before = [s.id for s in published.practice.sessions()]
    wall, later = f"{NEXT_WEEK + timedelta(hours=1):%Y%m%dT%H%M%S}", split + timedelta(days=1, hours=2)

    published.publisher.write(
        ANA,
        uid,
        *(f"DTSTART;TZID=Europe/London:{wall}", "DURATION:PT50M", "SUMMARY:Jo Bloggs"),
        f"RRULE:FREQ=WEEKLY;UNTIL={split - timedelta(seconds=1):%Y%m%dT%H%M%SZ}",
    )
    published.publisher.write(
        ANA,
        f"abc_R{split:%Y%m%dT%H%M%S}@google.com",
        *(f"DTSTART;TZID=Europe/London:{later:%Y%m%dT%H%M%S}", "DURATION:PT50M", "SUMMARY:Jo Bloggs"),
        "RRULE:FREQ=WEEKLY;COUNT=4",
    )
    published.once(after_minutes=6)
    published.once(after_minutes=11)

    assert before == [s.id for s in published.practice.sessions()]
    assert ["scheduled"] * 6 == published.statuses()
    third = later - timedelta(hours=1)  # London is an hour ahead of UTC
    assert third == published.practice.sessions()[2].starts_at


def test_an_hour_left_out_of_a_series_is_cancelled_after_two_readings(published: Published) -> None:
    published.weekly(NEXT_WEEK)
    published.once()
    left_out = published.practice.sessions()[2]

    published.weekly(NEXT_WEEK, f"EXDATE:{left_out.starts_at:%Y%m%dT%H%M%SZ}")
    published.once(after_minutes=6)
    assert ["scheduled"] * 6 == published.statuses()
    published.once(after_minutes=11)

    assert [left_out.id] == [s.id for s in published.practice.sessions() if s.status == "cancelled"]


def test_r72_a_series_that_can_no_longer_be_read_stays_as_it_was(published: Published) -> None:
    published.weekly(NEXT_WEEK)
    published.once()

    published.weekly(NEXT_WEEK, "RRULE:FREQ=SECONDLY")
    for _ in range(3):
        published.once(after_minutes=11)

    assert ["scheduled"] * 6 == published.statuses()


def test_the_last_look_before_a_briefing_cancels_nothing_that_is_only_missing(published: Published) -> None:
    published.put("hour", TOMORROW)
    published.once()
    session = published.practice.the_session()
    published.publisher.delete(ANA, "hour")
    published.practice.clock.forward(minutes=6)

    answered = refresh_session(published.practice.app, session.id, published.practice.clock())

    assert (False, ["scheduled"]) == (answered, published.statuses())


def test_the_last_look_before_a_briefing_sees_a_move(published: Published) -> None:
    published.put("hour", TOMORROW)
    published.once()
    session = published.practice.the_session()
    published.put("hour", TOMORROW + timedelta(hours=2))
    published.practice.clock.forward(minutes=6)

    answered = refresh_session(published.practice.app, session.id, published.practice.clock())

    assert answered
    assert TOMORROW + timedelta(hours=2) == published.practice.the_session().starts_at


@pytest.mark.parametrize("status", [403, 404])
def test_a_lost_address_is_told_in_its_own_words_and_changes_nothing(
    published: Published, status: int
) -> None:
    published.put("hour", NEXT_WEEK)
    published.once()
    published.host.answering = lambda _asked: Answer(status)

    published.once(after_minutes=6)

    [letter] = published.practice.inbox.letters
    assert "address no longer works" in letter.subject
    assert "Google" not in letter.text
    assert ["scheduled"] == published.statuses()


def test_a_briefing_says_that_a_published_calendar_may_lag(published: Published) -> None:
    published.put("hour", TOMORROW)
    published.once()
    published.practice.clock.set(TOMORROW - timedelta(minutes=59))

    published.once()

    [letter] = published.practice.inbox.letters
    assert "This appointment was asked for just now." in letter.text.replace("\n", " ")
    assert "It is a published copy and may lag behind." in letter.text.replace("\n", " ")


def test_a_host_that_nobody_waits_for_is_asked_every_five_minutes(published: Published) -> None:
    published.once()

    for _ in range(10):
        published.practice.clock.forward(minutes=1)
        pull_all(published.practice.app, published.practice.clock(), PullWish(only_due=True))

    assert 3 == len(published.host.requests)


def test_r12_a_second_pass_over_an_unchanged_calendar_changes_nothing(published: Published) -> None:
    published.weekly(NEXT_WEEK)
    published.once()

    published.once(after_minutes=6)
    report = published.practice.once(full=True)

    assert (0, 0, 0) == (report.counts["created"], report.counts["moved"], report.counts["cancelled"])
    assert datetime(2026, 6, 10, 8, 6, tzinfo=UTC) == calendar(published.practice).last_read_at
