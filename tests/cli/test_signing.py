"""Signing, opening again and adding to a note, as they are typed and read."""

from pathlib import Path

import pytest

from tests.cli.conftest import Door, in_hours


@pytest.fixture
def session(door: Door) -> str:
    """An hour of Jo's that is over, with a note."""
    door.ready()
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(-2))
    door("once")
    [past] = door("sessions", "--json").json
    door("note", "write", past["id"], "--file", "-", stdin="She came.\n")
    return str(past["id"])


def test_a_note_is_signed_and_added_to_and_shows_both(door: Door, session: str) -> None:
    said = door("note", "sign", session)
    refused = door("note", "write", session, "--file", "-", stdin="Another.")
    added = door("note", "amend", session, "--reason", "told at the door", "--file", "-", stdin="Risk: low\n")

    assert said.out.startswith("Signed: revision 1.\nUntil ")
    assert (1, True) == (refused.code, f"note amend {session[:8]} " in refused.told)
    assert "Kept as addendum 1. Understood: a risk line.\n" == added.out
    whole = door("note", "show", session)
    shown = whole.err + whole.out
    for words in ("· signed\nSigned ", " by Ana Okafor · 1 addendum", "She came.\n", "── Addendum 1 · "):
        assert words in shown
    assert shown.endswith("Reason: told at the door\n\nRisk: low\n")
    told = door("note", "show", session, "--json").json
    assert ("signed", True, True, False) == (
        told["status"],
        told["amended"],
        told["signed"]["intact"],
        told["signed"]["late_entry"],
    )
    assert [("told at the door", "Risk: low\n")] == [(a["reason"], a["text"]) for a in told["addenda"]]
    kinds = [one["kind"] for one in door("note", "history", session, "--json").json]
    assert ["saved", "signed", "addendum"] == kinds
    assert "Its note was added to." in door("sessions", "show", session).out


def test_a_note_opened_again_says_why_in_its_history(door: Door, session: str) -> None:
    door("note", "sign", session)

    said = door("note", "reopen", session, "--reason", "a wrong name")

    assert "Opened again: it is a draft until you sign it.\n" == said.out
    assert "opened again: a wrong name" in door("note", "history", session).out
    assert door("note", "show", session, "--json").json["signed"] is None
    assert 0 == door("note", "write", session, "--file", "-", stdin="She came, with Kim.").code


def test_the_editor_is_not_opened_for_a_signed_note_and_is_for_an_addendum(
    door: Door, session: str, tmp_path: Path
) -> None:
    door("note", "sign", session)
    editor = tmp_path / "editor.sh"
    editor.write_text(f'#!/bin/sh\necho opened >> {tmp_path}/opened\necho "It was Kim." >> "$1"\n')
    editor.chmod(0o700)
    door.monkeypatch.setenv("VISUAL", str(editor))

    refused = door("note", "edit", session)
    assert (1, False) == (refused.code, (tmp_path / "opened").exists())
    added = door("note", "amend", session, "--reason", "a correction")

    assert "Kept as addendum 1." in added.out
    assert door("note", "show", session).out.endswith("It was Kim.\n")


def test_a_text_written_from_an_earlier_one_names_what_was_saved_meanwhile(door: Door, session: str) -> None:
    door("note", "write", session, "--file", "-", stdin="She came, and wept.\n")

    said = door("note", "write", session, "--revision", "1", "--file", "-", stdin="She came late.\n")

    told = " ".join(said.out.split())
    assert "Saved as revision 3." in told
    assert "revision 2 is no part of this text." in told
    assert f"note history {session[:8]} --revision 2" in told
    assert "changed meanwhile" in door("note", "show", session).err
    assert "· beside revision 2" in door("note", "history", session).out
    assert max(map(len, said.out.splitlines())) <= 80


def test_what_waits_for_its_note_is_listed_with_its_age(door: Door, session: str) -> None:
    door.put("Jo Bloggs", in_hours(-75))
    door("pull")

    listed = door("note", "overdue").out
    told = door("note", "overdue", "--json", "--practitioner", "ana@practice.example").json

    assert [(3, "stub", "JB"), (0, "draft", "JB")] == [(n["days"], n["note"], n["client_code"]) for n in told]
    assert {"session_id", "starts_at", "ends_at", "practitioner"} <= set(told[0])
    assert ["not written", "not signed"] == [line[-11:].strip() for line in listed.splitlines()[2:]]
    assert 1 == door("note", "overdue", "--practitioner", "nobody@practice.example").code
