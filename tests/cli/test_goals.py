"""What a person types about goals."""

import pytest

from tests.cli.conftest import Door, in_hours
from tests.cli.test_width import too_long


@pytest.fixture
def practice(door: Door) -> Door:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    return door


def test_a_goal_is_followed_from_its_first_word_to_its_end(practice: Door) -> None:
    practice.put("Jo Bloggs", in_hours(-24))
    practice("pull", "--full")
    [session] = practice("sessions", "--json").json
    added = practice(
        "goals", "add", "JB", "Ride the bus alone", "--since", "2026-03-03", "--intervention", "letters"
    )
    marked = practice("markers", "add", "JB", "Panic", "--goal", "ride")
    practice("markers", "add", "JB", "Sleep")
    linked = practice("markers", "edit", "JB", "sleep", "--goal", "1")
    practice("note", "write", session["id"], "--file", "-", stdin="Goal: ride\nPanic: 6/10\n")

    page, seen = practice("progress", "JB"), practice("progress", "JB", "--json").json["goals"]
    listed = practice("goals", "JB")

    assert "Kept for JB: Ride the bus alone (followed by letters).\n" == added.out
    assert (0, 0) == (marked.code, linked.code)
    assert "Goals       Ride the bus alone" in page.out
    assert "last worked on" in page.out
    assert [] == too_long(page.out) + too_long(listed.out)
    [goal] = seen
    assert [{"session_id": session["id"], "date": session["starts_at"]}] == goal["evidence"]
    assert ([("Panic", 6)], "open", False) == (
        [(each["name"], each["latest"]["value"]) for each in goal["markers"]],
        goal["state"],
        goal["untouched"],
    )
    assert ["Panic", "Sleep"] == practice("goals", "list", "--json").json[0]["markers"]

    met = practice("goals", "retire", "JB", "1", "--met")

    assert met.out.startswith("Met for JB: Ride the bus alone")
    assert "met on" in practice("progress", "JB").out
    assert "Changed" in practice("goals", "edit", "JB", "1", "--open").out


def test_a_goal_that_does_not_exist_changes_nothing(practice: Door) -> None:
    before = practice.stored()

    for words in (
        ["markers", "add", "JB", "Panic", "--goal", "1"],
        ["goals", "edit", "JB", "1", "--text", "More"],
        ["goals", "retire", "JB", "nothing"],
    ):
        assert 1 == practice(*words).code, words

    assert before == practice.stored()
    assert "goals add CLIENT TEXT" in practice("goals").out
