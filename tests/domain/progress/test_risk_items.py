"""What a questionnaire was answered about risk is stated, whatever its total does."""

from datetime import date

from sync.domain.progress.instruments.core10 import CORE10
from sync.domain.progress.instruments.gad7 import GAD7
from sync.domain.progress.measures import MeasureResult
from sync.domain.progress.risk_items import all_risk_lines, risk_items, risk_lines
from tests.domain.progress.results import answers_of, phq9_with_item_9, total_of

ITEM_9 = "PHQ-9, item 9, “Thoughts that you would be better off dead or of hurting yourself in some way”: "


def said(*results: MeasureResult) -> list[str]:
    return [line for item in risk_items(results) for line in risk_lines(item, date.isoformat)]


def test_one_answer_above_the_lowest_is_stated_at_once_in_the_forms_own_words() -> None:
    assert [f"{ITEM_9}1 (Several days) on 2026-06-02."] == said(phq9_with_item_9("2026-06-02", 1))


def test_what_it_was_before_stands_beside_it_also_when_it_is_nought_now() -> None:
    rose = said(phq9_with_item_9("2026-06-02", 2), phq9_with_item_9("2026-05-02", 0))
    fell = said(phq9_with_item_9("2026-05-02", 2), phq9_with_item_9("2026-06-02", 0))

    assert [
        f"{ITEM_9}2 (More than half the days) on 2026-06-02; before that 0 (Not at all) on 2026-05-02."
    ] == rose
    assert [
        f"{ITEM_9}0 (Not at all) on 2026-06-02; before that 2 (More than half the days) on 2026-05-02."
    ] == fell


def test_twice_nought_is_nothing_to_state() -> None:
    earlier = [phq9_with_item_9(day, answer) for day, answer in (("2026-03-02", 3), ("2026-04-02", 0))]

    assert [] == said(*earlier, phq9_with_item_9("2026-05-02", 0))


def test_a_total_alone_does_not_show_it_and_what_was_seen_last_stays() -> None:
    assert ["PHQ-9 of 2026-06-02: total only; risk items not visible."] == said(total_of("2026-06-02", 3))
    assert [
        f"{ITEM_9}1 (Several days) on 2026-05-02.",
        "PHQ-9 of 2026-06-02: total only; risk items not visible.",
    ] == said(total_of("2026-06-02", 3), phq9_with_item_9("2026-05-02", 1))


def test_of_several_totals_it_is_said_once_after_what_can_be_seen() -> None:
    core = total_of("2026-06-04", 12, instrument=CORE10)
    items = risk_items([total_of("2026-06-02", 3), phq9_with_item_9("2026-05-02", 1), core])

    assert (
        f"{ITEM_9}1 (Several days) on 2026-05-02.",
        "PHQ-9 of 2026-06-02 and CORE-10 of 2026-06-04: total only; risk items not visible.",
    ) == all_risk_lines(items, date.isoformat)
    assert tuple(said(core)) == all_risk_lines(risk_items([core]), date.isoformat)


def test_an_item_left_out_is_told_as_such() -> None:
    answers = [0, 4, 4, 0, 0, None, 0, 0, 0, 0]

    assert ["CORE-10 of 2026-06-02: its risk item was left out."] == said(
        answers_of("2026-06-02", *answers, instrument=CORE10)
    )


def test_each_questionnaire_that_asks_stands_for_itself_and_the_others_say_nothing() -> None:
    core = answers_of("2026-06-02", 0, 4, 4, 0, 0, 2, 0, 0, 0, 0, instrument=CORE10)
    gad = answers_of("2026-06-02", *[3] * 7, instrument=GAD7)

    lines = said(core, gad, phq9_with_item_9("2026-06-01", 3))

    assert 2 == len(lines)
    assert "CORE-10, item 6, “I made plans to end my life”: 2 (Sometimes) on 2026-06-02." in lines


def test_what_is_voided_states_nothing() -> None:
    assert [] == said(total_of("2026-06-02", 3, voided=True))
