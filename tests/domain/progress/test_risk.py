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
