"""Themes that come back."""

from sync.domain.progress.themes import recurring_themes
from tests.domain.notes.builders import day, note


def test_a_theme_of_three_sessions_recurs_the_most_frequent_and_most_recent_first() -> None:
    notes = [
        note(0, "#work #sleep #family"),
        note(7, "#work #family #once"),
        note(14, "#work #family #sleep"),
        note(21, "#sleep #work #twice"),
        note(28, "#twice Talk."),
    ]

    work, sleep, family = recurring_themes(notes)

    assert [work.theme, sleep.theme, family.theme] == ["work", "sleep", "family"]
    assert (work.sessions, sleep.sessions, family.sessions) == (4, 3, 3)
    assert (family.first_seen.starts_at, family.last_seen.starts_at) == (day(0), day(14))
    assert (work.notes_since, family.notes_since) == (1, 2)


def test_while_none_has_come_so_far_two_sessions_are_enough() -> None:
    assert [theme.theme for theme in recurring_themes([note(0, "#sleep"), note(7, "#sleep #once")])] == [
        "sleep"
    ]


def test_a_theme_named_often_in_one_session_does_not_recur() -> None:
    assert recurring_themes([note(0, "#sleep"), note(0, "#sleep again"), note(7, "Talk.")]) == ()


def test_sessions_since_are_counted_once_however_many_notes_they_have() -> None:
    notes = [note(0, "#sleep"), note(7, "#sleep"), note(14, "Talk."), note(14, "More talk.")]

    assert [theme.notes_since for theme in recurring_themes(notes)] == [1]
