"""What a person is told of a text: all of it by `note check`, what is not understood wherever it is saved."""

import io
import sys
from pathlib import Path

import pytest

from sync.commands.showing import show_verbatim, wrapped
from tests.cli.conftest import Door
from tests.cli.test_width import too_long
from tests.manuals import FENCE, ROOT, told

BLOCKS = FENCE.findall(told(ROOT / "docs" / "notes.md"))


def test_the_manual_shows_what_is_understood_of_its_note(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [written] = [block for kind, block in BLOCKS if kind == "markdown"]
    [shown] = [block for kind, block in BLOCKS if kind == "console" and "note check" in block]
    monkeypatch.chdir(tmp_path)
    Path("monday.md").write_text(written, encoding="utf-8")

    command, *expected = shown.splitlines()
    said = door(*command.split()[2:])

    assert (expected, 0) == ([line.rstrip() for line in said.out.splitlines()], said.code)
    assert [] == too_long(said.out)


def test_a_check_needs_no_database_reads_standard_input_and_gives_json(door: Door) -> None:
    said = door("note", "check", "-", "--format", "pie", "--json", stdin="P: dark\nSleep: six/10\n")

    assert said.json["format"] == "pie"
    assert said.json["lines"] == [
        {"line": 1, "what": "heading", "text": "presentation"},
        {"line": 1, "what": "words", "text": "dark"},
        {"line": 2, "what": "not understood", "text": "Sleep: six/10"},
    ]
    assert said.json["understood"]["not_understood"] == ["Sleep: six/10"]
    assert not any(door.home.glob("*.db"))


def test_an_empty_or_odd_file_is_a_clear_word(door: Door, tmp_path: Path) -> None:
    odd = tmp_path / "odd.md"
    odd.write_bytes(b"\xff\xfe")

    assert "There are no words" in door("note", "check", "-", stdin="").out
    said = door("note", "check", str(odd))
    assert (1, "") == (said.code, said.out)
    assert "UTF-8" in said.told


def test_long_lines_are_wrapped_for_reading_only(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"- [ ] {'walk ' * 30}\n\n  on\x1b[2J\n"

    piped = io.StringIO()
    monkeypatch.setattr(sys, "stdout", piped)
    show_verbatim(text)
    assert text == piped.getvalue()

    lines = wrapped(text, 40).split("\n")
    assert max(map(len, lines)) <= 40
    assert lines[1].startswith("      walk")
    assert lines[-3:] == ["", "  on\x1b[2J", ""]
