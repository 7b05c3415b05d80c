"""What a therapist keeps for herself shows where she asks for it, and in no other word, mail or file."""

import logging
from pathlib import Path

import pytest

from tests.cli.conftest import Door, in_hours
from tests.scanning import finds, finds_in_folder

CANARY = "Whisperfen"
PRIVATE = (
    f"{CANARY} is what I felt. #{CANARY}\n\nPanic{CANARY}: 6/10\n\n"
    f"## Plan\n\nAsk about {CANARY}.\n\nRisk: {CANARY}\n"
)
NOTE = "She came. #bus\n\nPanic: 6/10\n\n## Plan\n\nWalk.\n\nRisk: none\n"


@pytest.fixture
def practice(door: Door) -> Door:
    """Two hours of Jo's that are over and noted, and one in half an hour."""
    door.ready()
    door("clients", "add", "Jo Bloggs")
    for hours in (-50, -2, 0.5):
        door.put("Jo Bloggs", in_hours(hours))
    door("pull")
    return door


def session_ids(door: Door) -> list[str]:
    return [session["id"] for session in door("sessions", "--json").json]


def every_other_command(door: Door) -> list[tuple[str, ...]]:
    """Everything that reads of sessions, notes and clients."""
    told: list[tuple[str, ...]] = [("once", "--json"), ("doctor",)]
    for session in session_ids(door):
        told += [("note", "show", session), ("note", "history", session), ("sessions", "show", session)]
        told += [("briefing", "preview", session)]
    told += [("sessions",), ("sessions", "flags"), ("inbox",), ("briefing", "list"), ("clients",)]
    told += [
        ("markers", "list", "JB"),
        ("goals", "list", "JB"),
        ("measure", "show", "JB"),
        ("progress", "JB"),
        ("progress", "JB", "--sheet", "--json"),
    ]
    told += [("connections",), ("practitioners",)]
    with_json = [words for words in told if words[0] not in ("once", "doctor", "briefing") or "list" in words]
    return told + [(*words, "--json") for words in with_json]


def test_no_other_command_mail_file_or_log_holds_a_word_of_it(
    practice: Door, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    first, second, ahead = session_ids(practice)
    for session in (first, second):
        practice("note", "write", session, "--file", "-", stdin=NOTE)
    for session in (first, second, ahead):
        said = practice("note", "private", "write", session, "--file", "-", stdin=PRIVATE)
        assert said.code == 0
        assert [] == finds(said.out.encode(), [CANARY], "write")
    practice("note", "sign", first)
    practice("note", "amend", first, "--reason", "forgotten", "--file", "-", stdin="More.")

    for words in every_other_command(practice):
        said = practice(*words)
        assert (words, 0) == (words, said.code)
        assert [] == finds((said.out + said.err).encode(), [CANARY], " ".join(words))

    assert "Walk." in practice("briefing", "preview", ahead).out, "the look at commands does not reach notes"
    assert list((practice.home / "mail" / "new").iterdir())
    assert [] == finds_in_folder(tmp_path, [CANARY])
    assert [] == finds(caplog.text.encode(), [CANARY], "log")
    shown = practice("note", "private", "show", first)
    assert shown.out.endswith(PRIVATE)
    assert "private note, for Ana Okafor alone" in shown.err


def test_the_editor_says_which_note_it_is_and_where_a_draft_goes(practice: Door, tmp_path: Path) -> None:
    session = session_ids(practice)[1]
    editor = tmp_path / "editor.sh"
    editor.write_text(f'#!/bin/sh\ncp "$1" {tmp_path}/seen.md\nprintf "I was moved.\\n" >> "$1"\n')
    editor.chmod(0o700)
    practice.monkeypatch.setenv("VISUAL", str(editor))

    said = practice("note", "private", "edit", session)

    assert "Saved as revision 1 of the private note.\n" == said.out
    assert (tmp_path / "seen.md").read_text().startswith("<!-- practice-sync: private note, for its author")
    assert practice("note", "private", "show", session).out.endswith("-->\nI was moved.\n")
    editor.write_text('#!/bin/sh\nprintf "\\377" >> "$1"\n')
    broken = practice("note", "private", "edit", session)
    assert f"practice-sync note private write {session} --file DRAFT" in broken.err


def test_what_is_shown_in_a_file_can_be_saved_again_and_never_as_the_other_note(practice: Door) -> None:
    before, session = session_ids(practice)[:2]
    practice("note", "write", before, "--file", "-", stdin=NOTE)  # a plan that is shown beside the next
    for kind, text in (((), NOTE), (("private",), PRIVATE)):
        practice("note", *kind, "write", session, "--file", "-", stdin=text)
        shown = practice("note", *kind, "show", session)
        again = practice("note", *kind, "write", session, "--file", "-", stdin=shown.out)
        assert "Nothing new: this text is saved already.\n" == again.out

    refused = practice("note", "write", session, "--file", "-", stdin=shown.out)

    assert (1, True) == (refused.code, f"note private write {session[:8]} --file DRAFT" in refused.told)
    assert NOTE == practice("note", "show", session).out
    assert "| Plan of " in practice("note", "show", session).err


def test_a_misplaced_risk_line_is_told_kindly(practice: Door) -> None:
    session = session_ids(practice)[1]

    said = practice("note", "private", "write", session, "--file", "-", stdin="Risk: passive thoughts\n")

    told = " ".join(said.out.split())
    assert "Your words are kept as they are. But risk counts only in the progress note" in told
    assert (None, "stub") == tuple(
        practice("note", "show", session, "--json").json[key] for key in ("signed", "status")
    )
    one = practice("note", "private", "show", session, "--json").json
    assert ["Risk: passive thoughts\n"] == [text["body"] for text in one["texts"]]
    assert 1 == practice("note", "private", "show", session, "--revision", "9").code
