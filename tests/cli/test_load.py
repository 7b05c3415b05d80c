"""Her own load at the door: counts, for her eyes, without a word of advice."""

import pytest

from tests.cli.conftest import Door, in_hours


@pytest.fixture
def practice(door: Door) -> Door:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    for days in (1, 2):
        door.put("Jo Bloggs", in_hours(-24 * days))
    door("once")
    return door


def test_her_load_is_counts_alone(practice: Door) -> None:
    said = practice("load", "--weeks", "6")

    assert (0, "Ana Okafor, for your eyes alone") == (said.code, said.out.splitlines()[0])
    assert all(len(line) <= 80 for line in said.out.splitlines())
    assert "Bloggs" not in said.out
    assert "JB" not in said.out


def test_the_same_as_json(practice: Door) -> None:
    document = practice("load", "--json").json

    assert (12, 2) == (len(document["weeks"]), sum(week["sessions"] for week in document["weeks"]))
    assert (2, None) == (document["four_weeks"]["sessions"], document["before"])


def test_whose_it_is_must_be_clear(practice: Door) -> None:
    practice("practitioners", "add", "Ben Adeyemi", "ben@practice.example")

    assert 1 == practice("load").code
    assert 0 == practice("load", "--practitioner", "ben@practice.example").code
