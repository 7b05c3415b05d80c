"""What people, servers and disks get wrong: one clear line with its remedy, and nothing stored changes."""

import os
import re
import shutil
from pathlib import Path

import pytest

import cli
from models.errors import DatabaseUnwritable
from models.vault import new_root_key
from sync.adapters.keys import KeyFile
from sync.sandbox.faults import Fault
from tests.cli.conftest import Door, Said, in_hours


def is_clear(said: Said, code: int = 1) -> bool:
    """What is wrong and what to do, in lines that fit; no traceback; the right exit code."""
    lines = said.err.strip().splitlines()
    fits = all(len(line) <= 80 or "/" in line for line in lines)
    return said.code == code and "Traceback" not in said.err and fits and 1 <= len(lines) <= 7


@pytest.fixture
def practice(door: Door) -> Door:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(30))
    door("once")
    return door


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[sync]\npast_day = 3\n", "`sync.past_days`"),
        ("[sync\n", "line 1"),
        ("[mail]\ntransport = 'pigeon'\n", "mail.transport"),
        ("[briefing]\nlead_minutes = 1\n", "briefing.lead_minutes"),
        ("\x00\xff", "settings.toml"),
    ],
)
def test_a_broken_settings_file_is_named_with_its_mistake(practice: Door, text: str, hint: str) -> None:
    before = practice.stored()
    (practice.home / "settings.toml").write_text(text)

    said = practice("sessions")

    assert is_clear(said)
    assert hint in said.err
    assert before == practice.stored()


def test_an_unknown_variable_names_the_nearest(practice: Door) -> None:
    practice.monkeypatch.setenv("PRACTICE_SYNC_SYNC__PAST_DAY", "3")

    said = practice("sessions")

    assert is_clear(said)
    assert "PRACTICE_SYNC_SYNC__PAST_DAYS" in said.err


LIES = [
    Fault("html", times=None),
    Fault("cut_json", times=None),
    Fault("lost_page", times=None),
    Fault("no_kind", times=None),
    Fault("disconnect", times=None),
    Fault("status", status=503, times=None),
    Fault("status", status=404, reason="notFound", times=None),
    Fault("status", status=403, reason="accessNotConfigured", times=None),
    Fault("status", status=418, reason="teapot", times=None),
]


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: f"{lie.kind}-{lie.status}")
def test_a_lying_or_broken_server_changes_no_session(practice: Door, lie: Fault) -> None:
    before = practice("sessions", "--json").json
    practice.sandbox.faults.add(lie)

    said = practice("pull", "--full")

    assert is_clear(said)
    assert "calendar could not be read" in said.err
    practice.sandbox.faults.clear()
    assert before == practice("sessions", "--json").json


def test_a_server_that_is_not_there_changes_no_session(practice: Door) -> None:
    before = practice("sessions", "--json").json
    practice.monkeypatch.setenv("PRACTICE_SYNC_GOOGLE__API_ROOT", "http://127.0.0.1:9/calendar/v3/")

    assert is_clear(practice("pull", "--full"))
    assert before == practice("sessions", "--json").json


def test_odd_events_do_no_harm(practice: Door) -> None:
    title = "Jo Bloggs <script>alert(1)</script>\r\n\u202e" + "x" * 10_000
    practice.put(title, in_hours(40))
    practice.put(None, in_hours(41))
    practice.world.insert(
        "ana@practice.example",
        {"summary": "Jo Bloggs", "start": {"date": "2026-12-01"}, "end": {"date": "2026-12-02"}},
    )

    report = practice("once", "--json")
    listed = practice("sessions")

    assert (0, 1) == (report.code, report.json["created"])
    assert 0 == listed.code
    assert 2 == len(practice("sessions", "--json").json)


def key_file(door: Door) -> Path:
    [line] = [x for x in (door.home / "settings.toml").read_text().splitlines() if x.startswith("file = ")]
    return Path(line.partition("= ")[2].strip('"'))


def test_a_missing_a_loose_a_damaged_and_a_wrong_key_are_told_apart(practice: Door, tmp_path: Path) -> None:
    before = practice.stored()
    key = key_file(practice)
    kept = key.read_bytes()
    said = []

    key.rename(tmp_path / "away")
    said.append(practice("sessions"))
    (tmp_path / "away").rename(key)
    key.chmod(0o644)
    said.append(practice("sessions"))
    key.chmod(0o600)
    key.write_bytes(kept[: len(kept) // 2])
    said.append(practice("sessions"))
    KeyFile(tmp_path / "another" / "key", []).write(new_root_key())
    shutil.copy(tmp_path / "another" / "key", key)
    said.append(practice("sessions"))
    key.write_bytes(kept)

    assert all(is_clear(each) for each in said)
    assert 4 == len({each.err.splitlines()[0] for each in said})
    assert before == practice.stored()
    assert 0 == practice("sessions").code


def test_a_missing_a_foreign_and_a_damaged_database_are_told_apart(practice: Door, tmp_path: Path) -> None:
    file = practice.home / "practice.db"
    kept = shutil.copy(file, tmp_path / "kept.db")
    said = []

    file.unlink()
    said.append(practice("sessions"))
    file.write_bytes(b"this is no database at all, it only has the name")
    said.append(practice("sessions"))
    assert b"this is no database at all, it only has the name" == file.read_bytes()
    shutil.copy(kept, file)
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xff" * 40_000)
    said.append(practice("doctor"))

    assert is_clear(said[0])
    assert is_clear(said[1])
    assert 1 == said[2].code
    assert "damaged" in said[2].out
    assert 2 == len({each.err.splitlines()[0] for each in said[:2]})


@pytest.mark.skipif(os.geteuid() != 0, reason="a read-only mount needs root")
def test_a_read_only_disk_is_said_plainly(practice: Door, tmp_path: Path) -> None:
    os.system(f"mount --bind {practice.home} {practice.home} && mount -o remount,ro,bind {practice.home}")
    try:
        if os.access(practice.home, os.W_OK):
            pytest.skip("this machine does not let us mount read-only")
        said = practice("clients", "add", "Kim Mori")
        noted = practice("sessions")
    finally:
        os.system(f"umount {practice.home}")

    assert is_clear(said)
    assert "read-only" in said.err or "cannot be" in said.err
    assert "Traceback" not in noted.err


@pytest.mark.parametrize(
    "words",
    [
        ("sessions", "--client", "ZZ"),
        ("sessions", "mark", "ffffffff", "held"),
        ("sessions", "assign", "ffffffff", "JB"),
        ("note", "show", "ffffffff"),
        ("note", "show", ""),
        ("note", "history", "%"),
        ("note", "write", "ffffffff", "--file", "-"),
        ("briefing", "preview", "ffffffff"),
        ("inbox", "assign", "ffffffff", "JB"),
        ("inbox", "ignore", "ffffffff"),
        ("clients", "alias", "ZZ", "Jojo"),
        ("clients", "alias", "JB"),
        ("clients", "merge", "ZZ", "JB"),
        ("clients", "merge", "JB", "ZZ"),
        ("clients", "merge", "JB", "JB"),
        ("clients", "merge", "--undo", "JB"),
        ("clients", "suggest", "--practitioner", "nobody@practice.example"),
        ("clients", "rename", "ZZ", "Kim Mori"),
        ("clients", "rename", "JB", "???"),
        ("clients", "pause", "ZZ"),
        ("clients", "reopen", "ZZ"),
        ("clients", "add", "Jo Bloggs"),
        ("clients", "add", "???"),
        ("clients", "add", "Kim Mori", "--code", "JB"),
        ("clients", "add", "Kim Mori", "--code", "two words"),
        ("clients", "add", "Kim Mori", "--email", "not an address"),
        ("clients", "add", "Kim Mori", "--practitioner", "nobody@practice.example"),
        ("markers", "ZZ"),
        ("markers", "list", "ZZ"),
        ("markers", "add", "ZZ", "Panic"),
        ("markers", "add", "JB", "Dancing"),
        ("markers", "add", "JB", "Dancing", "--better", "higher"),
        ("markers", "add", "JB", "Dancing", "--domain", "cognitive"),
        ("markers", "add", "JB", ""),
        ("markers", "add", "JB", "Plan", "--better", "higher", "--domain", "cognitive"),
        ("markers", "add", "JB", "Panic", "--lowest", "x" * 61),
        ("markers", "edit", "JB", "Panic", "--scale", "5"),
        ("markers", "edit", "JB", "Panic"),
        ("markers", "retire", "JB", "Panic"),
        ("practitioners", "add", "Ana", "ana@practice.example"),
        ("practitioners", "add", "Ana", "not an address"),
        ("practitioners", "set", "nobody@practice.example", "--lead", "30"),
        ("practitioners", "set", "ana@practice.example"),
        ("practitioners", "set", "ana@practice.example", "--color", "red=no_show"),
        ("practitioners", "set", "ana@practice.example", "--color", "tomato=late"),
        ("practitioners", "set", "ana@practice.example", "--color", "tomato"),
        ("practitioners", "confirm", "ana@practice.example", "--code", "000000"),
        ("connect", "google", "--client-secrets", "/nonexistent/client.json"),
        ("connect", "google", "--client-secrets", "x", "--title-pattern", "no place"),
    ],
    ids=" ".join,
)
def test_what_is_not_known_is_refused_and_nothing_changes(practice: Door, words: tuple[str, ...]) -> None:
    before = practice.stored()

    said = practice(*words, stdin="Some words.\n")

    assert is_clear(said)
    assert re.fullmatch(r"practice-sync: (.+?)\n  (?! )(.+)\n", said.err, re.DOTALL), said.err
    assert before == practice.stored()


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("sessions", "--from", "the day before"),
        ("once", "--now", "soon"),
        ("sessions", "mark", "ffffffff", "dancing"),
        ("practitioners", "add", "Ana", "a@b.example", "--time-zone", "Mars/Olympus"),
        ("note", "write", "ffffffff"),
        ("clients", "suggest", "--months", "0"),
        ("markers", "add", "JB"),
        ("markers", "add", "JB", "Panic", "--better", "more"),
        ("markers", "add", "JB", "Panic", "--domain", "spiritual"),
        ("markers", "add", "JB", "Panic", "--scale", "1"),
        ("markers", "ad", "JB", "Panic"),
        ("inbox", "assign", "ffffffff"),
        ("clients", "merge"),
        ("clients", "merge", "JB"),
        ("clients", "merge", "JB", "KM", "--undo", "JB"),
    ],
    ids=" ".join,
)
def test_a_misspelled_command_is_a_matter_of_usage(door: Door, words: tuple[str, ...]) -> None:
    said = door(*words)

    assert 2 == said.code
    assert "Traceback" not in said.err


def test_text_that_is_no_text_is_refused(practice: Door) -> None:
    [session] = practice("sessions", "--json").json
    before = practice.stored()

    said = practice("note", "write", session["id"], "--file", "-", stdin="caf\udce9")

    assert is_clear(said)
    assert before == practice.stored()


def test_before_init_every_command_says_what_to_do(door: Door) -> None:
    for words in (("sessions",), ("once",), ("clients", "add", "Jo"), ("work",)):
        said = door(*words)
        assert is_clear(said), words
        assert "practice-sync init" in said.err


def test_init_never_takes_a_folder_that_is_somebody_elses(door: Door) -> None:
    door.home.mkdir()
    (door.home / "thesis.txt").write_text("years of work")

    said = door("init")

    assert is_clear(said)
    assert ["thesis.txt"] == [file.name for file in door.home.iterdir()]


def test_every_command_has_help_and_loads(door: Door) -> None:
    for name in cli.COMMANDS:
        said = door(name, "--help")
        assert (0, True) == (said.code, "Usage: practice-sync" in said.out), name


def test_a_code_that_was_mailed_to_one_address_does_not_prove_another(practice: Door) -> None:
    practice("practitioners", "confirm", "ana@practice.example")
    [mail] = (practice.home / "mail" / "new").iterdir()
    [code] = set(re.findall(rb"Your code: (\d{6})", mail.read_bytes()))
    practice("practitioners", "set", "ana@practice.example", "--email", "other@practice.example")

    said = practice("practitioners", "confirm", "other@practice.example", "--code", code.decode())

    assert is_clear(said)
    assert not practice("practitioners", "--json").json[0]["email_confirmed"]


def test_init_beside_a_database_without_its_key_points_to_the_recovery_code(door: Door) -> None:
    door.home.mkdir()
    (door.home / "practice.db").write_bytes(b"")

    said = door("init")

    assert is_clear(said)
    assert "init --recover" in said.err


def test_by_whom_is_said_of_cancellations_only(practice: Door) -> None:
    [session] = practice("sessions", "--json").json

    assert is_clear(practice("sessions", "mark", session["id"], "scheduled", "--by", "client"))
    assert is_clear(practice("sessions", "mark", session["id"], "scheduled", "--notice", "3"))


def test_words_that_could_not_be_saved_stay_in_the_draft(practice: Door, tmp_path: Path) -> None:
    [session] = practice("sessions", "--json").json
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\necho "Hard won words." >> "$1"\n')
    editor.chmod(0o700)
    practice.monkeypatch.setenv("EDITOR", str(editor))
    practice.monkeypatch.delenv("VISUAL", raising=False)

    def no_room(*_: object) -> None:
        raise DatabaseUnwritable("The database cannot be written: the disk is full.")

    practice.monkeypatch.setattr("sync.commands.note.write_note", no_room)
    said = practice("note", "edit", session["id"])

    assert is_clear(said)
    [draft] = re.findall(r"still in (\S+)\.", said.err)
    assert "Hard won words." in Path(draft).read_text()
    shutil.rmtree(Path(draft).parent)


def test_nothing_that_the_editor_left_beside_the_draft_stays(practice: Door, tmp_path: Path) -> None:
    [session] = practice("sessions", "--json").json
    editor = tmp_path / "editor.sh"
    editor.write_text(
        '#!/bin/sh\nmkdir "$(dirname "$1")/.backup"\necho "Hers alone." >> "$1"\n'
        f'cp "$1" "$(dirname "$1")/.backup/"\ndirname "$1" > {tmp_path}/where\n'
    )
    editor.chmod(0o700)
    practice.monkeypatch.setenv("EDITOR", str(editor))
    practice.monkeypatch.delenv("VISUAL", raising=False)

    assert 0 == practice("note", "edit", session["id"]).code
    assert not Path((tmp_path / "where").read_text().strip()).exists()


def test_line_ends_of_a_note_stay_as_they_are(practice: Door) -> None:
    [session] = practice("sessions", "--json").json
    practice("note", "write", session["id"], "--file", "-", stdin="One.\r\nTwo.\rThree.\n")

    assert "One.\r\nTwo.\rThree.\n" == practice("note", "history", session["id"], "--json").json[0]["body"]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_moment_outside_all_calendars_is_a_matter_of_usage(door: Door, moment: str) -> None:
    assert 2 == door("once", "--now", moment).code


def test_an_argument_that_is_no_text_is_a_matter_of_usage(door: Door) -> None:
    assert 2 == door("note", "show", "\udcff").code
