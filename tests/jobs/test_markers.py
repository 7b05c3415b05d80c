"""What a therapist follows for a client: asked for in every stub until it is retired."""

import pytest

from sync.domain.progress.definitions import Domain, MarkerDefinition
from sync.errors import Refused
from sync.jobs.markers import MarkerWish, change, follow, retire
from sync.jobs.merges import merge
from sync.jobs.notes import open_note, write_note
from sync.store.markers import markers_of
from tests.jobs.looking import HOUR, TOMORROW
from tests.practice import WEDNESDAY, Practice


def followed(practice: Practice, client_id: str) -> tuple[MarkerDefinition, ...]:
    with practice.app.reading() as records:
        return markers_of(records, client_id)


def to_rate(practice: Practice, session_id: str) -> list[str]:
    body = open_note(practice.app, session_id, practice.clock()).body
    return [line for line in body.splitlines() if ": /" in line]


def test_the_stub_asks_for_what_is_followed_then_for_what_was_rated_lately(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")
    on_each.put("Jo Bloggs", WEDNESDAY - HOUR)
    on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    past, ahead = on_each.sessions()
    write_note(on_each.app, past.id, "Sleep: 5/7\npanic: 6/10\nDancing: 1/10\n", on_each.clock())

    follow(on_each.app, jo.id, "Boundary holding", MarkerWish(), WEDNESDAY)
    follow(on_each.app, jo.id, "Panic", MarkerWish(scale=5.0), WEDNESDAY + HOUR)
    assert ["Boundary holding: /10", "Panic: /5", "Sleep: /7", "Dancing: /10"] == to_rate(on_each, ahead.id)

    retire(on_each.app, jo.id, "PANIC", WEDNESDAY)
    assert ["Boundary holding: /10", "Sleep: /7", "Dancing: /10"] == to_rate(on_each, ahead.id)


def test_the_catalogue_says_what_was_not_said(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")

    made, again = follow(on_each.app, jo.id, "  panic  attacks ", MarkerWish(), WEDNESDAY)

    assert (made,) == followed(on_each, jo.id)
    assert ("panic attacks", Domain.EMOTIONAL, False, 10.0, "none", "the worst yet", False) == (
        *(made.name, made.domain, made.higher_is_better, made.scale, made.lowest, made.highest),
        again,
    )


def test_her_own_word_stands_before_the_catalogues(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")

    own, _ = follow(
        practice.app, jo.id, "Anger", MarkerWish(True, Domain.RELATIONAL, 5.0, highest="says so"), WEDNESDAY
    )
    turned, _ = follow(practice.app, jo.id, "Panic", MarkerWish(higher_is_better=True), WEDNESDAY)

    assert (True, Domain.RELATIONAL, 5.0, None, "says so") == (
        *(own.higher_is_better, own.domain, own.scale, own.lowest, own.highest),
    )
    assert (None, None) == (turned.lowest, turned.highest), "words for ends that mean the other direction"


@pytest.mark.parametrize("wish", [MarkerWish(), MarkerWish(True), MarkerWish(domain=Domain.COGNITIVE)])
def test_of_an_unknown_marker_direction_and_domain_must_be_said(practice: Practice, wish: MarkerWish) -> None:
    jo = practice.client("Jo Bloggs")

    with pytest.raises(Refused) as refused:
        follow(practice.app, jo.id, "Dancing", wish, WEDNESDAY)

    assert "--better" in refused.value.advice
    assert "Dancing" not in f"{refused.value} {refused.value.advice}"
    assert () == followed(practice, jo.id)


SAID = MarkerWish(True, Domain.COGNITIVE)


@pytest.mark.parametrize(
    ("name", "wish"),
    [
        ("", SAID),
        ("Plan", SAID),
        ("Risk", SAID),
        ("Session", SAID),
        ("a: b", SAID),
        ("x" * 61, SAID),
        ("Panic", MarkerWish(scale=1000.0)),
        ("Panic", MarkerWish(lowest="x" * 61)),
    ],
)
def test_what_no_note_could_hold_is_refused(practice: Practice, name: str, wish: MarkerWish) -> None:
    jo = practice.client("Jo Bloggs")

    with pytest.raises(Refused):
        follow(practice.app, jo.id, name, wish, WEDNESDAY)

    assert () == followed(practice, jo.id)


def test_what_is_followed_already_is_not_followed_twice(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")
    follow(on_each.app, jo.id, "Panic", MarkerWish(), WEDNESDAY)

    with pytest.raises(Refused, match="already"):
        follow(on_each.app, jo.id, "PANIC", MarkerWish(True), WEDNESDAY)

    assert [False] == [each.higher_is_better for each in followed(on_each, jo.id)]


def test_what_was_retired_is_followed_again_as_it_was(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")
    before, _ = follow(on_each.app, jo.id, "Panic", MarkerWish(scale=5.0, lowest="calm"), WEDNESDAY)

    assert retire(on_each.app, jo.id, "panic", WEDNESDAY)
    assert not retire(on_each.app, jo.id, "panic", WEDNESDAY + HOUR)
    assert [WEDNESDAY] == [each.retired_at for each in followed(on_each, jo.id)]
    assert (before, True) == follow(on_each.app, jo.id, "PANIC", MarkerWish(), WEDNESDAY + HOUR)
    assert (before,) == followed(on_each, jo.id)


def test_what_is_left_out_of_a_change_stays(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    follow(practice.app, jo.id, "Panic", MarkerWish(), WEDNESDAY)

    change(practice.app, jo.id, "panic", MarkerWish(scale=7.0, lowest=""))
    after = change(practice.app, jo.id, "panic", MarkerWish(highest=" cannot \n leave "))

    assert (after,) == followed(practice, jo.id)
    assert ("Panic", False, 7.0, None, "cannot leave") == (
        *(after.name, after.higher_is_better, after.scale, after.lowest, after.highest),
    )


def test_what_cannot_be_changed_is_refused(practice: Practice) -> None:
    jo, kim = practice.client("Jo Bloggs"), practice.client("Kim Mori")
    follow(practice.app, jo.id, "Panic", MarkerWish(), WEDNESDAY)
    before = followed(practice, jo.id)

    for client, name, wish in (
        (jo, "Panic", MarkerWish()),
        (jo, "Sleep", SAID),
        (kim, "Panic", SAID),
        (jo, "Panic", MarkerWish(highest="x" * 61)),
    ):
        with pytest.raises(Refused):
            change(practice.app, client.id, name, wish)
    with pytest.raises(Refused, match="No marker"):
        retire(practice.app, jo.id, "Sleep", WEDNESDAY)

    assert (before, ()) == (followed(practice, jo.id), followed(practice, kim.id))


def test_nothing_is_followed_for_a_record_that_is_part_of_another(practice: Practice) -> None:
    jo, marsh = practice.client("Jo Bloggs"), practice.client("Jo Marsh")
    merge(practice.app, marsh.id, jo.id, WEDNESDAY)

    with pytest.raises(Refused, match="part of another"):
        follow(practice.app, marsh.id, "Panic", MarkerWish(), WEDNESDAY)
