"""Fetches the next page while the last one is being looked at."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def read_ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items in the same order, each taken from `items` while the one before it is in use.

    The first is asked for at once. Everything that `items` does happens in one thread of its own; what
    it raises is raised here.
    """
    hand = ThreadPoolExecutor(1, "read-ahead")
    return _handed_over(hand, items, hand.submit(next, items, None))


def _handed_over(hand: ThreadPoolExecutor, items: Iterator[T], coming: "Future[T | None]") -> Iterator[T]:
    with hand:
        while (item := coming.result()) is not None:
            coming = hand.submit(next, items, None)
            yield item
