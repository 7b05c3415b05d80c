"""What questionnaires gave is kept sealed, added to and never overwritten."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from models import tables
from models.errors import DatabaseBehind
from sync.domain.progress.instruments.phq9 import PHQ9
from sync.store.measures import add_result, find_results, measure_results, void_result
from tests.domain.progress.results import phq9_with_item_9, total_of
from tests.practice import WEDNESDAY, Practice


def test_what_was_entered_is_read_back_by_day(practice: Practice) -> None:
    jo, kim = practice.client("Jo Bloggs"), practice.client("Kim Mori")
    late, early = phq9_with_item_9("2026-06-02", 1), total_of("2026-05-02", 9)
    with practice.app.writing() as records:
        kept = [add_result(records, jo.id, each) for each in (late, early)]
        add_result(records, kim.id, late)

    with practice.app.reading() as records:
        assert tuple(reversed(kept)) == measure_results(records, jo.id)
        assert (kept[1],) == measure_results(records, jo.id, until=date(2026, 6, 1))
    assert [late, early] == [
        replace(each, id=given.id) for each, given in zip(kept, (late, early), strict=True)
    ]


def test_a_voided_result_stays_with_its_reason(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    with practice.app.writing() as records:
        made = add_result(records, jo.id, total_of("2026-06-02", 9))
    with practice.app.writing() as records:
        [row] = find_results(records, made.id[:8])
        void_result(records, row, "of another client", WEDNESDAY)

    with practice.app.reading() as records:
        expected = replace(made, voided_at=WEDNESDAY, void_reason="of another client")
        assert (expected,) == measure_results(records, jo.id)
        assert [] == find_results(records, "")


def test_neither_which_questionnaire_nor_a_number_nor_a_word_stands_readable(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    with practice.app.writing() as records:
        made = add_result(records, jo.id, phq9_with_item_9("2026-06-02", 1))
        [row] = find_results(records, made.id)
        void_result(records, row, "of another client", WEDNESDAY)

    with practice.app.reading() as records:
        shown = {
            key: value
            for each in records.db.exec(select(tables.MeasureResult))
            for key, value in each.model_dump().items()
            if not isinstance(value, bytes)
        }

    assert {"id", "client_id", "session_id", "taken_on", "entered_at", "voided_at"} == set(shown)


def test_a_result_of_a_questionnaire_from_the_future_asks_for_a_newer_program(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    unknown = replace(total_of("2026-06-02", 9), instrument=replace(PHQ9, name="PHQ-99"))

    with practice.app.writing() as records, pytest.raises(DatabaseBehind, match="questionnaire"):
        add_result(records, jo.id, unknown)
