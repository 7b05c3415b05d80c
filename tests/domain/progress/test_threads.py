"""What is left open: tasks with their age, what to bring up, days that come."""

from datetime import date, datetime

from sync.domain.notes.values import WrittenNote
from sync.domain.progress.threads import OpenThreads, open_threads
from tests.domain.notes.builders import note


def threads(*notes: WrittenNote, today: date = date(2026, 1, 20)) -> OpenThreads:
    return open_threads(notes, today, datetime.date)


def test_a_task_says_how_many_notes_ago_it_was_given() -> None:
    found = threads(note(0, "- [ ] walk\n- [ ] rest"), note(7, "- [x] rest"), note(14, "Talk."))

    assert [("walk", 2, "s0")] == [
        (waiting.task.text, waiting.notes_since, waiting.evidence.session_id) for waiting in found.tasks
    ]


def test_a_task_with_a_day_that_comes_up_is_told_once() -> None:
    found = threads(note(0, "- [ ] letter by 22 Jan\n- [ ] walk"))

    assert ["letter by 22 Jan"] == [each.words for each in found.coming_up]
    assert ["walk"] == [each.task.text for each in found.without_a_day]


def test_only_the_last_note_says_what_to_bring_up() -> None:
    found = threads(note(0, "> bring up: old"), note(7, "Bring up:\n- the letter\n- her mother"))

    assert ["the letter", "her mother"] == [excerpt.text for excerpt in found.bring_up]
    assert () == threads(note(0, "> bring up: old"), note(7, "Talk.")).bring_up


def test_days_that_come_are_read_in_plans_tasks_and_what_to_bring_up() -> None:
    found = threads(
        note(0, "## Plan\nReview on 25 January. Rest.\n- [ ] letter by 22 Jan\n> bring up: 30 Jan"),
        note(7, "Exam 24 January, she says.\nPlan: Review on 25 January."),
    )

    assert [
        (22, "letter by 22 Jan", "s0"),
        (25, "Review on 25 January.", "s7"),
        (30, "30 Jan", "s0"),
    ] == [(each.on.day, each.words, each.evidence.session_id) for each in found.coming_up]


def test_what_is_over_done_or_far_is_not_coming_up() -> None:
    said = "Plan: On 10 Jan this. On 1 April that.\n- [ ] letter by 22 Jan"

    assert () == threads(note(0, said), note(7, "- [x] Letter by 22 Jan")).coming_up
    assert OpenThreads() == threads()
