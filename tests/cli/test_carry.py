"""`sessions carry` at the door: a note is offered, accepted or declined, or there is nothing to carry."""

import pytest

from tests.cli.conftest import Door, Said, in_hours

NOTHING = "No note waits to be carried.\n"


@pytest.fixture
def practice(door: Door) -> Door:
    """Jo's prepared hour was deleted and made anew by a booking tool."""
    door.ready()
    door("clients", "add", "Jo Bloggs")
    event = door.put("Jo Bloggs", in_hours(150))
    door("once")
    [session] = door("sessions", "--json").json
    assert 0 == door("note", "write", session["id"], "--file", "-", stdin="Ask about the walk.\n").code
    door.world.delete("ana@practice.example", event)
    door.put("Jo Bloggs", in_hours(151))
    door("once")
    return door


def offer(practice: Door) -> str:
    [one] = practice("sessions", "carry", "--json").json
    return str(one["id"])


def noted(practice: Door) -> dict[str, str]:
    """The text of each session's note, by what became of the session."""
    found = practice("sessions", "--json").json
    return {one["status"]: practice("note", "show", one["id"]).out for one in found}


def test_a_note_is_offered_in_words_that_fit_a_terminal(practice: Door) -> None:
    said = practice("sessions", "carry")

    assert (0, "") == (said.code, said.err)
    assert offer(practice)[:8] in said.out
    assert "JB" in said.out
    assert "walk" not in said.out
    assert all(len(line) <= 80 for line in said.out.splitlines())


def test_an_accepted_note_is_with_the_new_session_and_offered_no_more(practice: Door) -> None:
    said = practice("sessions", "carry", offer(practice)[:8], "--accept")

    assert (0, "The note is with the new session now.\n") == (said.code, said.out)
    assert NOTHING == practice("sessions", "carry").out
    assert [] == practice("sessions", "carry", "--json").json
    assert "Ask about the walk." in noted(practice)["scheduled"]
    assert "Ask about the walk." not in noted(practice)["cancelled"]


def test_a_declined_note_stays_where_it_is_and_is_offered_no_more(practice: Door) -> None:
    said = practice("sessions", "carry", offer(practice)[:8], "--decline")

    assert (0, "The note stays where it is.\n") == (said.code, said.out)
    assert NOTHING == practice("sessions", "carry").out
    assert "Ask about the walk." in noted(practice)["cancelled"]


def test_where_nothing_is_offered_that_is_said(door: Door) -> None:
    door.ready()

    said = door("sessions", "carry")

    assert (0, NOTHING, "") == (said.code, said.out, said.err)


def refused_in_one_line(said: Said, remedy: str) -> None:
    assert (1, "") == (said.code, said.out)
    assert remedy in said.err
    assert 2 >= len(said.err.strip().splitlines())
    assert "Traceback" not in said.err


def test_what_cannot_be_answered_is_refused_with_its_remedy(practice: Door) -> None:
    answered = offer(practice)
    before = practice.stored()
    refused_in_one_line(practice("sessions", "carry", answered), "--accept")
    refused_in_one_line(practice("sessions", "carry", answered, "--accept", "--decline"), "--accept")
    refused_in_one_line(practice("sessions", "carry", "--accept"), "sessions carry")
    refused_in_one_line(practice("sessions", "carry", "00000000", "--accept"), "sessions carry")
    assert before == practice.stored()

    assert 0 == practice("sessions", "carry", answered, "--accept").code
    refused_in_one_line(practice("sessions", "carry", answered, "--accept"), "sessions carry")
