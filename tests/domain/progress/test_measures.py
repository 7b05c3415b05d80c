"""A questionnaire's course: then and now, and what lies between, on its ground."""

from datetime import date, timedelta

from sync.domain.progress.instruments.k10 import K10
from sync.domain.progress.instruments.pcl5 import PCL5
from sync.domain.progress.instruments.phq9 import PHQ9
from sync.domain.progress.instruments.totals import ORS, SRS
from sync.domain.progress.instruments.values import Instrument
from sync.domain.progress.measure_sentences import measure_sentence
from sync.domain.progress.measures import MeasureReading, MeasureResult, low_alliance_days, read_measures
from sync.domain.progress.trends import Label
from tests.domain.progress.results import total_of


def reading(*results: MeasureResult) -> MeasureReading:
    [found] = read_measures(results)
    return found


def said(*results: MeasureResult) -> str:
    return measure_sentence(reading(*results), date.isoformat)


def monthly(*totals: float, instrument: Instrument = PHQ9) -> list[MeasureResult]:
    days = [date(2026, 1, 5) + timedelta(days=28 * number) for number in range(len(totals))]
    return [total_of(day.isoformat(), total, instrument) for day, total in zip(days, totals, strict=True)]


def test_a_single_result_is_told_as_it_is() -> None:
    assert "Taken once, on 2026-06-02: 13 (moderate)." == said(total_of("2026-06-02", 13))


def test_a_reliable_change_is_told_with_its_ground_and_the_cut_off() -> None:
    assert (
        "16 (moderately severe) on 2026-01-05 → 9 (mild) on 2026-02-02: 7 points lower, a reliable change "
        "for the better (6 or more, published), and now out of the clinical range."
    ) == said(*monthly(16, 9))


def test_for_the_worse_is_said_as_plainly() -> None:
    assert "7 points higher, a reliable change for the worse (6 or more, published)" in said(*monthly(3, 10))
    assert "and now in the clinical range" in said(*monthly(3, 10))
    assert "5 points lower, a reliable change for the worse" in said(*monthly(30, 25, instrument=ORS))


def test_less_than_that_is_no_change_even_across_the_cut_off() -> None:
    sentence = said(*monthly(10, 9))

    assert "1 point lower, less than a reliable change (6 or more, published)" in sentence
    assert "clinical" not in sentence


def test_what_nobody_has_published_is_called_provisional() -> None:
    assert "9 points lower, a reliable change for the better (7 or more, provisional: assumed)" in said(
        *monthly(30, 21, instrument=K10)
    )


def test_the_step_before_is_told_as_well() -> None:
    assert "Since the one before (8 on 2026-02-02): 8 points higher, a reliable change for the worse" in said(
        *monthly(16, 8, 16)
    )
    assert "on 2026-03-02: no difference." in said(*monthly(16, 8, 16))


def test_of_the_alliance_neither_change_nor_trend_is_judged() -> None:
    results = monthly(39, 38, 30, 29, 20, 18, instrument=SRS)

    assert reading(*results).course is None
    assert said(*results[-2:]).endswith(": 2 points lower.")
    assert "below 36: worth talking over together" in said(*results)


def test_a_session_rated_below_36_is_a_low_day_whatever_else_is_low() -> None:
    results = [
        total_of("2026-06-02", 35.9, SRS),
        total_of("2026-06-03", 36, SRS),
        total_of("2026-06-04", 20, ORS),
        total_of("2026-06-05", 20, SRS, voided=True),
    ]

    assert [date(2026, 6, 2)] == low_alliance_days(results)


def test_five_results_over_time_have_a_trend_by_the_reliable_change() -> None:
    falling = reading(*monthly(60, 52, 41, 33, 24, 15, instrument=PCL5))
    small = reading(*monthly(40, 38, 36, 34, 32, 30, instrument=PCL5))

    assert falling.course is not None
    assert falling.course.trend is not None
    assert small.course is not None
    assert small.course.trend is not None
    assert (Label.IMPROVING, 15) == (falling.course.trend.label, falling.course.trend.threshold)
    assert Label.STEADY is small.course.trend.label
    assert "easing" in measure_sentence(falling, date.isoformat)


def test_beside_a_reliable_change_it_is_not_said_that_there_is_no_trend() -> None:
    eased = measure_sentence(reading(*monthly(14, 9, 8, 9, 7, 9, 7)), date.isoformat)

    assert "a reliable change for the better" in eased
    assert "no trend seen" not in eased
    assert "no trend seen" in measure_sentence(reading(*monthly(9, 8, 9, 7, 9, 7)), date.isoformat)


def test_what_is_voided_counts_not_and_days_stand_in_order() -> None:
    results = [total_of("2026-06-02", 5), total_of("2026-05-02", 9), total_of("2026-05-09", 27, voided=True)]

    assert [9, 5] == [each.total for each in reading(*results).results]


def test_the_questionnaire_answered_last_stands_first() -> None:
    both = read_measures([total_of("2026-06-02", 5), total_of("2026-06-03", 30, PCL5)])

    assert ["PCL-5", "PHQ-9"] == [each.instrument.name for each in both]
    assert () == read_measures([])
