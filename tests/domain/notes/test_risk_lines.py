"""What a note says of risk is kept whole."""

import pytest

from sync.domain.notes.parsing import read_note

LONG = "fleeting thoughts of fleeting thoughts of not waking, but no\nplan or intent"


@pytest.mark.parametrize(
    ("body", "risk"),
    [
        ("Risk: none", "none"),
        (
            "RISK:  passive ideation, no intent (she said: never)",
            "passive ideation, no intent (she said: never)",
        ),
        ("- **Risk:** low", "low"),
        ("Risk assessment: unchanged\nShe was late.", "unchanged"),
        ("A: Risk: none", "none"),
        ("Risk:\npassive ideation,\nno plan\n\nShe was late.", "passive ideation,\nno plan"),
        ("Risk: passive ideation,\nno plan.\nslept well.", "passive ideation,\nno plan."),
        (f"Risk: {'fleeting thoughts of ' * 2}not waking, but no\nplan or intent\nShe left.", LONG),
        ("Risk: none\nslept well", "none"),
        (
            "Risk: passive\n- a plan for Sunday\n- means at home\n\n- slept",
            "passive\n- a plan for Sunday\n- means at home",
        ),
        ("Risk: elevated, because:\n- plan Sunday\n- [ ] ring", "elevated, because:\n- plan Sunday"),
        ("Risk: passive ideation,\n  no plan\nShe was late.", "passive ideation,\nno plan"),
        ("## Risk\n\nIdeation: 2/10\nno means\n\n## Plan\nwalk", "Ideation: 2/10\nno means"),
        ("**Risk**\nlow\n## Plan\nwalk", "low"),
        (
            "Risk: none at first\nPlan: walk\nRisk: fleeting thoughts at the end",
            "none at first\nfleeting thoughts at the end",
        ),
        ("A: Low mood. Risk: fleeting thoughts, no plan.", "fleeting thoughts, no plan."),
        ("Low mood; risk: none.\nShe left.", "none."),
        ("Low mood, **Risk:** none", "none"),
        ("Low mood – Riesgo: bajo", "bajo"),
        ("SI: no. Risk level: low! Risk: again", "no.\nlow!\nagain"),
        ("Risk – none", "none"),
        ("- **Risk** — passive thoughts", "passive thoughts"),
        ("Risk - low", "low"),
        ("Safety: passive SI, no plan", "passive SI, no plan"),
        ("Risk to self: moderate\nSafety plan: reviewed", "moderate\nreviewed"),
        ("SI: denied", "denied"),
        ("- **Suicidality:** passive thoughts", "passive thoughts"),
        ("Low mood. Self-harm: none since May.", "none since May."),
        ("Safeguarding: call on Friday", "call on Friday"),
        ("Suizidalität: verneint", "verneint"),
        ("## Self-harm\n\ncut on Tuesday\n\n## Plan\nwalk", "cut on Tuesday"),
        ("Safety:\npassive thoughts", "passive thoughts"),
        ("Suicidal ideation: 12/10", "12/10"),
        ("Self-harm: 2/10", None),
        ("Self-harm: /10", None),
        ("Safety behaviours: dropped two", None),
        ("Risk of relapse: low", None),
        ("Risk –", None),
        ("Low mood, the risk: none", None),
        ("Risk-taking: less", None),
        ("Risk:\n\nShe was late.", None),
        ("Risk:\n## Plan\nwalk", None),
        ("Risk of relapse was discussed.", None),
        ("At risk: 2 jobs", None),
    ],
)
def test_risk_is_verbatim_and_never_cut_short(body: str, risk: str | None) -> None:
    assert risk == read_note(body).risk


def test_a_risk_statement_is_not_part_of_the_plan() -> None:
    assert read_note("Plan: walk\nRisk:\nfleeting thoughts").plan == "walk"


@pytest.mark.parametrize("below", ["Panic:\nSleep: 5/10", "Next steps:", "- Panic:"])
def test_a_label_that_nobody_filled_in_is_no_risk_statement(below: str) -> None:
    assert read_note(f"Risk:\n{below}\n").risk is None


@pytest.mark.parametrize("nothing", ["-", "–", "—", " . "])
def test_a_dash_is_no_risk_statement(nothing: str) -> None:
    assert read_note(f"Risk: {nothing}\n").risk is None


def test_a_risk_statement_within_a_line_leaves_the_line_whole_and_is_no_sentence() -> None:
    reading = read_note("Plan: Walk on.  Risk: “I want out”, she said.\nRest.")

    assert reading.plan == "Walk on.\nRest."
    assert reading.sections[0].text == "Walk on.  Risk: “I want out”, she said.\nRest."
    assert [sentence.text for sentence in reading.sentences] == ["Walk on.", "Rest."]
    assert reading.quotes == ()
