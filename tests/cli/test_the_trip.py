"""The whole trip as a person makes it: commands in, records, notes and a mail out."""

import json
import re
from pathlib import Path
from zoneinfo import ZoneInfo

from sync.sandbox.faults import Fault
from tests.cli.conftest import Door, in_hours
from tests.fakes.person import Person

NOTE = """## Subjective

She could feel it starting on the bus. #noticing

## Objective

Panic: 4/10

## Assessment

Risk: none

## Plan

Walk in the evening.
- [ ] walk three times
"""


def test_an_appointment_becomes_a_session_a_stub_and_a_mail(door: Door) -> None:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(0.5))

    report = door("once", "--json")

    assert (0, 1, 1, 1) == (
        report.code,
        report.json["created"],
        report.json["stubs"],
        report.json["briefings_sent"],
    )
    [mail] = (door.home / "mail" / "new").iterdir()
    assert b"Bloggs" not in mail.read_bytes()


def test_sessions_json_has_what_is_promised(door: Door) -> None:
    door.ready()
    client = door("clients", "add", "Jo Bloggs")
    start = in_hours(30)
    event_id = door.put("Jo Bloggs", start)
    door("once")

    [session] = door("sessions", "--json").json

    assert "Added with the code JB.\n" == client.out
    assert (event_id, "ana@practice.example") == (session["event_id"], session["calendar_id"])
    assert start.strftime("%Y-%m-%dT%H:%M:%SZ") == session["starts_at"]
    assert ("scheduled", None, None, False, 1, []) == tuple(
        session[key] for key in ("status", "cancelled_by", "notice_hours", "late", "number", "moves")
    )
    assert [("Jo Bloggs", "scheduled")] == [(c["name"], c["attendance"]) for c in session["clients"]]
    assert "stub" == session["note"]["status"]
    assert {"status", "due_at", "sent_at", "reason"} == set(session["briefing"])
    assert "pending" == session["briefing"]["status"]


def test_a_note_is_written_read_and_looked_back_at(door: Door) -> None:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(-2))
    door.put("Jo Bloggs", in_hours(40))
    door("once")
    past, ahead = door("sessions", "--json").json

    said = door("note", "write", past["id"][:8], "--file", "-", stdin=NOTE)
    again = door("note", "write", past["id"], "--file", "-", stdin=NOTE)
    door("note", "write", past["id"], "--file", "-", stdin=NOTE + "\nP.S. She rang.\n")

    assert "Saved as revision 1. Understood: 1 rating, 1 task, 1 theme, a plan, a risk line." == " ".join(
        said.out.split()
    )
    assert "Nothing new: this text is saved already.\n" == again.out
    assert ["1", "2"] == [line.split()[0] for line in door("note", "history", past["id"]).out.splitlines()]
    assert NOTE == door("note", "history", past["id"], "--revision", "1").out
    shown = door("note", "show", ahead["id"])
    assert "Walk in the evening." in shown.err
    assert "Panic: /10" in shown.out
    assert "Panic: 4/10" not in shown.out


def test_the_editor_sees_what_is_carried_forward_and_it_is_dropped_on_saving(
    door: Door, tmp_path: Path
) -> None:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(-30))
    door.put("Jo Bloggs", in_hours(-2))
    door("once")
    first, second = door("sessions", "--json").json
    door("note", "write", first["id"], "--file", "-", stdin=NOTE)
    editor = tmp_path / "editor.sh"
    editor.write_text(f'#!/bin/sh\ncp "$1" {tmp_path}/seen.md\necho "She slept better." >> "$1"\n')
    editor.chmod(0o700)
    door.monkeypatch.setenv("EDITOR", str(editor))
    door.monkeypatch.delenv("VISUAL", raising=False)

    said = door("note", "edit", second["id"])

    assert "Saved as revision 1." in said.out
    assert "Walk in the evening." in (tmp_path / "seen.md").read_text()
    saved = door("note", "history", second["id"], "--revision", "1").out
    assert "She slept better." in saved
    assert "Walk in the evening." not in saved


def test_a_preview_shows_the_page_and_sends_nothing(door: Door, tmp_path: Path) -> None:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(-50))
    door.put("Jo Bloggs", in_hours(50))
    door("once")
    past, ahead = door("sessions", "--json").json
    door("note", "write", past["id"], "--file", "-", stdin=NOTE)

    page = door("briefing", "preview", ahead["id"])
    door("briefing", "preview", ahead["id"], "--html", str(tmp_path / "page.html"))

    assert "Walk in the evening." in page.out
    assert "JB" in page.out
    assert "Bloggs" not in page.out
    assert "Walk in the evening." in (tmp_path / "page.html").read_text()
    assert 0o600 == (tmp_path / "page.html").stat().st_mode & 0o777
    assert not (door.home / "mail").exists()


def test_a_rehearsal_says_what_would_happen_and_does_none_of_it(door: Door) -> None:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    start = in_hours(30)
    door.put("Jo Bloggs", start)
    before = door.stored()

    report = door("once", "--now", start.isoformat().replace("+00:00", "Z"), "--json")
    early = door("once", "--now", in_hours(29.5).isoformat(), "--json")
    dry = door("pull", "--dry-run", "--json")

    assert (1, 1) == (early.json["created"], early.json["briefings_sent"])
    assert (1, 0) == (report.json["created"], report.json["briefings_sent"])
    assert 1 == dry.json["created"]
    assert before == door.stored()
    assert not (door.home / "mail").exists()


def test_what_waits_is_assigned_or_ignored(door: Door) -> None:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    door.put("Bloggs, first talk", in_hours(20))
    door.put("Bloggs garage", in_hours(30))
    door("once")
    first, second = door("inbox", "--json").json

    door("inbox", "assign", first["id"], "JB")
    door("inbox", "ignore", second["id"])
    door("pull", "--full")

    assert ("only part of a name fits", "Jo Bloggs") == (first["reason"], first["candidates"][0]["name"])
    assert "The inbox is empty.\n" == door("inbox").out
    assert 1 == len(door("sessions", "--json").json)
    assert b"garage" not in door.stored()


def test_a_session_is_marked(door: Door) -> None:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(-3))
    door.put("Jo Bloggs", in_hours(5))
    door("once")
    past, ahead = door("sessions", "--json").json

    assert 0 == door("sessions", "mark", past["id"], "no_show").code
    assert 1 == door("sessions", "mark", ahead["id"], "held").code
    assert 0 == door("sessions", "mark", ahead["id"], "cancelled", "--by", "client").code
    door("pull", "--full")

    past, ahead = door("sessions", "--json").json
    assert "no_show" == past["status"]
    assert ("cancelled", "client", True) == (ahead["status"], ahead["cancelled_by"], ahead["late"])


def test_connecting_goes_through_the_browser(door: Door, tmp_path: Path) -> None:
    door("init")
    door("practitioners", "add", "Ana Okafor", "ana@practice.example")
    secrets = tmp_path / "client.json"
    secrets.write_text(json.dumps(door.sandbox.client_secrets()))
    door.monkeypatch.setattr("webbrowser.open", Person("ana@practice.example").open_browser)

    said = door("connect", "google", "--client-secrets", str(secrets))

    assert (0, "Linked 1 calendar. Next: practice-sync once\n") == (said.code, said.out)
    [linked] = door("connections", "--json").json
    assert "fine" == linked["state"]
    assert door("practitioners", "--json").json[0]["email_confirmed"]


def test_a_calendar_that_needs_a_sign_in_is_loud(door: Door) -> None:
    door.ready()
    door.sandbox.faults.add(Fault("invalid_grant", times=None))

    said = door("once")

    assert 1 == said.code
    assert "practice-sync connect google" in said.err
    assert "sign in again" in door("connections").out
    [mail] = (door.home / "mail" / "new").iterdir()
    assert re.search(rb"sign in again", mail.read_bytes())


def test_the_story_of_a_session_is_told(door: Door) -> None:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    event = door.put("Jo Bloggs", in_hours(30))
    door("once")
    door.world.move("ana@practice.example", event, in_hours(31), in_hours(32))
    door("once")
    [session] = door("sessions", "--json").json

    told = door("sessions", "show", session["id"])

    assert ["created", "moved"] == [
        e["kind"] for e in door("sessions", "show", session["id"], "--json").json["ledger"]
    ]
    assert "JB (Jo Bloggs)" in told.out
    assert "Rescheduled from" in told.out


def test_listings_are_in_the_zone_of_the_practitioner(door: Door) -> None:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(30))
    door("once")
    door("practitioners", "set", "ana@practice.example", "--time-zone", "Pacific/Auckland")
    there = f"{in_hours(30).astimezone(ZoneInfo('Pacific/Auckland')):%H:%M}"
    session = door("sessions", "--json").json[0]["id"]
    door("note", "write", session, "--file", "-", stdin="Plan: breathe")

    assert there in door("sessions").out
    assert there in door("sessions", "show", session).out
    assert there in door("note", "show", session).err
    assert there in door("briefing", "list").out


def test_a_test_mail_arrives(door: Door) -> None:
    door.ready()

    said = door("doctor", "--send-test")

    [mail] = (door.home / "mail" / "new").iterdir()
    assert (0, True) == (said.code, b"test mail" in mail.read_bytes())
