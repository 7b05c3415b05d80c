"""Ten days of work leave no name, title, address or written word where it can be read without the key."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import googleapiclient.http
import pytest
from sqlalchemy import text

from sync.domain.progress.definitions import Domain
from sync.errors import DeliveryDoubtful, DeliveryImpossible, DeliveryPostponed
from sync.jobs.markers import MarkerWish, follow
from sync.jobs.notes import open_note, write_note
from sync.jobs.private_notes import write_private_note
from sync.jobs.questions import Answer, assign, ignore, waiting
from sync.sandbox.faults import Fault
from tests.practice import ANA, WEDNESDAY, Practice, open_practice
from tests.scanning import Find, finds, finds_in_folder

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)

PEOPLE = (
    "Quillon Zyxwerth",
    "Zyxwerth",
    "Ottilie Bränzholt",
    "Bränzholt",
    "Zephyrine",
    "wolverlode@clients.example",
    "Okafor",
    ANA,
)
TITLES = ("gardenwing", "Oncology Brambleshade", "brambleshade@hospital.example", "Vexlidine", "Snorrifjord")
PRIVATE = "Whisperfen"
WRITTEN = ("Thornwick", "nightmarrow", "quarrelsmith", "harbinglow", "Gloamdread", "brightwhistle", PRIVATE)
DETAILS = ("Velvetroom", "meet.example/xylocarp")
CANARIES = (*PEOPLE, *TITLES, *WRITTEN, *DETAILS)

TALKATIVE = (
    "",
    "sqlalchemy.engine",
    "sqlalchemy.pool",
    "googleapiclient",
    "google",
    "httplib2",
    "urllib3",
    "sync",
)


@pytest.fixture
def practice(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[Practice]:
    monkeypatch.setattr(googleapiclient.http, "time", SimpleNamespace(sleep=lambda _: None))
    for name in TALKATIVE:
        caplog.set_level(logging.DEBUG, logger=name)
    opened = open_practice(tmp_path, database_url)
    yield opened
    opened.app.close()


def live(practice: Practice) -> None:
    """Ten days with everything that could make somebody's words turn up somewhere."""
    quillon = practice.client("Quillon Zyxwerth", "Zephyrine", addresses=("wolverlode@clients.example",))
    practice.client("Ottilie Bränzholt")
    wish = MarkerWish(False, Domain.EMOTIONAL, highest="brightwhistle")
    follow(practice.app, quillon.id, "Gloamdread", wish, practice.clock())
    fill_calendar(practice)
    practice.once()
    [*_, question] = waiting(practice.app)
    assign(practice.app, question.question.id, Answer(quillon.id), practice.clock())
    for day in range(10):
        practice.clock.set(WEDNESDAY + day * DAY)
        practice.inbox.failures.extend(MAIL_TROUBLES.get(day, ()))
        for fault in CALENDAR_TROUBLES.get(day, ()):
            practice.faults.add(fault)
        practice.once()
        practice.clock.forward(hours=4)
        practice.faults.clear()
        practice.once()
        write(practice)
        edit(practice, day)
        practice.once()
    for left in waiting(practice.app):
        ignore(practice.app, left.question.id, practice.clock())
    practice.once()


MAIL_TROUBLES: dict[int, tuple[Exception, ...]] = {
    1: (DeliveryPostponed("The mail server is busy."),),
    2: (DeliveryDoubtful("The mail server fell silent."),),
    3: (DeliveryImpossible("The mail server refused the address."),),
    4: (RuntimeError("Quillon Zyxwerth could not be written"),),
}
CALENDAR_TROUBLES: dict[int, tuple[Fault, ...]] = {
    2: (Fault("status", status=503, times=None),),
    3: (Fault("html", times=None),),
    5: (Fault("cut_json", times=None),),
    6: (Fault("status", status=403, reason="insufficientPermissions", message=ANA, times=None),),
    7: (Fault("empty_complete", times=None),),
}


def fill_calendar(practice: Practice) -> None:
    daily: dict[str, Any] = {"recurrence": ["RRULE:FREQ=DAILY;COUNT=20"]}
    practice.put(
        "Quillon Zyxwerth gardenwing",
        WEDNESDAY + HOUR / 2,
        **daily,
        location="Velvetroom",
        description="Vexlidine",
        hangoutLink="https://meet.example/xylocarp",
        attendees=[{"email": "wolverlode@clients.example"}],
    )
    practice.put("Ottilie Bränzholt", WEDNESDAY + HOUR, **daily)
    practice.put("Zyxwerth?", WEDNESDAY + 3 * DAY + 3 * HOUR)
    practice.put("Bränzholt, perhaps", WEDNESDAY + 2 * DAY + 3 * HOUR, **daily)
    practice.put("Oncology Brambleshade", WEDNESDAY + 2 * HOUR, **daily, visibility="private")
    practice.put(
        "Snorrifjord", WEDNESDAY + 5 * HOUR, **daily, attendees=[{"email": "brambleshade@hospital.example"}]
    )


OWN_NAMES = {
    "Quillon Zyxwerth": ("Quillon", "Zephyrine"),
    "Ottilie Bränzholt": ("Ottilie Bränzholt", "Bränzholt"),
}


def write(practice: Practice) -> None:
    """A note of every session that is over and unwritten, and one beforehand."""
    now = practice.clock()
    for record in practice.sessions():
        if record.note_status == "stub" and record.starts_at < now + 8 * HOUR:
            name, alias = OWN_NAMES[record.client_name]
            words = (
                f"## Subjective\nnightmarrow, says {alias}, at {record.starts_at:%H}.\n"
                f"Risk: Thornwick, but no plan, {name} says\n#quarrelsmith\n"
                f"## Plan\n- [ ] write to {alias}\n"
            )
            write_note(practice.app, record.id, words, now)
            write_note(practice.app, record.id, f"{words}Bring up: harbinglow with {name}\n", now)
            write_private_note(practice.app, record.id, f"{words}{PRIVATE} with {name}\n", now)
            open_note(practice.app, record.id, now)


def edit(practice: Practice, day: int) -> None:
    """One more change to the calendar each day."""
    ahead = [one for one in practice.sessions(status="scheduled") if one.starts_at > practice.clock() + HOUR]
    chosen = ahead[day % 4]
    match day % 3:
        case 0:
            practice.world.move(ANA, chosen.event_id, chosen.starts_at + HOUR / 3, chosen.ends_at + HOUR)
        case 1:
            practice.world.delete(ANA, chosen.event_id)
        case _:
            practice.world.patch(ANA, chosen.event_id, {"summary": "Zephyrine gardenwing"})


def dumped(practice: Practice) -> list[Find]:
    """What can be read in any row of any table of a PostgreSQL database; every byte of it is in hex."""
    found: list[Find] = []
    with practice.app.db.engine.connect() as connection:
        tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        for (table,) in tables.all():
            for (row,) in connection.execute(text(f'SELECT t::text FROM "{table}" t')):
                found += finds(row.encode(), CANARIES, table)
    return found


def test_ten_days_leave_no_readable_word(
    practice: Practice,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    live(practice)
    home = tmp_path / "home"

    assert [] == finds_in_folder(home, CANARIES)
    if practice.app.db.dialect == "postgresql":
        assert [] == dumped(practice)
    else:
        known = practice.sessions()[0].event_id
        assert finds_in_folder(home, [known]), "the scan does not reach what stands in the database"
    written = capfd.readouterr()
    assert "SELECT" in caplog.text
    for place, said in (("log", caplog.text), ("stdout", written.out), ("stderr", written.err)):
        assert [] == finds(said.encode(), CANARIES, place)


def test_mails_in_code_mode_name_nobody_and_their_subject_is_day_and_hour(practice: Practice) -> None:
    live(practice)

    letters = practice.inbox.letters
    assert len(letters) > 10
    assert any("Thornwick" in letter.text for letter in letters)
    kinds = set()
    nobody = (*PEOPLE, *TITLES, PRIVATE, "Quillon", "Ottilie")
    for letter in letters:
        kind = re.fullmatch(
            r"(Briefing|Withdrawn): [A-Z]\w+day \d+ June, \d\d:\d\d|(Practice Sync): .+", letter.subject
        )
        assert kind is not None
        kinds.add(kind[1] or kind[2])
        for part in (letter.subject, letter.text, letter.html):
            assert [] == finds(part.encode(), nobody, letter.subject)
    assert {"Briefing", "Practice Sync"} <= kinds
