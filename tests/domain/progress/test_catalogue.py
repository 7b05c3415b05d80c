"""The catalogue of markers, and which way is better of a marker."""

import pytest

from sync.domain.notes.stub import can_be_rated
from sync.domain.progress.catalogue import CATALOGUE, catalogued, higher_is_better
from sync.domain.progress.definitions import Domain
from tests.domain.progress.definitions import followed, retired

SPELLINGS = [(spelling, entry) for entry in CATALOGUE for spelling in (entry.name, *entry.also)]


def test_every_spelling_means_one_entry_and_is_read_in_a_note() -> None:
    assert len({spelling.casefold() for spelling, _ in SPELLINGS}) == len(SPELLINGS)
    assert [] == [spelling for spelling, entry in SPELLINGS if catalogued(spelling) is not entry]
    assert [] == [spelling for spelling, _ in SPELLINGS if not can_be_rated(spelling, 10)]


def test_every_domain_has_entries_and_every_entry_its_ends() -> None:
    assert set(Domain) == {entry.domain for entry in CATALOGUE}
    assert {"emotional", "behavioural", "relational", "cognitive"} == set(Domain)
    assert [] == [entry.name for entry in CATALOGUE if not entry.lowest or not entry.highest]


def test_risk_is_no_marker_of_the_catalogue() -> None:
    words = {word for spelling, _ in SPELLINGS for word in spelling.casefold().split()}

    assert set() == words & {"risk", "suicide", "suicidal", "suicidality", "self-harm"}


@pytest.mark.parametrize(
    "label", ["panic", "  PANIC\u00a0attacks ", "self criticism", "Self-Criticism", "self‑care"]
)
def test_case_spaces_and_hyphens_make_no_difference(label: str) -> None:
    assert catalogued(label) is not None


@pytest.mark.parametrize("label", ["", "Panic room", "Thing I do"])
def test_what_is_not_in_the_catalogue_is_unknown(label: str) -> None:
    assert catalogued(label) is None
    assert higher_is_better(label, 10, []) is None


@pytest.mark.parametrize(
    ("label", "better"),
    [
        ("Panic", False),
        ("Mood", True),
        ("Low mood", False),
        ("Avoidance", False),
        ("Avoidance vs curiosity", True),
    ],
)
def test_the_catalogue_knows_which_way_is_better(label: str, better: bool) -> None:
    assert higher_is_better(label, 10, []) is better


def test_the_clients_own_definition_stands_before_the_catalogue_a_retired_one_too() -> None:
    assert higher_is_better("anger", 10, [followed("Anger", higher_is_better=True)]) is True
    assert higher_is_better("ANGER", 10, [retired("Anger", higher_is_better=True)]) is True
    assert higher_is_better("Anger", 10, [followed("Rage", higher_is_better=True)]) is False
    assert higher_is_better("Dancing", 10, [followed("Dancing", higher_is_better=True)]) is True


def test_the_definition_on_the_ratings_own_scale_comes_first() -> None:
    on_ten, on_five = followed("Anger"), followed("Anger", higher_is_better=True, scale=5)

    assert higher_is_better("Anger", 5, [on_ten, on_five]) is True
    assert higher_is_better("Anger", 10, [on_five, on_ten]) is False
    assert higher_is_better("Anger", 7, [on_five]) is True
