"""What is not certain waits in the inbox, sealed, until a person says whose it is."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models import tables
from sync.domain.calendar.links import LinkState
from sync.domain.calendar.teaching import Lesson
from sync.errors import Refused
from sync.jobs.questions import Answer, Assigned, assign, ignore, waiting
from sync.store.clients import client
from sync.store.history import note_history, unread_histories, want_history
from sync.store.links import link, set_state
from tests.jobs.looking import HOUR, NEXT_WEEK, TOMORROW, delete, instance, move, rows, weekly
from tests.jobs.test_together import at_once
from tests.practice import Practice


def ids(practice: Practice) -> list[str]:
    return [item.question.id for item in waiting(practice.app)]


def test_a_series_is_asked_about_once_with_its_candidates(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")
    weekly(on_each, "Bloggs")

    first, second = on_each.once(), on_each.once(full=True)

    assert [1, 0] == [report.counts["unmatched"] for report in (first, second)]
    [item] = waiting(on_each.app)
    assert ("only part of a name fits", NEXT_WEEK, "Bloggs") == (
        item.question.reason,
        item.question.starts_at,
        item.question.event.title,
    )
    assert [jo.id] == [candidate.client_id for candidate in item.candidates]
    assert [] == on_each.sessions()


def test_each_candidate_is_listed_with_all_that_points_to_her(on_each: Practice) -> None:
    on_each.client("Jo Bloggs", addresses=("jo@post.example",))
    on_each.client("Mia Stone")
    on_each.put("Mia Stone (Bloggs)", TOMORROW, attendees=[{"email": "jo@post.example"}])
    on_each.once()

    [item] = waiting(on_each.app)

    first, second = item.candidates
    assert ("Jo Bloggs", "Mia Stone") == (first.name, second.name)
    assert first.why.startswith("a guest has this client's address; the title has part of this name")
    assert second.why.startswith("the title has this client's whole name")
    assert first.score > second.score


def test_a_question_follows_its_event_and_is_gone_with_it(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Bloggs", TOMORROW)
    on_each.once()
    before = ids(on_each)

    move(on_each, event, TOMORROW + HOUR)
    on_each.once()
    assert (before, TOMORROW + HOUR) == (ids(on_each), waiting(on_each.app)[0].question.starts_at)
    delete(on_each, event)
    on_each.once()

    assert [] == rows(on_each, tables.InboxItem)


def test_a_question_is_gone_when_the_title_becomes_clear(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Bloggs", TOMORROW)
    practice.once()

    practice.world.patch("ana@practice.example", event, {"summary": "Jo Bloggs"})
    practice.once()

    assert ([], 1) == (ids(practice), len(practice.sessions()))


def test_what_is_assigned_is_a_session_at_once_and_its_series_follows_at_the_next_reading(
    on_each: Practice,
) -> None:
    jo = on_each.client("Jo Bloggs")
    weekly(on_each, "Bloggs", count=3)
    on_each.once()

    starts_at = assign(on_each.app, ids(on_each)[0], Answer(jo.id), on_each.clock()).starts_at
    at_once = on_each.sessions()
    on_each.once()

    assert (NEXT_WEEK, [NEXT_WEEK]) == (starts_at, [session.starts_at for session in at_once])
    assert [jo.id] * 3 == [session.client_id for session in on_each.sessions()]
    assert at_once[0].id == on_each.sessions()[0].id
    assert ([], ["stub"] * 3) == (
        ids(on_each),
        [session.note_status for session in on_each.sessions()][:1] * 3,
    )


def test_what_is_assigned_by_the_start_of_its_id_is_briefed_like_any_other(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    practice.put("Bloggs", TOMORROW)
    practice.once()

    assign(practice.app, ids(practice)[0][:8], Answer(jo.id), practice.clock())

    briefing = practice.the_session().briefing
    assert briefing is not None
    assert TOMORROW - HOUR == briefing.due_at


@pytest.mark.parametrize("said", ["", "nothing"])
def test_an_unknown_question_is_refused(practice: Practice, said: str) -> None:
    practice.client("Jo Bloggs")
    practice.put("Bloggs", TOMORROW)
    practice.once()

    with pytest.raises(Refused):
        assign(practice.app, said, Answer("any"), practice.clock())
    with pytest.raises(Refused):
        ignore(practice.app, said, practice.clock())

    assert 1 == len(ids(practice))


def test_what_is_ignored_is_never_asked_again_and_only_a_hash_is_kept(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    series = weekly(on_each, "Bloggs", count=3)
    on_each.once()

    ignore(on_each.app, ids(on_each)[0], on_each.clock())
    move(on_each, instance(series, NEXT_WEEK), NEXT_WEEK + HOUR)
    report = on_each.once()

    assert (0, []) == (report.counts["unmatched"], rows(on_each, tables.InboxItem))
    [kept] = rows(on_each, tables.IgnoredEvent)
    assert series not in kept.event_index
    assert {"event_index", "calendar_link_id", "ignored_on"} == set(tables.IgnoredEvent.model_fields)


def test_a_question_that_has_waited_for_thirty_days_is_gone_though_its_calendar_is_no_longer_read(
    on_each: Practice,
) -> None:
    on_each.client("Jo Bloggs")
    on_each.put("Bloggs", TOMORROW + timedelta(days=50))
    on_each.once()
    with on_each.app.writing() as records:
        set_state(records, on_each.link_id, LinkState.PAUSED, on_each.clock())

    on_each.clock.forward(days=29, hours=23)
    on_each.once()
    kept = len(ids(on_each))
    on_each.clock.forward(hours=1)
    on_each.once()

    assert (1, []) == (kept, rows(on_each, tables.InboxItem))


def test_nothing_of_a_question_is_readable_in_any_file(practice: Practice, tmp_path: Path) -> None:
    practice.client("Jo Bloggs")
    practice.put(
        "Bloggs zebrafish",
        TOMORROW,
        location="Zebrafish Street",
        attendees=[{"email": "z@zebrafish.example"}],
    )

    practice.once()

    assert "Bloggs zebrafish" == waiting(practice.app)[0].question.event.title
    kept = {path.name: path.read_bytes().lower() for path in (tmp_path / "home").rglob("*") if path.is_file()}
    assert "practice.db" in kept
    assert [] == [name for name, content in kept.items() if b"zebrafish" in content]


def answer(practice: Practice, item: str, client_id: str | None = None, **more: Any) -> Assigned:
    return assign(practice.app, item, Answer(client_id, **more), practice.clock())


def learned(practice: Practice, client_id: str) -> tuple[str, ...]:
    with practice.app.reading() as records:
        return client(records, client_id).titles


def test_one_answer_is_learned_for_every_appointment_of_that_title(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")
    for days in range(3):
        on_each.put("Bloggs online", TOMORROW + timedelta(days=days))
    on_each.once()
    assert 3 == len(ids(on_each))

    done = answer(on_each, ids(on_each)[0], jo.id)
    on_each.put("bloggs #4", NEXT_WEEK)
    on_each.once()

    assert (Lesson.LEARNED, 2, ("bloggs",)) == (done.lesson, done.still_waiting, learned(on_each, jo.id))
    assert ([], [jo.id] * 4) == (ids(on_each), [session.client_id for session in on_each.sessions()])


def test_an_answer_counts_for_what_is_over_within_the_window_too(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")
    weekly(on_each, "Bloggs", on_each.clock() - timedelta(days=7), count=3)
    on_each.once()

    answer(on_each, ids(on_each)[0], jo.id)
    on_each.once()

    assert ["held", "scheduled", "scheduled"] == [session.status for session in on_each.sessions()]


def test_an_answer_for_one_hour_says_nothing_of_its_series_and_teaches_nothing(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")
    weekly(on_each, "Bloggs", count=3)
    on_each.once()

    done = answer(on_each, ids(on_each)[0], jo.id, once=True)
    on_each.once()

    assert (Lesson.ONE_HOUR, (), 1) == (done.lesson, learned(on_each, jo.id), len(on_each.sessions()))
    assert [NEXT_WEEK + timedelta(days=7)] == [item.question.starts_at for item in waiting(on_each.app)]


def test_a_new_client_is_made_by_the_answer(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    weekly(on_each, "Tim Bloggs", count=3)
    on_each.once()

    done = answer(on_each, ids(on_each)[0], new_name="Tim Bloggs")
    on_each.once()

    assert ("TB", Lesson.AMBIGUOUS) == (done.client.code, done.lesson)
    assert [done.client.id] * 3 == [session.client_id for session in on_each.sessions()]


def test_the_only_guests_address_is_learned_when_that_is_wanted(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")
    guest = {"email": "jo@post.example"}
    on_each.put("Bloggs", TOMORROW, attendees=[guest])
    on_each.put("Bloggs family", NEXT_WEEK, attendees=[guest, {"email": "tim@post.example"}])
    on_each.once()
    alone, together = ids(on_each)

    with pytest.raises(Refused, match="More than one"):
        answer(on_each, together, jo.id, with_address=True)
    assert 2 == len(ids(on_each))
    answer(on_each, alone, jo.id, with_address=True)

    with on_each.app.reading() as records:
        assert ("jo@post.example",) == client(records, jo.id).addresses


def test_a_title_that_says_nothing_or_may_be_anothers_is_not_learned(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs", addresses=("jo@post.example",))
    practice.client("Tim Bloggs", addresses=("tim@post.example",))
    guests = [{"email": "jo@post.example"}, {"email": "tim@post.example"}]
    practice.put("Therapy", TOMORROW, attendees=guests)
    practice.put("Bloggs", NEXT_WEEK)
    practice.once()

    lessons = [answer(practice, item, jo.id).lesson for item in ids(practice)]

    assert ([Lesson.TOO_GENERAL, Lesson.AMBIGUOUS], ()) == (lessons, learned(practice, jo.id))


def test_a_title_that_another_series_waits_with_too_is_not_learned(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    weekly(practice, "Bloggs", NEXT_WEEK, count=3)
    weekly(practice, "Bloggs", NEXT_WEEK + HOUR, count=3)
    practice.once()

    done = answer(practice, ids(practice)[0], jo.id)
    practice.once()

    assert (Lesson.AMBIGUOUS, 1, 3) == (done.lesson, done.still_waiting, len(practice.sessions()))
    assert 1 == len(ids(practice))


def test_an_hour_that_is_ignored_once_leaves_its_series_to_be_asked_about(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    weekly(on_each, "Bloggs", count=3)
    on_each.once()

    ignore(on_each.app, ids(on_each)[0], on_each.clock(), once=True)
    on_each.once()
    on_each.once(full=True)

    assert [NEXT_WEEK + timedelta(days=7)] == [item.question.starts_at for item in waiting(on_each.app)]


def test_the_past_is_read_again_with_what_was_learned_when_that_is_wanted(on_each: Practice) -> None:
    jo, past = on_each.client("Jo Bloggs"), on_each.clock() - timedelta(days=100)
    with on_each.app.writing() as records:
        want_history(records, on_each.link_id, past)
        note_history(records, link(records, on_each.link_id), on_each.clock(), on_each.clock())
    on_each.put("Bloggs", TOMORROW)
    on_each.once()

    answer(on_each, ids(on_each)[0], jo.id, past=True)

    with on_each.app.reading() as records:
        assert [on_each.link_id] == unread_histories(records)


def test_of_two_answers_at_once_one_holds(on_each: Practice) -> None:
    people = [on_each.client(name) for name in ("Jo Bloggs", "Kim Mori")]
    weekly(on_each, "Bloggs", count=2)
    on_each.once()
    [item] = ids(on_each)

    said = at_once(lambda number: answer(on_each, item, people[number % 2].id).client.id)
    on_each.once()

    won = [each for each in said if each in {person.id for person in people}]
    assert (1, won * 2) == (len(won), [session.client_id for session in on_each.sessions()])
