"""Which lines are ratings and which only look like them."""

import pytest

from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import Rating


@pytest.mark.parametrize(
    ("line", "rating"),
    [
        ("Panic: 6/10", Rating("Panic", 6, 10)),
        ("Panic intensity: 6 / 10", Rating("Panic intensity", 6, 10)),
        ("Panic 6/10", Rating("Panic", 6, 10)),
        ("- Panic 6/10 on the bus", Rating("Panic", 6, 10)),
        ("Panic: 6,5/10", Rating("Panic", 6.5, 10)),
        ("Panic: 6.5/10.", Rating("Panic", 6.5, 10)),
        ("Panic: 6 of 10 this week", Rating("Panic", 6, 10)),
        ("Panic: 6 OUT OF 10", Rating("Panic", 6, 10)),
        ("* **Panic:** 6/10", Rating("Panic", 6, 10)),
        ("**Panic**: **6/10**", Rating("Panic", 6, 10)),
        ("Panic – 6/10 – on the bus", Rating("Panic", 6, 10)),
        ("Panic = 0/10", Rating("Panic", 0, 10)),
        ("Panic: ~6/10", Rating("Panic", 6, 10)),
        ("\tSelf-criticism (inner voice): 10/10", Rating("Self-criticism (inner voice)", 10, 10)),
        ("Good  days: 4/7", Rating("Good days", 4, 7)),
        ("PHQ-9: 12/27", Rating("PHQ-9", 12, 27)),
        ("Schlafqualität: 4/10", Rating("Schlafqualität", 4, 10)),
        ("不安：7/10分", Rating("不安", 7, 10)),
        ("O: Panic: 6/10", Rating("Panic", 6, 10)),
        ("Session satisfaction: 8/10", Rating("Session satisfaction", 8, 10)),
        ("😟 Panic: 6/10", Rating("😟 Panic", 6, 10)),
    ],
)
def test_a_marker_and_its_value_are_a_rating(line: str, rating: Rating) -> None:
    assert (rating,) == read_note(f"She came by bus.\n{line}\nMore.").ratings


@pytest.mark.parametrize(
    "line",
    [
        "03/10/2026",
        "Last seen: 03/10/2026",
        "Since: 3/2026",
        "Seen: 3/10",
        "Next session: 3/10",
        "Tuesday 3/10",
        "GP appointment on 3/10",
        "Session 4/10",
        "Session 4 of 10",
        "Panic: 11/10",
        "Mood 3/10 -> 5/10 by the end",
        "Mood -> 5/10",
        "Panic: 0/0",
        "Panic: /10",
        "Panic: -2/10",
        "Panic: 6-7/10",
        "Panic: 6/10-7",
        "Panic: 6/10/10",
        "6/10",
        "7: 6/10",
        "😟: 6/10",
        "She rated it 6/10",
        "down to 6/10 at night",
        "Attended 3 of 10 meetings",
        "Open 24/7",
        "Sleep 3/7",
        "Risk: 2/10",
        "Risk 2/10",
        "Anxiety quite high today 6/10",
        "Is it better? Panic: 6/10",
        "Felt calm. Panic: 6/10",
        "Ratio: 12:30 6/10",
        "PHQ9/10",
        "https://example.org/6/10",
        "Panic: better, 6/10 now",
        "x" * 80 + ": 6/10",
    ],
)
def test_dates_places_in_a_row_and_prose_are_no_ratings(line: str) -> None:
    assert read_note(line).ratings == ()


def test_several_ratings_may_share_a_line() -> None:
    assert read_note("Panic: 6/10, Sleep: 4/10; **Energy**: 3/7 and Mood: 9/10").ratings == (
        Rating("Panic", 6, 10),
        Rating("Sleep", 4, 10),
        Rating("Energy", 3, 7),
    )


def test_several_may_share_a_line_without_colons_where_a_capital_begins_each() -> None:
    assert read_note("Anger 6/10, Shame 4/10").ratings == (Rating("Anger", 6, 10), Rating("Shame", 4, 10))


def test_a_second_fraction_without_a_label_is_only_words() -> None:
    for words in ("after the walk 4/10", "later 4/10", "4/10"):
        assert read_note(f"Panic: 6/10, {words}").ratings == (Rating("Panic", 6, 10),)
