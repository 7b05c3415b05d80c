"""Two totals of one person: what lies between them, and when it counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.progress.instruments.gad7 import GAD7
from sync.domain.progress.instruments.known import INSTRUMENTS
from sync.domain.progress.instruments.phq9 import PHQ9
from sync.domain.progress.instruments.totals import ORS, SRS, WHO5
from sync.domain.progress.reliable_change import Change, Crossed, Direction, change_between


def test_from_its_reliable_change_on_a_difference_counts() -> None:
    assert Change(16, 11, False) == change_between(PHQ9, 16, 11)
    assert Change(16, 10, True, Direction.BETTER) == change_between(PHQ9, 16, 10)
    assert Change(10, 16, True, Direction.WORSE) == change_between(PHQ9, 10, 16)


def test_where_higher_is_better_a_rise_is_for_the_better() -> None:
    assert Change(26, 31, True, Direction.BETTER) == change_between(ORS, 26, 31)
    assert Direction.WORSE == change_between(WHO5, 80, 56).direction
    assert not change_between(WHO5, 80, 60).is_reliable


def test_a_cut_off_that_is_crossed_by_less_than_a_reliable_change_says_nothing() -> None:
    assert change_between(PHQ9, 10, 9).crossed is None
    assert change_between(GAD7, 9, 6).crossed is None


@pytest.mark.parametrize(
    ("before", "after", "crossed"),
    [(15, 9, Crossed.OUT_OF), (9, 15, Crossed.INTO), (20, 12, None), (9, 2, None)],
)
def test_with_a_reliable_change_it_does(before: float, after: float, crossed: Crossed | None) -> None:
    change = change_between(PHQ9, before, after)

    assert change.is_reliable
    assert crossed == change.crossed


def test_of_the_alliance_no_change_is_judged() -> None:
    assert Change(40, 10, None) == change_between(SRS, 40, 10)


OTHER_WAY = {
    Direction.BETTER: Direction.WORSE,
    Direction.WORSE: Direction.BETTER,
    Crossed.INTO: Crossed.OUT_OF,
    Crossed.OUT_OF: Crossed.INTO,
    None: None,
}


@given(st.data())
def test_there_and_back_is_the_same_the_other_way_round(data: st.DataObject) -> None:
    instrument = data.draw(st.sampled_from(INSTRUMENTS))
    totals = st.integers(int(instrument.lowest), int(instrument.highest))
    one, other = data.draw(totals), data.draw(totals)

    there, back = change_between(instrument, one, other), change_between(instrument, other, one)

    assert there.points == -back.points
    assert there.is_reliable == back.is_reliable
    assert (there.direction, there.crossed) == (OTHER_WAY[back.direction], OTHER_WAY[back.crossed])
