"""What became of a session, seen from a moment."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.domain.attendance.states import (
    ASSUMED_AFTER,
    STATUSES,
    is_assumed,
    is_counted,
    status_at,
)

END = datetime(2026, 6, 16, 14, 50, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


def test_a_session_is_scheduled_until_its_end_and_then_unconfirmed() -> None:
    assert ["scheduled", "unconfirmed"] == [
        status_at("scheduled", END, END - MOMENT),
        status_at("scheduled", END, END),
    ]


@pytest.mark.parametrize("said", ["held", "no_show", "cancelled"])
def test_what_was_said_stays_said(said: str) -> None:
    assert said == status_at(said, END, END + 2 * ASSUMED_AFTER)


def test_after_fourteen_days_of_silence_it_counts_as_kept_and_is_marked_as_assumed() -> None:
    before, after = END + ASSUMED_AFTER - MOMENT, END + timedelta(days=14)

    assert [False, True] == [is_assumed("scheduled", END, at) for at in (before, after)]


def test_an_hour_of_the_past_that_nobody_was_asked_about_is_never_assumed() -> None:
    later = END + timedelta(days=3000)

    assert not is_assumed("scheduled", END, later, is_history=True)


def test_only_what_certainly_took_place_of_the_past_is_numbered() -> None:
    assert ["held"] == [
        said for said in STATUSES if is_counted(said, is_history=True) and said != "unconfirmed"
    ]
    assert ["scheduled", "held", "unconfirmed"] == [said for said in STATUSES if is_counted(said)]
