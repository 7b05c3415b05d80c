"""Two workers on one database: one reads a calendar, the other is busy, and nothing is doubled."""

import dataclasses
from datetime import timedelta

from sync.app import App
from sync.jobs.once import run_once
from sync.jobs.pull import pull_all
from sync.ports import CalendarSource
from sync.store.leases import take_lease
from tests.jobs.looking import (
    HOUR,
    TOMORROW,
    calendar,
    everything,
    mails,
    weekly,
)
from tests.practice import Practice


def another_process(app: App) -> App:
    """A second worker on the same database."""
    return dataclasses.replace(app, owner="another")


class Meanwhile:
    """A calendar during whose snapshot something else happens, once."""

    def __init__(self, source: CalendarSource, happening: list[object]) -> None:
        self._source = source
        self._happening = happening

    def __getattr__(self, name: str) -> object:
        if name == "snapshot":
            for happens in [self._happening.pop()] if self._happening else []:
                happens()  # type: ignore[operator] # each is a function
        return getattr(self._source, name)


def during_the_snapshot(practice: Practice, happens: object) -> None:
    real = practice.app.open_source
    made = Meanwhile(real(practice.app.settings, "{}"), [happens])
    practice.app.open_source = lambda _settings, _credentials: made  # type: ignore[assignment,return-value] # stands in
    practice.app._sources.clear()


def test_r15_of_two_workers_one_reads_and_the_other_is_busy(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    on_each.put("Jo Bloggs", TOMORROW)
    seen: list[tuple[str, int]] = []

    def other_works() -> None:
        requests = len(on_each.requests)
        report = pull_all(another_process(on_each.app), on_each.clock())
        seen.append((report.calendars[0].status, len(on_each.requests) - requests))

    during_the_snapshot(on_each, other_works)
    report = on_each.once()

    assert [("busy", 0)] == seen
    assert ("fine", 1) == (report.calendars[0].status, len(on_each.sessions()))


def test_r15_a_reading_that_lost_its_lease_writes_nothing(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    on_each.put("Jo Bloggs", TOMORROW)

    def lease_is_taken_over() -> None:
        later = on_each.clock() + timedelta(minutes=11)
        with on_each.app.writing() as records:
            name = f"calendar:{on_each.link_id}"
            assert take_lease(records, name, "another", later, HOUR) is not None

    during_the_snapshot(on_each, lease_is_taken_over)
    report = on_each.once()

    assert ("busy", [], None) == (
        report.calendars[0].status,
        on_each.sessions(),
        calendar(on_each).sync_token,
    )


def test_r15_a_worker_that_died_holds_a_calendar_for_ten_minutes_at_most(practice: Practice) -> None:
    with practice.app.writing() as records:
        take_lease(records, f"calendar:{practice.link_id}", "dead", practice.clock(), timedelta(minutes=10))

    practice.clock.forward(minutes=9)
    busy = practice.once().calendars[0].status
    practice.clock.forward(minutes=1)

    assert ["busy", "fine"] == [busy, practice.once().calendars[0].status]


def test_two_workers_in_turn_make_no_double(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    weekly(on_each)
    on_each.once()
    before = everything(on_each)

    run_once(another_process(on_each.app), on_each.clock())

    assert before == everything(on_each)
    assert [] == mails(on_each, "alert")
