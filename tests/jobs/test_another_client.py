"""An hour whose title means another client for a while: asked about no longer than that holds."""

import pytest

from sync.jobs.assigning import assign_session
from sync.jobs.flags import settle, waiting
from sync.jobs.merges import merge, undo
from sync.store.clients import find_client
from sync.store.links import read_afresh
from tests.jobs.looking import HOUR, NEXT_WEEK, TOMORROW, fates, instance, ledger, move, weekly
from tests.practice import ANA, Practice

ANOTHER = "title-names-another-client"


def tick(practice: Practice) -> None:
    practice.clock.forward(minutes=1)
    practice.once()


def retitle(practice: Practice, event: str, title: str | None) -> None:
    practice.world.patch(ANA, event, {"summary": title})
    tick(practice)


def asked_about(practice: Practice) -> str:
    """Jo's hour, which is called after Ann now; its event."""
    practice.client("Jo Bloggs"), practice.client("Ann Lee")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    retitle(practice, event, "Ann Lee")
    assert (ANOTHER,) == practice.the_session().flags
    return event


@pytest.mark.parametrize("title", ["Jo Bloggs", "Session"])
def test_a_title_that_means_nobody_else_any_more_is_no_question(on_each: Practice, title: str) -> None:
    event = asked_about(on_each)

    retitle(on_each, event, title)

    assert ((), title) == (on_each.the_session().flags, on_each.the_session().details.title)
    assert "settled" in ledger(on_each)
    on_each.clock.set(TOMORROW - HOUR / 2)
    on_each.once()
    assert (["sent"], 1) == (fates(on_each), len(on_each.inbox.letters))


def test_a_briefing_that_was_held_back_goes_out_when_the_title_is_hers_again(on_each: Practice) -> None:
    event = asked_about(on_each)
    on_each.clock.set(TOMORROW - HOUR)
    on_each.once()
    assert ["withdrawn"] == fates(on_each)

    retitle(on_each, event, "Jo Bloggs")
    tick(on_each)

    assert (["sent"], 1) == (fates(on_each), len(on_each.inbox.letters))


def test_a_whole_series_that_is_called_after_her_again_is_no_question(on_each: Practice) -> None:
    on_each.client("Jo Bloggs"), on_each.client("Ann Lee")
    series = weekly(on_each, count=4)
    on_each.once()
    retitle(on_each, series, "Ann Lee")
    assert [(ANOTHER,)] * 4 == [session.flags for session in on_each.sessions()]

    retitle(on_each, series, "Jo Bloggs")

    assert [()] * 4 == [session.flags for session in on_each.sessions()]
    on_each.clock.set(NEXT_WEEK - HOUR / 2)
    on_each.once()
    assert ["sent", "pending", "pending", "pending"] == fates(on_each)


def test_the_same_other_name_is_asked_about_again_when_it_comes_back(on_each: Practice) -> None:
    event = asked_about(on_each)
    retitle(on_each, event, "Jo Bloggs")

    retitle(on_each, event, "Ann Lee")

    assert (ANOTHER,) == on_each.the_session().flags


@pytest.mark.parametrize("title", [None, "Ann L."])
def test_a_title_out_of_sight_or_in_two_minds_answers_nothing(practice: Practice, title: str | None) -> None:
    event = asked_about(practice)

    retitle(practice, event, title)

    assert (ANOTHER,) == tuple(flag for flag in practice.the_session().flags if flag == ANOTHER)
    assert "Jo Bloggs" == practice.the_session().details.title


def test_an_hour_that_is_cancelled_while_asked_about_comes_back_as_hers(on_each: Practice) -> None:
    event = asked_about(on_each)
    retitle(on_each, event, "Ann Lee - cancelled")
    assert "cancelled" == on_each.the_session().status

    retitle(on_each, event, "Jo Bloggs")

    assert ("scheduled", ()) == (on_each.the_session().status, on_each.the_session().flags)


def test_an_hour_that_is_moved_and_hers_again_at_once_is_briefed_once(on_each: Practice) -> None:
    event = asked_about(on_each)
    on_each.clock.set(TOMORROW - HOUR)
    on_each.once()

    on_each.world.patch(ANA, event, {"summary": "Jo Bloggs"})
    move(on_each, event, TOMORROW + HOUR / 4)
    tick(on_each)
    on_each.clock.set(TOMORROW)
    on_each.once()

    assert (["withdrawn", "sent"], 1) == (fates(on_each), len(on_each.inbox.letters))


@pytest.mark.parametrize("gone", ["AL", "JB"])
def test_what_is_one_client_by_now_is_no_question(on_each: Practice, gone: str) -> None:
    people = two_asked_about(on_each)
    [kept] = people.keys() - {gone}

    merge(on_each.app, people[gone], people[kept], on_each.clock())

    assert () == on_each.the_session().flags
    assert "settled" in ledger(on_each)
    tick(on_each)
    session = on_each.the_session()
    assert (people[kept], (), "Ann Lee") == (session.client_id, session.flags, session.details.title)
    on_each.clock.set(TOMORROW - HOUR / 2)
    on_each.once()
    assert (["sent"], 1) == (fates(on_each), len(on_each.inbox.letters))


def test_a_third_clients_merge_leaves_the_question(practice: Practice) -> None:
    people = two_asked_about(practice)
    kim = practice.client("Kim Mori")

    merge(practice.app, kim.id, people["JB"], practice.clock())
    tick(practice)

    assert (ANOTHER,) == practice.the_session().flags


@pytest.mark.parametrize("gone", ["AL", "JB"])
def test_two_that_are_parted_again_are_asked_about_anew(on_each: Practice, gone: str) -> None:
    people = two_asked_about(on_each)
    [kept] = people.keys() - {gone}
    merge(on_each.app, people[gone], people[kept], on_each.clock())
    on_each.clock.forward(minutes=1)
    on_each.once()

    undo(on_each.app, gone, on_each.clock())
    on_each.clock.forward(minutes=1)
    on_each.once()

    assert (people["JB"], (ANOTHER,)) == (on_each.the_session().client_id, on_each.the_session().flags)


def test_parted_again_it_is_not_asked_where_the_title_is_hers_by_now(on_each: Practice) -> None:
    event = asked_about(on_each)
    people = {session.client_code: session.client_id for session in on_each.sessions()}
    with on_each.app.reading() as records:
        [ann] = find_client(records, "AL")
    merge(on_each.app, ann.id, people["JB"], on_each.clock())
    retitle(on_each, event, "Jo Bloggs")

    undo(on_each.app, "AL", on_each.clock())
    tick(on_each)

    assert () == on_each.the_session().flags


def two_asked_about(practice: Practice) -> dict[str, str]:
    """Ann's and Jo's ids by their codes; Jo's hour is called after Ann."""
    asked_about(practice)
    with practice.app.reading() as records:
        return {code: find_client(records, code)[0].id for code in ("AL", "JB")}


def given_to_bo(practice: Practice) -> tuple[str, str]:
    """An hour that is called after Jo and that she gave to Bo; its event, and Bo's id."""
    practice.client("Jo Bloggs")
    bo = practice.client("Bo Kay")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    assign_session(practice.app, practice.the_session().id, bo.id, practice.clock())
    return event, bo.id


def test_what_she_said_by_assigning_is_not_asked_back(on_each: Practice) -> None:
    event, bo = given_to_bo(on_each)
    tick(on_each)
    move(on_each, event, TOMORROW + HOUR)
    tick(on_each)

    assert (bo, ()) == (on_each.the_session().client_id, on_each.the_session().flags)
    on_each.clock.set(TOMORROW + HOUR / 2)
    on_each.once()
    assert 1 == len(on_each.inbox.letters)


def test_one_hour_of_a_series_that_she_gave_away_is_not_asked_back(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    bo = on_each.client("Bo Kay")
    weekly(on_each, count=4)
    on_each.once()
    assign_session(on_each.app, on_each.sessions()[1].id, bo.id, on_each.clock())

    tick(on_each)

    assert [()] * 4 == [session.flags for session in on_each.sessions()]
    assert bo.id == on_each.sessions()[1].client_id


def test_another_title_than_the_one_she_spoke_of_is_asked_about_until_it_is_back(on_each: Practice) -> None:
    event, _bo = given_to_bo(on_each)
    on_each.client("Ann Lee")
    tick(on_each)

    retitle(on_each, event, "Ann Lee")
    assert (ANOTHER,) == on_each.the_session().flags
    retitle(on_each, event, "Jo Bloggs")

    assert () == on_each.the_session().flags


def test_a_title_that_changes_before_her_word_was_read_is_asked_about(on_each: Practice) -> None:
    event = asked_about(on_each)
    with on_each.app.reading() as records:
        [ann] = find_client(records, "AL")
    assign_session(on_each.app, on_each.the_session().id, ann.id, on_each.clock())

    retitle(on_each, event, "Jo Bloggs")

    assert (ANOTHER,) == on_each.the_session().flags


def test_an_hour_of_hers_that_gets_a_longer_name_is_asked_about(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")
    series = weekly(on_each, count=4)
    on_each.once()

    retitle(on_each, instance(series, NEXT_WEEK), "Mary Jo Bloggs")

    first, *rest = on_each.sessions()
    assert (jo.id, (ANOTHER,), "Jo Bloggs") == (first.client_id, first.flags, first.details.title)
    assert [()] * 3 == [session.flags for session in rest]
    [flag] = waiting(on_each.app, on_each.clock())
    assert flag.what.startswith("Its title may mean another client now.")
    on_each.clock.set(NEXT_WEEK - HOUR / 2)
    on_each.once()
    assert [] == on_each.inbox.letters


def test_a_longer_name_that_she_answered_for_stays_answered_while_nothing_changes(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    retitle(on_each, event, "Mary Jo Bloggs")

    settle(on_each.app, on_each.the_session().id, ANOTHER, "keep", on_each.clock())
    with on_each.app.writing() as records:
        read_afresh(records, jo.practitioner_id)
    tick(on_each)

    assert (jo.id, ()) == (on_each.the_session().client_id, on_each.the_session().flags)


def test_a_longer_name_that_an_hour_always_had_is_no_news(practice: Practice) -> None:
    practice.client("Jo Bloggs", addresses=("jo@post.example",))
    event = practice.put("Mary Jo Bloggs", TOMORROW, attendees=[{"email": "jo@post.example"}])
    practice.once()

    practice.world.patch(ANA, event, {"attendees": []})
    tick(practice)

    assert () == practice.the_session().flags
