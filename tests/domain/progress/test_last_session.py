"""The last session in two lines, and several notes in a few sentences: all of it verbatim."""

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.notes.formats import ASSESSMENT, PRESENTATION
from sync.domain.progress.excerpts import Excerpt
from sync.domain.progress.last_session import last_session
from sync.domain.progress.summary import summary_of
from tests.domain.notes.builders import note

REPORT = "## Subjective\nShe slept. It rained.\n"
MEANING = "## Assessment\nShe asks more. It tires her.\n"
PLAN = "## Plan\nStay with the walk. Go slowly.\n"
TO_BRING_UP = "> bring up: the letter\n"
PIECES = (REPORT, MEANING, PLAN, TO_BRING_UP, "Risk: none\n", "- [ ] walk\n", "Talk about “it”, she said.\n")


def lines(*bodies: str) -> list[str]:
    return [line.text for line in last_session([note(n, body) for n, body in enumerate(bodies)])]


def test_what_to_bring_up_comes_first_then_plan_assessment_and_report() -> None:
    assert ["the letter", "Stay with the walk."] == lines(REPORT + MEANING + PLAN + TO_BRING_UP)
    assert ["Stay with the walk.", "She asks more."] == lines(REPORT + MEANING + PLAN)
    assert ["She asks more.", "She slept."] == lines(REPORT + MEANING)
    assert ["She slept."] == lines(REPORT)
    assert ["It rained for all of the week."] == lines("Subjective: Tired. It rained for all of the week.")
    assert [] == lines("Sleep: 3/10")
    assert [] == lines()


def test_a_sentence_on_risk_is_given_whole() -> None:
    said = "Thoughts of not wanting to live, " + "and again " * 40 + "were denied by her."

    assert [said] == lines(f"Plan: {said}")


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map("\n".join), min_size=1, max_size=4))
def test_every_line_stands_in_the_last_note_at_its_place_and_an_older_note_changes_nothing(
    bodies: list[str],
) -> None:
    notes = [note(7 * n, body) for n, body in enumerate(bodies)]
    older = note(-7, REPORT + MEANING + PLAN + TO_BRING_UP)

    assert last_session(notes) == last_session([older, *notes])
    for line in last_session(notes):
        assert bodies[-1].startswith(line.text, line.start)
        assert notes[-1].session_id == line.evidence.session_id


SAID = (
    "The evenings are where the grief shows most.",
    "She fills the evenings with work and cleaning.",
    "Her daughter asked her for a story again.",
    "The evenings without her daughter are long.",
    "The grief shows most where the evenings are.",
    "She reports no suicidal thoughts on any evening.",
    "Denies any thoughts of harming herself in the evenings.",
    "Evenings.",
)


def summary(bodies: list[str], most: int = 3) -> tuple[Excerpt, ...]:
    return summary_of([note(7 * n, body) for n, body in enumerate(bodies)], {PRESENTATION}, most)


def under(*said: str) -> str:
    return "## Subjective\n" + " ".join(said) + "\n"


def test_each_note_has_one_sentence_at_most_and_the_same_is_said_once() -> None:
    found = summary([under(SAID[0]), under(SAID[2], SAID[1]), under(SAID[4]), under(SAID[3])], 4)

    assert [SAID[0], SAID[1], SAID[3]] == [excerpt.text for excerpt in found]


def test_what_has_been_said_counts_for_less_than_what_has_not() -> None:
    said = (
        "The evenings are long and dark.",
        "The evenings are long and empty.",
        "The garden is dry and bare.",
    )

    found = summary([under(each) for each in said], 2)

    assert said[2] in [excerpt.text for excerpt in found]


def test_other_sections_and_risk_are_left_out() -> None:
    assert () == summary([under(*SAID[5:])])
    assert () == summary_of([note(0, under(SAID[0]))], {ASSESSMENT}, 3)


@given(st.lists(st.lists(st.sampled_from(SAID), min_size=1, max_size=3), min_size=1, max_size=6), st.data())
def test_a_copy_of_a_note_changes_nothing_and_each_sentence_stands_at_its_place(
    said: list[list[str]], data: st.DataObject
) -> None:
    bodies = [under(*sentences) for sentences in said]
    copied = data.draw(st.sampled_from(bodies))

    found = summary(bodies)

    assert found == summary([*bodies, copied])
    assert len(found) == len({excerpt.evidence for excerpt in found})
    for excerpt in found:
        body = bodies[int(excerpt.evidence.session_id[1:]) // 7]
        assert body.startswith(excerpt.text, excerpt.start)
        assert "suicid" not in excerpt.text
        assert "Denies" not in excerpt.text
