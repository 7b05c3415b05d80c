"""The mails of a day: what a list says of each session, and what it never cuts."""

from datetime import date

from sync.domain.briefing.compose import compose_briefing
from sync.domain.briefing.day import (
    DayEntry,
    DayPage,
    compose_digest,
    compose_follow_up,
    compose_preview,
)
from sync.domain.briefing.moments import local_time
from sync.domain.briefing.privacy import Privacy
from sync.domain.notes.values import TaskMention
from tests.domain.briefing.builders import NOW, STARTS_AT, briefing, full_facts, note, utc

DAY = date(2026, 6, 16)
WALL = local_time("Europe/Berlin", NOW)


def digest(**facts: object) -> DayPage:
    return compose_digest(DAY, [DayEntry(STARTS_AT, STARTS_AT, briefing(**facts))], WALL, Privacy.CODE)


def test_a_digest_says_what_is_new_of_a_marker_and_a_preview_does_not() -> None:
    entries = [DayEntry(STARTS_AT, STARTS_AT, compose_briefing(full_facts(), NOW))]

    [told] = compose_digest(DAY, entries, WALL, Privacy.CODE).sessions
    [named] = compose_preview(DAY, entries, WALL, Privacy.CODE).sessions

    assert ("Moved here from Monday 15 June, 10:00.",) == named.news
    assert told.news[0] == named.news[0]
    assert told.news[1].startswith("Sleep: Lower for three sessions")
    assert ((), "") == (named.safety, named.agreed)


def test_a_statement_on_risk_is_whole_or_points_to_the_briefing() -> None:
    short, long = "Passive thoughts, no plan.", "Thoughts on many evenings. " * 20

    [told] = digest(notes=(note("2026-06-02", risk=short),)).sessions
    [pointed] = digest(notes=(note("2026-06-02", risk=long),)).sessions

    assert (f"{short} (recorded 2 June)",) == told.safety
    assert (
        "Risk was recorded 2 June, in more words than fit here: the briefing has them whole.",
    ) == pointed.safety


def test_the_last_step_is_the_plan_else_what_to_bring_up_else_the_latest_task() -> None:
    tasks = (TaskMention("walk", done=False), TaskMention("diary", done=False))

    steps = [
        digest(notes=(note("2026-06-02", **said),)).sessions[0].agreed
        for said in (
            {"plan": "rest", "bring_up": ("the visit",), "tasks": tasks},
            {"bring_up": ("the visit",), "tasks": tasks},
            {"tasks": tasks},
            {},
        )
    ]

    assert ["rest", "the visit", "diary", ""] == [step.split(" (")[0] for step in steps]


def test_a_follow_up_counts_in_words() -> None:
    hours = [("5f2c9e1a-7b1d", utc("2026-06-16", "09:00"), utc("2026-06-16", "09:50"))]

    one, thirteen = compose_follow_up(DAY, hours, WALL), compose_follow_up(DAY, hours * 13, WALL)

    assert "One session of today still needs a line" == one.heading
    assert "13 sessions of today still need a line" == thirteen.heading
    assert ("11:00–11:50", "practice-sync note edit 5f2c9e1a") == (
        one.sessions[0].hours,
        one.sessions[0].command,
    )
