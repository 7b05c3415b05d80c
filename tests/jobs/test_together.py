"""Several people, or processes, do the same thing at once: nothing is lost and nothing is doubled."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from threading import Barrier
from typing import Any

import pytest

from models import tables
from sync.app import App
from sync.errors import Refused
from sync.jobs import pull
from sync.jobs.clients import NewClientWish, add
from sync.jobs.markers import MarkerWish, follow
from sync.jobs.merges import merge, undo
from sync.jobs.notes import note_history, write_note
from sync.jobs.once import run_once
from sync.jobs.visit import PullWish
from sync.store.clients import clients
from sync.store.leases import Lease
from sync.store.markers import markers_of
from tests.jobs.looking import HOUR, TOMORROW, rows
from tests.practice import Practice

MANY = 8
REPLAYS = 100


def at_once(work: Callable[[int], object], times: int = MANY) -> list[object]:
    """What `work` gave for each number, as many at a time as there are; a refusal is given as its words."""

    def tried(number: int) -> object:
        try:
            return work(number)
        except Refused as refusal:
            return str(refusal)

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(tried, range(times)))


def test_every_text_that_is_saved_at_once_is_kept(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    session = on_each.the_session().id
    texts = [f"Thought number {number}." for number in range(MANY)]

    at_once(lambda number: write_note(on_each.app, session, texts[number], on_each.clock()))

    history = note_history(on_each.app, session)
    assert sorted(texts) == sorted(revision.body for revision in history)
    assert list(range(1, MANY + 1)) == [revision.number for revision in history]


def test_a_client_who_is_added_many_times_at_once_is_there_once(on_each: Practice) -> None:
    wish = NewClientWish("Jo Bloggs")

    said = at_once(lambda _: add(on_each.app, on_each.practitioner_id, wish, on_each.clock()))

    with on_each.app.reading() as records:
        assert ["JB"] == [client.code for client in clients(records)]
    assert MANY - 1 == sum(isinstance(each, str) for each in said)


def test_what_is_followed_many_times_at_once_is_there_once(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")

    said = at_once(lambda _: follow(on_each.app, jo.id, "Panic", MarkerWish(), on_each.clock()))

    with on_each.app.reading() as records:
        assert ["Panic"] == [each.name for each in markers_of(records, jo.id)]
    assert MANY - 1 == sum(isinstance(each, str) for each in said)


def test_clients_with_equal_initials_who_are_added_at_once_get_different_codes(on_each: Practice) -> None:
    at_once(
        lambda number: add(
            on_each.app,
            on_each.practitioner_id,
            NewClientWish(f"Jo B{'abcdefgh'[number]}ggs"),
            on_each.clock(),
        )
    )

    with on_each.app.reading() as records:
        assert MANY == len({client.code for client in clients(records)})


def test_texts_that_are_saved_while_records_are_merged_and_parted_stay_readable(on_each: Practice) -> None:
    jo, kim = on_each.client("Jo Bloggs"), on_each.client("Kim Mori")
    on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    session = on_each.the_session().id

    def work(number: int) -> None:
        if number == MANY // 2:
            merge(on_each.app, jo.id, kim.id, on_each.clock())
        elif number == MANY - 1:
            undo(on_each.app, jo.code, on_each.clock())
        write_note(on_each.app, session, f"Thought number {number}.", on_each.clock())

    at_once(work)

    history = note_history(on_each.app, session)
    assert MANY - 1 <= len({revision.body for revision in history}) == len(history)
    [note] = rows(on_each, tables.Note)
    assert note.client_id == on_each.the_session().client_id


def two_hours(practice: Practice) -> None:
    """One hour whose briefing is due, and one of tomorrow."""
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", practice.clock() + HOUR / 2)
    practice.put("Jo Bloggs", TOMORROW)


def counts(practice: Practice) -> dict[str, int]:
    kinds = (tables.Session, tables.EventLink, tables.Note, tables.Message, tables.LedgerEntry)
    return {kind.__name__: len(rows(practice, kind)) for kind in kinds}


TWO_OF_EACH = {"Session": 2, "EventLink": 2, "Note": 2, "Message": 2, "LedgerEntry": 2}


def test_r95_a_hundred_passes_at_once_leave_what_one_leaves(on_each: Practice) -> None:
    two_hours(on_each)

    at_once(lambda _: run_once(on_each.app, on_each.clock()), REPLAYS)

    assert (TWO_OF_EACH, 1) == (counts(on_each), len(on_each.inbox.letters))


def test_r95_a_hundred_passes_at_once_leave_what_one_leaves_even_where_no_lease_keeps_them_apart(
    on_each: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is planned from one and the same reading is written by whoever is first; the rest is refused."""
    two_hours(on_each)
    monkeypatch.setattr("sync.jobs.pull.leased_calendar", held_by_all)
    monkeypatch.setattr("sync.jobs.pull.still_held", lambda *_: True)

    monkeypatch.setattr("sync.jobs.pull._keep", keeping_at_once(pull._keep))

    def replay(_: int) -> str:
        return pull.pull_all(on_each.app, on_each.clock(), PullWish(full=True)).calendars[0].status

    fates = Counter(at_once(replay, REPLAYS))
    run_once(on_each.app, on_each.clock())

    assert (REPLAYS, MANY - 1) == (fates.total(), fates["failed"])
    assert (TWO_OF_EACH, 1) == (counts(on_each), len(on_each.inbox.letters))


def keeping_at_once(keep: Callable[..., Any]) -> Callable[..., Any]:
    """`keep`, where the first ones wait until each of them has made its plan."""
    planned, called = Barrier(MANY), count()

    def wait_and_keep(*args: Any) -> Any:
        if next(called) < MANY:
            planned.wait(timeout=60)
        return keep(*args)

    return wait_and_keep


@contextmanager
def held_by_all(_app: App, link_id: str, _now: datetime) -> Iterator[Lease]:
    """A lease that keeps nobody out."""
    yield Lease(f"calendar:{link_id}", "everybody", 1)
