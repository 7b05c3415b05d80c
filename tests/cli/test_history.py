"""The past at the door: imported, foretold, broken off, and asked for in ways that make no sense."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.jobs import history, history_reading
from sync.sandbox.faults import Fault
from tests.cli.conftest import ANA, Door, Said
from tests.fakes.person import Person

LAST_YEAR = datetime.now(UTC).year - 1
SINCE = f"{LAST_YEAR}-01-01"


@pytest.fixture
def practice(door: Door) -> Door:
    """A year of weekly hours with Jo, who is known, and some with others."""
    door.ready()
    door("clients", "add", "Jo Bloggs")
    start = datetime(LAST_YEAR, 1, 8, 10, tzinfo=UTC)
    door.put("Jo Bloggs", start, recurrence=["RRULE:FREQ=WEEKLY;COUNT=40"])
    for week in range(5):
        door.put("Supervision \x1b[31m", start + timedelta(days=1, weeks=week))
    door.put("Bloggs", start + timedelta(days=2))
    return door


def test_the_past_is_imported_and_told_in_counts(practice: Door) -> None:
    said = practice("connections", "history", ANA, "--since", SINCE)
    listed = practice("sessions", "--json").json
    [linked] = practice("connections", "--json").json

    assert (0, "") == (said.code, said.err)
    assert 40 == len(listed)
    assert {("held", True)} == {(each["status"], each["history"]) for each in listed}
    assert "40 sessions of 1 client: JB 40" in said.out
    assert "1 hour was not certain and 5 named nobody known" in said.out
    assert "     5  Supervision" in said.out
    assert "\x1b" not in said.out
    assert f"practice-sync connections history {linked['id'][:8]} --again" in said.out
    assert linked["history"]["done_at"] is not None
    assert max(len(line) for line in said.out.splitlines()) <= 80


def test_a_rehearsal_tells_the_same_and_writes_nothing(practice: Door) -> None:
    before = practice.stored()

    told = practice("connections", "history", ANA, "--since", SINCE, "--dry-run")
    told_json = practice("connections", "history", ANA, "--since", SINCE, "--dry-run", "--json").json
    after = practice.stored()
    done = practice("connections", "history", ANA, "--since", SINCE, "--json").json

    assert before == after
    assert "nothing was written" in told.out
    assert (True, False) == (told_json.pop("rehearsed"), done.pop("rehearsed"))
    assert told_json == done
    assert [{"code": "JB", "sessions": 40, "new": False}] == done["clients"]
    assert [{"year": LAST_YEAR, "held": 40, "cancelled": 0, "no_show": 0, "unconfirmed": 0}] == done["years"]


def test_titles_are_shown_and_never_kept(practice: Door) -> None:
    shown = practice("connections", "history", ANA, "--since", SINCE)
    kept = practice("connections", "history", ANA, "--again", "--json")

    assert "Supervision" in shown.out
    assert "Supervision" not in kept.out
    assert b"Supervision" not in practice.stored()


def test_without_a_terminal_there_is_no_bar(practice: Door) -> None:
    assert "" == practice("connections", "history", ANA, "--since", SINCE).err


def test_on_a_terminal_a_bar_shows_how_far_it_is(practice: Door) -> None:
    practice.monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    practice.monkeypatch.setenv("TERM", "xterm")

    said = practice("connections", "history", ANA, "--since", SINCE)

    assert "40 sessions" in said.err
    assert "sessions" in said.err


@pytest.fixture
def stopped_after_one(practice: Door) -> Iterator[Door]:
    """Ctrl-C after the first slice."""
    real, calls = history_reading.read_past, []

    def stopping(*args: object) -> object:
        calls.append(1)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return real(*args)  # type: ignore[arg-type]

    with practice.monkeypatch.context() as patched:
        patched.setattr(history, "read_past", stopping)
        yield practice


def test_stopped_by_hand_it_says_how_it_goes_on_and_passes_go_on_with_it(stopped_after_one: Door) -> None:
    practice = stopped_after_one
    said = practice("connections", "history", ANA, "--since", SINCE)
    some = len(practice("sessions", "--json").json)
    shown = practice("connections").out
    history_read = practice("connections", "--json").json[0]["history"]

    assert 1 == said.code
    assert "Stopped. Read up to" in said.err
    assert "practice-sync work" in said.err
    assert "Traceback" not in said.err
    assert 0 < some < 40
    assert f"past read to {LAST_YEAR}-" in shown
    assert history_read["done_at"] is None


def test_broken_off_each_pass_goes_on_by_itself(practice: Door) -> None:
    practice.sandbox.faults.add(Fault("status", status=503, times=None))
    broken = practice("connections", "history", ANA, "--since", SINCE)
    practice.sandbox.faults.clear()

    for _ in range(9):
        practice("once")

    assert 1 == broken.code
    assert "goes on by itself" in broken.err
    assert 40 == len(practice("sessions", "--json").json)


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("--since", "2021-13-01"), 2, "a day such as 2021-01-01"),
        (("--since", "yesterday"), 2, "a day such as 2021-01-01"),
        (("--since", ""), 2, "a day such as 2021-01-01"),
        (("--since", "9999-01-01"), 1, "before today"),
        (("--since", "0001-01-01"), 1, "not before 1970"),
        (("--since", "1980-01-01"), 1, "30 years"),
        (("--since", "1980-01-01", "--dry-run"), 1, "30 years"),
        (("--dry-run",), 1, "--since"),
        ((), 1, "--since"),
        (("--again",), 1, "--since"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_line_and_changes_nothing(
    practice: Door, words: tuple[str, ...], code: int, hint: str
) -> None:
    before = practice.stored()

    said = practice("connections", "history", ANA, *words)

    assert (code, "") == (said.code, said.out)
    assert hint in said.err
    assert len(said.err.strip().splitlines()) <= 4
    assert before == practice.stored()


def connect(door: Door, tmp_path: Path, *words: str) -> Said:
    """Sign in as Ana does, at her browser."""
    (tmp_path / "client.json").write_text(json.dumps(door.sandbox.client_secrets()))
    door.monkeypatch.setattr("webbrowser.open", Person(ANA).open_browser)
    return door("connect", "google", "--client-secrets", str(tmp_path / "client.json"), *words)


@pytest.fixture
def newcomer(door: Door) -> Door:
    """Ana before her calendar is linked, with a year of weekly hours in it."""
    door("init")
    door("practitioners", "add", "Ana Okafor", ANA)
    door("clients", "add", "Jo Bloggs")
    start = datetime(LAST_YEAR, 1, 8, 10, tzinfo=UTC)
    door.put("Jo Bloggs", start, recurrence=["RRULE:FREQ=WEEKLY;COUNT=40"])
    return door


def test_a_calendar_is_connected_with_its_past_as_a_rehearsal_foretold(
    newcomer: Door, tmp_path: Path
) -> None:
    before = newcomer.stored()
    told = connect(newcomer, tmp_path, "--since", SINCE, "--dry-run")
    after = newcomer.stored()
    done = connect(newcomer, tmp_path, "--since", SINCE)

    assert (0, 0) == (told.code, done.code)
    assert before == after
    assert "40 sessions of 1 client: JB 40" in told.out
    assert "40 sessions of 1 client: JB 40" in done.out
    assert "Linked 1 calendar" in done.out
    assert 40 == len(newcomer("sessions", "--json").json)


def test_names_of_the_past_make_clients_where_the_calendar_is_the_practices_own(
    newcomer: Door, tmp_path: Path
) -> None:
    newcomer.put("Session: Ines Ferreira", datetime(LAST_YEAR, 3, 3, 10, tzinfo=UTC))
    ours = ("--dedicated", "--title-pattern", "Session: {client}", "--since", SINCE)

    told = connect(newcomer, tmp_path, *ours, "--dry-run")
    before = newcomer("clients", "--json").json
    connect(newcomer, tmp_path, *ours)

    assert "41 sessions of 2 clients; 1 of them new: JB 40, IF (new) 1" in told.out
    assert (1, 2) == (len(before), len(newcomer("clients", "--json").json))


def test_a_beginning_that_makes_no_sense_is_refused_before_anybody_signs_in(
    newcomer: Door, tmp_path: Path
) -> None:
    said = connect(newcomer, tmp_path, "--since", "1950-01-01")
    alone = connect(newcomer, tmp_path, "--dry-run")

    assert (1, 2) == (said.code, alone.code)
    assert "--dry-run goes with --since" in alone.err
    assert [] == newcomer("connections", "--json").json
    assert [] == newcomer.sandbox.requests


def test_an_unknown_and_a_paused_calendar_are_told(practice: Door) -> None:
    unknown = practice("connections", "history", "nobody@practice.example", "--since", SINCE)
    practice("connections", "pause", ANA)
    before = practice.stored()
    paused = practice("connections", "history", ANA, "--since", SINCE)

    assert (1, 1) == (unknown.code, paused.code)
    assert "No linked calendar has this id" in unknown.err
    assert "paused" in paused.err
    assert "connections resume" in paused.err
    assert before == practice.stored()


def test_a_past_that_is_read_already_says_what_reads_it_afresh(practice: Door) -> None:
    practice("connections", "history", ANA, "--since", SINCE)
    [linked] = practice("connections", "--json").json

    for words in (["--since", SINCE], []):
        said = practice("connections", "history", ANA, *words)

        again = f"`practice-sync connections history {linked['id'][:8]} --again` reads it afresh."
        assert f"Read already; {again}" in " ".join(said.out.split())
    assert "46 events read" in practice("connections", "history", ANA, "--again").out
