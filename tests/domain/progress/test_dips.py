"""Lower stretches that passed, and a sudden fall to the worst end."""

from sync.domain.progress.dips import dips_that_passed, sudden_low
from sync.domain.progress.trends import Yardstick

TEN = Yardstick.of_rating(10)
USUAL, LOW = [6.0] * 5, [3.0] * 3


def test_a_dip_has_passed_when_the_usual_is_reached_within_six_sessions() -> None:
    assert 1 == dips_that_passed([*USUAL, *LOW, *USUAL], TEN)
    assert 1 == dips_that_passed([*USUAL, *LOW, *[3.0] * 5, 5.0], TEN)
    assert 0 == dips_that_passed([*USUAL, *LOW, *[3.0] * 6, 5.0], TEN)
    assert 0 == dips_that_passed([*USUAL, *LOW, *[4.0] * 6], TEN)


def test_the_present_dip_is_not_one_that_passed() -> None:
    assert 0 == dips_that_passed([*USUAL, *LOW], TEN)
    assert 0 == dips_that_passed([*USUAL, *LOW, 3.0], TEN)
    assert 1 == dips_that_passed([*USUAL, *LOW, *USUAL, *LOW], TEN)


def test_each_dip_is_counted_once() -> None:
    assert 2 == dips_that_passed([*USUAL, *LOW, *USUAL, *LOW, *USUAL], TEN)


def test_a_sudden_low_is_a_fall_of_a_fifth_to_the_worst_fifth() -> None:
    assert (6, 6, 4) == (sudden_low([6, 1], 10), sudden_low([6, 6, 6, 2], 10), sudden_low([4, 2], 10))
    assert [None] * 4 == [sudden_low(values, 10) for values in ([1.0], [6.0, 3.0], [2.0, 1.0], [1.0, 1.0])]
