"""The next page is fetched while the last one is looked at."""

import threading
from collections.abc import Iterator

import pytest

from sync.adapters.read_ahead import read_ahead


def test_everything_comes_in_order() -> None:
    assert list(range(1, 9)) == list(read_ahead(iter(range(1, 9))))


def test_the_first_is_asked_for_before_anybody_looks() -> None:
    asked = threading.Event()

    def items() -> Iterator[int]:
        asked.set()
        yield 1

    coming = read_ahead(items())

    assert asked.wait(5)
    assert [1] == list(coming)


def test_the_next_is_on_its_way_while_one_is_in_use() -> None:
    second = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        second.set()
        yield 2

    for item in read_ahead(items()):
        assert item == 2 or second.wait(5)


def test_all_is_asked_in_one_thread_that_ends_with_the_last() -> None:
    threads = set()

    def items() -> Iterator[int]:
        for item in (1, 2, 3):
            threads.add(threading.current_thread())
            yield item

    list(read_ahead(items()))

    (hand,) = threads
    assert hand is not threading.current_thread()
    assert not hand.is_alive()


def test_what_goes_wrong_is_raised_where_it_is_looked_at() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise TimeoutError("no second page")

    coming = read_ahead(items())

    assert next(coming) == 1
    with pytest.raises(TimeoutError, match="no second page"):
        next(coming)
