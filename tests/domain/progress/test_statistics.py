"""The small statistics, against scipy to six digits."""

from math import isclose

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import kendalltau, norm, theilslopes

from sync.domain.progress.statistics import mann_kendall, mean_step, theil_sen_change, usual_swing

values_of_a_scale = st.lists(st.integers(0, 10).map(float), min_size=4, max_size=40)


@given(values_of_a_scale)
def test_mann_kendall_tests_kendalls_tau_with_a_correction_for_continuity(values: list[float]) -> None:
    n, kinds = len(values), min(len(values), len(set(values)))
    assume(kinds > 1)
    tau = kendalltau(range(n), values, method="asymptotic", variant="c")
    score = round(float(tau.statistic) * n * n * (kinds - 1) / kinds / 2)
    assume(score != 0)
    deviation = abs(score) / float(norm.isf(tau.pvalue / 2))

    z = mann_kendall(values)

    assert isclose(z, (score - (1 if score > 0 else -1)) / deviation, rel_tol=1e-6, abs_tol=1e-9)


@given(values_of_a_scale, st.data())
def test_theil_sens_change_is_scipys_slope_over_the_whole_time(
    values: list[float], data: st.DataObject
) -> None:
    steps = data.draw(st.lists(st.integers(1, 40), min_size=len(values), max_size=len(values)))
    days = [float(sum(steps[: number + 1])) for number in range(len(values))]

    change = theil_sen_change(days, values)

    assert isclose(change, theilslopes(values, days).slope * (days[-1] - days[0]), abs_tol=1e-6)


def test_sessions_on_one_day_say_nothing_of_a_slope() -> None:
    assert theil_sen_change([3.0, 3.0, 3.0], [1.0, 5.0, 9.0]) == 0


@pytest.mark.parametrize("values", [[], [4.0], [4.0, 4.0, 4.0]])
def test_what_does_not_move_has_no_direction_and_no_swing(values: list[float]) -> None:
    assert (mann_kendall(values), usual_swing(values), mean_step(values)) == (0, 0, 0)


def test_the_usual_swing_is_that_of_the_noise_around_a_level() -> None:
    assert usual_swing([5, 6, 5, 6, 5]) == pytest.approx(1.4826 / 2**0.5)
    assert mean_step([5, 6, 4]) == 1.5
