"""`connections` at the door: what it lists, and what it says when a connection is paused or ended."""

import re
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from sync.sandbox.faults import Fault
from tests.cli.conftest import ANA, Door


def the_id(door: Door) -> str:
    [linked] = door("connections", "--json").json
    return str(linked["id"])


def test_a_connection_is_listed_with_all_there_is_to_know(door: Door) -> None:
    door.ready()
    before = door("connections", "--json").json
    door("once")

    [linked] = door("connections", "list", "--json").json

    assert None is before[0]["age"]
    assert {
        "kind": "google",
        "calendar": ANA,
        "practitioner": ANA,
        "state": "fine",
        "paused": False,
        "dedicated": False,
        "age": 0,
    }.items() <= linked.items()
    assert linked["state_since"].endswith("Z")


def test_a_connection_is_paused_and_resumed_by_the_beginning_of_its_id(door: Door) -> None:
    door.ready()

    paused = door("connections", "pause", the_id(door)[:8])
    [while_paused] = door("connections", "--json").json
    shown = door("connections").out
    resumed = door("connections", "resume", the_id(door)[:8])

    assert (0, 0) == (paused.code, resumed.code)
    assert (True, "paused") == (while_paused["paused"], while_paused["state"])
    assert "paused" in shown
    assert "not paused" in door("connections", "resume", ANA).err


def test_removing_says_first_what_it_does_and_then_does_it(door: Door) -> None:
    door.ready()
    asked = door("connections", "remove", ANA)
    kept = len(door("connections", "--json").json)

    done = door("connections", "remove", ANA, "--yes")

    assert (1, 1, 0) == (asked.code, kept, done.code)
    assert "--yes" in asked.err
    assert "given back to Google" in done.out
    assert ["/revoke"] == [asked.path for asked in door.sandbox.requests if asked.method == "POST"]
    assert ([], "removed") == (
        door("connections", "--json").json,
        door("connections", "--all", "--json").json[0]["state"],
    )
    assert "No calendar is linked" in door("doctor").out


def test_a_removal_that_google_does_not_hear_says_where_to_do_it_by_hand(door: Door) -> None:
    door.ready()
    identity = the_id(door)
    door.sandbox.stop()

    done = door("connections", "remove", identity, "--yes")

    assert 0 == done.code
    assert "https://myaccount.google.com/connections" in done.err
    assert [] == door("connections", "--json").json


def test_titles_are_relinked_and_a_pattern_without_its_place_is_refused(door: Door) -> None:
    door.ready()

    wrong = door("connections", "relink", ANA, "--title-pattern", "Session: {client}")
    nothing = door("connections", "relink", ANA)
    done = door("connections", "relink", ANA, "--dedicated", "--title-pattern", "Session: {client}")

    assert (1, 1, 0) == (wrong.code, nothing.code, done.code)
    [linked] = door("connections", "--json").json
    assert (True, "Session: {client}") == (linked["dedicated"], linked["title_pattern"])
    listed = door("connections").out
    assert "holds clients' hours only" in listed
    assert "titles read as “Session: {client}”" in listed


@pytest.mark.parametrize("command", ["pause", "resume", "relink", "remove"])
def test_an_id_that_none_has_is_told(door: Door, command: str) -> None:
    door.ready()

    said = door("connections", command, "nobody", *(["--mixed"] if command == "relink" else []))

    assert (1, True) == (said.code, "No linked calendar has this id" in said.err)


def test_the_list_fits_a_terminal(door: Door) -> None:
    door.ready()
    door.sandbox.faults.add(Fault("invalid_grant", times=None))
    door("once")
    door.monkeypatch.setenv("COLUMNS", "80")
    door.monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    shown = re.sub(r"\x1b\[[0-9;]*m", "", door("connections").out)

    assert "sign in again" in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= 80


def test_r85_the_end_of_a_permission_is_told_a_day_before(door: Door) -> None:
    door.ready()
    door("once")
    granted_at = datetime.now(UTC) - timedelta(days=6, hours=3)
    with sqlite3.connect(door.home / "practice.db") as database:
        database.execute(
            "UPDATE account SET previous_grant_days = 7.0, granted_at = ?",
            [granted_at.strftime("%Y-%m-%d %H:%M:%S.%f")],
        )
    database.close()

    listed, [row], checked = (
        door("connections"),
        door("connections", "--json").json,
        door("doctor"),
    )

    assert row["probably_ends_at"] is not None
    for said in (listed.out, checked.out):
        assert "permission will probably end" in said
        assert "docs/connect-google.md" in said
    assert 1 == checked.code


def test_a_calendar_that_nobody_read_lately_is_said_to_be_stale(door: Door) -> None:
    door.ready()
    door("once")
    an_hour_ahead = datetime.now(UTC) + timedelta(minutes=61)
    door.monkeypatch.setattr("sync.app.App.now", lambda _: an_hour_ahead)

    assert ["stale"] == [each["state"] for each in door("connections", "--json").json]
    assert "not read lately" in door("connections").out


def test_trouble_is_shown_with_the_moment_since_when_it_lasts(door: Door) -> None:
    door.ready()
    door("once")
    door.sandbox.faults.add(Fault("invalid_grant", times=None))
    door("once")

    said = " ".join(door("connections").out.split())

    assert "sign in again" in said
    assert re.search(r"since \w+day \d+ \w+, \d\d:\d\d: Google no longer accepts our permission", said)
    assert all(len(line) <= 80 for line in door("connections").out.splitlines())


@pytest.mark.parametrize(("answer", "state"), [("n\n", "fine"), ("y\n", None)])
def test_on_a_terminal_removing_is_asked_about(door: Door, answer: str, state: str | None) -> None:
    door.ready()
    door("once")
    door.monkeypatch.setattr("sync.commands.connections.at_terminal", lambda: True)

    said = door("connections", "remove", ANA, stdin=answer)

    assert (0, True) == (said.code, "sessions and notes stay" in " ".join(said.out.split()))
    assert [state] * (state is not None) == [each["state"] for each in door("connections", "--json").json]
