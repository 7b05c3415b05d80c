"""When a shift began: the best single step, and none where there is no step."""

from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.progress.turning_points import FEWEST, LEAST_SIDE, best_split, turning_point


def spread(values: list[float]) -> float:
    return sum(abs(value - median(values)) for value in values)


@given(st.lists(st.integers(0, 10).map(float), min_size=2 * LEAST_SIDE, max_size=40))
def test_the_best_split_is_the_one_found_by_trying_all(values: list[float]) -> None:
    tried = {at: spread(values[:at]) + spread(values[at:]) for at in range(4, len(values) - 3)}
    best = min(tried.values())

    at, apart = best_split(values)

    assert (best, min(cut for cut in tried if tried[cut] == best)) == (apart, at)


def test_a_step_is_dated_to_its_first_value() -> None:
    assert 12 == turning_point(list(range(24)), [3.0] * 12 + [6.0] * 12)
    assert 4 == turning_point(list(range(24)), [3.0] * 4 + [6.0] * 20)


def test_one_odd_value_moves_no_step() -> None:
    assert 12 == turning_point(list(range(24)), [3.0] * 5 + [9.0] + [3.0] * 6 + [6.0] * 12)


def test_without_a_step_or_enough_values_there_is_no_date() -> None:
    days = [float(day) for day in range(FEWEST)]

    assert turning_point(days, days) is None
    assert turning_point(days[1:], [3.0] * 9 + [6.0] * 10) is None
    assert turning_point(days, [5.0] * FEWEST) is None
