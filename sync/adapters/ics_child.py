"""Reads one calendar's body in a process of its own, so that no file can hang or fill the worker.

`ics_reading` starts it. On standard input comes one line of JSON (what is asked for), then
the body; on standard output goes one JSON document. Neither arguments nor environment carry any of it.
"""

import sys
import warnings
from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from icalendar import Event as Component

from sync.adapters.ics_body import Block, take_apart
from sync.adapters.ics_bounds import TooLong, bound_process, limited
from sync.adapters.ics_component import Part, Unreadable, read_part
from sync.adapters.ics_ids import master_id, missing_uid
from sync.adapters.ics_series import Expanded, expand
from sync.adapters.ics_wire import Answer, Question, answer_json, question_of
from sync.adapters.ics_zones import calendar_zone, learn_zones
from sync.domain.calendar.values import Event

SECONDS_OF_ONE = 1.0
"""How long one UID may take, so that one rule without end does not spend the time of all."""


def main() -> None:
    """Answer the one question on standard input."""
    bound_process()
    question = question_of(sys.stdin.buffer.readline())
    answer = read_body(sys.stdin.buffer.read(), question)
    sys.stdout.write(answer_json(answer))


def read_body(raw: bytes, question: Question) -> Answer:
    """The events of a body. What cannot be read is there with its defect, never left out."""
    warnings.simplefilter("ignore")  # that a zone's name was guessed concerns nobody
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
        with limited(SECONDS_OF_ONE):
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


def _forgiving(work: Callable[[], object]) -> None:
    try:
        with limited(SECONDS_OF_ONE):
            work()
    except Exception:
        return  # a zone that cannot be read is an unknown one, and those are the calendar's own (R53)
