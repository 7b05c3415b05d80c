"""What `code` mail hides, and what it leaves alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.briefing.privacy import mask, mask_for

NAMES = ("Zoë Łukasz-Brand", "Matti", "zoe.brand@example.org", "Ana van der Meer", "O'Hara")


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ("ZB came late", "Zoë came late"),
        ("ZB came late", "zoe came late"),
        ("ZB came late", "ZOË LUKASZ-BRAND came late"),
        ("ZB came late", "Zoë  Łukasz\u2011Brand came late"),
        ("ZB's mother", "Zoë's mother"),
        ("ZB’s mother", "Zoë’s mother"),
        ("ZBs mother", "Zoes mother"),
        ("_ZB_ and ZB2", "_Zoe_ and Zoe2"),
        ("asked ZB.", "asked Mr Brand.".replace("Mr ", "")),
        ("write to ZB", "write to Zoe.Brand@Example.org"),
        ("ZB rang", "Z\u200boë rang"),
        ("ZB rang", unicodedata.normalize("NFD", "Zoë rang")),
        ("ZB rang", "O’Hara rang"),
        ("ZB van der Aa", "Meer van der Aa"),
        ("https://meet.example.org/ZB", "https://meet.example.org/zoelukaszbrand"),
    ],
)
def test_a_name_gives_way_to_the_code_however_it_is_written(shown: str, written: str) -> None:
    assert shown == mask(written, NAMES, "ZB")


def test_words_that_only_contain_a_name_stay() -> None:
    text = "Brandy and the Anatomy of Mattinson, zoeal"

    assert text == mask(text, NAMES, "ZB")


def test_particles_of_a_name_stay_when_they_stand_alone() -> None:
    assert "the bag of a van" == mask("the bag of a van", ["Ana van der Meer"], "AM")


def test_names_without_word_gaps_are_found_inside_words() -> None:
    assert "TMさんと話した" == mask("田中さんと話した", ["田中"], "TM")


def test_without_terms_nothing_changes() -> None:
    assert "Zoë" == mask("Zoë", ["", "  "], "ZB")


names = st.text(st.characters(categories=["Lu", "Ll"]), min_size=2, max_size=12)


@given(before=st.text(max_size=30), name=names, after=st.text(max_size=30))
def test_no_generated_name_survives_as_a_word(before: str, name: str, after: str) -> None:
    shown = mask(f"{before} {name} {after}", [name], "#")

    assert f" {name} " not in shown


def test_another_client_is_named_by_her_own_code() -> None:
    masked = mask_for(["Ottilie Brandt"], "OB", [("Quillon Marsh", "QM"), ("q.marsh@mail.example", "QM")])

    text = "Ottilie met Quillon Marsh's sister; q.marsh@mail.example is his."
    assert "OB met QM's sister; QM is his." == masked.over(text)


def test_of_another_client_single_words_stay_words() -> None:
    masked = mask_for(["Ottilie Brandt"], "OB", [("May Will", "MW"), ("May", "MW")])

    assert "In may OB will go." == masked.over("In may Ottilie will go.")
