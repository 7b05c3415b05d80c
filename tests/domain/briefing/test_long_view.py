"""What the long view adds to a briefing, and how often."""

from datetime import date, timedelta
from typing import Any

from sync.domain.briefing.values import Briefing
from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.definitions import Domain, MarkerDefinition
from sync.domain.progress.goals import Goal
from sync.domain.progress.in_words import Settled
from tests.domain.briefing.builders import STARTS_AT, briefing, full_facts
from tests.domain.progress.results import total_of

HARD = "It just hits me, I don't see it coming."
LIGHT = "I noticed it and I stayed on for two more stops."
ZEST = MarkerDefinition("z", "Zest", Domain.EMOTIONAL, higher_is_better=True, scale=10)


def page(*bodies: str, every: int = 7, **facts: Any) -> Briefing:
    """The briefing after weekly notes, the last one a week ago."""
    notes = [
        WrittenNote(f"s{back}", STARTS_AT - timedelta(days=every * back), True, read_note(body))
        for back, body in zip(range(len(bodies), 0, -1), bodies, strict=True)
    ]
    return briefing(notes=tuple(notes), **facts)


def said(values: str, **facts: Any) -> str:
    (marker,) = page(*(f"Zest: {value}/10" for value in values), followed=(ZEST,), **facts).markers
    return marker.said


def test_a_confirmed_direction_is_said_once_and_then_left_out_for_four_sessions() -> None:
    rising = "3344556677"
    spoken = [bool(said(rising[:n])) for n in range(5, 11)]

    assert 2 == spoken.count(True), spoken  # its first sign, and once that is confirmed
    told = [said(rising[: 5 + at]) for at, was in enumerate(spoken) if was]
    assert "First sign" in told[0]
    assert "since" in told[1]


def test_what_is_lower_now_is_said_every_time_below_the_long_view() -> None:
    falling = "7766554433"

    assert all("moving down" in said(falling[:n]) for n in (8, 9, 10))
    whole = page(*(f"Calm: 5/10\nZest: {value}/10" for value in falling), followed=(ZEST,))
    assert [("Calm", "")] == [(each.name, each.said) for each in whole.long_view.markers]
    assert ["Zest"] == [each.name for each in whole.right_now.markers]


def test_beside_risk_nothing_is_called_usual() -> None:
    setback = [*(f"Zest: {value}/10" for value in "3345677777444")]

    usual = page(*setback, followed=(ZEST,)).markers[0].said
    beside_risk = page(*setback[:-1], "Zest: 4/10\nRisk: passive thoughts", followed=(ZEST,)).markers[0].said

    assert "usual part" in usual
    assert "usual part" not in beside_risk
    assert "lower stretch" in beside_risk


def test_words_of_then_and_now_are_shown_when_they_are_new() -> None:
    told = (f'"{HARD}"\n#bus\n', *["Talk."] * 13, f'"{LIGHT}"\n#bus\n')

    assert [f"“{HARD}”", f"“{LIGHT}”"] == [line.text for line in page(*told).long_view.pair]
    assert () == page(*told, "Talk.").long_view.pair
    assert [f"“{HARD}”", f"“{LIGHT}”"] == [line.text for line in page(*told, *["Talk."] * 5).long_view.pair]


def test_days_ahead_and_themes_gone_quiet_are_to_be_picked_up() -> None:
    found = page(*["#garden"] * 3, "Plan: Exam on 20 June.", *["Talk."] * 4).threads

    assert ["Exam on 20 June.", "garden"] == [line.text for line in found]
    assert found[0].dated.startswith("20 June, written on")
    assert found[1].dated.startswith("in 3 notes, not since")
    assert 1 == len(page(*["#garden"] * 3, "Plan: Exam on 20 June.", *["Talk."] * 5).threads)


def test_what_was_agreed_last_is_not_said_twice() -> None:
    assert () == page("Plan: Exam on 20 June.").threads
    assert () == page("- [ ] form by 20 June", "Talk.").threads


def test_a_theme_that_is_new_and_came_back_is_said_right_now() -> None:
    assert ["garden"] == [line.text for line in page(*["Talk."] * 3, *["#garden"] * 2).right_now.lines]
    assert () == page(*["Talk."] * 4, "#garden").right_now.lines


def test_of_two_rises_the_slower_one_comes_first_and_one_is_spoken_of() -> None:
    bodies = [f"Zest: {slow}/10" for slow in "333444"]
    bodies += [f"Zest: {slow}/10\nHope: {quick}/10" for slow, quick in zip("4555566", "2345678", strict=True)]
    hope = MarkerDefinition("h", "Hope", Domain.EMOTIONAL, higher_is_better=True, scale=10)

    for n in range(9, 14):
        shown = page(*bodies[:n], followed=(ZEST, hope))
        assert 1 >= sum(bool(marker.said) for marker in shown.markers)
    assert ["Zest", "Hope"] == [marker.name for marker in shown.long_view.markers]


def test_a_questionnaire_counts_where_the_change_is_reliable_and_a_step_back_stands_right_now() -> None:
    talks = ["Talk."] * 3
    first, lower, back = total_of("2026-01-05", 18), total_of("2026-04-05", 9), total_of("2026-06-05", 16)

    gained = page(*talks, measures=(first, lower))
    lost = page(*talks, measures=(first, lower, back))

    assert ["5 January → 5 April"] == [line.dated for line in gained.long_view.lines]
    assert "9 points lower, a reliable change for the better." in gained.long_view.lines[0].text
    assert () == lost.long_view.lines
    assert "PHQ-9: 9 (mild) → 16 (moderately severe). 7 points higher" in lost.right_now.lines[0].text
    assert () == page(*talks, measures=(first, total_of("2026-04-05", 16))).long_view.lines


def test_a_goal_left_for_long_is_a_thread_now_and_then() -> None:
    goal = Goal("g", "Ride the bus alone", date(2026, 3, 1))

    named = ["Goal: Ride the bus alone", *["Talk."] * 6]
    assert ["Goal: Ride the bus alone"] == [line.text for line in page(*named, goals=(goal,)).threads]
    assert "not worked on for 6 sessions" in page(*named, goals=(goal,)).threads[0].dated
    assert () == page(*named, "Talk.", goals=(goal,)).threads


def test_what_was_called_wrong_does_not_come_back_until_it_is_another_statement() -> None:
    falling = [f"Zest: {value}/10\nHelped: walks +1" for value in "7766554433"]
    told = page(*falling, followed=(ZEST,))
    (lower,) = told.right_now.markers
    settled = Settled(dismissed=frozenset({lower.key, told.helped[0].key}))

    silent = page(*falling, followed=(ZEST,), settled=settled)
    later = page(*falling, "Zest: 1/10\nHelped: walks +1", followed=(ZEST,), settled=settled)

    assert [""] == [marker.said for marker in silent.markers]
    assert () == silent.helped
    assert all(marker.said for marker in later.markers)
    assert later.helped


def test_what_has_helped_is_counted_and_of_too_few_nothing_is_said() -> None:
    found = page(*["Helped: walks +1, letter +2"] * 2, "Helped: walks +1").helped

    assert ["walks: helpful in 3 of 3 uses"] == [line.text for line in found]


def test_no_name_is_left_in_what_the_long_view_adds() -> None:
    shown = briefing(**{k: getattr(full_facts(), k) for k in ("notes", "followed", "private_terms")})

    assert shown.long_view.pair
    assert shown.threads
    assert shown.helped
    lines = [*shown.long_view.pair, *shown.threads, *shown.helped]
    assert not any(name in line.text for line in lines for name in ("Marta", "Matti"))
