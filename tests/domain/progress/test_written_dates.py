"""Which days a text names for certain."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.progress.written_dates import dates_in

WRITTEN_ON = date(2026, 6, 2)
"""A Tuesday."""


def days(text: str) -> list[str]:
    return [found.on.isoformat() for found in dates_in(text, WRITTEN_ON)]


@pytest.mark.parametrize(
    "text",
    [
        "Exam on 2026-06-20.",
        "Job review on 20 June – how to prepare?",
        "Hearing 20 Jun, 10:00",
        "the 20th of June",
        "June 20th is the day",
        "Jun. 20, then rest",
        "June 20, 2026",
        "Prüfung am 20. Juni",
        "am 20.06.2026 und am 20.6.26",
        "on Saturday 20th",
        "Sat the 20th",
        "Samstag, den 20.",
    ],
)
def test_a_day_that_can_only_be_one_is_read(text: str) -> None:
    assert ["2026-06-20"] == days(text)


@pytest.mark.parametrize(
    "text",
    [
        "on 5/6",
        "on Friday",
        "the 20th",
        "on Friday 20th",  # it is a Saturday, and July's is a Monday
        "on 1 June",  # yesterday
        "on 20 January",  # further than half a year
        "31 June",
        "2026-13-01",
        "4.20 June was said",
        "in June 2026",
        "she may 20 times a day",
        "12 mar",
        "June 20:30",
    ],
)
def test_what_may_be_another_day_or_none_is_left_alone(text: str) -> None:
    assert [] == days(text)


def test_the_year_turns_and_a_written_year_counts() -> None:
    assert [date(2027, 1, 5)] == [each.on for each in dates_in("on 5 Jan", date(2026, 12, 20))]
    assert ["2025-03-01", "2027-03-01"] == days("1 March 2025, 1 March 2027")


@given(st.text("0123456789 .-/,thsJunMaye:Fri", max_size=30))
def test_every_date_stands_where_it_is_said_to_stand(text: str) -> None:
    for found in dates_in(text, WRITTEN_ON):
        assert text.startswith(found.words, found.start)
