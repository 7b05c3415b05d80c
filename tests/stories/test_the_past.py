"""Five years are imported, broken off and gone on with: each hour is what it became, and none is doubled."""

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from models import tables
from sync.domain.session_record import SessionRecord
from sync.jobs.history import ask_for_history, import_history
from sync.jobs.history_preview import preview_history
from sync.jobs.visit import Visit
from sync.store.clients import add_member
from sync.store.leases import Lease, give_back
from sync.store.records import Records
from tests.jobs.looking import calendar, everything, mails, rows
from tests.jobs.test_history import Killed, broken_off
from tests.practice import ANA, WEDNESDAY, HandClock, Practice, open_practice
from tests.stories.test_interrupted import restart
from tests.stories.test_sixty_days import sqlite
from tests.stories.years import LENGTH, NOTHING, OldHour, Years

MIDNIGHT = time()
SINCE = date(2021, 6, 1)
BEGINS_ON = date(2021, 5, 31)
ENDS_ON = date(2026, 5, 20)
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland")
PARTS = ("read_past", "note_history", "create_sessions", "note_run")
"""Where the process may die: before a slice is read, or anywhere while it is kept."""


def five_years(tmp_path: Path, database_url: str, seed: int) -> Years:
    """Two clients with series, one with single hours, and a couple; nobody has read the calendar yet."""
    zone = ZONES[seed % len(ZONES)]
    practice = open_practice(tmp_path, database_url, time_zone=zone, clock=HandClock(WEDNESDAY))
    years = Years(practice, ZoneInfo(zone), Random(seed), BEGINS_ON, ENDS_ON)
    for name in ("Jo Bloggs", "Ines Ferreira", "Wen Li"):
        years.people.append((practice.client(name).id, name))
    couple = practice.client("Ada & Ben Frost", kind="couple")
    with practice.app.writing() as records:
        for position, name in enumerate(("Ada Frost", "Ben Frost")):
            add_member(records, couple.id, name, position)
    years.people.append((couple.id, "Ada & Ben Frost"))
    years.live()
    return years


def truth(years: Years, begins_at: datetime, ends_at: datetime) -> list[OldHour]:
    """The hours of which there has to be a record, within the span."""
    found = [h for h in years.hours if h.fate != NOTHING and begins_at <= h.starts_at < ends_at]
    return sorted(found, key=lambda hour: (hour.starts_at, hour.client_id))


def import_past(practice: Practice, *, again: bool = False) -> int:
    """How many sessions the import made."""
    ask_for_history(practice.app, practice.link_id, SINCE, practice.clock(), again=again)
    return import_history(practice.app, practice.link_id).sessions


def import_with_a_death(practice: Practice, monkeypatch: pytest.MonkeyPatch, random: Random) -> None:
    """The process dies at some slice, giving nothing back; another goes on, by hand or in the background."""
    ask_for_history(practice.app, practice.link_id, SINCE, practice.clock())
    with monkeypatch.context() as patched:
        patched.setattr("sync.jobs.calendar_lease.give_back", given_back_unless_dead)
        broken_off(practice, monkeypatch, random.choice(PARTS), random.randint(2, 15))
    restart(practice)
    practice.clock.forward(minutes=11)
    if random.random() < 0.5:
        import_history(practice.app, practice.link_id)
    while calendar(practice).history_done_at is None:
        practice.clock.forward(minutes=1)
        practice.once()


def given_back_unless_dead(records: Records, lease: Lease) -> None:
    """The dead give nothing back."""
    if sys.exc_info()[0] is not Killed:
        give_back(records, lease)


def said(record: SessionRecord) -> tuple[object, ...]:
    return (
        record.client_id,
        record.starts_at,
        record.ends_at,
        record.status,
        record.cancelled_by,
        record.client_declined,
    )


def in_order(found: Iterable[SessionRecord]) -> list[SessionRecord]:
    return sorted(found, key=lambda record: (record.starts_at, record.client_id))


def check_the_past(years: Years) -> None:
    """Each hour before the window is recorded as what it became, once, without a stub or a mail."""
    practice = years.practice
    old = in_order(record for record in practice.sessions() if record.is_history)
    since = years.at(SINCE, MIDNIGHT)

    assert [hour.said for hour in truth(years, since, old_until(practice))] == [said(one) for one in old]
    assert {(None, None, ())} == {(one.note_status, one.briefing, one.flags) for one in old}
    assert {"held", "cancelled", "no_show", "unconfirmed"} == {one.status for one in old}
    assert set() == {mail.about_id for mail in mails(practice)} & {one.id for one in old}
    assert [] == rows(practice, tables.InboxItem)


def old_until(practice: Practice) -> datetime:
    """Where the running window begins, fourteen days and one before today where she is."""
    zone = ZoneInfo(practice.app.settings.practice.time_zone)
    day = practice.clock().astimezone(zone).date() - timedelta(days=15)
    return datetime.combine(day, MIDNIGHT, zone).astimezone(UTC)


def check_the_present(years: Years) -> None:
    """What the window holds is recorded too, and nothing twice."""
    practice = years.practice
    now = in_order(record for record in practice.sessions() if not record.is_history)
    zone = ZoneInfo(practice.app.settings.practice.time_zone)
    day = practice.clock().astimezone(zone).date() + timedelta(days=61)
    until = datetime.combine(day, MIDNIGHT, zone)
    expected = truth(years, old_until(practice), until)

    assert [(hour.client_id, hour.starts_at) for hour in expected] == [
        (r.client_id, r.starts_at) for r in now
    ]
    assert len(practice.sessions()) == len({(r.client_id, r.starts_at) for r in practice.sessions()})


def live_and_check(tmp_path: Path, url: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Import the years with a death on the way, hold them against the truth, and go on."""
    years = five_years(tmp_path, url, seed)
    practice, random = years.practice, Random(seed)
    try:
        source = practice.app.source("preview", "{}")
        since = years.at(SINCE, MIDNIGHT)
        foretold = preview_history(Visit(practice.app, calendar(practice), source, practice.clock()), since)
        if seed % 2:
            practice.once()
        import_with_a_death(practice, monkeypatch, random)
        check_the_past(years)
        assert foretold.made == by_year_and_status(practice)
        assert foretold.sessions > 400

        practice.once()
        check_the_present(years)
        before = everything(practice)
        assert 0 == import_past(practice, again=True)
        assert before == everything(practice)

        old = [record for record in practice.sessions() if record.is_history]
        go_on(years)
        practice.once(full=True)
        assert old == [record for record in practice.sessions() if record.is_history]
    finally:
        practice.app.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_five_years_are_imported_as_they_were_whatever_breaks_off(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_and_check(tmp_path, sqlite(tmp_path), seed, monkeypatch)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_five_years_over_postgresql_are_no_different(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_and_check(tmp_path, database_url, 3, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4, 24))
def test_the_five_years_of_many_other_practices(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_and_check(tmp_path, sqlite(tmp_path), seed, monkeypatch)


def by_year_and_status(practice: Practice) -> Counter[tuple[int, str]]:
    """What is recorded of the past, as it is stored and as an import counts it."""
    zone = ZoneInfo(practice.app.settings.practice.time_zone)
    old = [row for row in rows(practice, tables.Session) if row.is_history]
    return Counter((row.starts_at.astimezone(zone).year, row.status) for row in old)


def go_on(years: Years) -> None:
    """Three days of the present: an hour is moved, and one deleted."""
    practice = years.practice
    soon = practice.clock() + timedelta(days=4)
    moved, deleted = truth(years, soon, soon + timedelta(days=20))[:2]
    start = moved.starts_at + timedelta(minutes=25)
    practice.world.move(ANA, moved.event_id, start, start + LENGTH)
    moved.starts_at = start
    practice.world.delete(ANA, deleted.event_id)
    for _ in range(6):
        practice.clock.forward(hours=12)
        practice.once()

    ordinary = [record for record in practice.sessions() if not record.is_history]
    assert [deleted.starts_at] == [record.starts_at for record in ordinary if record.status == "cancelled"]
    assert start in {record.starts_at for record in ordinary}
    assert len(practice.sessions()) == len({(r.client_id, r.starts_at) for r in practice.sessions()})
