"""Several people, or processes, do the same thing at once: nothing is lost and nothing is doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sync.errors import Refused
from sync.jobs.clients import NewClientWish, add
from sync.jobs.notes import note_history, write_note
from sync.store.clients import clients
from tests.jobs.looking import TOMORROW
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
