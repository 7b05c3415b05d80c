"""Reads one calendar's body in a process of its own, so that no file can hang or fill the worker.

Run as `python -m sync.adapters.ics_child`: on standard input one line of JSON (what is asked for), then
the body; on standard output one JSON document. Neither arguments nor environment carry anything.
"""

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event as Component

from sync.adapters.ics_body import Block, take_apart
from sync.adapters.ics_component import Part, Unreadable, read_part
from sync.adapters.ics_ids import master_id, missing_uid
from sync.adapters.ics_series import Expanded, expand
from sync.adapters.ics_wire import Answer, Question, answer_json, question_of
from sync.adapters.ics_zones import calendar_zone, learn_zones
from sync.domain.calendar.values import Event

CPU_SECONDS = 10
MEMORY = 512 * 2**20
SECONDS_OF_ONE = 1.0
"""How long one UID may take, so that one rule without end does not spend the time of all."""


class TooLong(Exception):
    """One event took more than its time."""


def main() -> None:
    """Answer the one question on standard input."""
    bound_process()
    question = question_of(sys.stdin.buffer.readline())
    answer = read_body(sys.stdin.buffer.read(), question)
    sys.stdout.write(answer_json(answer))


def bound_process() -> None:
    """Bound this process's time and memory, where the system can (not on Windows)."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            baseline = int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return  # not Linux: others do not keep to a limit of addresses
    resource.setrlimit(resource.RLIMIT_AS, (baseline + MEMORY, baseline + MEMORY))


def read_body(raw: bytes, question: Question) -> Answer:
    """The events of a body. What cannot be read is there with its defect, never left out."""
    body = take_apart(raw)
    zone = calendar_zone(body.frame, question.fallback_zone)
    learn_zones(body.frame, _forgiving)
    groups: dict[str, list[Block]] = {}
    for block in body.blocks:
        groups.setdefault(block.uid or missing_uid(block.digest), []).append(block)
    masters: dict[str, Event] = {}
    events: dict[str, Event] = {}
    for uid, blocks in sorted(groups.items()):  # of two halves of a series the later holds, see `instance_id`
        read = _read_group(uid, blocks, ZoneInfo(zone), question)
        masters |= read.masters
        events |= read.events
    return Answer(zone, masters, events)


def _read_group(uid: str, blocks: Iterable[Block], zone: ZoneInfo, question: Question) -> Expanded:
    """Everything of one UID; one broken part spoils its own UID and no other (R72)."""
    try:
        with _limited(SECONDS_OF_ONE):
            parts = [_parsed(block, uid, zone) for block in blocks]
            return expand(parts, question.window, question.owners)
    except (Unreadable, TooLong) as why:
        return _defective(uid, str(why))
    except Exception as fault:
        # The one broad net of this process: what one event holds must not take the others along.
        return _defective(uid, f"it cannot be read ({type(fault).__name__})")


def _parsed(block: Block, uid: str, zone: ZoneInfo) -> Part:
    component = Component.from_ical(block.text)
    if not isinstance(component, Component):
        raise Unreadable("it is not an event")
    return read_part(component, uid, zone)


def _defective(uid: str, why: str) -> Expanded:
    own = master_id(uid)
    event = Event(own, ical_uid=uid if uid.isprintable() else None, defect=why)
    return Expanded({}, {own: event})


def _forgiving(work: Callable[[], None]) -> None:
    try:
        with _limited(SECONDS_OF_ONE):
            work()
    except Exception:
        return  # a zone that cannot be read is an unknown one, and those are the calendar's own (R53)


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Break off after so much time of the processor, where the system can (not on Windows)."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _too_long(_signal: int, _frame: Any) -> None:
    raise TooLong("it takes too long to read")


if __name__ == "__main__":
    main()
