"""Many calendars read side by side: none waits for another, and each is asked when its turn is."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sync.domain.calendar.links import LinkState
from sync.domain.calendar.values import Snapshot
from sync.errors import CalendarUnreachable, QuotaSpent
from sync.jobs import pull
from sync.jobs.pull import pull_all
from sync.jobs.reports import PassReport
from sync.jobs.side_by_side import Crew
from sync.jobs.visit import PullWish
from sync.sandbox.faults import Fault
from sync.store.links import LinkWish, SignIn, keep_account, keep_link, links, standings
from sync.store.practitioners import add_practitioner
from tests.fakes.calendar import FakeSource
from tests.jobs.looking import TOMORROW, calendar, fates
from tests.practice import ANA, WEDNESDAY, Practice, open_practice

MANY = 12
DUE = PullWish(only_due=True)


def address(number: int) -> str:
    return f"p{number:02}@practice.example"


def more_calendars(practice: Practice, count: int = MANY) -> list[str]:
    """As many practitioners with a calendar each, all in the sandbox; the ids of the links."""
    made = []
    for number in range(count):
        who = address(number)
        practice.world.add_calendar(who, time_zone="Europe/London", owner=who)
        practice.world.share(who, ANA, "owner")  # the harness signs in as one account for all
        with practice.app.writing() as records:
            person = add_practitioner(records, f"Person {number}", who, practice.clock())
            account = keep_account(records, person.id, SignIn("google", who, who, who), practice.clock())
            made.append(keep_link(records, account, person.id, LinkWish(who, True), practice.clock()))
        practice.clock.forward(seconds=1)
    return made


@pytest.fixture
def side_by_side(tmp_path: Path, database_url: str) -> Iterator[Practice]:
    """A practice whose calendars are read four at a time, on each database."""
    opened = open_practice(tmp_path, database_url, settings={"PRACTICE_SYNC_SYNC__CONCURRENCY": "4"})
    yield opened
    opened.app.close()


def through(practice: Practice, make: Callable[[str], FakeSource]) -> None:
    """From now on each account's calendars are what `make` makes of its credentials."""
    practice.app.open_source = lambda _settings, credentials: make(credentials)
    practice.app._sources.clear()


def due(practice: Practice) -> PassReport:
    return pull_all(practice.app, practice.clock(), DUE)


def test_all_are_read_and_reported_in_the_order_of_connecting(side_by_side: Practice) -> None:
    made = more_calendars(side_by_side)
    for number in range(MANY):
        side_by_side.world.insert(
            address(number),
            {
                "summary": f"Somebody {number}",
                "start": {"dateTime": TOMORROW.isoformat()},
                "end": {"dateTime": (TOMORROW + timedelta(minutes=50)).isoformat()},
            },
        )

    report = side_by_side.once()

    assert [side_by_side.link_id, *made] == [seen.id for seen in report.calendars]
    assert {"fine"} == {seen.status for seen in report.calendars}
    assert MANY == report.counts["unmatched"]


def test_a_slow_calendar_delays_no_other(side_by_side: Practice) -> None:
    made = more_calendars(side_by_side)
    slow = calendar(side_by_side, made[0]).account_id
    others = threading.Semaphore(0)

    class Slow(FakeSource):
        def snapshot(self, *asked: Any) -> Snapshot:
            assert all(others.acquire(timeout=10) for _ in range(MANY))
            return super().snapshot(*asked)

    class Quick(FakeSource):
        def snapshot(self, *asked: Any) -> Snapshot:
            others.release()
            return super().snapshot(*asked)

    everybody = [ANA, *map(address, range(MANY))]
    through(side_by_side, lambda _: Quick(*everybody))
    side_by_side.app._sources[slow] = (address(0), Slow(*everybody))

    report = side_by_side.once()

    assert ["fine"] * (1 + len(made)) == [seen.status for seen in report.calendars]


def test_one_that_comes_to_no_end_is_given_up_and_told_like_one_out_of_reach(
    side_by_side: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    more_calendars(side_by_side, 3)
    ends = threading.Event()
    monkeypatch.setattr(pull, "Crew", lambda *words: Crew(*words, patience_seconds=5))  # type: ignore[misc]  # there are three
    real = pull.pull_calendar

    def hanging(app: object, link_id: str, *more: object) -> None:
        if link_id == side_by_side.link_id:
            ends.wait(20)
            return
        real(app, link_id, *more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(pull, "pull_calendar", hanging)
    report = pull_all(side_by_side.app, side_by_side.clock())
    ends.set()

    assert ["unreachable", "fine", "fine", "fine"] == [seen.status for seen in report.calendars]
    assert "given up after 8 minutes, and nothing was changed" in str(calendar(side_by_side).trouble)


def test_each_threads_connection_is_given_back(side_by_side: Practice) -> None:
    more_calendars(side_by_side)
    closed: list[threading.Thread] = []
    used: set[threading.Thread] = set()

    class Watched(FakeSource):
        def snapshot(self, *asked: Any) -> Snapshot:
            used.add(threading.current_thread())
            return super().snapshot(*asked)

        def close(self) -> None:
            closed.append(threading.current_thread())

    through(side_by_side, lambda _: Watched(ANA, *map(address, range(MANY))))
    pull_all(side_by_side.app, side_by_side.clock())

    assert used
    assert used <= set(closed)


def test_side_by_side_on_one_database_nothing_waits_in_vain(side_by_side: Practice) -> None:
    """Every reading writes; none may fail because another one writes."""
    more_calendars(side_by_side, 20)

    for _ in range(2):
        side_by_side.clock.forward(minutes=31)
        report = side_by_side.once()

    assert {"fine"} == {seen.status for seen in report.calendars}


def test_the_worker_leaves_alone_what_was_read_a_moment_ago(practice: Practice) -> None:
    practice.once()
    practice.clock.forward(seconds=44)

    assert [] == due(practice).calendars
    practice.clock.forward(seconds=32)
    assert ["fine"] == [seen.status for seen in due(practice).calendars]


def test_what_a_person_asks_for_is_read_whenever_it_was_read(practice: Practice) -> None:
    practice.once()

    assert ["fine"] == [seen.status for seen in pull_all(practice.app, practice.clock()).calendars]


def test_r78_a_calendar_that_fails_is_asked_ever_more_rarely_and_again_as_usual_when_it_answers(
    on_each: Practice,
) -> None:
    on_each.once()
    source = FakeSource(ANA)
    source.fail_with(CalendarUnreachable("Google did not answer"), times=1000)
    through(on_each, lambda _: source)

    tries = []
    for _ in range(4 * 60):
        on_each.clock.forward(minutes=1)
        if due(on_each).calendars:
            tries.append(on_each.clock())

    first_hour = [at for at in tries if at < WEDNESDAY + timedelta(hours=1)]
    assert 5 <= len(first_hour) <= 20
    assert len(tries) <= 50  # every 7.5 minutes on average, not every minute
    assert max(later - at for at, later in pairwise(tries)) <= timedelta(minutes=16)
    source._failures.clear()
    on_each.clock.forward(minutes=15)
    due(on_each)
    on_each.clock.forward(seconds=76)
    assert ["fine"] == [seen.status for seen in due(on_each).calendars]


def test_r78_the_wait_outlasts_a_restart(on_each: Practice) -> None:
    on_each.once()
    source = FakeSource(ANA)
    source.fail_with(CalendarUnreachable("Google did not answer"), times=1000)
    through(on_each, lambda _: source)
    for _ in range(30):
        on_each.clock.forward(minutes=1)
        due(on_each)

    with on_each.app.reading() as records:  # all that a new process knows
        [standing] = standings(records)

    assert standing.next_try_at is not None
    assert standing.next_try_at - on_each.clock() <= timedelta(minutes=15)
    on_each.clock.set(standing.next_try_at - timedelta(seconds=1))
    assert [] == due(on_each).calendars


def test_r78_three_refusals_end_the_run_and_the_next_one_comes_on_time(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("googleapiclient.http.time.sleep", slept.append)
    practice.once()
    practice.faults.add(Fault("status", status=503, times=3))
    practice.clock.forward(minutes=2)
    before = len(practice.requests)

    failed = due(practice).calendars[0].status

    assert "unreachable" == failed
    assert 3 == len(practice.requests) - before
    assert sum(slept) < 15
    practice.clock.forward(minutes=1)
    assert ["fine"] == [seen.status for seen in due(practice).calendars]


def test_r78_twenty_failed_runs_are_told_once(on_each: Practice) -> None:
    on_each.once()
    source = FakeSource(ANA)
    source.fail_with(CalendarUnreachable("Google did not answer"), times=1000)
    through(on_each, lambda _: source)

    for _ in range(20):
        on_each.clock.forward(minutes=20)
        on_each.once()

    assert ["sent"] == fates(on_each, "alert")


def test_r79_a_calendar_whose_quota_is_spent_is_left_alone_for_an_hour(practice: Practice) -> None:
    practice.once()
    source = FakeSource(ANA)
    source.fail_with(QuotaSpent("the quota at Google is spent"))
    through(practice, lambda _: source)
    practice.clock.forward(minutes=2)
    due(practice)

    practice.clock.forward(minutes=59)
    assert [] == due(practice).calendars
    practice.clock.forward(minutes=61)
    assert ["fine"] == [seen.status for seen in due(practice).calendars]


def test_r87_a_day_of_one_calendar_is_at_most_two_thousand_requests(practice: Practice) -> None:
    """A quarter of a day stands for the whole."""
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW, recurrence=["RRULE:FREQ=WEEKLY;COUNT=8"])
    practice.once()
    before = len(practice.requests)

    for tick in range(6 * 60 * 4):  # the worker looks every fifteen seconds
        practice.clock.set(WEDNESDAY + timedelta(seconds=15 * (tick + 1)))
        due(practice)

    assert 250 < len(practice.requests) - before <= 2000 / 4


def test_a_calendar_that_is_linked_again_is_asked_at_once(practice: Practice) -> None:
    practice.once()
    practice.world.remove_calendar(ANA)
    practice.clock.forward(minutes=2)
    assert ["unavailable"] == [seen.status for seen in due(practice).calendars]
    practice.world.add_calendar(ANA, time_zone="Europe/London", owner=ANA)

    with practice.app.writing() as records:
        [known] = links(records)
        keep_link(records, known.account_id, known.practitioner_id, LinkWish(ANA), practice.clock())

    assert ["fine"] == [seen.status for seen in due(practice).calendars]
    assert LinkState.FINE is calendar(practice).state
