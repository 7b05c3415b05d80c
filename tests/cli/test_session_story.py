"""`sessions show`, `flags` and `settle` at the door: plain words that fit a terminal."""

import json
from datetime import timedelta

from tests.cli.conftest import Door, in_hours
from tests.practice import ANA


def test_the_story_of_a_session_is_told_in_the_practitioners_zone(door: Door) -> None:
    door.ready()
    assert door("practitioners", "set", ANA, "--time-zone", "Asia/Kolkata").code == 0
    assert door("clients", "add", "Jo Bloggs").code == 0
    start = in_hours(50)
    event = door.put("Jo Bloggs", start)
    door("once")
    door.world.move(ANA, event, start + timedelta(hours=1), start + timedelta(hours=2))
    door("once")
    door.world.delete(ANA, event)
    door("once")
    [session] = json.loads(door("sessions", "--json").out)

    told = door("sessions", "show", session["id"]).out
    as_json = json.loads(door("sessions", "show", session["id"], "--json").out)

    shown = (start + timedelta(hours=5, minutes=30)).strftime("%a %d %b %H:%M")
    assert f"In the calendar for {shown}" in told
    assert f"Rescheduled from {shown}" in told
    assert "Cancelled," in told
    assert all(len(line) <= 80 for line in told.splitlines())
    assert ["created", "moved", "cancelled"] == [entry["kind"] for entry in as_json["ledger"]]
    assert as_json["ledger"][1]["reschedule"]
    assert 48 < as_json["ledger"][2]["notice_hours"] < 52


def test_a_flag_is_listed_with_its_answers_and_settled(door: Door) -> None:
    door.ready()
    assert door("clients", "add", "Jo Bloggs").code == 0
    event = door.put("Jo Bloggs", in_hours(-2))
    door("once")
    door.world.move(ANA, event, in_hours(3), in_hours(4))
    door("pull", "--full")

    told = door("sessions", "flags").out
    [flag] = json.loads(door("sessions", "flags", "--json").out)
    refused = door("sessions", "settle", flag["session_id"], flag["flag"], "--as", "nonsense")
    done = door("sessions", "settle", flag["session_id"], flag["flag"], "--as", "keep")

    assert "calendar-moved-after-session" == flag["flag"]
    assert {"keep", "moved"} == flag["answers"].keys()
    assert all(len(line) <= 80 for line in told.splitlines())
    assert (1, 0) == (refused.code, done.code)
    assert "Say one of: keep, moved." in refused.err
    assert "Nothing waits for your word." in door("sessions", "flags").out


def test_a_session_is_shown_in_words_for_people(door: Door) -> None:
    door.ready()
    assert door("clients", "add", "Jo Bloggs").code == 0
    door.put("Jo Bloggs", in_hours(-3))
    event = door.put("Jo Bloggs", in_hours(50))
    door("once")
    past, ahead = door("sessions", "--json").json
    door("sessions", "mark", past["id"], "no-show")
    door.world.delete(ANA, event)
    door("once")

    missed, cancelled = (door("sessions", "show", each["id"]).out for each in (past, ahead))
    listed = door("sessions", "--status", "no-show").out

    assert "Status    no-show\n" in missed
    assert "Note      not written yet" in missed
    assert "Status    cancelled (by whom is not known), " in cancelled
    assert past["id"][:8] in listed
    assert "no_show" not in missed + listed


def test_that_a_note_was_written_is_told_and_never_what_it_says(door: Door) -> None:
    door.ready()
    assert door("clients", "add", "Jo Bloggs").code == 0
    door.put("Jo Bloggs", in_hours(-3))
    door("once")
    [session] = door("sessions", "--json").json
    for text in ("P: walk by the canal", "P: walk by the canal twice"):
        assert door("note", "write", session["id"], "--file", "-", stdin=text).code == 0

    told = " ".join(door("sessions", "show", session["id"]).out.split())

    assert "A note was written." in told
    assert "Its note was saved again; 2 texts of it are kept." in told
    assert "Note written " in told
    assert "canal" not in told


def test_a_whole_series_is_asked_about_once_and_answered_at_once(door: Door) -> None:
    door.ready()
    for name in ("Jo Bloggs", "Ann Lee"):
        assert door("clients", "add", name).code == 0
    event = door.put("Jo Bloggs", in_hours(30), recurrence=["RRULE:FREQ=WEEKLY;COUNT=6"])
    door("once")
    door.world.patch(ANA, event, {"summary": "Ann Lee"})
    door("once")
    first, *_, last = door("sessions", "--json").json

    told = door("sessions", "flags").out
    kept = door("sessions", "settle", last["id"], "title-names-another-client", "--as", "keep")
    moved = door("sessions", "assign", first["id"], "AL", "--series")

    assert 1 == told.count("Its title means AL (Ann Lee) now.")
    assert "JB · 6 hours of one series, " in told
    assert f"practice-sync sessions assign {first['id'][:8]} AL --series" in told
    assert all(each["id"][:8] in told for each in door("sessions", "--json").json)
    assert all(len(line) <= 80 for line in told.splitlines())
    assert "Settled: it is still this client's." in kept.out
    assert "5 sessions are with AL now" in moved.out
    assert "1 hour stays as you answered before; with --kept-too they go along." in moved.out
    assert 2 == door("sessions", "assign", first["id"], "AL", "--kept-too").code
