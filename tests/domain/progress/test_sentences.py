"""What is said of a marker: plain, with its numbers and days, and never more than its reading holds."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.progress.marker_readings import MarkerReading, read_markers
from sync.domain.progress.sentences import UNDIRECTED, Wall, sentence_of
from sync.domain.progress.trends import Label
from tests.domain.notes.builders import note

BANNED = (
    *("fail", "non-compliant", "resistant", "refused", "relapse", "deteriorated", "decompensated"),
    *("manipulative", "cured", "recovered", "significant", "because", "thanks to", "percent", "%"),
)
"""Words that generated text never uses (docs/briefing: tone)."""


spoken = Wall(day=lambda at: f"{at:%d %b}", month=lambda at: f"{at:%B}")


def read(
    values: Sequence[float], *, higher_is_better: bool | None = True, every: int = 7, scale: int = 10
) -> MarkerReading:
    notes = [note(every * number, f"Sleep: {value:g}/{scale}") for number, value in enumerate(values)]
    (reading,) = read_markers(notes, lambda _label, _scale: higher_is_better)
    return reading


@pytest.mark.parametrize(
    ("values", "higher", "sentence"),
    [
        ([5, 6], True, "Only 2 ratings so far: shown without a reading."),
        (
            [3, 3, 4, 4, 5, 5, 6, 6, 7, 7],
            True,
            "A gradual rise since 06 Jan: about 3 → about 7. It would be easy to miss from week to week.",
        ),
        (
            [7, 7, 6, 6, 5, 5, 4, 4, 3, 3],
            False,
            "A gradual easing since 06 Jan: about 7 → about 3. It would be easy to miss from week to week.",
        ),
        (
            [7, 7, 6, 6, 5, 5, 4, 4, 3, 3],
            True,
            "Has been moving down: about 7 → about 3 since 06 Jan (10 ratings). Worth asking about.",
        ),
        (
            [3, 3, 4, 4, 5, 5, 6, 6, 7, 7],
            False,
            "Has been moving up: about 3 → about 7 since 06 Jan (10 ratings). Worth asking about.",
        ),
        (
            [3, 3, 4, 5, 6, 7, 7, 7, 7, 7, 4, 4, 4],
            True,
            "A lower stretch after earlier gains: about 7 → about 4 over three sessions; "
            "about 3 at the start. Setbacks are a usual part of longer work.",
        ),
        ([5, 6, 5, 6, 5, 6, 5, 6], True, "Mostly 5–6 over 8 ratings since 06 Jan; no trend seen."),
        (
            [2, 8, 3, 7, 2, 8, 3, 7],
            True,
            "Moves up and down from session to session (2–8) without an overall direction. "
            "Variation like this is common and can be material in itself.",
        ),
    ],
)
def test_each_reading_is_said_in_the_numbers_as_they_were_rated(
    values: list[float], higher: bool, sentence: str
) -> None:
    assert sentence_of(read(values, higher_is_better=higher), spoken) == sentence


def test_the_first_time_a_direction_shows_it_is_only_a_sign() -> None:
    rising = [3, 3, 4, 4, 5, 5, 6, 6, 7, 7]
    said = [sentence_of(read(rising[:n]), spoken) for n in range(5, 11)]
    first = next(sentence for sentence in said if "sign" in sentence)

    assert first.startswith("First sign of movement up (")
    assert first.endswith("One more session tells more.")
    assert said[said.index(first) + 1].startswith("A gradual rise")


def test_a_step_that_is_long_enough_ago_is_dated() -> None:
    step = [3, 4, 3, 3, 4, 3, 3, 4, 3, 4, 6, 7, 6, 7, 7, 6, 7, 6, 7, 7]
    line = [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10]

    assert "Higher since about March." in sentence_of(read(step), spoken)
    assert "Lower since about March." in sentence_of(read([10 - v for v in step]), spoken)
    assert "since about" not in sentence_of(read(step[1:]), spoken)
    assert "since about" not in sentence_of(read(line), spoken)


def test_a_dip_like_an_earlier_one_that_passed_says_so_unless_there_is_risk() -> None:
    dips = [5, 6, 6, 7, 7, 3, 3, 3, 5, 6, 6, 7, 7, 3, 3, 3]

    assert "One dip like this passed before." in sentence_of(read(dips), spoken)
    assert "passed" not in sentence_of(read(dips), spoken, at_risk=True)
    assert "passed" not in sentence_of(read(dips[8:]), spoken)


def test_a_fall_to_the_worst_end_is_said_at_once() -> None:
    said = "The latest rating, {} on 13 Jan, is at the far end of the scale; just before: about {}."

    assert said.format(1, 6) in sentence_of(read([6, 1]), spoken)
    assert said.format(9, 4) in sentence_of(read([4, 9], higher_is_better=False), spoken)
    assert "far end" not in sentence_of(read([2, 1]), spoken)
    assert "far end" not in sentence_of(read([6, 3]), spoken)


def test_without_knowing_which_way_is_better_nothing_is_said() -> None:
    reading = read([3, 3, 4, 4, 5, 5, 6, 6, 7, 7], higher_is_better=None)

    assert (reading.trend, sentence_of(reading, spoken)) == (None, UNDIRECTED)


def test_beside_risk_nothing_is_called_usual() -> None:
    setback = read([3, 3, 4, 5, 6, 7, 7, 7, 7, 7, 4, 4, 4])

    assert "usual part" in sentence_of(setback, spoken)
    assert "usual part" not in sentence_of(setback, spoken, at_risk=True)


def test_a_confirmed_direction_that_is_gone_is_taken_back_once() -> None:
    falling = [7, 7, 6, 6, 5, 5, 5, 4]
    ends = [sentence_of(read([*falling, *[8, 8, 8, 8][:more]]), spoken) for more in range(5)]

    taken_back = ["is no longer seen" in sentence for sentence in ends]

    assert taken_back.count(True) == 1, ends
    assert "The fall seen on" in ends[taken_back.index(True)]


@pytest.mark.parametrize(("higher", "way"), [(True, "rise"), (False, "easing")])
def test_what_is_taken_back_is_named_as_it_was_felt(higher: bool, way: str) -> None:
    rising = [3, 3, 4, 4, 5, 5, 5, 6, 2, 2, 2]
    values = [float(value if higher else 10 - value) for value in rising]
    ends = [sentence_of(read(values[:n], higher_is_better=higher), spoken) for n in range(8, 12)]

    assert any(f"The {way} seen on" in end for end in ends), ends


def test_a_movement_of_late_that_only_undoes_an_earlier_one_is_told_of_the_recent_ratings() -> None:
    values = [5, 4, 6, 5, 4, 6, 5, 4, 6, 5, 4, 6, 5, 4, 2, 2, 2, 2, 2, 5, 5, 5]

    said = sentence_of(read(values), spoken)

    assert said.startswith("First sign of movement up (about 2 → about 5 over 8 ratings).")


@given(st.lists(st.integers(0, 10).map(float), min_size=5, max_size=40))
def test_where_ratings_mostly_lie_more_than_half_of_them_do(values: list[float]) -> None:
    found = re.search(r"Mostly (\d+)(?:–(\d+))? over", sentence_of(read(values), spoken))
    if found:
        low, high = int(found[1]), int(found[2] or found[1])
        assert 2 * sum(low <= value <= high for value in values) > len(values)


def test_three_sessions_of_another_level_are_set_beside_the_five_before() -> None:
    """What is usual over a year may be another thing: nothing is called so."""
    year = [*[5, 4, 6, 5] * 5, 4, 3, 2, 2, 2, 5, 5, 5]
    lifted, lower = read(year), read([*[8, 7, 9, 8] * 5, 7, 9, 8, 9, 8, 5, 5, 5])

    assert "The last three sessions were higher than the five before (5 against 2)." == sentence_of(
        lifted, spoken
    )
    assert sentence_of(lower, spoken).startswith("Lower for three sessions (5, the five before 8).")


def test_what_is_older_than_eighteen_months_is_another_chapter() -> None:
    reading = read([9] * 5 + [3, 3, 4, 4, 5, 5, 6, 6, 7, 7], every=60)

    assert (reading.ever.n, reading.course.n) == (15, 10)
    assert "3 →" in sentence_of(reading, spoken)


def test_what_moved_most_comes_first() -> None:
    notes = [note(7 * n, f"Sleep: 5/10\nHope: {n + 1}/10") for n in range(9)]

    readings = read_markers(notes, lambda *_: True)

    assert [reading.course.marker for reading in readings] == ["Hope", "Sleep"]


@given(
    st.lists(st.integers(0, 10).map(float), min_size=1, max_size=40),
    st.booleans(),
    st.sampled_from([3, 7, 30]),
)
def test_every_course_has_one_plain_sentence(values: list[float], higher: bool, every: int) -> None:
    reading = read(values, higher_is_better=higher, every=every)

    said = sentence_of(reading, spoken)

    assert "{" not in said
    assert said.endswith(".")
    assert not [word for word in BANNED if word in said.lower()]
    assert reading.trend is not None
    assert reading.trend.label in Label
