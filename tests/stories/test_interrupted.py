"""The work is cut off at any line, or done by two at once: nothing is lost, nothing is doubled."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import select

from models import tables
from sync.app import App, open_app
from sync.jobs.notes import note_history, write_note
from sync.jobs.once import run_once
from sync.ports import Letter
from sync.store.outbox import messages
from tests.practice import WEDNESDAY, Inbox, Practice, open_practice, source_over

HOUR = timedelta(hours=1)
TOMORROW = WEDNESDAY + timedelta(days=1)
MINUTES = timedelta(minutes=1)


class Killed(BaseException):
    """The process ends here; no handler of ours sees it."""


def killed(*_: Any, **__: Any) -> Any:
    raise Killed


@pytest.fixture
def practice(tmp_path: Path, database_url: str) -> Iterator[Practice]:
    opened = open_practice(tmp_path, database_url)
    yield opened
    opened.app.close()


def another_app(practice: Practice, mailer: Any = None) -> App:
    """A second process over the same database and the same calendar."""
    return open_app(
        practice.app.settings,
        practice.clock,
        open_source=lambda _s, _c: source_over(practice.world, practice.faults, practice.requests),
        mailer=mailer or practice.inbox,
    )


def killed_at(practice: Practice, monkeypatch: pytest.MonkeyPatch, *places: str) -> None:
    """One pass in which the process dies at one of `places`; a fresh one stands in its stead."""
    with monkeypatch.context() as patched:
        for place in places:
            patched.setattr(place, killed)
        patched.setattr("sync.jobs.calendar_lease.give_back", lambda *_: None)  # the dead give nothing back
        with pytest.raises(Killed):
            practice.once()
    restart(practice)


def restart(practice: Practice) -> None:
    practice.app.close()
    practice.app = another_app(practice)


def times(practice: Practice) -> dict[str, tuple[datetime, str]]:
    """Start and status of every session, by event."""
    return {record.event_id: (record.starts_at, record.status) for record in practice.sessions()}


def ledger(practice: Practice) -> Counter[str]:
    """How often the ledger tells of each kind of thing."""
    with practice.app.reading() as records:
        return Counter(records.db.exec(select(tables.LedgerEntry.kind)))


def outbox(practice: Practice) -> list[tuple[str, datetime, str]]:
    """Every mail that is or was to be sent: kind, start and status."""
    with practice.app.reading() as records:
        return sorted((mail.kind, mail.about_at, str(mail.status)) for mail in messages(records))


WITHIN_THE_READING = (
    "sync.jobs.pull.tracked_outside",
    "sync.jobs.pull.compare_snapshot",
    "sync.jobs.pull.settle_absences",
    "sync.jobs.pull.apply_changes",
    "sync.store.changes.create_sessions",
    "sync.store.outbox.briefing_row",
    "sync.store.outbox.disarm",
    "sync.store.changes.void_stub",
    "sync.jobs.pull.keep_only",
    "sync.jobs.pull.note_reading",
    "sync.jobs.pull.note_fine",
)


@pytest.mark.parametrize("place", WITHIN_THE_READING)
def test_a_reading_that_is_cut_off_is_as_if_it_had_not_been(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    practice.client("Jo Bloggs")
    moved, deleted = practice.put("Jo Bloggs", TOMORROW), practice.put("Jo Bloggs", TOMORROW + HOUR)
    practice.once()
    before = times(practice), ledger(practice), outbox(practice)
    practice.clock.forward(minutes=1)
    practice.world.move(practice.calendar_id, moved, TOMORROW + 3 * HOUR, TOMORROW + 4 * HOUR)
    practice.world.delete(practice.calendar_id, deleted)
    new = practice.put("Jo Bloggs", TOMORROW + 5 * HOUR)

    killed_at(practice, monkeypatch, place)
    assert before == (times(practice), ledger(practice), outbox(practice))

    practice.clock.forward(minutes=11)
    practice.once()
    practice.once()
    assert {
        moved: (TOMORROW + 3 * HOUR, "scheduled"),
        deleted: (TOMORROW + HOUR, "cancelled"),
        new: (TOMORROW + 5 * HOUR, "scheduled"),
    } == times(practice)
    assert Counter(created=3, moved=1, cancelled=1) == ledger(practice)
    assert [
        ("briefing", TOMORROW, "withdrawn"),
        ("briefing", TOMORROW + HOUR, "withdrawn"),
        ("briefing", TOMORROW + 3 * HOUR, "pending"),
        ("briefing", TOMORROW + 5 * HOUR, "pending"),
    ] == outbox(practice)


def test_a_dead_reader_keeps_its_calendar_for_ten_minutes_and_no_longer(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    killed_at(practice, monkeypatch, "sync.jobs.pull.apply_changes")

    practice.clock.forward(minutes=9)
    [busy] = practice.once().calendars
    assert "busy" == busy.status

    practice.clock.forward(minutes=1)
    assert 1 == practice.once().counts["created"]


@pytest.mark.parametrize(
    "place", ["sync.jobs.stubs.lay_stubs", "sync.jobs.outbox.tidy", "sync.jobs.outbox.claim"]
)
def test_what_was_read_stays_when_the_rest_of_the_pass_is_cut_off(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", WEDNESDAY + HOUR / 2)

    killed_at(practice, monkeypatch, place)
    assert "scheduled" == practice.the_session().status

    practice.clock.forward(minutes=11)
    practice.once()
    practice.once()
    assert "stub" == practice.the_session().note_status
    assert 1 == len(practice.inbox.letters)
    assert Counter(created=1) == ledger(practice)


@pytest.mark.parametrize(
    "place", ["sync.jobs.outbox.refresh_session", "sync.jobs.outbox.letter_for", "sync.jobs.outbox.hand_over"]
)
def test_a_briefing_whose_sender_died_before_handing_it_over_is_sent_once(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", WEDNESDAY + HOUR)

    killed_at(practice, monkeypatch, place)
    assert [] == practice.inbox.letters

    for _ in range(8):
        practice.clock.forward(minutes=3)
        practice.once()
    assert ["Briefing: Wednesday 10 June, 10:00"] == [letter.subject for letter in practice.inbox.letters]
    assert [("briefing", WEDNESDAY + HOUR, "sent")] == outbox(practice)


def test_a_briefing_whose_sender_died_after_handing_it_over_is_sent_once_more_under_the_same_id(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", WEDNESDAY + HOUR)

    killed_at(practice, monkeypatch, "sync.jobs.outbox.mark_sent")
    for _ in range(8):
        practice.clock.forward(minutes=3)
        practice.once()

    first, second = practice.inbox.letters
    assert first.message_id == second.message_id
    assert [("briefing", WEDNESDAY + HOUR, "sent")] == outbox(practice)


def test_a_briefing_that_is_in_doubt_twice_is_left_alone_and_shown(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", WEDNESDAY + HOUR)

    killed_at(practice, monkeypatch, "sync.jobs.outbox.mark_sent")
    practice.clock.forward(minutes=11)
    killed_at(practice, monkeypatch, "sync.jobs.outbox.mark_sent")
    for _ in range(8):
        practice.clock.forward(minutes=3)
        practice.once()

    assert 2 == len(practice.inbox.letters)
    assert [("briefing", WEDNESDAY + HOUR, "doubtful")] == outbox(practice)


def test_a_briefing_in_doubt_is_never_sent_once_the_session_has_begun(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", WEDNESDAY + HOUR)

    killed_at(practice, monkeypatch, "sync.jobs.outbox.mark_sent")
    practice.clock.set(WEDNESDAY + HOUR)
    practice.once()

    assert 1 == len(practice.inbox.letters)
    assert [("briefing", WEDNESDAY + HOUR, "doubtful")] == outbox(practice)


def test_a_doubt_outlives_the_death_of_the_second_sender(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", WEDNESDAY + HOUR)

    killed_at(practice, monkeypatch, "sync.jobs.outbox.mark_sent")
    practice.clock.forward(minutes=11)
    killed_at(practice, monkeypatch, "sync.jobs.outbox.letter_for")
    practice.clock.set(WEDNESDAY + HOUR)
    practice.once()

    assert [("briefing", WEDNESDAY + HOUR, "doubtful")] == outbox(practice)


def test_a_session_cancelled_after_its_sender_died_handing_over_is_withdrawn(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", WEDNESDAY + HOUR)

    killed_at(practice, monkeypatch, "sync.jobs.outbox.mark_sent")
    practice.clock.forward(minutes=11)
    practice.world.delete(practice.calendar_id, event)
    practice.once()

    assert ["Briefing: Wednesday 10 June, 10:00", "Withdrawn: Wednesday 10 June, 10:00"] == [
        letter.subject for letter in practice.inbox.letters
    ]


def test_a_note_is_kept_whole_or_not_at_all(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", WEDNESDAY - 2 * HOUR)
    practice.once()
    session = practice.the_session()
    write_note(practice.app, session.id, "Slept well.\n", practice.clock())

    with monkeypatch.context() as patched:
        patched.setattr("sync.store.notes.to_json", killed)
        with pytest.raises(Killed):
            write_note(practice.app, session.id, "Slept badly.\n", practice.clock())
    restart(practice)

    assert ["Slept well.\n"] == [one.body for one in note_history(practice.app, session.id)]
    write_note(practice.app, session.id, "Slept badly.\n", practice.clock())
    assert ["Slept well.\n", "Slept badly.\n"] == [one.body for one in note_history(practice.app, session.id)]


def crowded(practice: Practice) -> None:
    """Six clients, each with an hour inside the lead time and a weekly one."""
    for number, name in enumerate(
        ("Jo Bloggs", "Ines Ferreira", "Wen Li", "Pia Lund", "Oz Demir", "Kit Hale")
    ):
        practice.client(name)
        practice.put(name, WEDNESDAY + 20 * MINUTES + number * MINUTES)
        practice.put(name, TOMORROW + number * HOUR, recurrence=["RRULE:FREQ=WEEKLY;COUNT=4"])


def check_crowded(practice: Practice) -> None:
    events = Counter(record.event_id for record in practice.sessions())
    letters = Counter(letter.subject for letter in practice.inbox.letters)
    stubs = [
        record.note_status for record in practice.sessions() if record.starts_at < WEDNESDAY + 7 * 24 * HOUR
    ]
    assert (30, {1}) == (len(events), set(events.values()))
    assert (6, {1}) == (len(letters), set(letters.values()))
    assert ["stub"] * 12 == stubs
    assert Counter(created=30) == ledger(practice)


def test_two_workers_at_once_make_one_session_of_each_appointment_and_send_one_briefing(
    practice: Practice,
) -> None:
    crowded(practice)
    starting = Barrier(2)

    def work(app: App) -> None:
        starting.wait()
        for _ in range(5):
            run_once(app, practice.clock())

    with closing(another_app(practice)) as other, ThreadPoolExecutor(2) as pool:
        list(pool.map(work, (practice.app, other)))

    check_crowded(practice)


def test_two_workers_taking_turns_do_the_work_once(practice: Practice) -> None:
    crowded(practice)

    with closing(another_app(practice)) as other:
        for _ in range(3):
            run_once(practice.app, practice.clock())
            run_once(other, practice.clock())
            practice.clock.forward(minutes=1)

    check_crowded(practice)


def test_a_worker_whose_pass_takes_long_is_not_taken_for_dead_over_a_late_mail(practice: Practice) -> None:
    """The time that one mail may take begins when that mail is claimed, not when the pass began."""
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", WEDNESDAY + HOUR)
    practice.put("Jo Bloggs", WEDNESDAY + HOUR + MINUTES)
    practice.clock.forward(minutes=2)
    with closing(another_app(practice)) as other:
        practice.app.mailer = SlowInbox(practice, lambda: run_once(other, practice.clock()))

        practice.once()

    assert 2 == len({letter.message_id for letter in practice.inbox.letters})
    assert 2 == len(practice.inbox.letters)


class SlowInbox(Inbox):
    """Takes 100 seconds for each letter; in the second one another worker has its turn."""

    def __init__(self, practice: Practice, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self._practice, self._meanwhile = practice, meanwhile
        self._taken = 0

    def send(self, letter: Letter, handing_over: Any) -> None:
        handing_over()
        self._taken += 1
        self._practice.clock.forward(seconds=100)
        if self._taken == 2:
            self._meanwhile()
        self._practice.inbox.letters.append(letter)
