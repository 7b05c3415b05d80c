"""Does the same work for many things in a few threads, so that a slow one holds up no other."""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Result = TypeVar("Result")

PATIENCE_SECONDS = 480.0
"""How long one piece of work may take before its thread is left to itself; less than a lease lasts."""


def nothing() -> None:
    """What there is to do at the end when there is nothing."""


@dataclass(frozen=True, slots=True)
class Crew:
    """How the work is shared out: among `size` threads, until `stopping` says so.

    Each thread calls `leave` at its end. With a size of one the caller's own does all.
    """

    size: int = 1
    stopping: Callable[[], bool] = lambda: False
    leave: Callable[[], None] = nothing
    patience_seconds: float = PATIENCE_SECONDS


def side_by_side(
    names: Sequence[str], work: Callable[[str], Result], crew: Crew
) -> tuple[dict[str, Result], list[str]]:
    """What `work` gave for each name, and for which it did not come to an end.

    `names` are taken up in their order. `work` must not raise. Once `crew.stopping` says so no more are
    begun: they are in neither answer.
    """
    if crew.size == 1:
        results: dict[str, Result] = {}
        for name in names:
            if crew.stopping():
                break
            results[name] = work(name)
        return results, []
    return _Shift(names, work, crew).run()


class _Shift(Generic[Result]):
    """One round of work, and who is at what since when."""

    def __init__(self, names: Sequence[str], work: Callable[[str], Result], crew: Crew) -> None:
        self._waiting = deque(names)
        self._work = work
        self._crew = crew
        self._present: dict[threading.Thread, tuple[str, float] | None] = {}
        self._results: dict[str, Result] = {}
        self._given_up: list[str] = []
        self._fault: BaseException | None = None
        self._changed = threading.Condition()

    def run(self) -> tuple[dict[str, Result], list[str]]:
        """Begin, wait, and give up on what takes too long; another thread goes on in its place."""
        with self._changed:
            for _ in range(min(self._crew.size, len(self._waiting))):
                self._hire()
            while self._present:
                self._changed.wait(min(1.0, self._crew.patience_seconds))
                self._give_up_the_overdue()
        if self._fault is not None:
            raise self._fault
        return self._results, self._given_up

    def _hire(self) -> None:
        """One thread more. A daemon, because one that was given up must not keep the process from ending."""
        thread = threading.Thread(target=self._labour, name="side by side", daemon=True)
        self._present[thread] = None
        thread.start()

    def _give_up_the_overdue(self) -> None:
        for thread, busy in list(self._present.items()):
            if busy is not None and time.monotonic() - busy[1] >= self._crew.patience_seconds:
                del self._present[thread]
                self._given_up.append(busy[0])
                self._hire()

    def _labour(self) -> None:
        try:
            while (name := self._next()) is not None:
                self._keep(name, self._work(name))
        except BaseException as fault:  # raised again where the work was ordered
            self._fault = fault
        finally:
            self._crew.leave()
            with self._changed:
                self._present.pop(threading.current_thread(), None)
                self._changed.notify_all()

    def _next(self) -> str | None:
        """What to do next; nothing for a thread that was given up."""
        with self._changed:
            thread = threading.current_thread()
            if thread not in self._present or not self._waiting or self._crew.stopping():
                return None
            name = self._waiting.popleft()
            self._present[thread] = (name, time.monotonic())
            return name

    def _keep(self, name: str, result: Result) -> None:
        """Note a result, unless nobody waits for it any more."""
        with self._changed:
            if threading.current_thread() in self._present:
                self._results[name] = result
