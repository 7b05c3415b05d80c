"""A session that was matched wrongly goes to the client it is with, note and all, and teaches."""

from datetime import timedelta

import pytest

from models import tables
from sync.domain.calendar.teaching import Lesson
from sync.errors import Refused
from sync.jobs.assigning import Assigned, assign_session
from sync.jobs.flags import settle
from sync.jobs.notes import note_history, write_note
from sync.store.clients import TITLE, add_alias, add_client, client
from sync.store.practitioners import practitioner_by_email
from tests.jobs.looking import (
    HOUR,
    NEXT_WEEK,
    TOMORROW,
    everything,
    fates,
    move,
    rows,
    second_calendar,
    weekly,
)
from tests.practice import ANA, Practice

WEEK = timedelta(days=7)


def assign(practice: Practice, session_id: str, client_id: str, **more: bool) -> Assigned:
    return assign_session(practice.app, session_id, client_id, practice.clock(), **more)


def learned(practice: Practice, client_id: str) -> tuple[str, ...]:
    with practice.app.reading() as records:
        return client(records, client_id).titles


def by_lesson(practice: Practice, title: str) -> tuple[str, str]:
    """Jo, whom this title was once learned to mean, and Kim, whom it means in truth."""
    jo, kim = practice.client("Jo Bloggs"), practice.client("Kim Mori")
    with practice.app.writing() as records:
        add_alias(records, jo.id, TITLE, title, practice.clock())
    return jo.id, kim.id


def test_a_session_moves_with_its_note_and_the_story_says_so(on_each: Practice) -> None:
    _, kim = by_lesson(on_each, "panda")
    on_each.put("Panda", on_each.clock() - 5 * HOUR)
    on_each.once()
    session = on_each.the_session()
    write_note(on_each.app, session.id, "Calm: 6/10\n", on_each.clock())

    done = assign(on_each, session.id, kim)

    assert Assigned(1, Lesson.LEARNED, 0) == done
    assert (kim, "KM", session.details) == (
        on_each.the_session().client_id,
        on_each.the_session().client_code,
        on_each.the_session().details,
    )
    assert ["Calm: 6/10\n"] == [revision.body for revision in note_history(on_each.app, session.id)]
    assert ["JB to KM"] == [e.detail for e in rows(on_each, tables.LedgerEntry) if e.kind == "assigned"]


def test_a_title_that_meant_the_wrong_client_means_the_right_one_from_then_on(on_each: Practice) -> None:
    jo, kim = by_lesson(on_each, "panda")
    on_each.put("Panda online", TOMORROW)
    on_each.once()

    assign(on_each, on_each.the_session().id, kim)
    on_each.put("panda #12", NEXT_WEEK)
    on_each.once()

    assert [kim, kim] == [session.client_id for session in on_each.sessions()]
    assert ((), ("panda",)) == (learned(on_each, jo), learned(on_each, kim))


def test_the_whole_series_moves_when_that_is_said_and_goes_on_so(on_each: Practice) -> None:
    _, kim = by_lesson(on_each, "panda")
    weekly(on_each, "Panda", on_each.clock() - 2 * HOUR, count=12)
    on_each.once()
    seen = len(on_each.sessions())

    done = assign(on_each, on_each.sessions()[3].id, kim, series=True)
    on_each.clock.forward(days=7)
    on_each.once()

    assert (seen, Lesson.LEARNED) == (done.sessions, done.lesson)
    assert {kim} == {session.client_id for session in on_each.sessions()}
    assert seen + 1 == len(on_each.sessions())


def test_one_hour_of_a_series_moves_alone_and_says_nothing_of_the_rest(on_each: Practice) -> None:
    jo, kim = by_lesson(on_each, "panda")
    weekly(on_each, "Panda", on_each.clock() - 2 * HOUR, count=12)
    on_each.once()
    seen = len(on_each.sessions())

    done = assign(on_each, on_each.sessions()[1].id, kim)
    on_each.clock.forward(days=7)
    on_each.once()

    assert Lesson.ONE_HOUR == done.lesson
    assert [jo, kim, *[jo] * (seen - 1)] == [session.client_id for session in on_each.sessions()]
    assert (("panda",), ()) == (learned(on_each, jo), learned(on_each, kim))


def test_a_retitled_hour_goes_to_whom_it_names_and_is_briefed_for_her(on_each: Practice) -> None:
    jo, ann = on_each.client("Jo Bloggs"), on_each.client("Ann Lee")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    on_each.world.patch(ANA, event, {"summary": "Ann Lee"})
    on_each.clock.forward(minutes=1)
    on_each.once()

    done = assign(on_each, on_each.the_session().id, ann.id)
    on_each.once()

    session = on_each.the_session()
    assert (ann.id, (), "Ann Lee") == (session.client_id, session.flags, session.details.title)
    assert (Lesson.NONE, (), ()) == (done.lesson, learned(on_each, jo.id), learned(on_each, ann.id))
    on_each.clock.set(TOMORROW - HOUR)
    on_each.once()
    [letter] = on_each.inbox.letters
    assert "AL" in letter.text


def test_a_briefing_that_was_held_back_goes_out_once_the_word_is_said(on_each: Practice) -> None:
    jo, _ann = on_each.client("Jo Bloggs"), on_each.client("Ann Lee")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    on_each.world.patch(ANA, event, {"summary": "Ann Lee"})
    on_each.clock.set(TOMORROW - HOUR)
    on_each.once()
    assert ["withdrawn"] == fates(on_each)

    done = assign(on_each, on_each.the_session().id, jo.id)
    on_each.clock.forward(minutes=1)
    on_each.once()

    assert (0, ["sent"], 1) == (done.sessions, fates(on_each), len(on_each.inbox.letters))
    assert (jo.id, ()) == (on_each.the_session().client_id, on_each.the_session().flags)


def test_a_third_name_is_asked_about_though_the_second_was_settled(on_each: Practice) -> None:
    jo, _ann, _kim = (on_each.client(name) for name in ("Jo Bloggs", "Ann Lee", "Kim Mori"))
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    for title in ("Ann Lee", "Kim Mori"):
        on_each.world.patch(ANA, event, {"summary": title})
        on_each.clock.forward(minutes=1)
        on_each.once()
        assert ("title-names-another-client",) == on_each.the_session().flags, title
        assign(on_each, on_each.the_session().id, jo.id)
        assert () == on_each.the_session().flags


def test_a_retitled_hour_follows_its_event_in_time_while_it_is_asked_about(on_each: Practice) -> None:
    on_each.client("Jo Bloggs"), on_each.client("Ann Lee")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    on_each.world.patch(ANA, event, {"summary": "Ann Lee"})
    on_each.clock.forward(minutes=1)
    on_each.once()

    move(on_each, event, TOMORROW + 2 * HOUR)
    on_each.clock.forward(minutes=1)
    on_each.once()

    session = on_each.the_session()
    assert (TOMORROW + 2 * HOUR, "Jo Bloggs") == (session.starts_at, session.details.title)


def test_a_briefing_that_was_sent_for_the_wrong_client_goes_out_anew_for_the_right_one(
    on_each: Practice,
) -> None:
    _, kim = by_lesson(on_each, "panda")
    on_each.put("Panda", TOMORROW)
    on_each.once()
    on_each.clock.set(TOMORROW - HOUR)
    on_each.once()

    done = assign(on_each, on_each.the_session().id, kim)
    on_each.clock.forward(minutes=1)
    on_each.once()
    on_each.once()

    first, second = on_each.inbox.letters
    assert (1, ["sent"], ("JB" in first.text, "KM" in second.text)) == (
        done.briefings,
        fates(on_each),
        (True, True),
    )
    assert first.message_id != second.message_id


@pytest.mark.parametrize("title", ["Session", "Therapy", "Weekly session 12", ""])
def test_a_title_that_names_nobody_teaches_nothing(practice: Practice, title: str) -> None:
    practice.client("Jo Bloggs", addresses=("jo@post.example",))
    kim = practice.client("Kim Mori")
    practice.put(title, TOMORROW, attendees=[{"email": "jo@post.example"}])
    practice.once()

    done = assign(practice, practice.the_session().id, kim.id)

    assert (Lesson.TOO_GENERAL, ()) == (done.lesson, learned(practice, kim.id))


def test_a_title_that_is_somebody_elses_too_teaches_nothing(practice: Practice) -> None:
    jo, kim = practice.client("Jo Bloggs"), practice.client("Kim Mori")
    weekly(practice, "Jo Bloggs", NEXT_WEEK, count=3)
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()

    done = assign(practice, practice.sessions()[0].id, kim.id)
    practice.put("Jo Bloggs", TOMORROW + 3 * HOUR)
    practice.once()

    assert (Lesson.AMBIGUOUS, ()) == (done.lesson, learned(practice, kim.id))
    assert [kim.id, jo.id, jo.id, jo.id, jo.id] == [s.client_id for s in practice.sessions()]


def test_another_practitioners_client_is_refused_and_nothing_changes(on_each: Practice) -> None:
    by_lesson(on_each, "panda")
    second_calendar(on_each)
    on_each.put("Panda", TOMORROW)
    on_each.once()
    with on_each.app.writing() as records:
        ben = practitioner_by_email(records, "ben@practice.example")
        assert ben is not None
        others = add_client(records, ben.id, "Ben's Own", on_each.clock())
    before = everything(on_each)

    with pytest.raises(Refused):
        assign(on_each, on_each.the_session().id, others.id)

    assert before == everything(on_each)


def test_an_hour_that_was_said_to_stay_stays_when_its_series_goes(on_each: Practice) -> None:
    jo, ann = on_each.client("Jo Bloggs"), on_each.client("Ann Lee")
    event = weekly(on_each, count=5)
    on_each.once()
    on_each.world.patch(ANA, event, {"summary": "Ann Lee"})
    on_each.clock.forward(minutes=1)
    on_each.once()
    third = on_each.sessions()[2].id
    settle(on_each.app, third, "title-names-another-client", "keep", on_each.clock())
    on_each.clock.forward(minutes=1)

    done = assign(on_each, on_each.sessions()[0].id, ann.id, series=True)

    assert (4, 1) == (done.sessions, done.kept)
    assert [third] == [session.id for session in on_each.sessions() if session.client_id == jo.id]
    on_each.clock.forward(minutes=1)
    all_of_them = assign(on_each, third, ann.id)
    assert (1, 0) == (all_of_them.sessions, all_of_them.kept)


def test_the_kept_hours_go_too_if_that_is_said(on_each: Practice) -> None:
    jo, ann = on_each.client("Jo Bloggs"), on_each.client("Ann Lee")
    weekly(on_each, count=3)
    on_each.once()
    first, second, _ = (session.id for session in on_each.sessions())
    assign(on_each, second, jo.id)

    done = assign(on_each, first, ann.id, series=True, kept_too=True)

    assert (3, 0) == (done.sessions, done.kept)
