"""Several people, or processes, do the same thing at once: nothing is lost and nothing is doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from models import tables
from sync.errors import Refused
from sync.jobs.clients import NewClientWish, add
from sync.jobs.merges import merge, undo
from sync.jobs.notes import note_history, write_note
from sync.store.clients import clients
from tests.jobs.looking import TOMORROW, rows
from tests.practice import Practice

MANY = 8


def at_once(work: Callable[[int], object]) -> list[object]:
    """What `work` gave for each number, all begun at the same time; a refusal is given as its words."""

    def tried(number: int) -> object:
        try:
            return work(number)
        except Refused as refusal:
            return str(refusal)

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(tried, range(MANY)))


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
