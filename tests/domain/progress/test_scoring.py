"""From answers to totals, worked out by hand; what is too incomplete has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.progress.instruments.core10 import CORE10
from sync.domain.progress.instruments.gad7 import GAD7
from sync.domain.progress.instruments.k10 import K10
from sync.domain.progress.instruments.known import INSTRUMENTS, instrument_called
from sync.domain.progress.instruments.pcl5 import PCL5
from sync.domain.progress.instruments.phq9 import PHQ9
from sync.domain.progress.instruments.totals import BARC10, ORS, SRS, WHO5, WSAS
from sync.domain.progress.instruments.values import Form, Instrument
from sync.domain.progress.scoring import Scored, Unscored, band_of, check_total, is_clinical, score_answers

WITH_ITEMS = [each for each in INSTRUMENTS if each.form is not None]


def form_of(instrument: Instrument) -> Form:
    assert instrument.form is not None
    return instrument.form


@pytest.mark.parametrize(
    ("instrument", "answers", "total"),
    [
        (PHQ9, [1, 2, 3, 3, 1, 2, 0, 0, 1], 13),
        (GAD7, [3, 2, 2, 1, 0, 1, 3], 12),
        (PCL5, [2] * 10 + [3] * 10, 50),
        (K10, [1, 2, 3, 4, 5, 1, 2, 3, 4, 5], 30),
        # items 2 and 3 count the other way round: 4-1 and 4-0
        (CORE10, [3, 1, 0, 2, 1, 0, 4, 2, 3, 1], 3 + 3 + 4 + 2 + 1 + 0 + 4 + 2 + 3 + 1),
        (CORE10, [0, 4, 4, 0, 0, 0, 0, 0, 0, 0], 0),
        (CORE10, [4, 0, 0, 4, 4, 4, 4, 4, 4, 4], 40),
    ],
)
def test_a_total_is_what_the_form_gives_by_hand(
    instrument: Instrument, answers: list[int], total: float
) -> None:
    assert Scored(total) == score_answers(instrument, answers)


def test_an_item_that_was_left_out_counts_as_the_mean_of_the_others() -> None:
    # 3 + 3 + 4 + 2 + 1 + 0 + 4 + 2 + 3 = 22 in nine items; ten thirds of which make 24.4
    assert Scored(24.4, 1) == score_answers(CORE10, [3, 1, 0, 2, 1, 0, 4, 2, 3, None])
    assert Scored(40.0, 2) == score_answers(PCL5, [2] * 18 + [None] * 2)


@pytest.mark.parametrize(
    ("instrument", "most"),
    [(PHQ9, 0), (GAD7, 0), (PCL5, 2), (K10, 1), (CORE10, 1)],
    ids=lambda x: str(x)[:30],
)
def test_beyond_a_tenth_left_out_there_is_no_total(instrument: Instrument, most: int) -> None:
    form = form_of(instrument)
    for missing in (most, most + 1):
        answers = [form.lowest] * (len(form.items) - missing) + [None] * missing
        assert isinstance(score_answers(instrument, answers), Scored if missing <= most else Unscored)


@pytest.mark.parametrize("answers", [[0] * 8, [0] * 10, [0] * 8 + [4], [-1] + [0] * 8, []])
def test_answers_that_are_none_of_the_forms_have_no_total(answers: list[int]) -> None:
    assert isinstance(score_answers(PHQ9, answers), Unscored)


def test_without_items_only_a_total_can_be_given() -> None:
    assert isinstance(score_answers(ORS, [1, 2, 3, 4]), Unscored)
    assert check_total(ORS, 24.3) is None


@pytest.mark.parametrize(
    ("instrument", "total"), [(PHQ9, 28), (PHQ9, -1), (PHQ9, 4.5), (WHO5, 17), (K10, 9), (ORS, 40.1)]
)
def test_a_total_that_the_form_cannot_give_is_refused(instrument: Instrument, total: float) -> None:
    assert isinstance(check_total(instrument, total), Unscored)


@pytest.mark.parametrize(
    ("instrument", "bands"),
    [
        (PHQ9, {4: "minimal", 5: "mild", 9: "mild", 10: "moderate", 14: "moderate", 15: "moderately severe"}),
        (PHQ9, {19: "moderately severe", 20: "severe", 27: "severe"}),
        (GAD7, {4: "minimal", 5: "mild", 10: "moderate", 14: "moderate", 15: "severe"}),
        (CORE10, {5: "healthy", 6: "low", 10.9: "low", 11: "mild", 14: "mild", 15: "moderate"}),
        (CORE10, {19: "moderate", 20: "moderately severe", 24.4: "moderately severe", 25: "severe"}),
        (K10, {19: "likely well", 20: "mild", 24: "mild", 25: "moderate", 29: "moderate", 30: "severe"}),
        (WHO5, {28: "very low", 32: "low", 48: "low", 52: "not low"}),
        (WSAS, {9: "subclinical", 10: "impairment", 20: "impairment", 21: "moderately severe"}),
        (PCL5, {33: None}),
        (SRS, {35.9: "below 36: worth talking over together", 36: "36 or more"}),
    ],
)
def test_a_band_begins_where_its_source_says(instrument: Instrument, bands: dict[float, str | None]) -> None:
    assert bands == {total: band_of(instrument, total) for total in bands}


def test_at_the_cut_off_and_beyond_it_is_clinical_whichever_way_is_better() -> None:
    assert [False, True] == [is_clinical(PHQ9, total) for total in (9, 10)]
    assert [False, True] == [is_clinical(ORS, total) for total in (25.1, 25)]
    assert [True, False] == [is_clinical(BARC10, total) for total in (46, 47)]
    assert is_clinical(SRS, 1) is None


@given(st.data())
def test_every_total_lies_within_the_range(data: st.DataObject) -> None:
    instrument = data.draw(st.sampled_from(WITH_ITEMS))
    form = form_of(instrument)
    answers = st.none() | st.integers(form.lowest, form.highest)
    count = len(form.items)

    scored = score_answers(instrument, data.draw(st.lists(answers, min_size=count, max_size=count)))

    if isinstance(scored, Scored):
        assert instrument.lowest <= scored.total <= instrument.highest
        assert band_of(instrument, scored.total) is not None or not instrument.bands


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda each: each.name)
def test_every_questionnaire_says_whose_it_is_and_fits_its_own_form(instrument: Instrument) -> None:
    assert instrument is instrument_called(f" {instrument.name.lower().replace('-', ' ')} ")
    assert instrument.licence
    assert instrument.attribution
    assert list(instrument.bands) == sorted(instrument.bands, key=lambda band: band.least)
    assert [] == [
        band for band in instrument.bands if not instrument.lowest <= band.least <= instrument.highest
    ]
    if instrument.form is not None:
        count = len(instrument.form.items)
        ends = (count * instrument.form.lowest, count * instrument.form.highest)
        assert (instrument.lowest, instrument.highest) == ends
        assert count == len({item.text for item in instrument.form.items})


def test_an_unknown_name_is_none() -> None:
    assert instrument_called("PHQ") is None
    assert instrument_called("") is None
