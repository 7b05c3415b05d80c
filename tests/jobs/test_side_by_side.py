"""The same work for many things in a few threads: none waits for a slow one, and all are accounted for."""

import threading

import pytest

from sync.jobs.side_by_side import Crew, side_by_side

NAMES = [str(number) for number in range(20)]


def test_one_thread_does_all_in_order_in_the_callers_own() -> None:
    seen: list[tuple[str, threading.Thread]] = []

    def work(name: str) -> int:
        seen.append((name, threading.current_thread()))
        return int(name)

    results, given_up = side_by_side(NAMES, work, Crew(1))

    assert [(name, threading.current_thread()) for name in NAMES] == seen
    assert ({name: int(name) for name in NAMES}, []) == (results, given_up)


def test_all_is_done_once_and_no_more_at_once_than_agreed() -> None:
    lock, busy, most, done = threading.Lock(), set[str](), [0], list[str]()
    full = threading.Event()

    def work(name: str) -> int:
        with lock:
            busy.add(name)
            most[0] = max(most[0], len(busy))
            if len(busy) == 4:
                full.set()
        full.wait(5)
        with lock:
            busy.discard(name)
            done.append(name)
        return int(name)

    results, _ = side_by_side(NAMES, work, Crew(4))

    assert {name: int(name) for name in NAMES} == results
    assert sorted(NAMES) == sorted(done)
    assert 4 == most[0]


def test_a_slow_one_holds_up_no_other() -> None:
    others = threading.Semaphore(0)

    def work(name: str) -> bool:
        if name == "0":
            return all(others.acquire(timeout=5) for _ in NAMES[1:])
        others.release()
        return True

    results, _ = side_by_side(NAMES, work, Crew(2))

    assert results["0"]


def test_one_without_end_is_given_up_and_another_thread_goes_on_in_its_place() -> None:
    ends, left = threading.Event(), list[str]()

    def work(name: str) -> str:
        if name in ("0", "1"):
            ends.wait(10)
        return name

    crew = Crew(2, leave=lambda: left.append(threading.current_thread().name), patience_seconds=0.2)
    results, given_up = side_by_side(NAMES, work, crew)
    ends.set()

    assert ["0", "1"] == sorted(given_up)
    assert set(NAMES[2:]) == set(results)


def test_once_told_to_stop_nothing_more_is_begun_and_what_is_under_way_is_finished() -> None:
    stop = threading.Event()

    def work(name: str) -> str:
        if name == "3":
            stop.set()
        return name

    for size in (1, 2):
        stop.clear()
        results, given_up = side_by_side(NAMES, work, Crew(size, stop.is_set))

        assert set(NAMES[:4]) <= set(results) <= set(NAMES[:5])
        assert [] == given_up


def test_every_thread_takes_its_leave_before_the_end() -> None:
    left: set[threading.Thread] = set()
    worked: set[threading.Thread] = set()

    side_by_side(
        NAMES,
        lambda name: worked.add(threading.current_thread()),
        Crew(3, leave=lambda: left.add(threading.current_thread())),
    )

    assert worked
    assert worked <= left
    assert threading.current_thread() not in left


def test_a_fault_is_raised_where_the_work_was_ordered() -> None:
    with pytest.raises(ZeroDivisionError):
        side_by_side(NAMES, lambda name: 1 // int(name), Crew(3))
