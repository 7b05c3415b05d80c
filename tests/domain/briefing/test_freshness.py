"""How far a briefing says its calendar data can be trusted."""

from datetime import timedelta

import pytest

from sync.domain.briefing.values import CalendarTrouble
from tests.domain.briefing.builders import NOW, briefing, utc


def test_a_calendar_read_an_hour_ago_is_fresh_and_a_minute_later_loud() -> None:
    fresh = briefing(calendar_checked_at=NOW - timedelta(hours=1)).freshness
    stale = briefing(calendar_checked_at=NOW - timedelta(hours=1, minutes=1)).freshness

    assert not fresh.loud
    assert stale.loud
    assert "Calendar checked today at 12:01. Look there for a change of time or place." == stale.text
    assert "practice-sync pull" == stale.command


def test_an_old_reading_is_quiet_when_this_appointment_was_just_asked_for() -> None:
    freshness = briefing(calendar_checked_at=utc("2026-06-15"), event_refreshed=True).freshness

    assert not freshness.loud
    assert "Calendar checked yesterday at 14:00. This appointment was asked for just now." == freshness.text


@pytest.mark.parametrize("trouble", list(CalendarTrouble))
def test_trouble_with_the_calendar_is_loud_and_names_the_command(trouble: CalendarTrouble) -> None:
    page = briefing(calendar_trouble=trouble)

    assert page.freshness.loud
    assert page.freshness.command.startswith("practice-sync ")
    assert page.freshness.text not in page.sources


def test_a_calendar_never_read_is_loud() -> None:
    freshness = briefing(calendar_checked_at=None).freshness

    assert freshness.loud
    assert freshness.text.startswith("The calendar has not been read completely yet.")


def test_a_published_calendar_says_that_it_may_lag_behind() -> None:
    freshness = briefing(calendar_checked_at=NOW, calendar_is_published=True).freshness

    assert not freshness.loud
    assert freshness.text.endswith("It is a published copy and may lag behind.")
