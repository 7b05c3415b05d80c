"""What became of a session, seen from a moment."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.domain.attendance.states import (
    ASSUMED_AFTER,
    STATUSES,
    is_assumed,
    is_counted,
    is_kept,
    is_missed,
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

    assert [False, True] == [is_kept("scheduled", END, at) for at in (before, after)]
    assert [False, True] == [is_assumed("scheduled", END, at) for at in (before, after)]


def test_an_hour_of_the_past_that_nobody_was_asked_about_is_never_assumed() -> None:
    later = END + timedelta(days=3000)

    assert not is_assumed("scheduled", END, later, is_history=True)
    assert [False, True] == [is_kept(said, END, later, is_history=True) for said in ("scheduled", "held")]


def test_only_what_certainly_took_place_of_the_past_is_numbered() -> None:
    assert ["held"] == [
        said for said in STATUSES if is_counted(said, is_history=True) and said != "unconfirmed"
    ]
    assert ["scheduled", "held", "unconfirmed"] == [said for said in STATUSES if is_counted(said)]


def test_held_is_kept_at_once_and_never_assumed() -> None:
    assert is_kept("held", END, END)
    assert not is_assumed("held", END, END + 2 * ASSUMED_AFTER)


@pytest.mark.parametrize("said", ["no_show", "cancelled"])
def test_what_was_missed_or_cancelled_never_becomes_kept(said: str) -> None:
    assert not is_kept(said, END, END + 2 * ASSUMED_AFTER)


@pytest.mark.parametrize(
    ("stored", "by", "late", "missed"),
    [
        ("no_show", None, False, True),
        ("cancelled", "client", True, True),
        ("cancelled", "client", False, False),
        ("cancelled", "practitioner", True, False),
        ("cancelled", "unknown", True, False),
        ("held", "client", True, False),
        ("scheduled", None, False, False),
    ],
)
def test_missed_is_a_no_show_or_a_clients_late_cancellation(
    stored: str, by: str | None, late: bool, missed: bool
) -> None:
    assert missed == is_missed(stored, by, late)


@pytest.mark.parametrize("stored", STATUSES)
def test_nothing_is_both_kept_and_missed(stored: str) -> None:
    later = END + 2 * ASSUMED_AFTER

    assert not (is_kept(stored, END, later) and is_missed(stored, "client", late=True))
