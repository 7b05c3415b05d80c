"""The course of markers over the sessions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.progress.evidence import Evidence
from sync.domain.progress.markers import (
    MarkerPoint,
    markers_then_and_now,
    markers_to_rate,
    resampled,
    scales_to_rate,
    sparkline_text,
)
from tests.domain.notes.builders import day, note
from tests.domain.progress.definitions import followed, retired


def test_a_marker_goes_from_its_first_value_to_its_latest() -> None:
    (course,) = markers_then_and_now(
        [note(14, "panic: 3/10"), note(0, "Panic: 7/10"), note(7, "PANIC  5/10")]
    )

    assert course.marker == "panic"
    assert course.first == MarkerPoint(7.0, Evidence("s0", day(0)))
    assert course.latest == MarkerPoint(3.0, Evidence("s14", day(14)))
    assert [point.value for point in course.points] == [7.0, 5.0, 3.0]
    assert course.n == 3


def test_a_session_rated_more_than_once_counts_with_its_median() -> None:
    (course,) = markers_then_and_now([note(0, "Panic: 9/10\nPanic: 5/10\nPanic: 4/10")])

    assert [point.value for point in course.points] == [5.0]


def test_other_scales_are_other_markers() -> None:
    courses = markers_then_and_now([note(0, "Sleep: 5/7"), note(7, "Sleep: 5/10")])

    assert [(c.marker, c.scale, c.n) for c in courses] == [("Sleep", 10.0, 1), ("Sleep", 7.0, 1)]


def test_the_most_recently_rated_come_first_then_the_most_often_rated() -> None:
    notes = [note(0, "A: x\nEnergy: 3/10\nSleep: 5/10"), note(7, "Sleep: 5/10\nPanic: 2/10")]

    assert [course.marker for course in markers_then_and_now(notes)] == ["Sleep", "Panic", "Energy"]


def test_the_stub_asks_for_what_the_last_five_notes_rated_latest_first() -> None:
    notes = [note(0, "Old: 1/10")] + [note(7 * week, "Sleep: 5/10") for week in range(1, 5)]
    notes += [note(35, "Panic: 2/10\nSleep quality: 4/7\nSLEEP: 6/10")]

    assert markers_to_rate(notes) == ("Panic", "Sleep quality", "SLEEP")
    assert scales_to_rate(notes) == {"Panic": 10.0, "Sleep quality": 7.0, "SLEEP": 10.0}


def test_what_is_followed_is_asked_for_first_and_once_with_its_own_scale() -> None:
    notes = [note(0, "Sleep: 5/10\nPANIC: 7/10\nEnergy: 2/5")]
    followed_markers = [followed("Boundary holding", scale=7), followed("Panic", scale=5)]

    assert markers_to_rate(notes, followed_markers) == ("Boundary holding", "Panic", "Sleep", "Energy")
    assert scales_to_rate(notes, followed_markers) == {
        "Boundary holding": 7.0,
        "Panic": 5.0,
        "Sleep": 10.0,
        "Energy": 5.0,
    }


def test_what_is_retired_is_never_asked_for_though_it_was_rated_lately() -> None:
    notes = [note(0, "panic: 7/10\nSleep: 5/10")]

    assert markers_to_rate(notes, [retired("Panic"), retired("Energy")]) == ("Sleep",)
    assert scales_to_rate(notes, [retired("Panic")]) == {"Sleep": 10.0}


def test_without_notes_there_is_nothing_to_rate() -> None:
    assert markers_to_rate([]) == ()
    assert markers_then_and_now([]) == ()


def test_a_sparkline_reaches_from_the_lowest_bar_to_the_highest() -> None:
    assert sparkline_text([0, 1.5, 5, 7, 10], 10) == "▁▂▅▆█"
    assert sparkline_text([], 10) == ""


@given(st.lists(st.floats(0, 10)))
def test_a_sparkline_has_one_bar_for_each_value_and_keeps_their_order(values: list[float]) -> None:
    bars = sparkline_text(sorted(values), 10)

    assert len(values) == len(bars)
    assert sorted(bars) == list(bars)


@pytest.mark.parametrize("n", [1, 5, 6, 41, 60])
def test_a_long_course_is_drawn_whole_from_its_first_value_to_its_latest(n: int) -> None:
    values = [8.0, *[5.0] * (n - 2), 3.0][:n]

    drawn = resampled(values, 5)

    assert (min(n, 5), values[0], values[-1]) == (len(drawn), drawn[0], drawn[-1])
    assert {5.0} >= set(drawn[1:-1])


def test_between_them_stand_the_medians_of_equal_stretches() -> None:
    assert [1, 2.5, 4.5, 6.5, 9] == resampled([1, 2, 3, 4, 5, 6, 7, 9], 5)
