"""Moments as the practitioner says them."""

from sync.domain.briefing.moments import local_time
from tests.domain.briefing.builders import NOW, STARTS_AT, utc

berlin = local_time("Europe/Berlin", NOW)


def test_a_moment_names_its_day_in_her_zone() -> None:
    assert "Tuesday 16 June, 14:00" == berlin.moment(STARTS_AT)
    assert "Wednesday 17 June, 00:00" == local_time("Pacific/Auckland", NOW).moment(STARTS_AT)


def test_another_year_is_named() -> None:
    assert "Monday 6 January 2025" == berlin.weekday(utc("2025-01-06"))


def test_a_session_past_midnight_shows_when_it_ends() -> None:
    assert "Tuesday 16 June, 23:30–00:20" == berlin.span(
        utc("2026-06-16", "21:30"), utc("2026-06-16", "22:20")
    )


def test_the_day_of_a_check_is_said_as_people_say_it() -> None:
    assert "today at 13:02" == berlin.checked(NOW)
    assert "yesterday at 23:59" == berlin.checked(utc("2026-06-15", "21:59"))
    assert "on Tuesday 9 June at 13:02" == berlin.checked(utc("2026-06-09", "11:02"))
