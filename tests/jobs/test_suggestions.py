"""The last months are looked through for clients: a yes keeps what means her, a no leaves nothing."""

from datetime import timedelta

import pytest

from sync.errors import CalendarUnreachable, Refused
from sync.jobs.questions import ignore, waiting
from sync.jobs.suggestions import accept, suggestions
from sync.sandbox.faults import Fault
from sync.store.clients import clients
from tests.jobs.looking import HOUR, everything, weekly
from tests.practice import Practice

LONG_AGO = timedelta(days=70)


def proposed(practice: Practice, months: int = 3) -> list[str]:
    found = suggestions(practice.app, practice.practitioner_id, months, practice.clock())
    return [each.name for each in found]


def test_a_yes_makes_a_client_whose_sessions_follow_at_the_next_reading(on_each: Practice) -> None:
    guest = [{"email": "mia@post.example"}]
    weekly(on_each, "Weekly session – Jo B. online", on_each.clock() - LONG_AGO, count=20)
    for week in range(8):
        on_each.put(
            "Session", on_each.clock() - LONG_AGO + timedelta(days=7 * week, hours=3), attendees=guest
        )
    on_each.put("Session", on_each.clock() + 3 * HOUR, attendees=guest)
    found = suggestions(on_each.app, on_each.practitioner_id, 3, on_each.clock())
    assert 2 == len(found)

    for each in found:
        accept(on_each.app, on_each.practitioner_id, each, f"{each.name} Known", on_each.clock())
    on_each.once()

    with on_each.app.reading() as records:
        people = {person.name: person for person in clients(records)}
    assert (("mia@post.example",), ()) == (people["Mia Known"].addresses, people["Mia Known"].titles)
    assert 2 == len(people)
    ours = {session.client_id for session in on_each.sessions()}
    assert ({person.id for person in people.values()}, []) == (ours, proposed(on_each))


def test_a_look_keeps_nothing_and_leaves_out_whom_we_know_and_what_was_ignored(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    for hours, title in enumerate(("Jo Bloggs", "Tim Bloggs", "Kim Mori")):
        weekly(on_each, title, on_each.clock() - LONG_AGO + hours * HOUR, count=20)
    on_each.once()
    before = everything(on_each)

    assert {"Tim Bloggs", "Kim Mori"} == set(proposed(on_each))
    assert before == everything(on_each)
    [item] = waiting(on_each.app)
    ignore(on_each.app, item.question.id, on_each.clock())
    assert ["Kim Mori"] == proposed(on_each)


def test_only_the_months_that_are_asked_for_are_read(practice: Practice) -> None:
    weekly(practice, "Kim Mori", practice.clock() - timedelta(days=100), count=5)

    assert ([], ["Kim Mori"]) == (proposed(practice, 2), proposed(practice, 4))


def test_a_name_that_is_known_already_is_refused_and_nothing_is_kept(on_each: Practice) -> None:
    weekly(on_each, "Kim", on_each.clock() - LONG_AGO, count=8)
    on_each.client("Kim Mori", code="K9")
    [found] = suggestions(on_each.app, on_each.practitioner_id, 3, on_each.clock())
    before = everything(on_each)

    with pytest.raises(Refused):
        accept(on_each.app, on_each.practitioner_id, found, "Kim Mori", on_each.clock())

    assert before == everything(on_each)


def test_a_title_that_may_be_somebody_elses_is_not_learned_by_a_yes(practice: Practice) -> None:
    weekly(practice, "Kim", practice.clock() - LONG_AGO, count=8)
    practice.client("Kim Mori")
    [found] = suggestions(practice.app, practice.practitioner_id, 3, practice.clock())

    assert () == accept(practice.app, practice.practitioner_id, found, "Kim Lee", practice.clock()).titles


def test_a_calendar_that_does_not_answer_is_told(practice: Practice) -> None:
    practice.faults.add(Fault("html", times=None))

    with pytest.raises(CalendarUnreachable):
        proposed(practice)
