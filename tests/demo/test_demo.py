"""The demo, played once over real HTTP: what it says, and what it leaves behind."""

import json
import mailbox
import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from sqlmodel import select

from models import tables
from sync.app import App, open_app
from sync.commands import demo as command
from sync.commands.progress import progress
from sync.demo.calendar import PRIVATE_TITLES, WAITING_TITLE
from sync.demo.days import Days
from sync.demo.home import SampleHome, make_home
from sync.demo.performance import play_demo
from sync.demo.sample import sample_clients
from sync.demo.story import run_pass
from sync.demo.telling import printable
from sync.domain.attendance.states import CANCELLED, NO_SHOW
from sync.domain.session_record import SessionRecord
from sync.errors import DeliveryPostponed, Refused
from sync.settings import load_settings
from sync.store.inbox import questions
from sync.store.notes import body_of
from sync.store.sessions import SessionFilter, session_records
from tests.practice import open_practice

LONDON = ZoneInfo("Europe/London")
SERIES_AHEAD = 8
"""The weekly series goes on: so many more of its hours lie within the 60 days that are read ahead."""


@dataclass
class Played:
    """A demo that was run: what it printed, and its home."""

    result: Result
    home: Path
    began_at: datetime

    def open(self) -> App:
        return open_app(load_settings(self.home, {}), lambda: self.began_at)

    def sessions(self) -> list[SessionRecord]:
        app = self.open()
        with app.reading() as records:
            found = session_records(records, SessionFilter(), self.began_at)
        app.close()
        return found

    def mails(self) -> list[EmailMessage]:
        found = []
        for file in sorted((self.home / "mail" / "new").iterdir()):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            assert isinstance(mail, EmailMessage)
            found.append(mail)
        return found


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    tmp_path_factory.getbasetemp()  # pytest's own folder is not to lie in the one that is removed below
    folder = tempfile.mkdtemp(prefix="psd")
    before, tempfile.tempdir = tempfile.tempdir, folder
    began_at = datetime.now(UTC)
    try:
        result = CliRunner().invoke(command.demo, ["--no-serve"], catch_exceptions=False)
        [home] = Path(folder).glob("practice-sync-demo-*/home")
        yield Played(result, home, began_at)
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder)


def words_of(mail: EmailMessage) -> str:
    parts = [mail.get_body(("plain",)), mail.get_body(("html",))]
    return str(mail["Subject"]) + "".join(part.get_content() for part in parts if part is not None)


def test_it_ends_well_and_says_so(played: Played) -> None:
    assert 0 == played.result.exit_code
    assert "" == played.result.stderr
    assert f"export PRACTICE_SYNC_HOME={played.home}" in played.result.stdout


def test_every_line_fits_a_terminal(played: Played) -> None:
    assert [] == [line for line in played.result.stdout.splitlines() if len(line) > 80]


def test_every_appointment_of_the_sample_became_one_session(played: Played) -> None:
    expected = {client.code: len(client.calendar.weeks) for client in sample_clients()}
    expected["ZA"] += SERIES_AHEAD

    assert expected == Counter(session.client_code for session in played.sessions())


def test_what_is_said_of_the_calendar_adds_up(played: Played) -> None:
    sessions = len(played.sessions())
    pilates, accounts = 44 + 1 + 8, 22 + 1 + 4
    others = 1 + 11 + 1 + 3  # the dentist, the lunches, the birthday, the invitations
    out = played.result.stdout

    assert f"{sessions + 1 + pilates + accounts + others} events stood in the calendar" in out
    assert f"{pilates + accounts + others}  are nobody's session" in out


def test_every_kept_session_of_the_past_has_its_note_but_for_the_one_left_open(played: Played) -> None:
    past = [s for s in played.sessions() if s.ends_at <= played.began_at]
    without = [s for s in past if s.note_status not in ("draft", "signed")]

    assert ["NA"] == [s.client_code for s in without if s.status != NO_SHOW]
    assert f"{len(past) - len(without)} notes were written" in played.result.stdout


def test_no_briefing_waits_for_an_hour_that_had_passed_when_the_calendar_was_read(played: Played) -> None:
    past = [session for session in played.sessions() if session.ends_at <= played.began_at]

    assert past
    assert [] == [session.client_code for session in past if session.briefing]


def test_who_did_not_come_is_on_record(played: Played) -> None:
    assert ["IL", "IL"] == [s.client_code for s in played.sessions() if s.status == NO_SHOW]


def test_one_session_was_moved_and_one_cancelled_while_it_watched(played: Played) -> None:
    sessions = played.sessions()

    assert ["PL"] == [session.client_code for session in sessions if session.moves]
    assert ["TN"] == [session.client_code for session in sessions if session.status == CANCELLED]


def test_each_of_tomorrows_sessions_has_exactly_one_mail_and_no_other_session_has_any(played: Played) -> None:
    tomorrow = Days.around(played.began_at).tomorrow
    starts = [
        session.starts_at.astimezone(LONDON)
        for session in played.sessions()
        if session.starts_at.astimezone(LONDON).date() == tomorrow
    ]
    subjects = Counter(f"Briefing: {start:%A} {start.day} {start:%B}, {start:%H:%M}" for start in starts)

    assert 6 == len(starts)
    assert subjects == Counter(str(mail["Subject"]) for mail in played.mails())
    assert 6 == len(mailbox.Maildir(played.home / "mail", create=False))


def test_the_briefing_that_is_shown_is_the_one_that_was_mailed(played: Played) -> None:
    bodies = [mail.get_body(("plain",)) for mail in played.mails()]
    texts = [body.get_content().splitlines() for body in bodies if body is not None]
    shown = [line[4:] for line in played.result.stdout.splitlines() if line.startswith("  │")]

    assert shown in texts


def test_a_mail_names_no_client(played: Played) -> None:
    names = {word for client in sample_clients() for word in client.name.split() if len(word) > 3}
    text = "".join(map(words_of, played.mails())) + (played.home / "briefing.html").read_text()

    assert set() == {name for name in names if name in text}


def test_of_private_events_no_word_is_kept(played: Played) -> None:
    app = played.open()
    with app.reading() as records:
        waiting = [question.event.title for question in questions(records)]
    app.close()
    opened = [s.details.title or "" for s in played.sessions()] + list(map(words_of, played.mails()))
    files = [file.read_bytes() for file in played.home.rglob("*") if file.is_file()]

    assert [WAITING_TITLE] == waiting
    assert [] == [title for title in PRIVATE_TITLES for text in opened if title in text]
    assert [] == [title for title in PRIVATE_TITLES for content in files if title.encode() in content]


def statements(document: object) -> Iterator[dict[str, Any]]:
    """Every statement in a JSON document: what has a sentence."""
    if isinstance(document, dict):
        if "sentence" in document:
            yield document
        for value in document.values():
            yield from statements(value)
    elif isinstance(document, list):
        for value in document:
            yield from statements(value)


def test_every_statement_of_every_way_names_its_sessions_and_quotes_them_to_the_letter(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRACTICE_SYNC_HOME", str(played.home))
    told = {
        client.code: json.loads(CliRunner().invoke(progress, [client.code, "--json"]).stdout)
        for client in sample_clients()
    }
    said = [(code, each) for code, way in told.items() for each in statements(way)]
    quoted = [(code, one) for code, each in said for one in each["evidence"] if "start" in one]
    app = played.open()
    with app.reading() as records:
        bodies = {
            note.session_id: body_of(records, note) or "" for note in records.db.exec(select(tables.Note))
        }
        owners = {row.id: row.client_id for row in records.db.exec(select(tables.Session))}
    app.close()

    assert (len(said) > 150, len(quoted) > 50) == (True, True)
    assert [] == [each["sentence"] for _, each in said if not each["evidence"]]
    ids = {code: way["client"]["id"] for code, way in told.items()}
    assert all(
        owners[one["session_id"]] == ids[code]
        for code, each in said
        for one in each["evidence"]
        if one.get("session_id")
    )
    assert [] == [
        one["text"]
        for _, one in quoted
        if bodies[one["session_id"]][one["start"] : one["start"] + len(one["text"])] != one["text"]
    ]


def test_the_key_is_in_no_file_of_the_home(played: Played) -> None:
    keys = [file.read_bytes() for file in (played.home.parent / "key").rglob("*") if file.is_file()]
    files = [file.read_bytes() for file in played.home.rglob("*") if file.is_file()]

    assert keys
    assert [] == [key for key in keys for content in files if key in content]


def test_it_works_late_on_the_eve_of_a_change_of_clocks(tmp_path: Path) -> None:
    home = SampleHome(tmp_path / "home", tmp_path / "key", (tmp_path,))

    outcome = play_demo(home, datetime(2026, 10, 24, 22, 58, tzinfo=UTC), lambda: None)

    starts = [one.starts_at.astimezone(LONDON) for one in outcome.delivered]
    assert ["09:30", "11:00", "12:30", "14:00", "16:00", "17:30"] == [f"{start:%H:%M}" for start in starts]
    assert {(2026, 10, 25)} == {(start.year, start.month, start.day) for start in starts}
    assert [180, 1, 96] == [
        outcome.counts.sessions,
        outcome.counts.waiting,
        outcome.counts.without_trace,
    ]


def test_a_folder_in_use_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")

    result = CliRunner().invoke(command.demo, ["--home", str(tmp_path)])

    assert isinstance(result.exception, Refused)
    assert "--home" in result.exception.advice


def test_stopping_it_waits_for_the_end_of_a_week_and_ends_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached = []

    def played_until_stopped(_home: SampleHome, _now: datetime, passed: Callable[[], None]) -> None:
        passed()
        os.kill(os.getpid(), signal.SIGINT)
        reached.append("the end of the week")
        passed()
        reached.append("another week")

    monkeypatch.setattr(command, "play_demo", played_until_stopped)
    before = signal.getsignal(signal.SIGINT)
    result = CliRunner().invoke(command.demo, ["--home", str(tmp_path / "home")])

    assert ["the end of the week"] == reached
    assert (130, 1, "") == (result.exit_code, len(result.stderr.splitlines()), result.stdout)
    assert before == signal.getsignal(signal.SIGINT)


def test_a_pass_with_trouble_ends_the_demo_and_says_why(tmp_path: Path) -> None:
    practice = open_practice(tmp_path, f"sqlite:///{tmp_path / 'home' / 'practice.db'}")
    practice.world.remove_calendar(practice.calendar_id)

    with pytest.raises(Refused, match="could not be read") as refusal:
        run_pass(practice.app)

    assert refusal.value.advice


def test_a_mail_that_was_not_taken_ends_the_demo_and_says_why(tmp_path: Path) -> None:
    practice = open_practice(tmp_path, f"sqlite:///{tmp_path / 'home' / 'practice.db'}")
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", practice.clock() + timedelta(minutes=30))
    practice.inbox.failures.append(DeliveryPostponed("the folder is full"))

    with pytest.raises(Refused, match="took no mail") as refusal:
        run_pass(practice.app)

    assert refusal.value.advice


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_what_is_printed_fits_the_terminals_letters(encoding: str) -> None:
    assert printable("│ 2 → 7 – “Zoë”", encoding).encode(encoding)


def test_letters_are_kept_where_the_terminal_has_them() -> None:
    assert "│ 2 → 7 – “Zoë”" == printable("│ 2 → 7 – “Zoë”", "utf-8")
    assert '| 2 > 7 - "Zo?"' == printable("│ 2 → 7 – “Zoë”", "ascii")


def test_a_home_of_the_users_choice_is_used(tmp_path: Path) -> None:
    assert tmp_path / "here" == make_home(tmp_path / "here").folder
