"""What the long view adds to a briefing, and how often."""

from datetime import timedelta
from typing import Any

from sync.domain.briefing.values import Briefing
from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.definitions import Domain, MarkerDefinition
from tests.domain.briefing.builders import STARTS_AT, briefing, full_facts

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

    assert 1 == spoken.count(True), spoken
    assert "since" in said(rising[: 5 + spoken.index(True)])


def test_what_is_lower_now_is_said_every_time_and_first() -> None:
    falling = "7766554433"

    assert all("moving down" in said(falling[:n]) for n in (8, 9, 10))
    lower, steady = page(*(f"Calm: 5/10\nZest: {value}/10" for value in falling), followed=(ZEST,)).markers
    assert ("Zest", "Calm", "") == (lower.name, steady.name, steady.said)


def test_beside_risk_nothing_is_called_usual() -> None:
    setback = [*(f"Zest: {value}/10" for value in "3345677777444")]

    usual = page(*setback, followed=(ZEST,)).markers[0].said
    beside_risk = page(*setback[:-1], "Zest: 4/10\nRisk: passive thoughts", followed=(ZEST,)).markers[0].said

    assert "usual part" in usual
    assert "usual part" not in beside_risk
    assert "lower stretch" in beside_risk


def test_words_of_then_and_now_are_shown_when_they_are_new() -> None:
    told = (f'"{HARD}"\n#bus\n', *["Talk."] * 13, f'"{LIGHT}"\n#bus\n')

    assert [f"“{HARD}”", f"“{LIGHT}”"] == [line.text for line in page(*told).in_words]
    assert () == page(*told, "Talk.").in_words
    assert [f"“{HARD}”", f"“{LIGHT}”"] == [line.text for line in page(*told, *["Talk."] * 5).in_words]


def test_days_ahead_and_themes_gone_quiet_are_to_be_picked_up() -> None:
    found = page(*["#garden"] * 3, "Plan: Exam on 20 June.", *["Talk."] * 4).to_pick_up

    assert ["Exam on 20 June.", "garden"] == [line.text for line in found]
    assert found[0].dated.startswith("20 June, written on")
    assert found[1].dated.startswith("in 3 notes, not since")
    assert 1 == len(page(*["#garden"] * 3, "Plan: Exam on 20 June.", *["Talk."] * 5).to_pick_up)


def test_what_was_agreed_last_is_not_said_twice() -> None:
    assert () == page("Plan: Exam on 20 June.").to_pick_up
    assert () == page("- [ ] form by 20 June", "Talk.").to_pick_up


def test_a_quiet_theme_is_no_recurring_one() -> None:
    themes = page(*["#garden #work"] * 3, *["#work"] * 6).themes

    assert ["work"] == [line.text for line in themes]


def test_what_has_helped_is_counted_and_of_too_few_nothing_is_said() -> None:
    found = page(*["Helped: walks +1, letter +2"] * 2, "Helped: walks +1").helped

    assert ["walks: helpful in 3 of 3 uses"] == [line.text for line in found]


def test_no_name_is_left_in_what_the_long_view_adds() -> None:
    shown = briefing(**{k: getattr(full_facts(), k) for k in ("notes", "followed", "private_terms")})

    assert shown.in_words
    assert shown.to_pick_up
    assert shown.helped
    lines = [*shown.in_words, *shown.to_pick_up, *shown.helped]
    assert not any(name in line.text for line in lines for name in ("Marta", "Matti"))
