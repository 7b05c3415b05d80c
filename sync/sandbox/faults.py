"""What can go wrong on the way to Google, switched on by hand: for so many requests, calendars and pages."""

from dataclasses import dataclass, replace
from threading import Lock
from typing import Literal, get_args

FaultKind = Literal[
    "status",
    "html",
    "cut_json",
    "disconnect",
    "slow",
    "invalid_grant",
    "no_kind",
    "empty_complete",
    "lost_page",
    "doubled_page",
    "blank_page",
    "reordered",
    "lost_answer",
]
ON_LISTS_ONLY = frozenset(
    ("empty_complete", "lost_page", "doubled_page", "blank_page", "reordered", "no_kind")
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong, with the next `times` requests that it fits (None: with all of them).

    Kinds: `status` answers `status` with `reason` in Google's error body · `html` a page of HTML with
    200 · `cut_json` half an answer · `disconnect` no answer at all · `slow` the answer comes `seconds`
    late · `invalid_grant` the token endpoint refuses for good · `no_kind` the answer does not say what
    it is · `empty_complete` no events, claimed complete · `lost_page` the listing breaks off with
    neither a next page nor a sync token · `doubled_page` the page comes again as the next one ·
    `blank_page` an empty page before this one · `reordered` the page's events in another order ·
    `lost_answer` it was done as asked, and no answer comes.

    `operation` is `events.list`, `events.get`, `events.instances`, `calendars.get`,
    `calendarList.list`, `calendarList.get`, `token` or `gmail.send`; without it every calendar request
    fits. `retry_after` is the header of that name.
    `page` counts from 1. `after` lets that many fitting requests pass first.
    """

    kind: FaultKind
    status: int = 503
    reason: str = "backendError"
    message: str = ""
    times: int | None = 1
    calendar_id: str | None = None
    page: int | None = None
    operation: str | None = None
    seconds: float = 0.0
    after: int = 0
    retry_after: str = ""

    def fits(self, operation: str, calendar_id: str | None, page: int | None) -> bool:
        """Whether a request is one that this fault is meant for."""
        return (
            operation in self._operations(operation)
            and self.calendar_id in (None, calendar_id)
            and self.page in (None, page)
        )

    def _operations(self, operation: str) -> tuple[str, ...]:
        if self.operation is not None:
            return (self.operation,)
        if self.kind == "invalid_grant":
            return ("token",)
        if self.kind in ON_LISTS_ONLY:
            return ("events.list",)
        return () if operation in ("token", "gmail.send") else (operation,)


class Faults:
    """The faults that are switched on. May be changed while the sandbox runs."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = Lock()

    def add(self, fault: Fault) -> None:
        """Switch a fault on. Raises `ValueError` for an unknown kind."""
        if fault.kind not in get_args(FaultKind):
            raise ValueError(f"there is no fault of the kind {fault.kind!r}")
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self._faults.clear()

    @property
    def pending(self) -> tuple[Fault, ...]:
        """The faults that have not spent themselves."""
        return tuple(self._faults)

    def take(self, operation: str, calendar_id: str | None = None, page: int | None = None) -> list[Fault]:
        """The faults that strike this request, each counted down by one."""
        with self._lock:
            struck = [fault for fault in self._faults if fault.fits(operation, calendar_id, page)]
            self._faults = [
                left
                for fault in self._faults
                if (left := _counted_down(fault) if fault in struck else fault) is not None
            ]
        return [fault for fault in struck if fault.after == 0]


def _counted_down(fault: Fault) -> Fault | None:
    if fault.after > 0:
        return replace(fault, after=fault.after - 1)
    if fault.times is None:
        return fault
    return None if fault.times <= 1 else replace(fault, times=fault.times - 1)
