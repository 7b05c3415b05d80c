"""How often a client comes: agreed or usual, gaps without pauses, whole days whatever the clocks do."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.attendance.agreement import Agreement, Cadence, Pause
from sync.domain.attendance.fates import fates_of
from sync.domain.attendance.rhythm import Rhythm, Spacing, rhythm_of
from sync.domain.attendance.tally import Share
from tests.domain.attendance.builders import FIRST, ZONE, at, seen, state, week, weekly


def rhythm(letters: str, today: date, agreement: Agreement | None = None, every: int = 7) -> Rhythm:
    found = fates_of(weekly(letters, every=every), ZONE, at(today, 22))
    return rhythm_of(found, agreement or Agreement(), today)


def test_without_a_word_the_usual_spacing_is_the_median_of_the_last_eight_gaps() -> None:
    assert [None, Spacing(7, said=False)] == [rhythm(k, week(30)).spacing for k in ("kkkk", "kkkkk")]
    assert Spacing(14, said=False) == rhythm("kkkkkkkkk" + ".k" * 8, week(40)).spacing


def test_what_was_agreed_holds_from_its_day_on() -> None:
    agreed = Agreement((Cadence(7), Cadence(14, week(10))))

    assert [7, 14] == [rhythm("kkk", day, agreed).spacing.days for day in (week(9), week(10))]  # type: ignore[union-attr] # agreed
    assert Spacing(14, said=True) == rhythm("kkk", week(12), agreed).spacing


def test_before_the_first_agreed_day_the_usual_spacing_holds() -> None:
    agreed = Agreement((Cadence(28, week(20)),))

    assert Spacing(7, said=False) == rhythm("kkkkkk", week(19), agreed).spacing


def test_a_gap_up_to_one_and_a_half_spacings_is_on_cadence() -> None:
    days = [FIRST + timedelta(days=each) for each in (0, 10, 21)]
    found = fates_of([state(day) for day in days], ZONE, at(week(9)))

    gaps = rhythm_of(found, Agreement((Cadence(7),)), week(9)).gaps
    assert [(10, True), (11, False)] == [(gap.days, gap.is_on_cadence) for gap in gaps]


def test_a_gap_across_a_change_is_judged_by_the_longer_spacing() -> None:
    days = [FIRST, FIRST + timedelta(days=14)]
    found = fates_of([state(day) for day in days], ZONE, at(week(9)))

    to_weekly = Agreement((Cadence(14), Cadence(7, FIRST + timedelta(days=10))))
    assert [True] == [gap.is_on_cadence for gap in rhythm_of(found, to_weekly, week(9)).gaps]


def test_days_of_a_pause_make_no_gap() -> None:
    august = Pause(FIRST + timedelta(days=1), week(4))

    [gap] = rhythm("k...k", week(5), Agreement((Cadence(7),), (august,))).gaps
    assert (1, True) == (gap.days, gap.is_on_cadence)


def test_pauses_that_overlap_are_taken_out_once() -> None:
    both = (Pause(week(1), week(3)), Pause(week(2), week(3)))

    assert [14] == [gap.days for gap in rhythm("k...k", week(5), Agreement((), both)).gaps]


def test_an_open_pause_keeps_the_open_gap_from_growing() -> None:
    paused = Agreement((Cadence(7),), (Pause(week(1)),))

    assert [7, 7] == [rhythm("k", week(weeks), paused).open_days for weeks in (1, 9)]


def test_adherence_needs_four_gaps_and_counts_the_open_one_once_it_is_too_long() -> None:
    agreed = Agreement((Cadence(7),))

    assert rhythm("kkkk", week(3), agreed).adherence is None
    assert Share(4, 4) == rhythm("kkkkk", week(5), agreed).adherence
    assert Share(4, 5) == rhythm("kkkkk", week(6), agreed).adherence
    assert Share(3, 4) == rhythm("kk..kkk", week(6), agreed).adherence


def test_coverage_is_of_the_days_that_counted() -> None:
    agreed = Agreement((Cadence(7),), (Pause(week(4), week(6)),))

    coverage = seen(weekly("kkkk..kkk"), week(8), agreed).coverage
    assert coverage is not None
    assert (7, round((8 * 7 + 1 - 14) / 7, 3)) == (coverage.kept, round(coverage.expected, 3))
    assert 1.0 == coverage.share


def test_gaps_are_whole_days_in_the_weeks_when_the_clocks_change() -> None:
    for first in (date(2026, 3, 24), date(2026, 10, 20)):
        found = fates_of(weekly("kk", first), ZONE, at(first + timedelta(weeks=3)))
        assert [7] == [gap.days for gap in rhythm_of(found, Agreement(), first + timedelta(weeks=3)).gaps]


SPANS = st.lists(st.tuples(st.integers(-20, 120), st.none() | st.integers(-20, 120)), max_size=5)


@given(st.lists(st.integers(0, 100), min_size=2, max_size=12, unique=True), SPANS)
def test_pauses_only_ever_shorten_gaps(days: list[int], spans: list[tuple[int, int | None]]) -> None:
    found = fates_of([state(FIRST + timedelta(days=each)) for each in days], ZONE, at(week(20)))
    pauses = tuple(
        Pause(FIRST + timedelta(days=begin), None if end is None else FIRST + timedelta(days=end))
        for begin, end in spans
    )

    with_pauses = rhythm_of(found, Agreement((), pauses), week(20))
    without = rhythm_of(found, Agreement(), week(20))
    assert all(1 <= one.days <= other.days for one, other in zip(with_pauses.gaps, without.gaps, strict=True))
    assert 0 <= (with_pauses.open_days or 0) <= (without.open_days or 0)
