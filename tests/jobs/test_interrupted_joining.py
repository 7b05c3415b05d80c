"""Joining records or carrying a note is cut off at any line, or done by two: all of it is kept, or none."""

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from sync.domain.people import Client
from sync.errors import Refused
from sync.jobs.carries import answer_offer, offers
from sync.jobs.merges import merge, undo
from sync.jobs.notes import note_history, write_note
from tests.jobs.looking import TOMORROW, everything
from tests.jobs.test_carries import split, texts
from tests.jobs.test_copies import copy_of, read, with_rooms
from tests.jobs.test_together import at_once
from tests.practice import Practice
from tests.stories.histories.doom import Doom
from tests.stories.histories.doom import Killed as Ended
from tests.stories.test_interrupted import Killed, killed, restart

COMMIT = "commit"
MERGING = (
    "sync.jobs.merges.merge_clients",
    "sync.store.merges.give_sessions",
    "sync.store.resealing._give_notes",
    "sync.store.merges.give_aliases",
    "sync.store.merges.give_members",
    "sync.store.merges.join_doubles",
    "sync.store.doubles.void_stub",
    "sync.store.doubles.enter",
    "sync.jobs.merges.look_again",
    COMMIT,
)
PARTING = (
    "sync.jobs.merges.undo_merge",
    "sync.store.merges.part_doubles",
    "sync.store.doubles.revive_stub",
    "sync.store.doubles.enter",
    "sync.store.merges.give_sessions",
    "sync.store.merges.give_aliases",
    "sync.store.merges.give_members",
    "sync.jobs.merges.look_again",
    COMMIT,
)
CARRYING = (
    "sync.jobs.carries.carry_note",
    "sync.store.carries.save_revision",
    "sync.store.carries.enter",
    "sync.jobs.carries.settle_offer",
    COMMIT,
)


def cut_off_at(practice: Practice, place: str, work: Callable[[], object]) -> None:
    """Let the process end at `place` within `work`; a fresh one stands in its stead."""
    with pytest.MonkeyPatch.context() as patched:
        if place == COMMIT:
            Doom(commits=0).upon(practice.app)
        else:
            patched.setattr(place, killed)
        with pytest.raises((Killed, Ended)):
            work()
    restart(practice)


def one_of_two_records(practice: Practice) -> tuple[Client, Client]:
    """One hour in two calendars, under two names, with a note; the client's two records."""
    jo, marsh = practice.client("Jo Bloggs", "Joey"), practice.client("Joan Marsh", "Marshy")
    rooms = with_rooms(practice)
    copy_of(practice, practice.put("Jo Bloggs", TOMORROW), summary="Joan Marsh")
    read(practice, practice.link_id, rooms)
    practice.once()
    [hers] = practice.sessions(client_id=marsh.id)
    write_note(practice.app, hers.id, "Prepared.\n", practice.clock())
    return marsh, jo


def told(practice: Practice) -> dict[str, Any]:
    """All that is kept, but what only says that the calendars are to be read again."""
    notes = {s.id: note_history(practice.app, s.id) for s in practice.sessions()}
    return {**everything(practice), "notes": notes}


def seen(practice: Practice) -> list[Any]:
    return [(s.id, s.client_id, s.status, s.note_status, s.briefing) for s in practice.sessions()]


@pytest.mark.parametrize("place", MERGING)
def test_a_merge_that_is_cut_off_is_as_if_it_had_not_been_and_can_be_done_again(
    practice: Practice, place: str
) -> None:
    gone, kept = one_of_two_records(practice)
    before = told(practice)

    cut_off_at(practice, place, lambda: merge(practice.app, gone.id, kept.id, practice.clock()))
    after = told(practice)
    merge(practice.app, gone.id, kept.id, practice.clock())

    assert before == after
    [session] = practice.sessions(status="scheduled")
    assert kept.id == session.client_id
    assert ["Prepared.\n"] == texts(practice, session.id)


@pytest.mark.parametrize("place", PARTING)
def test_an_undo_that_is_cut_off_is_as_if_it_had_not_been_and_can_be_done_again(
    practice: Practice, place: str
) -> None:
    gone, kept = one_of_two_records(practice)
    apart = seen(practice)
    merge(practice.app, gone.id, kept.id, practice.clock())
    before = told(practice)

    cut_off_at(practice, place, lambda: undo(practice.app, gone.code, practice.clock()))
    after = told(practice)
    undo(practice.app, gone.code, practice.clock())

    assert before == after
    assert apart == seen(practice)


@pytest.mark.parametrize("place", CARRYING)
def test_a_carried_note_that_is_cut_off_stays_and_can_be_carried_again(
    practice: Practice, place: str
) -> None:
    old, new = split(practice)
    before = told(practice)
    [offer] = offers(practice.app)

    cut_off_at(practice, place, lambda: answer_offer(practice.app, offer.id, practice.clock(), accept=True))
    after = told(practice)
    assert [offer] == offers(practice.app)
    answer_offer(practice.app, offer.id, practice.clock(), accept=True)

    assert before == after
    assert ([], "Second thought.") == (texts(practice, old), texts(practice, new)[-1])


def meeting_at(patched: pytest.MonkeyPatch, place: str) -> None:
    """Let two meet at `place`, as far as the database lets both come so far."""
    module, _, name = place.rpartition(".")
    here, real = Barrier(2), getattr(import_module(module), name)

    def both(*args: Any, **more: Any) -> Any:
        found = real(*args, **more)
        with suppress(BrokenBarrierError):
            here.wait(timeout=1)
        return found

    patched.setattr(place, both)


def refusals(given: list[object]) -> list[str]:
    """The lines that were said to whoever came second."""
    return [one for one in given if isinstance(one, str)]


@pytest.mark.parametrize("crossed", [False, True])
def test_of_two_merges_at_once_one_is_done_and_the_other_refused_in_one_line(
    on_each: Practice, monkeypatch: pytest.MonkeyPatch, crossed: bool
) -> None:
    gone, kept = one_of_two_records(on_each)
    apart = seen(on_each)
    meeting_at(monkeypatch, "sync.jobs.merges.links")
    pairs = [(gone.id, kept.id), (kept.id, gone.id) if crossed else (gone.id, kept.id)]

    given = at_once(lambda number: merge(on_each.app, *pairs[number], on_each.clock()), times=2)

    [line] = refusals(given)
    assert line in ("This record is part of another already.", "These are one record already.")
    [session] = on_each.sessions(status="scheduled")
    won = gone if session.client_id == kept.id else kept
    undo(on_each.app, won.code, on_each.clock())
    assert apart == seen(on_each)
    with pytest.raises(Refused):
        undo(on_each.app, won.code, on_each.clock())


def test_of_two_undos_at_once_one_is_done_and_the_other_refused_in_one_line(
    on_each: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, kept = one_of_two_records(on_each)
    apart = seen(on_each)
    merge(on_each.app, gone.id, kept.id, on_each.clock())
    meeting_at(monkeypatch, "sync.jobs.merges.links")

    given = at_once(lambda _: undo(on_each.app, gone.code, on_each.clock()), times=2)

    assert ["No merged record has this code or id."] == refusals(given)
    assert apart == seen(on_each)


def test_a_note_that_two_carry_at_once_is_carried_once(
    on_each: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = split(on_each)
    [offer] = offers(on_each.app)
    meeting_at(monkeypatch, "sync.jobs.carries.open_offers")

    given = at_once(lambda _: answer_offer(on_each.app, offer.id, on_each.clock(), accept=True), times=2)

    assert ["No one open offer has this id."] == refusals(given)
    assert (["First thought.", "Second thought.", "Second thought."], []) == (
        texts(on_each, new),
        texts(on_each, old),
    )


def test_a_note_that_is_carried_and_declined_at_once_is_one_of_both(
    on_each: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = split(on_each)
    [offer] = offers(on_each.app)
    meeting_at(monkeypatch, "sync.jobs.carries.open_offers")

    given = at_once(
        lambda number: answer_offer(on_each.app, offer.id, on_each.clock(), accept=bool(number)), times=2
    )

    assert ["No one open offer has this id."] == refusals(given)
    assert (len(texts(on_each, old)), len(texts(on_each, new))) in ((0, 3), (2, 0))
