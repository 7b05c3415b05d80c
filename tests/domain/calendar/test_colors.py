"""Colours that the practitioner gave a meaning."""

import pytest

from sync.domain.calendar.colors import COLORS, MEANINGS, color_id, color_marks, named_meanings
from sync.domain.calendar.mark_words import Mark


@pytest.mark.parametrize(
    ("said", "found"),
    [("tomato", "11"), (" Tomato ", "11"), ("8", "8"), ("red", None), ("12", None), ("", None)],
)
def test_a_colour_is_named_as_in_the_calendar_or_by_its_number(said: str, found: str | None) -> None:
    assert found == color_id(said)


def test_google_has_eleven_colours() -> None:
    assert [str(number) for number in range(1, 12)] == list(COLORS.values())


def test_a_colour_means_what_was_said_and_an_unknown_meaning_nothing() -> None:
    assert {"8": Mark("cancelled", "client", source="color")} == color_marks(
        {"8": "cancelled_by_client", "3": "party"}
    )
    assert all(mark.source == "color" for mark in MEANINGS.values())


def test_meanings_are_shown_by_the_colours_names() -> None:
    assert {"graphite": "cancelled", "tomato": "no_show"} == named_meanings(
        {"11": "no_show", "8": "cancelled"}
    )
