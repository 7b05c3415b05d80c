"""Themes that come back."""

from sync.domain.progress.themes import recurring_themes, themes_of
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


def test_what_is_new_recurs_or_has_gone_quiet_is_known() -> None:
    bodies = ["#old #work", "#old #work", "#old", "#rare", "#work", "#work", "#work", "#fresh #work"]
    notes = [note(7 * n, body) for n, body in enumerate(bodies)]

    assert {"work": "recurring", "old": "quiet", "rare": "occasional", "fresh": "new"} == {
        theme.theme: theme.state.value for theme in themes_of(notes)
    }


def test_five_sessions_or_sixty_days_without_it_make_a_theme_quiet() -> None:
    thrice = [note(n, "#old") for n in range(3)]

    def state(*later: int) -> str:
        return themes_of([*thrice, *(note(n, "Talk.") for n in later)])[0].state.value

    assert ["recurring", "quiet"] == [state(9, 16, 23, 30), state(9, 16, 23, 30, 37)]
    assert ["recurring", "quiet"] == [state(61), state(62)]


def test_of_the_first_three_sessions_nothing_is_called_new() -> None:
    assert "occasional" == themes_of([note(0, "#a"), note(7, "#b"), note(14, "#b")])[0].state.value
