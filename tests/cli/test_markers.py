"""What a person types about markers, and what the manual says comes of it."""

import json
import re
import shlex

import pytest

from sync.domain.progress.catalogue import CATALOGUE
from tests.cli.conftest import Door
from tests.cli.test_width import too_long
from tests.manuals import FENCE, ROOT, told


@pytest.fixture
def practice(door: Door) -> Door:
    door("init")
    door("practitioners", "add", "Ana Okafor", "ana@practice.example")
    door("clients", "add", "Jo Bloggs")
    door("clients", "add", "Kim Mori")
    return door


def names(practice: Door, *words: str) -> list[str]:
    return [each["name"] for each in practice("markers", *words, "--json").json]


def test_markers_of_one_client_or_of_all_are_listed_with_or_without_the_word(practice: Door) -> None:
    practice("markers", "add", "JB", "Panic")
    practice("markers", "add", "km", "Sleep", "--scale", "7")

    for words in ([], ["list"]):
        assert ["Panic", "Sleep"] == names(practice, *words)
        assert ["Sleep"] == names(practice, *words, "Kim Mori")
    assert "0 (hardly any) to 7 (restful)" in " ".join(practice("markers", "KM").out.split())


def test_a_marker_is_shown_as_one_object(practice: Door) -> None:
    practice("markers", "add", "JB", "Dancing", "--better", "higher", "--domain", "behavioural")
    practice("markers", "retire", "JB", "dancing")

    [shown] = practice("markers", "JB", "--json").json

    assert shown.pop("retired_at").endswith("Z")
    assert len(shown.pop("id")) == len(shown.pop("client_id"))
    assert shown == {
        "client_code": "JB",
        "name": "Dancing",
        "domain": "behavioural",
        "higher_is_better": True,
        "scale": 10.0,
        "lowest": None,
        "highest": None,
    }


def test_where_nothing_is_followed_it_says_where_ideas_are(practice: Door) -> None:
    assert "practice-sync markers suggest" in practice("markers").out
    assert [] == practice("markers", "--json").json


def test_the_catalogue_is_printed_whole_and_fits_a_terminal(practice: Door) -> None:
    said = practice("markers", "suggest")

    assert [] == too_long(said.out)
    assert [] == [entry.name for entry in CATALOGUE if entry.name.split()[0] not in said.out]
    assert {entry.name for entry in CATALOGUE} == {
        each["name"] for each in json.loads(practice("markers", "suggest", "--json").out)
    }


def test_long_words_fit_a_terminal(practice: Door) -> None:
    ends = ["--lowest", "x" * 60, "--highest", "as much as anybody could wish for on any day"]
    added = practice(
        "markers",
        "add",
        "JB",
        "Worth getting up for in the morning",
        "--better",
        "higher",
        "--domain",
        "cognitive",
        *ends,
    )

    assert 0 == added.code
    assert [] == too_long(added.out) + too_long(practice("markers").out)
    assert 60 == practice("markers").out.count("x") - practice("markers").out.count("expected")


def test_the_manual_shows_what_comes_of_each_command(practice: Door) -> None:
    blocks = [block for kind, block in FENCE.findall(told(ROOT / "docs" / "notes.md")) if kind == "console"]
    [block] = [block for block in blocks if "markers add" in block]
    shown = re.findall(r"^\$ practice-sync (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)

    assert len(shown) > 3
    for words, expected in shown:
        said = practice(*shlex.split(words))
        assert (expected.splitlines(), 0) == ([line.rstrip() for line in said.out.splitlines()], said.code)
