"""What is said of a course: each label where its rule holds, and seldom where nothing moves."""

from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.progress.trends import DOWN, UP, Label, Yardstick, family, read_trend
from tests.domain.progress.courses import LIMITS, ratings, session_days

RATING = Yardstick.of_rating(10)


def label_of(values: Sequence[float], every: float = 7, yardstick: Yardstick = RATING) -> Label:
    return read_trend([every * number for number in range(len(values))], list(values), yardstick).label


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ([5, 6, 7, 8], Label.TOO_EARLY),
        ([3, 3, 4, 4, 5, 5, 6, 6, 7, 7], Label.IMPROVING),
        ([7, 7, 6, 6, 5, 5, 4, 4, 3, 3], Label.WORSENING),
        ([3, 3, 4, 4, 5, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7], Label.HOLDING_GAINS),
        ([7, 7, 6, 6, 5, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3], Label.LOWER_LEVEL),
        ([3, 3, 4, 5, 6, 7, 7, 7, 7, 7, 4, 4, 4], Label.SETBACK),
        ([6, 5, 7, 6, 5, 4, 6, 6, 7, 6, 4, 4, 4], Label.LOWER_SPELL),
        ([5, 6, 4, 5, 6, 7, 5, 5, 4, 5, 7, 7, 7], Label.RECENT_LIFT),
        ([2, 8, 3, 7, 2, 8, 3, 7, 2, 8], Label.FLUCTUATING),
        ([5, 6, 5, 6, 5, 6, 5, 6, 5, 6], Label.STEADY),
    ],
)
def test_each_label_is_said_where_its_rule_holds(values: list[float], label: Label) -> None:
    assert label_of(values) == label


def test_nothing_is_said_of_a_course_of_less_than_four_weeks() -> None:
    values = [2, 3, 4, 5, 6, 7, 8, 9]

    assert label_of(values, every=3) == Label.TOO_EARLY
    assert label_of(values, every=4) == Label.IMPROVING


def test_a_direction_is_confirmed_when_the_session_before_gave_it_too() -> None:
    rising: list[float] = [3, 3, 4, 4, 5, 5, 6, 6, 7, 7]
    days = [7.0 * number for number in range(len(rising))]
    first = next(n for n in range(5, 11) if read_trend(days[:n], rising[:n], RATING).label in UP)

    at_first, then = (read_trend(days[:n], rising[:n], RATING) for n in (first, first + 1))

    assert (at_first.confirmed, then.confirmed) == (False, True)


def test_a_movement_must_exceed_the_persons_own_swing() -> None:
    calm: list[float] = [4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7]
    restless: list[float] = [4, 7, 2, 6, 3, 7, 4, 8, 3, 8, 5, 8]

    assert label_of(calm) in UP
    assert label_of(restless) not in UP


def test_a_questionnaire_moves_only_beyond_its_reliable_change() -> None:
    phq9 = Yardstick.of_measure(27, 6)
    falling: list[float] = [20, 20, 19, 19, 18, 18, 17, 17, 16, 16]  # as turned: higher is better

    assert label_of([-value for value in falling], yardstick=phq9) == Label.STEADY
    assert label_of([-2 * value for value in falling], yardstick=phq9) == Label.IMPROVING


def test_families_are_the_labels_with_a_direction() -> None:
    assert {family(label) for label in Label} == {UP, DOWN, None}
    assert not UP & DOWN


@given(st.lists(st.integers(0, 10).map(float), min_size=5, max_size=40), st.sampled_from([7, 14, 28]))
def test_a_course_turned_upside_down_has_the_opposite_direction(values: list[float], every: float) -> None:
    """But for a lower spell and a setback, which have no opposite: a lift is never called a gain."""
    label, turned = label_of(values, every), label_of([10 - value for value in values], every)

    opposite = {Label.IMPROVING: Label.WORSENING, Label.HOLDING_GAINS: Label.LOWER_LEVEL}
    sudden = {Label.SETBACK, Label.LOWER_SPELL, Label.RECENT_LIFT}
    if not sudden & {label, turned} and label in opposite:
        assert turned == opposite[label]


@given(st.lists(st.integers(0, 10).map(float), min_size=1, max_size=60), st.integers(1, 9))
def test_any_course_on_any_days_has_a_reading(values: list[float], sessions_a_day: int) -> None:
    days = [float(number // sessions_a_day) for number in range(len(values))]

    read = read_trend(days, values, RATING)

    assert read.n == len(values)
    assert read.label in Label


SEEDS = 600


@pytest.mark.parametrize("n", LIMITS)
def test_seldom_is_a_direction_seen_where_there_is_none_and_mostly_where_there_is_one(n: int) -> None:
    """SD 1, carry-over .3, unconfirmed; allowed is what two standard errors of so many courses add."""
    most_up, most_down, least_found = LIMITS[n]
    rng = Random(2026)
    still: Counter[frozenset[Label] | None] = Counter()
    rising: Counter[frozenset[Label] | None] = Counter()
    for _ in range(SEEDS):
        days = session_days(rng, n)
        still[family(read_trend(days, ratings(rng, days), RATING).label)] += 1
        rising[family(read_trend(days, ratings(rng, days, rise=3), RATING).label)] += 1

    assert 100 * still[UP] / SEEDS <= most_up + _two_errors(most_up)
    assert 100 * still[DOWN] / SEEDS <= most_down + _two_errors(most_down)
    assert 100 * rising[UP] / SEEDS >= least_found - _two_errors(least_found)


def _two_errors(per_cent: float) -> float:
    return 2 * float((per_cent * (100 - per_cent) / SEEDS) ** 0.5)
