"""The latest risk statement, as it was written."""

from sync.domain.progress.evidence import Evidence
from sync.domain.progress.risk import RiskStatement, latest_risk
from tests.domain.notes.builders import day, note


def test_risk_never_recorded_is_said_by_none() -> None:
    assert latest_risk([]) is None
    assert latest_risk([note(0, "Talk."), note(7, "Risk:\n")]) is None


def test_the_latest_statement_stands_with_what_was_said_before() -> None:
    risk = latest_risk([note(7, "Risk: Fleeting thoughts", signed=False), note(0, "Risk: none")])

    assert risk is not None
    assert risk.latest == RiskStatement("Fleeting thoughts", Evidence("s7", day(7)), signed=False)
    assert risk.before == RiskStatement("none", Evidence("s0", day(0)), signed=True)
    assert not risk.missing_in_last_note


def test_a_statement_repeated_is_no_change() -> None:
    risk = latest_risk([note(0, "Risk: None  voiced"), note(7, "Risk: none voiced")])

    assert risk is not None
    assert risk.before is None


def test_the_statement_before_may_lie_several_notes_back() -> None:
    risk = latest_risk([note(0, "Risk: low"), note(7, "Talk."), note(14, "Risk: none")])

    assert risk is not None
    assert risk.before is not None
    assert risk.before.text == "low"


def test_a_last_note_silent_on_risk_is_noticed() -> None:
    risk = latest_risk([note(0, "Risk: low"), note(7, "Talk.")])

    assert risk is not None
    assert risk.missing_in_last_note
    assert risk.latest.text == "low"


def test_what_was_last_said_otherwise_stays_in_sight_however_often_the_latest_was_repeated() -> None:
    notes = [note(0, "Risk: passive thoughts"), *(note(7 * week, "Risk: none") for week in range(1, 6))]

    risk = latest_risk(notes)
    assert risk is not None
    assert risk.before is not None
    assert ("passive thoughts", day(0)) == (risk.before.text, risk.before.evidence.starts_at)


def test_of_two_ways_to_say_that_there_is_none_neither_is_before_the_other() -> None:
    risk = latest_risk([note(0, "Risk: none noted."), note(7, "Risk: None")])

    assert risk is not None
    assert risk.before is None


def test_the_last_risk_stays_in_sight_after_two_ways_to_say_that_there_is_none() -> None:
    risk = latest_risk([note(0, "Risk: a plan"), note(7, "Risk: No risk noted."), note(14, "Risk: none")])

    assert risk is not None
    assert risk.before is not None
    assert ("a plan", day(0)) == (risk.before.text, risk.before.evidence.starts_at)


def test_a_none_between_two_risks_does_not_stand_for_the_earlier_one() -> None:
    risk = latest_risk([note(0, "Risk: a plan"), note(7, "Risk: none"), note(14, "Risk: low")])

    assert risk is not None
    assert risk.before is not None
    assert "a plan" == risk.before.text
