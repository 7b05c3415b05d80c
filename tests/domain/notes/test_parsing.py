"""What is understood in a written note: headings, plan, tasks, bring-up."""

import pytest

from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import NoteReading, Section, TaskMention

HEADINGS = """
## Plan⏎|##Plan⏎|# PLAN #⏎|### **Plan**:⏎|**Plan**⏎|__Plan__⏎|plan:⏎|P:⏎|Plan⏎----⏎|Plan⏎
Plan: |**Plan:** |**Plan**: |P: |4. Plan: |- Plan: |Plan：|Next steps: |Plan:
"""


@pytest.mark.parametrize(
    "heading", [h.replace("⏎", "\n") for h in HEADINGS.strip("\n").replace("\n", "|").split("|")]
)
def test_a_plan_is_found_under_any_heading_a_therapist_would_write(heading: str) -> None:
    assert read_note(f"She slept well.\n\n{heading}Breathing twice a day").plan == "Breathing twice a day"


@pytest.mark.parametrize(
    "text",
    [
        "no intent and no\nplan\nthat she told me",
        "We plan: a lot",
        "#plan\nwork",
        "The plan of old",
        "She has no\n* plan\n* hope",
        "- P: I want out",
        f"\nPlan{' ' * 130}her day\nwell",
    ],
)
def test_the_word_plan_in_prose_is_no_plan(text: str) -> None:
    assert read_note(text).plan is None


def test_headings_come_in_any_order_and_formats_may_mix() -> None:
    reading = read_note("P: walk\nI: grounding\nR: calmer\n## Subjective\ntired\nO: late\nA: coping\n")

    assert reading.sections == (
        Section("plan", "walk"),
        Section("interventions", "grounding"),
        Section("response", "calmer"),
        Section("presentation", "tired"),
        Section("observations", "late"),
        Section("assessment", "coping"),
    )


def test_a_couple_talking_is_not_taken_for_headings() -> None:
    reading = read_note("A: you never listen\nP: I want to leave\nA: then go\nP: I will\n")

    assert reading.plan is None
    assert [section.field for section in reading.sections] == ["free_text"]


def test_text_before_and_under_unknown_headings_is_kept_as_free_text() -> None:
    reading = read_note("Late.\n## Plan\nwalk\n### Week 1\ndaily\n## Dreams\na bridge\n")

    assert reading.plan == "walk\n### Week 1\ndaily"
    assert reading.sections[0] == Section("free_text", "Late.")
    assert reading.sections[-1] == Section("free_text", "## Dreams\na bridge")


def test_the_plan_is_verbatim_without_lines_that_say_something_of_their_own() -> None:
    body = """## Plan
Keep  the *diary*.
- [ ] call the GP
Risk: none voiced
Panic: 6/10
Panic: 3/10 is where she wants to be
> bring up: the letter
Themes: work
#sleep

See her weekly.
"""

    assert (
        read_note(body).plan == "Keep  the *diary*.\nPanic: 3/10 is where she wants to be\n\nSee her weekly."
    )


def test_several_plans_are_all_kept() -> None:
    assert read_note("Plan: walk\n## Subjective\nx\n## Plan\nrest").plan == "walk\n\nrest"


@pytest.mark.parametrize(
    ("line", "task"),
    [
        ("- [ ] call the GP", TaskMention("call the GP", done=False)),
        ("- [x] call the GP", TaskMention("call the GP", done=True)),
        ("* [X]  call the GP ", TaskMention("call the GP", done=True)),
        ("   + [] call the GP", TaskMention("call the GP", done=False)),
        ("2. [ ] call the GP", TaskMention("call the GP", done=False)),
        ("☐ call the GP", TaskMention("call the GP", done=False)),
        ("- ✅ call the GP", TaskMention("call the GP", done=True)),
        ("[ ] rate panic: 3/10 or less", TaskMention("rate panic: 3/10 or less", done=False)),
        ("P: - [ ] 電話をかける 📞", TaskMention("電話をかける 📞", done=False)),
    ],
)
def test_a_box_makes_a_task_and_nothing_else(line: str, task: TaskMention) -> None:
    reading = read_note(line)

    assert (task,) == reading.tasks
    assert reading.ratings == ()
    assert reading.plan is None


@pytest.mark.parametrize("line", ["- [x](https://example.org) link", "- [ ]", "- [y] no", "see [ ] there"])
def test_other_brackets_are_no_tasks(line: str) -> None:
    assert read_note(line).tasks == ()


def test_a_task_goes_on_in_the_lines_set_in_below_it() -> None:
    reading = read_note("## Plan\n- [ ] walk in the park\n  every morning,\n  #sun\n  - with Jo\n\n  Rest.")

    assert reading.tasks == (TaskMention("walk in the park every morning,", done=False),)
    assert reading.plan == "- with Jo\n\n  Rest."
    assert [sentence.text for sentence in reading.sentences] == ["with Jo", "Rest."]


def test_what_to_bring_up_is_noticed_quoted_or_not() -> None:
    assert read_note("> bring up: the letter\n>  **Bring up:** her brother\nBring up:\n").bring_up == (
        "the letter",
        "her brother",
    )


@pytest.mark.parametrize(
    "body", ["", "\n\n", "\ufeff", "\r\n \t\xa0", "## Plan\n\nRisk:\nThemes:\nPanic: /10"]
)
def test_a_note_that_says_nothing_reads_as_nothing(body: str) -> None:
    assert read_note(body) == NoteReading()


def test_tabs_hard_spaces_and_old_line_endings_are_no_obstacle() -> None:
    reading = read_note("\ufeffPlan:\twalk\rPanic:\xa06\xa0/\xa010\r\n-\t[ ]\tdiary\u2028Risk:\xa0none")

    assert reading.plan == "walk"
    assert [rating.value for rating in reading.ratings] == [6.0]
    assert reading.tasks == (TaskMention("diary", done=False),)
    assert reading.risk == "none"
