"""What is carried forward, and the comment that shows it."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.notes.carry import CarriedForward, LastPlan, OpenTask, carried_forward
from sync.domain.notes.comment import as_comment, drop_comment
from tests.domain.notes.builders import day, note


def said(moment: datetime) -> str:
    return f"{moment:%d.%m.}"


def test_the_last_plan_is_carried_though_later_notes_have_none() -> None:
    carried = carried_forward(
        [note(14, "Only talk."), note(7, "Plan: rest", signed=False), note(0, "Plan: walk")]
    )

    assert carried.plan == LastPlan("rest", "s7", day(7), signed=False)


def test_a_task_is_open_until_it_is_ticked_and_dates_from_when_it_was_first_given() -> None:
    carried = carried_forward(
        [
            note(14, "- [x] Diary\n- [ ] call the  gp"),
            note(7, "- [ ] Call the GP\n- [ ] breathe"),
            note(0, "- [ ] Call the GP\n- [ ] diary"),
        ]
    )

    assert carried.open_tasks == (OpenTask("Call the GP", "s0", day(0)), OpenTask("breathe", "s7", day(7)))


def test_a_task_given_again_after_it_was_done_counts_from_then() -> None:
    carried = carried_forward([note(0, "- [ ] diary"), note(7, "- [x] diary"), note(14, "- [ ] diary")])

    assert carried.open_tasks == (OpenTask("diary", "s14", day(14)),)


def test_a_tick_before_the_task_was_given_settles_nothing() -> None:
    assert len(carried_forward([note(0, "- [x] diary"), note(7, "- [ ] diary")]).open_tasks) == 1


def test_only_the_last_note_says_what_to_bring_up() -> None:
    notes = [note(7, "> bring up: the letter"), note(0, "> bring up: her brother")]

    assert carried_forward(notes).bring_up == ("the letter",)
    assert carried_forward([*notes, note(14, "Talk.")]).bring_up == ()


def test_a_first_note_has_nothing_to_carry() -> None:
    assert carried_forward([]) == CarriedForward()
    assert as_comment(CarriedForward(), said).startswith("<!-- practice-sync: the progress note, ")


def test_the_comment_shows_what_is_carried_with_its_dates() -> None:
    notes = [
        note(0, "Plan: walk\nand rest\n- [ ] diary"),
        note(7, "> bring up: the letter\nPlan: walk", signed=False),
    ]

    expected = """<!-- practice-sync: the progress note, which briefings read.
What is for you alone goes into the private note: `note private edit`.
Write below; this block is dropped on saving.

Plan of 13.01. (not signed):
  walk

Still open:
  • diary (since 06.01.)

To bring up:
  • the letter

(practice-sync: end of this block, 37f8bcdd) -->
"""
    assert expected == as_comment(carried_forward(notes), said)


texts = st.text() | st.sampled_from(["<!-- mine -->\n## Plan", "-->", "\n\nx", "(practice-sync: end", "<!--"])
wild = texts | st.lists(st.sampled_from(["--", ">", "!", "<!--", "-->", "\n", "a", "--->", "--!>"])).map(
    "".join
)
carried_anything = st.builds(
    CarriedForward,
    plan=st.builds(LastPlan, wild, st.just("s0"), st.just(day(0)), st.booleans()),
    open_tasks=st.tuples(st.builds(OpenTask, wild, st.just("s0"), st.just(day(0)))),
    bring_up=st.tuples(wild),
)


@given(carried_anything, texts)
def test_saving_drops_exactly_the_comment(carried: CarriedForward, text: str) -> None:
    assert text == drop_comment(as_comment(carried, said) + text)


@given(texts)
def test_a_text_without_the_comment_stays_as_it_is(text: str) -> None:
    assert text == drop_comment(text)


@given(carried_anything)
def test_only_the_last_line_of_the_comment_ends_it(carried: CarriedForward) -> None:
    comment = as_comment(carried, said)

    assert comment.find("-->") == len(comment) - len("-->\n")
    assert "--!>" not in comment


def some_comment() -> str:
    return as_comment(carried_forward([note(0, "Plan: walk")]), said)


def test_the_comment_goes_though_the_editor_changed_line_ends_or_added_a_blank_line() -> None:
    assert drop_comment("\ufeff\r\n" + some_comment().replace("\n", "\r\n") + "Late.") == "\ufeff\r\nLate."
    assert drop_comment(some_comment().replace("\n", "\r") + "Late.") == "Late."
    assert drop_comment(some_comment().rstrip("\n")) == ""


def test_comments_of_the_therapist_stay() -> None:
    assert drop_comment(some_comment() + "<!-- mine -->\nLate.") == "<!-- mine -->\nLate."


def test_words_above_the_comment_leave_it_alone() -> None:
    written = "Late.\n" + some_comment()

    assert written == drop_comment(written)


def test_a_comment_whose_end_was_damaged_takes_no_words_with_it() -> None:
    damaged = some_comment().replace("(practice-sync: end of this block", "") + "Late. <!-- a -->"

    assert damaged == drop_comment(damaged)
    assert drop_comment(damaged.replace("-->", "")) == damaged.replace("-->", "")


def test_words_typed_within_the_comment_are_kept_with_it() -> None:
    lines = some_comment().splitlines()
    typed = "\n".join([*lines[:3], "She told me about the fire.", *lines[3:], "Late."])

    assert typed == drop_comment(typed)
