"""`Helped:` lines: what was done, and how it helped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.notes.interventions import MOST_HELP, listed_interventions
from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import Intervention


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "Helped: grounding +2, letter −1, breathing",
            [("grounding", 2), ("letter", -1), ("breathing", None)],
        ),
        ("helped: Paced breathing: 1; cold water (+2).", [("Paced breathing", 1), ("cold water", 2)]),
        ("**What helped:** walks 0", [("walks", 0)]),
        ("- Helped: 4-7-8 breathing -2", [("4-7-8 breathing", -2)]),
        ("Helped: grounding +2/2", [("grounding", 2)]),
        ("Helped – chair work +2", [("chair work", 2)]),
        ("Helped - a little by her sister", []),
        ("Helped: naming it +2 (A), +1 (B)", [("naming it", 2)]),
        ("Helped: , ;", []),
        ("Helped:", []),
        ("It helped: a lot", []),
    ],
)
def test_what_follows_helped_is_a_list(line: str, found: list[tuple[str, int | None]]) -> None:
    assert read_note(line).interventions == tuple(Intervention(*each) for each in found)


def test_a_helped_line_is_no_rating_and_no_part_of_the_plan() -> None:
    reading = read_note("## Plan\nWalk on.\nHelped: walks +1\n")

    assert (reading.ratings, reading.plan) == ((), "Walk on.")


@given(st.text(max_size=200))
def test_any_list_is_read_within_the_scale(text: str) -> None:
    for done in listed_interventions(text):
        assert done.name.strip()
        assert done.helped is None or abs(done.helped) <= MOST_HELP
